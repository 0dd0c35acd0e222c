/** Plan against built as the HTTP interface tells it. Days are `YYYY-MM-DD` in Viet Nam. */
import type { Metric } from '../country/targets.ts';
import type { Method } from '../model/estimate.ts';
import type { UnitLevel } from '../model/unit.ts';
import type { Arrival } from './arrival.ts';

/** An arrival with its days written out. */
export type WrittenArrival = Written<Arrival>;
type Written<A> = A extends unknown
  ? {
      [K in keyof A]: A[K] extends number
        ? string
        : A[K] extends number | null
          ? string | null
          : A[K];
    }
  : never;

/** What a unit has of a metric; people for `5g.population`, else things. */
export interface ProgressRow {
  unit: string;
  /** Null where the unit has no target: none of its own is planned. */
  target: { value: number; day: string | null; basis: 'national' | 'plan' } | null;
  /** People of whom the values are a part; null for things. */
  outOf: number | null;
  /** What was planned for today; null where nothing is planned by day. */
  planned: number | null;
  built: number;
  /** What is missing to the target; 0 when it is reached, null without one. */
  gap: number | null;
  /** Null where the history is too short. */
  pacePerWeek: number | null;
  /** The points that the pace was read from, oldest first. */
  recent: number[];
  /** What the whole plan comes to, and the last day in it. */
  planEnd: { value: number; day: string } | null;
  forecast: WrittenArrival;
}

interface About {
  metric: Metric;
  /** How people are estimated; null for what is counted. */
  method: Method | null;
  /** The last day of the history, from which the forecast counts; a simulated one where `simulated`. */
  asOf: string;
  simulated: boolean;
  /** The nation's target as it was published. */
  national: {
    /** A share (0–1) for people. */
    value: number;
    day: string | null;
    asOf: string;
    source: string;
  };
}

export interface ProgressBoard extends About {
  level: UnitLevel;
  rows: ProgressRow[];
}

export interface ProgressPoint {
  day: string;
  /** Null after `asOf`. */
  built: number | null;
  planned: number | null;
}

export interface UnitProgress extends About, ProgressRow {
  /** Limits of the pace at a confidence of 90 %, a week. */
  paceLimits: { least: number; most: number } | null;
  /** Week by week, then what is planned. */
  series: ProgressPoint[];
}
