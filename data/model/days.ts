/**
 * Which day it is for a thing, today for what is real and the simulated day for what is simulated;
 * and which of its days can be.
 */
import { NO_DAY } from './columns.ts';
import type { Country } from './country.ts';
import { dayInVietnam, dayNumberOf } from './scalars.ts';
import type { Fields } from './table.ts';

/** Days since 1970-01-01 in Viet Nam. */
export interface Days {
  today: number;
  /** The newest day on which something simulated came on air or was solved; null without any. */
  simulated: number | null;
}

export function daysOf(country: Country, nowMs: number): Days {
  return { today: dayNumberOf(dayInVietnam(nowMs)), simulated: simulatedDayOf(country) };
}

function simulatedDayOf({ tables }: Country): number | null {
  const { stations, hamlets } = tables;
  let simulated = NO_DAY;
  for (const [table, column] of [
    [stations, stations.columns.since],
    [hamlets, hamlets.columns.resolvedOn],
  ] as const)
    for (let row = 0; row < table.count; row++) {
      const day = column[row] ?? NO_DAY;
      if (day > simulated && table.columns.simulated[row] === 1) simulated = day;
    }
  return simulated === NO_DAY ? null : simulated;
}

/** The day from which the deadlines of real or of simulated things are counted. */
export function dayFor(simulated: boolean, days: Days): number {
  return (simulated ? days.simulated : null) ?? days.today;
}

/** Days on which something has happened. */
const HAPPENED = ['since', 'acceptedOn', 'resolvedOn', 'answeredOn', 'doneOn', 'day'] as const;

/** A day that cannot be: it is still to come, or its station was not on air yet. */
export interface WrongDay {
  field: (typeof HAPPENED)[number];
  is: 'toCome' | 'beforeOnAir';
}

/**
 * Days of a thing that cannot be. Those that stay as they were `before` are not asked about, so that
 * whatever is wrong with them already keeps nobody from moving or renaming the thing.
 * @param today `YYYY-MM-DD` in Viet Nam
 */
export function wrongDays(
  fields: Fields,
  before: Fields,
  { country, today }: { country: Country; today: string },
): WrongDay[] {
  const stays = (field: string): boolean => (fields[field] ?? null) === (before[field] ?? null);
  const dayIn = (field: string): string => String(fields[field] ?? '');
  const isToCome = (day: string): boolean => {
    if (day <= today) return false;
    if (before['simulated'] !== true) return true;
    return dayNumberOf(day) > (simulatedDayOf(country) ?? NO_DAY);
  };
  const wrong = HAPPENED.filter((field) => !stays(field) && isToCome(dayIn(field))).map(
    (field): WrongDay => ({ field, is: 'toCome' }),
  );
  const [since, acceptedOn] = [dayIn('since'), dayIn('acceptedOn')];
  const isEarly = acceptedOn !== '' && acceptedOn < since;
  if (isEarly && !(stays('since') && stays('acceptedOn')))
    wrong.push({ field: 'acceptedOn', is: 'beforeOnAir' });
  return wrong;
}
