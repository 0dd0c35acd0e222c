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
  /** Resolves once the event `seq` has been handed on; rejects after `timeoutMs`. */
  reached(seq: number, timeoutMs: number): Promise<void>;
  close(): Promise<void>;
}

/**
 * Hands on everything after `seq`. `take` is called with events in order, never with two batches at
 * once; when it throws, the follower stops and says so through `failed`, because a country with a
 * hole in it must not be shown.
 */
export function followLog(options: {
  pool: Pool;
  url: string;
  seq: number;
  take: (events: Event[]) => Promise<void>;
  failed: (error: unknown) => void;
}): Follower {
  const { pool, url, take, failed } = options;
  let seq = options.seq;
  let state: 'idle' | 'reading' | 'again' | 'closed' = 'idle';
  let reading: Promise<void> = Promise.resolve();
  const waiting = new Set<{ seq: number; resolve: () => void }>();

  async function readOn(): Promise<void> {
    do {
      if (state !== 'closed') state = 'reading';
      for (;;) {
        const events = await readEvents(pool, seq, BATCH).catch(() => undefined);
        // The database is away: the bell's poll looks again.
        if (events === undefined) await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
        if (!events || events.length === 0 || isClosed()) break;
        await take(events);
        seq = events.at(-1)?.seq ?? seq;
        for (const one of waiting)
          if (one.seq <= seq) {
            waiting.delete(one);
            one.resolve();
          }
      }
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
