/** A span of time in a query: from a day or an instant up to another, which may leave either out. */
import * as v from 'valibot';
import { Day, midnightOf } from '../../data/model/scalars.ts';

const MS_PER_DAY = 86_400_000;
/** Where only the end is given, or nothing at all. */
const ORDINARY_MS = 30 * MS_PER_DAY;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/;

const moment = v.pipe(
  v.string(),
  v.check(
    (text) => v.is(Day, text) || (INSTANT.test(text) && !Number.isNaN(Date.parse(text))),
    'must be a day written YYYY-MM-DD or an instant written YYYY-MM-DDThh:mm:ssZ',
  ),
);

/** `from` and `to` of a query. */
export const spanEntries = { from: v.optional(moment), to: v.optional(moment) };

/** ms since 1970; `to` is not in it. */
export interface Span {
  from: number;
  to: number;
}

/** What a query means now, never beyond it: a day as `to` is in it to its end. Null where it ends before it begins. */
export function spanOf(
  query: { from?: string | undefined; to?: string | undefined },
  now: number,
): Span | null {
  const to = query.to === undefined ? now : Math.min(now, instantOf(query.to, MS_PER_DAY));
  const from = query.from === undefined ? to - ORDINARY_MS : instantOf(query.from, 0);
  return from < to ? { from, to } : null;
}

/** A day begins at midnight in Viet Nam; `more` is added to a day only. */
function instantOf(text: string, more: number): number {
  return v.is(Day, text) ? midnightOf(text) + more : Date.parse(text);
}
