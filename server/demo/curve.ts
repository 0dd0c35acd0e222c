/** Growth told as a few known points: what part was done by which day, straight in between. */
import { dayNumberOf, dayOf } from '../../data/model/scalars.ts';

const MS_PER_DAY = 86_400_000;
const written = new Map<number, string>();

/** `dayOf`, remembered: a past writes few days many times. */
export function writtenDay(day: number): string {
  let text = written.get(day);
  if (text === undefined) written.set(day, (text = dayOf(day)));
  return text;
}

/** `[day, part done (0–1)]`, in the order of days (days since 1970). */
export type Curve = readonly (readonly [number, number])[];

/** A curve through points whose days are written `YYYY-MM-DD`. */
export function curveThrough(...points: readonly (readonly [string, number])[]): Curve {
  return points.map(([day, part]) => [dayNumberOf(day), part]);
}

/** The day (days since 1970) on which the part `done` was reached. */
export function dayOfPart(curve: Curve, done: number): number {
  let [previousDay, previousPart] = curve[0] ?? [NaN, 0];
  for (const [day, part] of curve) {
    if (done <= part) {
      if (part === previousPart) return day;
      const way = (done - previousPart) / (part - previousPart);
      return Math.round(previousDay + (day - previousDay) * way);
    }
    [previousDay, previousPart] = [day, part];
  }
  return previousDay;
}

/** The last day of the month that a day (days since 1970) lies in, in the same form. */
export function monthEnd(day: number): number {
  const date = new Date(day * MS_PER_DAY);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0) / MS_PER_DAY;
}

/** Last days of the months from one day on, all before another (days since 1970). */
export function monthEnds(from: number, to: number): number[] {
  const ends: number[] = [];
  for (let end = monthEnd(from); end < to; end = monthEnd(end + 1)) ends.push(end);
  return ends;
}
