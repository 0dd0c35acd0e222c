/** Two methods side by side, unit by unit. */
import { peopleIn, shareIn, type EstimateRow } from '../../data/model/estimate.ts';
import type { Colouring } from '../view/view.svelte.ts';

export interface Difference {
  code: string;
  /** Shares of the people (0–1) by the first and the second method. */
  first: number;
  second: number;
  /** Second less first, people. */
  people: number;
}

/** The units of which both methods have an estimate, the farthest apart first. */
export function differencesOf(
  codes: Iterable<string>,
  rowsOf: (code: string) => readonly [EstimateRow | undefined, EstimateRow | undefined],
  field: Colouring,
): Difference[] {
  const differences: Difference[] = [];
  for (const code of codes) {
    const [first, second] = rowsOf(code);
    if (!first || !second) continue;
    differences.push({
      code,
      first: shareIn(first, field),
      second: shareIn(second, field),
      people: peopleIn(second, field) - peopleIn(first, field),
    });
  }
  return differences.sort(
    (a, b) =>
      Math.abs(b.second - b.first) - Math.abs(a.second - a.first) || a.code.localeCompare(b.code),
  );
}
