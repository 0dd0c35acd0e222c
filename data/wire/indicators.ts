/** What is asked and answered of indicators over HTTP. */
import * as v from 'valibot';
import type { Indicator } from '../country/indicators.ts';
import type { Method } from '../model/estimate.ts';
import { Day, UnitCode } from '../model/scalars.ts';
import { NATION } from '../model/unit.ts';

export const SeriesQuery = v.pipe(
  v.strictObject({
    unit: v.optional(UnitCode, NATION),
    from: v.optional(Day),
    to: v.optional(Day),
  }),
  v.forward(
    v.check(
      ({ from, to }) => from === undefined || to === undefined || from <= to,
      'must not be before `from`',
    ),
    ['to'],
  ),
);

/** A value with the day it is true for and who says so. */
export interface IndicatorValueTold {
  /** `YYYY-MM-DD`. */
  day: string;
  value: number;
  target: number | null;
  source: string;
  simulated: boolean;
}

/** What an indicator that is counted comes to at this moment; shares of people name their method. */
export interface CountedNow {
  value: number | null;
  method: Method | null;
}

/** A line of the register: what the indicator is, and what is known of the nation. */
export interface RegisteredIndicator extends Omit<Indicator, 'published'> {
  /** Null for one that is not counted. */
  now: CountedNow | null;
  /** The newest report of the nation, or of the one unit that it is about. */
  latest: IndicatorValueTold | null;
  /** Provinces that owe a value of the newest month that is due; null where nobody has to report. */
  late: { month: string; dueOn: string; provinces: string[] } | null;
}

/** What is known of one indicator in one unit: the values that count, in the order of days. */
export interface IndicatorSeries {
  indicator: string;
  unit: string;
  now: CountedNow | null;
  values: IndicatorValueTold[];
}
