/**
 * The slope of a series that a few wild values do not move: the median of the slopes between all
 * pairs of its points (Theil 1950; Sen 1968, "Estimates of the regression coefficient based on
 * Kendall's tau"), with Sen's confidence limits from the variance of Kendall's S, corrected for ties
 * (as in Gilbert 1987, "Statistical Methods for Environmental Pollution Monitoring", 16.5). The
 * limits are moved outwards to whole ranks. They take the points for independent; those of a figure
 * that only adds up are not quite, so that the true interval is, if anything, wider.
 */

export interface Point {
  /** Days since 1970-01-01. */
  day: number;
  value: number;
}

export interface Slope {
  /** Change of the value a day. */
  perDay: number;
  /** Limits between which the true slope lies with a confidence of 90 %. */
  least: number;
  most: number;
}

/** 95th percentile of the standard normal distribution: 5 % are left out on either side. */
const Z_95 = 1.6449;

/** Undefined for points of fewer than two different days. */
export function slopeOf(points: readonly Point[]): Slope | undefined {
  const slopes: number[] = [];
  points.forEach((a, i) => {
    for (const b of points.slice(i + 1))
      if (a.day !== b.day) slopes.push((b.value - a.value) / (b.day - a.day));
  });
  if (slopes.length === 0) return undefined;
  slopes.sort((a, b) => a - b);
  const pairs = slopes.length;
  const reach = Z_95 * Math.sqrt(varianceOfS(points.map(({ value }) => value)));
  const rank = (wanted: number): number => slopes[Math.min(Math.max(wanted, 1), pairs) - 1] ?? 0;
  return {
    perDay: (rank(Math.floor((pairs + 1) / 2)) + rank(Math.ceil((pairs + 1) / 2))) / 2,
    least: rank(Math.floor((pairs - reach) / 2)),
    most: rank(Math.ceil((pairs + reach) / 2) + 1),
  };
}

/** Variance of Kendall's S of n values, where t of each group of ties are equal. */
function varianceOfS(values: readonly number[]): number {
  const term = (n: number): number => n * (n - 1) * (2 * n + 5);
  const ties = new Map<number, number>();
  for (const value of values) ties.set(value, (ties.get(value) ?? 0) + 1);
  let sum = term(values.length);
  for (const count of ties.values()) sum -= term(count);
  return sum / 18;
}
