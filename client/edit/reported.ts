/** What was reported of an indicator of a unit. Pure. */
import type { Table } from '../../data/model/table.ts';

export interface ReportedValue {
  id: number;
  version: number;
  day: string;
  value: number;
}

/**
 * The newest first, by its day. Every report is kept, several of one day too: of those the one that
 * was made last comes first, and counts.
 */
export function reportedValues(
  table: Table<'indicators'>,
  indicator: string,
  unit: string,
): ReportedValue[] {
  const found: ReportedValue[] = [];
  for (let row = 0; row < table.count; row++) {
    const { columns } = table;
    if (columns.indicator[row] !== indicator || columns.unit[row] !== unit) continue;
    const { id, version, day, value } = table.record(row);
    found.push({ id, version, day: String(day), value: Number(value) });
  }
  // A row says nothing of the order: whatever is removed changes it.
  return found.sort((a, b) => b.day.localeCompare(a.day) || b.id - a.id);
}
