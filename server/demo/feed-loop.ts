/**
 * The feed at work: at its speed it thinks up changes, appends them to the log and waits until they
 * are applied. The clock is an argument. What somebody else was faster with is let go; when the
 * database is away it waits and goes on.
 */
import { Conflict, type NewEvent } from '../log/append.ts';
import type { Feed } from './feed.ts';
import { Random } from './random.ts';

/** Time, as far as the loop needs it. */
export interface FeedClock {
  /** Milliseconds since some moment. */
  now(): number;
  /** Resolves after some milliseconds, or at once when `signal` is aborted. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
}

export interface FeedLoop {
  /** Events a second on average; 0: paused. */
  speed: number;
  /** Ends the loop once what is under way is done. */
  stop(): Promise<void>;
}

/** Between two looks, whatever the speed; and how often a paused loop looks. */
const LEAST_WAIT_MS = 50;
const PAUSED_WAIT_MS = 500;
const TROUBLE_WAIT_MS = 1_000;
/** Events in one go, at most. */
const MOST_AT_ONCE = 250;
/** What a pause or a stall may leave to be made up for: events, and seconds' worth of them. */
const MOST_ARREARS = { events: 3, seconds: 1 };

const systemClock: FeedClock = {
  now: () => performance.now(),
  wait: (ms, signal) =>
    new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      if (signal.aborted) done();
      else signal.addEventListener('abort', done);
    }),
};

export function startFeed(options: {
  feed: Feed;
  seed: number;
  /** Appends all or none; rejects with a `Conflict` when one came too late. Resolves once applied. */
  append: (events: readonly NewEvent[]) => Promise<unknown>;
  speed: number;
  /** Asked before each look whether to wait as if paused. */
  held?: () => boolean;
  /** Told of what went wrong other than a conflict; the loop goes on. */
  onTrouble?: (error: unknown) => void;
  clock?: FeedClock;
}): FeedLoop {
  const { feed, append, held, onTrouble, clock = systemClock } = options;
  // A stream of its own: when changes come must not decide which.
  const rhythm = new Random(options.seed, 'rhythm');
  const stopping = new AbortController();
  const { signal } = stopping;
  const loop = { speed: options.speed };

  async function run(): Promise<void> {
    let before = clock.now();
    let due = 0;
    while (!signal.aborted) {
      const speed = held?.() ? 0 : loop.speed;
      const pause = Math.max(LEAST_WAIT_MS, 1_000 / speed) * rhythm.between(0.3, 1.7);
      await clock.wait(speed > 0 ? pause : PAUSED_WAIT_MS, signal);
      const now = clock.now();
      const most = Math.max(MOST_ARREARS.events, speed * MOST_ARREARS.seconds);
      due = Math.min(due + (speed * (now - before)) / 1_000, most);
      before = now;
      while (due >= 1 && !signal.aborted) {
        const happenings = takeNext(Math.min(due, MOST_AT_ONCE));
        if (happenings.length === 0) break;
        due -= happenings.reduce((sum, events) => sum + events.length, 0);
        await put(happenings);
        feed.applied();
      }
    }
  }

  function takeNext(most: number): NewEvent[][] {
    const happenings: NewEvent[][] = [];
    for (let count = 0; count < most;) {
      const events = feed.next();
      if (events.length === 0) break;
      happenings.push(events);
      count += events.length;
    }
    return happenings;
  }

  /** Appends them together; where one of them came too late, each by itself. */
  async function put(happenings: readonly NewEvent[][]): Promise<void> {
    try {
      await append(happenings.flat());
    } catch (error) {
      if (!(error instanceof Conflict)) {
        onTrouble?.(error);
        await clock.wait(TROUBLE_WAIT_MS, signal);
      } else if (happenings.length > 1) for (const one of happenings) await put([one]);
    }
  }

  const running = run();
  return Object.assign(loop, {
    async stop(): Promise<void> {
      stopping.abort();
      await running;
    },
  });
}
