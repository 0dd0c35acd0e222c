/**
 * Who is late. An indicator that is due each month has a value of every province for the month before,
 * `DAYS_TO_REPORT` days after its end. A value is of the month that its day lies in.
 */
import { DAYS_TO_REPORT, type Indicator } from '../country/indicators.ts';
import { dayNumberOf, dayOf } from '../model/scalars.ts';
import { levelOf } from '../model/unit.ts';
import type { ReportedValue } from './reported.ts';

export interface Lateness {
  /** The newest month that is due, `YYYY-MM`. */
  month: string;
  /** The day by which its values were to be there, `YYYY-MM-DD`. */
  dueOn: string;
  units: LateUnit[];
}

interface LateUnit {
  unit: string;
  /** The newest day that it reported for; null: never. */
  lastDay: string | null;
  /** Whole days since `dueOn`. */
  daysLate: number;
}

/** The newest month of which values are due on a day (days since 1970), and when they were. */
export function monthDue(today: number): { month: string; dueOn: string } {
  // The month that ended before so many days: back from then to the last day of a month.
  const [year = 0, month = 1] = dayOf(today - DAYS_TO_REPORT)
    .split('-')
    .map(Number);
  const lastDay = Date.UTC(year, month - 1, 0) / 86_400_000;
  return { month: dayOf(lastDay).slice(0, 7), dueOn: dayOf(lastDay + DAYS_TO_REPORT) };
}

/**
 * The provinces that have reported nothing for the newest month that is due, or for any later one:
 * the longest silent first. Null for an indicator that nobody has to report, or not yet.
 *
 * @param newest the newest value of each unit
 * @param today days since 1970-01-01
 */
export function lateOf(
  { due, starts, scope }: Pick<Indicator, 'due' | 'starts' | 'scope'>,
  newest: ReadonlyMap<string, Pick<ReportedValue, 'day'>>,
  provinces: Iterable<string>,
  today: number,
): Lateness | null {
  if (due === undefined || !scope.includes('province')) return null;
  const { month, dueOn } = monthDue(today);
  if (starts !== undefined && month < starts.slice(0, 7)) return null;
  const units: LateUnit[] = [];
  for (const unit of provinces) {
    if (levelOf(unit) !== 'province') continue;
    const lastDay = newest.get(unit)?.day ?? null;
    if (lastDay !== null && lastDay.slice(0, 7) >= month) continue;
    units.push({ unit, lastDay, daysLate: today - dayNumberOf(dueOn) });
  }
  const rank = ({ lastDay, unit }: LateUnit): string => `${lastDay ?? ''} ${unit}`;
  return { month, dueOn, units: units.sort((a, b) => (rank(a) < rank(b) ? -1 : 1)) };
}
