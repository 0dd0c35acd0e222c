/** The units right below one, with how far 5G reaches in each. */
import type { Unit } from '../live/live.ts';
import { peopleIn, shareIn, type EstimateRow } from '../../data/model/estimate.ts';

export interface Child {
  code: string;
  name: string;
  /** Share of people (0–1) with 5G and people without; NaN where there is no estimate. */
  share: number;
  without: number;
}

export const CHILD_ORDERS = ['name', 'share', 'without'] as const;
export type ChildOrder = (typeof CHILD_ORDERS)[number];

export function childrenOf(
  unit: string,
  units: ReadonlyMap<string, Unit>,
  estimateOf: (code: string) => EstimateRow | undefined,
  nameOf: (unit: Unit) => string,
): Child[] {
  const children: Child[] = [];
  for (const child of units.values()) {
    if (child.parent !== unit) continue;
    const row = estimateOf(child.code);
    children.push({
      code: child.code,
      name: nameOf(child),
      share: row ? shareIn(row, '5g') : NaN,
      without: row ? peopleIn(row, 'population') - peopleIn(row, '5g') : NaN,
    });
  }
  return children;
}

/** A sorted copy; what has no estimate comes last either way, equals go by name. */
export function inOrder(
  children: readonly Child[],
  order: ChildOrder,
  descending: boolean,
): Child[] {
  const byName = (a: Child, b: Child) => a.name.localeCompare(b.name, 'vi');
  const turn = descending ? -1 : 1;
  if (order === 'name') return children.toSorted((a, b) => turn * byName(a, b));
  return children.toSorted((a, b) => {
    const unknown = Number(Number.isNaN(a[order])) - Number(Number.isNaN(b[order]));
    return unknown || turn * (a[order] - b[order]) || byName(a, b);
  });
}
