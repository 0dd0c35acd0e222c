/** Which moment a request means, or why there is none. */
import * as v from 'valibot';
import type { Refusal } from '../../data/wire/commands.ts';
import { CLOCKS, type ClockName } from '../../data/wire/past.ts';
import type { LogClock } from './clock.ts';

const WRITTEN = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)?)?$/;
const HANOI = '+07:00';

/**
 * An instant, ms since 1970, of ISO 8601. A day is the midnight with which it begins, and what names no
 * zone is of Viet Nam. The plus of a zone arrives as a blank where it was not escaped.
 */
const Instant = v.pipe(
  v.string(),
  v.transform((text) => text.replace(/ (?=\d\d:\d\d$)/, '+')),
  v.regex(WRITTEN, 'must be an instant written in ISO 8601, such as 2025-07-28T10:00:00Z'),
  v.transform((text) => {
    if (!text.includes('T')) return Date.parse(`${text}T00:00:00${HANOI}`);
    return Date.parse(/(Z|[+-]\d\d:\d\d)$/.test(text) ? text : text + HANOI);
  }),
  v.check((ms) => !Number.isNaN(ms), 'is not an instant of the calendar'),
);

const Seq = v.pipe(
  v.string(),
  v.regex(/^\d{1,15}$/, 'must be the number of an event'),
  v.toNumber(),
  v.minValue(1),
);

/** `at` on a clock, or `seq`. */
export const MomentQuery = {
  at: v.optional(Instant),
  clock: v.optional(v.picklist(CLOCKS)),
  seq: v.optional(Seq),
};
interface Asked {
  at?: number | undefined;
  clock?: ClockName | undefined;
  seq?: number | undefined;
}

/**
 * The last event at the moment that is asked for. Without a `clock`, an instant before the first
 * record is one of the simulation, whose past was written all at once.
 */
export async function seqAsked(
  { at, clock, seq }: Asked,
  log: LogClock,
  nowMs: number,
): Promise<number | Refusal> {
  const { head } = log;
  if (head === 0) return refusal('before_log', 'at', 'Nothing has happened yet.');
  if (seq !== undefined)
    return seq <= head ? seq : refusal('to_come', 'seq', `The log ends with event ${head}.`);
  if (at === undefined)
    return { code: 'invalid', message: 'at: is missing', path: 'at', reason: { is: 'missing' } };
  const recorded = (await log.first('recorded')) ?? 0;
  const told = await log.first('told');
  const by = clock ?? (at < recorded && told !== undefined ? 'told' : 'recorded');
  const first = by === 'told' ? told : recorded;
  if (first === undefined)
    return { code: 'invalid', message: 'clock: nothing is simulated here', path: 'clock' };
  const last = by === 'told' ? await log.last('told') : nowMs;
  if (at > last) return refusal('to_come', 'at', `That is still to come: it is ${iso(last)} now.`);
  const found = at < first ? undefined : await log.seqAt(at, by);
  return found ?? refusal('before_log', 'at', `The log begins at ${iso(first)}.`);
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}

function refusal(is: 'to_come' | 'before_log', path: string, message: string): Refusal {
  return { code: 'invalid', message, path, reason: { is } };
}
