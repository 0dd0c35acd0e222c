/**
 * When a figure reaches its target if it goes on as it went of late. The way left is counted from the
 * last point, where one stands, and gone at the robust slope of the last `WINDOW_DAYS`; the limits
 * of the slope give the earliest and the latest day. Whoever divides the gap by the pace gets the
 * same day. A straight line: it knows nothing of plans, seasons or the last, hardest people, and it
 * ends at the target, so that it never promises more than all.
 */
import { slopeOf, type Point, type Slope } from './slope.ts';

/** Twelve weeks. */
export const WINDOW_DAYS = 84;
/** Points in the window that a pace can be read from. */
export const LEAST_POINTS = 6;
/** What would take longer is not told as a day: thirty years. */
const HORIZON_DAYS = 30 * 365;
/** Days by which a quotient may be off: 800 ÷ (100 ÷ 7) is 56, not a little more. */
const ROUNDING = 1e-9;

/** Days are days since 1970-01-01. */
export type Arrival =
  /** It is there, since the day of that point; null: since the history begins. */
  | { state: 'reached'; day: number | null }
  /** `latest` null: with the least slope it does not come at all. */
  | { state: 'arrives'; day: number; earliest: number; latest: number | null }
  /** At this pace it does not come: it goes the wrong way, stands still, or takes a lifetime. */
  | { state: 'never'; why: 'backwards' | 'standstill' | 'tooFar' }
  | { state: 'unknown'; why: 'tooFewPoints' | 'noChange' | 'tooLittleChange' | 'noTarget' };

export interface Forecast {
  arrival: Arrival;
  /** Slope of the window, in the figure's own direction; null where there are too few points. */
  pace: Slope | null;
}

/** `points` in the order of their days, the last one being now. */
export function forecast(
  points: readonly Point[],
  target: number,
  direction: 'more' | 'less',
): Forecast {
  const last = points.at(-1);
  const recent = points.filter(({ day }) => day >= (last?.day ?? 0) - WINDOW_DAYS);
  const pace = recent.length < LEAST_POINTS ? null : (slopeOf(recent) ?? null);
  return { arrival: arrivalOf(points, recent, pace, target, direction), pace };
}

function arrivalOf(
  points: readonly Point[],
  recent: readonly Point[],
  pace: Slope | null,
  target: number,
  direction: 'more' | 'less',
): Arrival {
  const first = recent[0];
  const last = recent.at(-1);
  const left = (value: number): number => (direction === 'more' ? target - value : value - target);
  if (last && left(last.value) <= 0) {
    const before = points.findLastIndex(({ value }) => left(value) > 0);
    return { state: 'reached', day: before < 0 ? null : (points[before + 1]?.day ?? null) };
  }
  if (!first || !last || !pace) return { state: 'unknown', why: 'tooFewPoints' };
  if (recent.every(({ value }) => value === last.value))
    return { state: 'unknown', why: 'noChange' };

  const nearer = direction === 'more' ? pace : turned(pace);
  if (nearer.perDay < 0) return { state: 'never', why: 'backwards' };
  if (nearer.perDay === 0)
    return left(last.value) < left(first.value)
      ? { state: 'unknown', why: 'tooLittleChange' }
      : { state: 'never', why: 'standstill' };
  const after = (perDay: number): number | null => {
    const days = perDay > 0 ? Math.ceil(left(last.value) / perDay - ROUNDING) : Infinity;
    return days <= HORIZON_DAYS ? last.day + days : null;
  };
  const day = after(nearer.perDay);
  if (day === null) return { state: 'never', why: 'tooFar' };
  return {
    state: 'arrives',
    day,
    earliest: after(nearer.most) ?? day,
    latest: after(nearer.least),
  };
}

function turned({ perDay, least, most }: Slope): Slope {
  return { perDay: -perDay, least: -most, most: -least };
}
