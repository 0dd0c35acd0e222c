/**
 * How the log lies in time: from an event's number to its instant on the clock and back, by the marks
 * that the server gives, and straight lines between them. Pure.
 */
import type { Timeline } from '../../data/wire/past.ts';

export type Mark = Timeline['marks'][number];

/** When an event happened, ms since 1970. */
export function msOf(marks: readonly Mark[], seq: number): number {
  return between(marks, seq, 0, 1);
}

/** The last event that had happened at an instant. */
export function seqOf(marks: readonly Mark[], ms: number): number {
  return Math.floor(between(marks, ms, 1, 0) + 1e-6);
}

function between(marks: readonly Mark[], value: number, from: 0 | 1, to: 0 | 1): number {
  let [low, high] = [0, marks.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((marks[middle]?.[from] ?? Infinity) <= value) low = middle;
    else high = middle - 1;
  }
  const before = marks[low];
  const after = marks[low + 1];
  if (!before) return NaN;
  if (!after || value <= before[from]) return before[to];
  const share = (value - before[from]) / (after[from] - before[from]);
  return before[to] + share * (after[to] - before[to]);
}

/** A part of the time that the log takes, ms since 1970. */
export interface Span {
  from: number;
  to: number;
}

/** The whole of it; null while the log is empty. */
export function wholeOf(marks: readonly Mark[]): Span | null {
  const [first, last] = [marks[0], marks.at(-1)];
  return first && last && last[1] > first[1] ? { from: first[1], to: last[1] } : null;
}

/** A span of a length around an instant, moved into the whole where it would stand out. */
export function around(ms: number, lengthMs: number, whole: Span): Span {
  if (lengthMs >= whole.to - whole.from) return whole;
  const from = Math.max(whole.from, Math.min(ms - lengthMs / 2, whole.to - lengthMs));
  return { from, to: from + lengthMs };
}

/** How many events lie in each of so many equal parts of a span. */
export function densityOf(marks: readonly Mark[], { from, to }: Span, parts: number): number[] {
  const seqAt = (part: number): number => between(marks, from + ((to - from) * part) / parts, 1, 0);
  return Array.from({ length: parts }, (_, part) => Math.max(0, seqAt(part + 1) - seqAt(part)));
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Spans that the slider can be set to, ms; the whole log besides. */
export const SPANS = { year: 365 * DAY, month: 30 * DAY, week: 7 * DAY, day: DAY, hour: HOUR };
export type SpanName = keyof typeof SPANS | 'all';

/** How much of the clock goes by in a second of the film, ms. */
export const SPEEDS = [
  1_000,
  MINUTE,
  10 * MINUTE,
  HOUR,
  6 * HOUR,
  DAY,
  3 * DAY,
  7 * DAY,
  30 * DAY,
] as const;
/** So long a film is, unless somebody chooses another speed. */
const FILM_S = 75;

/** The speed at which a span takes about as long as a short film. */
export function speedFor({ from, to }: Span): number {
  const wanted = (to - from) / 1_000 / FILM_S;
  const slower = SPEEDS.filter((speed) => speed / 1_000 <= wanted * 1.3);
  return slower.at(-1) ?? SPEEDS[0];
}

/** What an arrow key moves the slider by: a hundredth of its span, and at least a second. */
export function stepOf({ from, to }: Span): number {
  return Math.max(1_000, (to - from) / 100);
}

/** An instant as the address holds it: `2025-07-28T100000Z`. */
export function written(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19).replaceAll(':', '')}Z`;
}

/** The instant of such a text, ms since 1970; undefined for anything else. */
export function instantIn(text: string | undefined): number | undefined {
  const parts = /^(\d{4}-\d\d-\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text ?? '');
  if (!parts) return undefined;
  const [, day, hours, minutes, seconds] = parts;
  const ms = Date.parse(`${day}T${hours}:${minutes}:${seconds}Z`);
  return Number.isNaN(ms) ? undefined : ms;
}

/** Instants within a span at which a scale has marks: firsts of months, days or hours in Viet Nam. */
export function ticksOf({ from, to }: Span, most: number): number[] {
  const offset = 7 * HOUR;
  const length = to - from;
  const step = [
    HOUR / 12,
    HOUR / 4,
    HOUR,
    3 * HOUR,
    6 * HOUR,
    12 * HOUR,
    DAY,
    2 * DAY,
    7 * DAY,
  ].find((every) => length / every <= most);
  const ticks: number[] = [];
  if (step !== undefined) {
    for (let at = Math.ceil((from + offset) / step) * step; at - offset <= to; at += step)
      ticks.push(at - offset);
    return ticks;
  }
  const months = length / (30.4 * DAY);
  const every = [1, 2, 3, 6, 12, 24, 60].find((count) => months / count <= most) ?? 120;
  const start = new Date(from + offset);
  let month = start.getUTCFullYear() * 12 + start.getUTCMonth();
  for (; ; month++) {
    if (month % every !== 0) continue;
    const at = Date.UTC(Math.floor(month / 12), month % 12, 1) - offset;
    if (at > to) return ticks;
    if (at >= from) ticks.push(at);
  }
}
