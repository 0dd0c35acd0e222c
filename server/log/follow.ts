/**
 * Following the log: every server reads every event, in order, once, and hands them on. The bell
 * says when to look; `seq > n` says what is new.
 */
import type { Pool } from 'pg';
import type { Event } from '../../data/log/event.ts';
import { hangBell } from './bell.ts';
import { readEvents } from './read.ts';

const BATCH = 5_000;
const RETRY_MS = 250;

export interface Follower {
  /** Tells this and every other server that the log has grown. */
  ring(): void;
  /** Takes events from whoever has just appended them, so that they need not be read. */
  bring(events: Event[]): void;
  /** Resolves once the event `seq` has been handed on; rejects after `timeoutMs`. */
  reached(seq: number, timeoutMs: number): Promise<void>;
  close(): Promise<void>;
}

/**
 * Hands on everything after `seq`. `take` is called with events in order, never with two batches at
 * once, and told whether more are likely there already (the last time, perhaps with no event, that
 * there are none); when it throws, the follower stops and says so
 * through `failed`, because a country with a hole in it must not be shown.
 */
export function followLog(options: {
  pool: Pool;
  url: string;
  seq: number;
  take: (events: Event[], more: boolean) => Promise<void>;
  failed: (error: unknown) => void;
}): Follower {
  const { pool, url, take, failed } = options;
  let seq = options.seq;
  let state: 'idle' | 'reading' | 'again' | 'closed' = 'idle';
  let reading: Promise<void> = Promise.resolve();
  /** Events of the log that need not be read, in order, without a gap. */
  let brought: Event[] = [];
  const waiting = new Set<{ seq: number; resolve: () => void }>();

  /** The events after a number, at most a batch; undefined where the database is away. */
  function eventsAfter(last: number): Promise<Event[] | undefined> {
    const [first] = brought;
    if (first === undefined || first.seq > last + 1) {
      const limit = first ? Math.min(BATCH, first.seq - last - 1) : BATCH;
      return readEvents(pool, last, limit).catch(() => undefined);
    }
    const from = last + 1 - first.seq;
    const events = brought.slice(from, from + BATCH);
    if (from + BATCH >= brought.length) brought = [];
    return events.length > 0 ? Promise.resolve(events) : eventsAfter(last);
  }

  async function readOn(): Promise<void> {
    do {
      if (state !== 'closed') state = 'reading';
      let more = false;
      for (let next = eventsAfter(seq); ;) {
        const events = await next;
        // The database is away: the bell's poll looks again.
        if (events === undefined) await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
        const last = events?.at(-1)?.seq;
        if (!events || last === undefined || isClosed()) break;
        // The next ones are on their way while these are applied.
        next = eventsAfter(last);
        more = events.length === BATCH;
        await take(events, more);
        seq = last;
        for (const one of waiting)
          if (one.seq <= seq) {
            waiting.delete(one);
            one.resolve();
          }
      }
      if (more && !isClosed()) await take([], false);
    } while (isAgain());
    if (!isClosed()) state = 'idle';
  }
  // Functions, because the state changes while `readOn` waits.
  const isClosed = (): boolean => state === 'closed';
  const isAgain = (): boolean => state === 'again';

  function look(): void {
    if (state === 'reading') state = 'again';
    if (state !== 'idle') return;
    state = 'reading';
    reading = readOn().catch((error: unknown) => {
      state = 'closed';
      failed(error);
    });
  }

  const bell = hangBell(pool, url, look);
  return {
    ring() {
      look();
      bell.ring();
    },
    bring(events) {
      brought = events;
      look();
    },
    reached(wanted, timeoutMs) {
      if (wanted <= seq) return Promise.resolve();
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(one);
          reject(new Error(`event ${wanted} was not applied within ${timeoutMs} ms`));
        }, timeoutMs);
        const one = {
          seq: wanted,
          resolve: () => {
            clearTimeout(timer);
            resolve();
          },
        };
        waiting.add(one);
      });
    },
    async close() {
      state = 'closed';
      await bell.close();
      await reading;
    },
  };
}
