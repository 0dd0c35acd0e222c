/** Units in the order of how many people 5G does not reach, and of how far it reaches. */
import { peopleIn, shareIn, type EstimateRow } from '../../data/model/estimate.ts';

export interface Reached {
  code: string;
  /** Share of the people (0–1) with 5G. */
  share: number;
  without: number;
}

/** What is known of some units; those without an estimate are left out. */
export function reachedIn(
  codes: Iterable<string>,
  rowOf: (code: string) => EstimateRow | undefined,
): Reached[] {
  return [...codes].flatMap((code) => {
    const row = rowOf(code);
    if (!row) return [];
    const without = peopleIn(row, 'population') - peopleIn(row, '5g');
    return [{ code, share: shareIn(row, '5g'), without }];
  });
}

/** The most people without first; equals by code, so that every wall has the same order. */
export function worstFirst(units: readonly Reached[]): Reached[] {
  return units.toSorted((a, b) => b.without - a.without || (a.code < b.code ? -1 : 1));
}

/** The highest share first; equals by code. */
export function bestFirst(units: readonly Reached[]): Reached[] {
  return units.toSorted((a, b) => b.share - a.share || (a.code < b.code ? -1 : 1));
}
