/**
 * What was reported of an indicator. Every report is kept, several of one day too: of those of one
 * unit and day the one that was made last counts.
 */
import { NO_DAY } from '../model/columns.ts';
import { dayOf } from '../model/scalars.ts';
import type { Table } from '../model/table.ts';

export interface ReportedValue {
  id: number;
  version: number;
  unit: string;
  /** `YYYY-MM-DD`. */
  day: string;
  value: number;
  target: number | null;
  source: string;
  simulated: boolean;
}

type Values = Table<'indicators'>;

/** What was reported for a unit, the newest day first; `most` of one day counts come first too. */
export function reportedOf(table: Values, indicator: string, unit: string): ReportedValue[] {
  return rowsOf(table, indicator)
    .filter((row) => table.columns.unit[row] === unit)
    .sort((a, b) => laterFirst(table, a, b))
    .map((row) => valueIn(table, row));
}

/** What counts on each day of a span, both days included, in the order of days. */
export function seriesOf(
  table: Values,
  indicator: string,
  unit: string,
  { from = '', to = '9999' }: { from?: string | undefined; to?: string | undefined } = {},
): ReportedValue[] {
  const counts = reportedOf(table, indicator, unit).filter(
    ({ day }, index, all) => all[index - 1]?.day !== day,
  );
  return counts.reverse().filter(({ day }) => day >= from && day <= to);
}

/** The newest value of each unit that reported. */
export function newestByUnit(table: Values, indicator: string): Map<string, ReportedValue> {
  const newest = new Map<string, number>();
  for (const row of rowsOf(table, indicator)) {
    const unit = table.columns.unit[row] ?? '';
    const known = newest.get(unit);
    if (known === undefined || laterFirst(table, row, known) < 0) newest.set(unit, row);
  }
  return new Map([...newest].map(([unit, row]) => [unit, valueIn(table, row)]));
}

function rowsOf({ columns, count }: Values, indicator: string): number[] {
  const rows: number[] = [];
  for (let row = 0; row < count; row++) if (columns.indicator[row] === indicator) rows.push(row);
  return rows;
}

/** A row says nothing of the order: whatever is removed changes it. An id does. */
function laterFirst({ columns, ids }: Values, a: number, b: number): number {
  const days = (columns.day[b] ?? NO_DAY) - (columns.day[a] ?? NO_DAY);
  return days || (ids[b] ?? 0) - (ids[a] ?? 0);
}

function valueIn({ columns, ids, versions }: Values, row: number): ReportedValue {
  const target = columns.target[row] ?? NaN;
  return {
    id: ids[row] ?? 0,
    version: versions[row] ?? 0,
    unit: columns.unit[row] ?? '',
    day: dayOf(columns.day[row] ?? NO_DAY),
    value: columns.value[row] ?? NaN,
    target: Number.isNaN(target) ? null : target,
    source: columns.source[row] ?? '',
    simulated: columns.simulated[row] === 1,
  };
}
