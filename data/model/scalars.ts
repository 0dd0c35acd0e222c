/**
 * The small values that everything else is made of, each with its one check. Text is kept in NFC,
 * days are calendar days in Asia/Ho_Chi_Minh (`2025-07-28`), instants are UTC (ISO 8601).
 */
import * as v from 'valibot';

/**
 * A line of text in NFC, trimmed, at most 200 characters, without control characters or halves of a
 * character (which no database keeps); or nothing.
 */
export const LineOrNothing = v.pipe(
  v.string(),
  v.trim(),
  v.normalize('NFC'),
  v.maxLength(200),
  v.regex(/^[^\p{Cc}\p{Cs}\u2028\u2029]*$/u, 'must be one line without control characters'),
);

/** The same, with at least one character. */
export const Line = v.pipe(LineOrNothing, v.minLength(1));

/** Words of a person, several lines of them, in NFC and trimmed; not empty. */
export const Text = v.pipe(
  v.string(),
  v.trim(),
  v.normalize('NFC'),
  v.minLength(1),
  v.maxLength(1_000),
  v.regex(/^(?:[^\p{Cc}\u2028\u2029]|[\r\n\t])*$/u, 'must be without control characters'),
);

/** The id of a stored photo. */
export const PhotoId = v.pipe(v.string(), v.regex(/^[\w-]{22}$/, 'must be the id of a photo'));

/** A calendar day in Viet Nam, `YYYY-MM-DD`, from 1990 to 2099. */
export const Day = v.pipe(
  v.string(),
  v.regex(/^(199\d|20\d\d)-\d\d-\d\d$/, 'must be a day written YYYY-MM-DD'),
  v.check((day) => dayOf(dayNumberOf(day)) === day, 'is not a day of the calendar'),
);

const MS_PER_DAY = 86_400_000;
/** Clocks in Viet Nam are so far before UTC: UTC+7, no summer time. */
export const HANOI_OFFSET_MS = 7 * 3_600_000;

/** Days since 1970-01-01 of a `YYYY-MM-DD`; NaN for text that is none. */
export function dayNumberOf(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) / MS_PER_DAY;
}

/** `YYYY-MM-DD` of days since 1970-01-01; empty for a number that is no day. */
export function dayOf(dayNumber: number): string {
  const date = new Date(dayNumber * MS_PER_DAY);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString().slice(0, 10);
}

/** The instant, ms since 1970, at which a `YYYY-MM-DD` begins in Viet Nam; NaN for text that is none. */
export function midnightOf(day: string): number {
  return dayNumberOf(day) * MS_PER_DAY - HANOI_OFFSET_MS;
}

/** The day it is in Viet Nam at an instant in ms since 1970. */
export function dayInVietnam(instantMs: number): string {
  return dayOf(Math.floor((instantMs + HANOI_OFFSET_MS) / MS_PER_DAY));
}

/** A micro-degree is 11 cm: finer than any survey of a mast, and exact as an integer on the wire. */
const roundToMicrodegree = v.transform((degrees: number) => Math.round(degrees * 1e6) / 1e6);

/** Degrees east, WGS 84, in the window around Viet Nam and its seas. */
export const Longitude = v.pipe(v.number(), v.minValue(100), v.maxValue(120), roundToMicrodegree);

/** Degrees north, WGS 84. */
export const Latitude = v.pipe(v.number(), v.minValue(5), v.maxValue(25), roundToMicrodegree);

/** A whole number from 0 to 2 billion. */
export const Count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2_000_000_000));

/** What a unit comes to, in whatever it is counted: no country counts further. */
export const Figure = v.pipe(v.number(), v.finite(), v.minValue(-1e15), v.maxValue(1e15));

/** The id of a thing: the sequence number of the event that made it. */
export const Id = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(4_294_967_295));

/** `vn`, a province's two digits or a commune's five. */
export const UnitCode = v.pipe(
  v.string(),
  v.regex(/^(vn|\d{2}|\d{5})$/, 'must be vn, a province code (2 digits) or a commune code (5)'),
);
