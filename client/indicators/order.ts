/** Units side by side in the order of a column. */
import type { UnitValue } from './standing.ts';

export const UNIT_ORDERS = ['name', 'value', 'day'] as const;
export type UnitOrder = (typeof UNIT_ORDERS)[number];

export interface UnitRow extends UnitValue {
  name: string;
}

/** A sorted copy; what is not known comes last either way, equals go by name. */
export function inOrder(
  rows: readonly UnitRow[],
  order: UnitOrder,
  descending: boolean,
): UnitRow[] {
  const turn = descending ? -1 : 1;
  const byName = (a: UnitRow, b: UnitRow): number => a.name.localeCompare(b.name, 'vi');
  if (order === 'name') return rows.toSorted((a, b) => turn * byName(a, b));
  return rows.toSorted((a, b) => {
    const [left, right] = [a[order], b[order]];
    if (left === null || right === null)
      return Number(left === null) - Number(right === null) || byName(a, b);
    return turn * (left < right ? -1 : left > right ? 1 : 0) || byName(a, b);
  });
}
