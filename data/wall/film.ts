/**
 * The roll-out as a film in a tour: some moments of a span, one after the other, each for as long as the
 * others. Which of them is on the wall follows from how much of the scene is gone, and nothing else. Pure.
 */
import * as v from 'valibot';
import { Day, dayInVietnam, dayNumberOf, midnightOf } from '../model/scalars.ts';

const DAY_MS = 86_400_000;
export const LEAST_DAYS = 2;
export const MOST_DAYS = 3_660;
/**
 * So long a moment stays: the whole country is fetched for each and drawn anew, which takes a poor machine
 * a second, and the figures that move with it are to be read.
 */
const STEP_S = 2.5;
const LEAST_STEPS = 2;
const MOST_STEPS = 48;

/** So many days up to now, or from the beginning of one day to the end of another. */
export const FilmSpan = v.union([
  v.strictObject({
    days: v.pipe(v.number(), v.integer(), v.minValue(LEAST_DAYS), v.maxValue(MOST_DAYS)),
  }),
  v.pipe(
    v.strictObject({ from: Day, until: Day }),
    v.forward(
      v.check(({ from, until }) => from < until, 'must be later than the day of from'),
      ['until'],
    ),
    v.forward(
      v.check(
        ({ from, until }) => dayNumberOf(until) - dayNumberOf(from) <= MOST_DAYS,
        `must be at most ${MOST_DAYS} days later than the day of from`,
      ),
      ['until'],
    ),
  ),
]);
export type FilmSpan = v.InferOutput<typeof FilmSpan>;

/** A part of the time that the log takes, ms since 1970. */
interface Span {
  from: number;
  to: number;
}

/**
 * What of a span the log can show; null where it has nothing of it. Days up to now end with the last
 * midnight, so that two walls which look a minute apart mean the same.
 */
export function filmWithin(span: FilmSpan, log: Span): Span | null {
  const to = 'days' in span ? midnightOf(dayInVietnam(log.to)) : midnightOf(span.until) + DAY_MS;
  const from = 'days' in span ? to - span.days * DAY_MS : midnightOf(span.from);
  const shown = { from: Math.max(from, log.from), to: Math.min(to, log.to) };
  return shown.from < shown.to ? shown : null;
}

/** The instants that a film of so many seconds shows, from the first to the last of its span. */
export function momentsOf({ from, to }: Span, seconds: number): number[] {
  const steps = Math.max(LEAST_STEPS, Math.min(MOST_STEPS, Math.round(seconds / STEP_S)));
  // Whole ms within the span: outside it the log has nothing.
  return Array.from({ length: steps }, (_, i) =>
    Math.min(Math.floor(to), Math.ceil(from + ((to - from) * i) / (steps - 1))),
  );
}

/** Which of so many moments is shown when a part of the scene (0–1) is gone. */
export function momentAt(gone: number, moments: number): number {
  return Math.max(0, Math.min(moments - 1, Math.floor(gone * moments)));
}
