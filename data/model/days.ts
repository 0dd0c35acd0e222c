/** Which day it is for a thing: today for what is real, the simulated day for what is simulated. */
import { NO_DAY } from './columns.ts';
import type { Country } from './country.ts';
import { dayInVietnam, dayNumberOf } from './scalars.ts';

/** Days since 1970-01-01 in Viet Nam. */
export interface Days {
  today: number;
  /** The newest day on which something simulated came on air or was solved; null without any. */
  simulated: number | null;
}

export function daysOf({ tables }: Country, nowMs: number): Days {
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
  return {
    today: dayNumberOf(dayInVietnam(nowMs)),
    simulated: simulated === NO_DAY ? null : simulated,
  };
}

/** The day from which the deadlines of real or of simulated things are counted. */
export function dayFor(simulated: boolean, days: Days): number {
  return (simulated ? days.simulated : null) ?? days.today;
}
