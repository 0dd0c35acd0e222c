/**
 * The bookkeeping of a follower of the log: what to ask the server for, which batches to take, and
 * in which state the line is. Pure: it is told what happened and when, and answers through `Edge`.
 *
 * A batch is taken when it begins right after what is already taken; one that is known is dropped,
 * one with a gap before it makes us ask again from where we are. Taken batches wait in a queue until
 * the screen has a frame for them.
 */
import type { Event } from '../../data/log/event.ts';
import type { Events, Reset, Status } from '../../data/wire/stream.ts';
import type { Line } from './live.ts';

/** What the follower wants done. */
export interface Edge {
  /** Ask for everything after `seq`. */
  follow(seq: number): void;
  /** Load a snapshot after `delayMs`, in place of any that is being waited for. */
  loadSnapshot(delayMs: number): void;
  /** Drop the connection, which only seems to live, and make a new one. */
  reconnect(): void;
}

/** The server says how it is every few seconds; longer than this without a word is a dead line. */
export const STALE_AFTER_MS = 12_000;
/** A connection that takes longer than this is said to be offline, not connecting. */
export const CONNECTING_MS = 6_000;
/** Spread of those who take a new snapshot at the same time. */
export const JITTER_MS = 1_500;
/** How long an asked-for tail may take before it is asked for again. */
const ASK_AGAIN_AFTER_MS = 4_000;
/** Ticks farther apart than this mean that the page was busy or asleep. */
const BUSY_MS = 2_500;
const RETRY_MS = [500, 1_000, 2_000, 4_000, 8_000] as const;

type Stage =
  /** No country yet, or a new one is on its way. */
  | { is: 'loading'; failures: number }
  /** The server would not give us one until someone signs in. */
  | { is: 'signed_out' }
  /** The country is there; `askedAt` is when a tail was asked for that has not begun to come. */
  | { is: 'following'; askedAt: number | null };

type Connection =
  | { is: 'opening'; since: number }
  | { is: 'open'; heardAt: number }
  | { is: 'closed'; since: number };

export class Follower {
  readonly #edge: Edge;
  readonly #random: () => number;
  #stage: Stage = { is: 'loading', failures: 0 };
  #connection: Connection;
  /** Last number taken, `applied` or waiting in the queue. */
  #taken = 0;
  /** Highest number that the server was heard to have on this connection; null before a word. */
  #head: number | null = null;
  /** Since when we run after the server; null when we are level with it. */
  #catchingUpSince: number | null;
  /** Since when the server has had something that we lack. */
  #behindSince: number | null = null;
  #territory: string | null = null;
  /** The territory for which a snapshot was last taken, so that it is taken once. */
  #territoryAskedFor: string | null = null;
  #tickedAt: number;
  #queue: { to: number; events: Event[] }[] = [];

  constructor(edge: Edge, random: () => number, now: number) {
    this.#edge = edge;
    this.#random = random;
    this.#connection = { is: 'opening', since: now };
    this.#catchingUpSince = now;
    this.#tickedAt = now;
  }

  /** Everything taken up to here has been given out by `take` or waits in the queue. */
  get taken(): number {
    return this.#taken;
  }

  get waiting(): number {
    return this.#queue.length;
  }

  line(now: number): Line {
    const connection = this.#connection;
    if (this.#stage.is === 'signed_out') return { state: 'signed_out' };
    if (connection.is === 'closed') return { state: 'offline', since: connection.since };
    if (connection.is === 'opening')
      return now - connection.since > CONNECTING_MS
        ? { state: 'offline', since: connection.since }
        : { state: 'connecting' };
    if (now - connection.heardAt > STALE_AFTER_MS)
      return { state: 'offline', since: connection.heardAt };
    return this.#catchingUpSince === null
      ? { state: 'live' }
      : { state: 'catching_up', since: this.#catchingUpSince };
  }

  connected(now: number): void {
    this.#connection = { is: 'open', heardAt: now };
    this.#head = null;
    this.#behindSince = null;
    this.#catchUp(now);
    if (this.#stage.is === 'following') this.#ask(now);
    else if (this.#stage.is === 'loading' && this.#stage.failures > 0) this.#edge.loadSnapshot(0);
  }

  disconnected(now: number): void {
    if (this.#connection.is !== 'open') return;
    // A line that went silent was already lost when it was last heard.
    const silent = now - this.#connection.heardAt > STALE_AFTER_MS;
    this.#connection = { is: 'closed', since: silent ? this.#connection.heardAt : now };
  }

  status(status: Status, now: number): void {
    this.#hear(status.seq, now);
    if (this.#stage.is !== 'following') return;
    const territory = status.territory?.hash ?? null;
    const stranger = territory !== this.#territory && territory !== this.#territoryAskedFor;
    if (stranger && status.seq >= this.#taken) {
      this.#territoryAskedFor = territory;
      this.#load(now);
    } else this.#settle();
  }

  events(batch: Events, now: number): void {
    this.#hear(batch.to, now);
    const stage = this.#stage;
    if (stage.is !== 'following') return;
    if (batch.from > this.#taken + 1) {
      // Batches that come before the answer to our question leave the same gap: ask once.
      if (stage.askedAt === null) {
        this.#catchUp(now);
        this.#ask(now);
      }
      return;
    }
    stage.askedAt = null;
    if (batch.to > this.#taken) {
      const events = batch.events.filter((event) => event.seq > this.#taken);
      this.#queue.push({ to: batch.to, events });
      this.#taken = batch.to;
      // What stands in which commune is derived anew for a new territory, by the server.
      if (events.some((event) => event.type === 'territory.adopted')) return this.#load(now);
    }
    this.#settle();
  }

  reset(reset: Reset, now: number): void {
    this.#hear(reset.seq, now);
    if (this.#stage.is === 'following') this.#load(now);
  }

  /** A snapshot was put in the place of the country. */
  snapshotLoaded(seq: number, territory: string | null, now: number): void {
    this.#queue = [];
    this.#taken = seq;
    this.#territory = territory;
    this.#stage = { is: 'following', askedAt: null };
    this.#behindSince = null;
    this.#catchUp(now);
    if (this.#connection.is === 'open') this.#ask(now);
  }

  /** Someone signed in: what was refused may be given now. */
  signedIn(now: number): void {
    if (this.#stage.is === 'signed_out') this.#load(now);
  }

  snapshotFailed(why: 'unreachable' | 'signed_out'): void {
    if (why === 'signed_out') {
      this.#stage = { is: 'signed_out' };
      return;
    }
    const failures = this.#stage.is === 'loading' ? this.#stage.failures + 1 : 1;
    this.#stage = { is: 'loading', failures };
    const wait = RETRY_MS[Math.min(failures, RETRY_MS.length) - 1] ?? 0;
    this.#edge.loadSnapshot(wait * (0.75 + this.#random() / 2));
  }

  /** What was taken could not be applied: only a new snapshot can be trusted. */
  broken(now: number): void {
    this.#load(now);
  }

  /** To be called about once a second. */
  tick(now: number): void {
    const deaf = now - this.#tickedAt;
    this.#tickedAt = now;
    const connection = this.#connection;
    if (connection.is !== 'open') return;
    // While the page itself was busy nothing could be heard: that says nothing of the line. After a
    // longer sleep nobody knows, and the line is made anew.
    if (deaf > BUSY_MS && deaf <= STALE_AFTER_MS) connection.heardAt += deaf;
    if (now - connection.heardAt > STALE_AFTER_MS) {
      this.#connection = { is: 'closed', since: connection.heardAt };
      this.#edge.reconnect();
      return;
    }
    const stage = this.#stage;
    if (stage.is !== 'following' || this.#behindSince === null) return;
    if (now - Math.max(this.#behindSince, stage.askedAt ?? 0) > ASK_AGAIN_AFTER_MS) {
      this.#catchUp(now);
      this.#ask(now);
    }
  }

  /** The oldest batch that waits to be applied, and takes it out. */
  take(): { to: number; events: Event[] } | undefined {
    const batch = this.#queue.shift();
    if (batch) this.#settle();
    return batch;
  }

  #ask(now: number): void {
    if (this.#stage.is !== 'following') return;
    this.#stage.askedAt = now;
    this.#edge.follow(this.#taken);
  }

  #load(now: number): void {
    this.#stage = { is: 'loading', failures: 0 };
    this.#queue = [];
    this.#catchUp(now);
    this.#edge.loadSnapshot(this.#random() * JITTER_MS);
  }

  #catchUp(now: number): void {
    this.#catchingUpSince ??= now;
  }

  #hear(seq: number, now: number): void {
    if (this.#connection.is === 'open') this.#connection = { is: 'open', heardAt: now };
    this.#head = Math.max(this.#head ?? 0, seq);
    if (this.#taken < this.#head) this.#behindSince ??= now;
  }

  /** Live, once everything that the server was heard to have is taken and nearly all applied. */
  #settle(): void {
    if (this.#stage.is !== 'following' || this.#head === null || this.#taken < this.#head) return;
    this.#behindSince = null;
    this.#stage.askedAt = null;
    if (this.#queue.length <= 2) this.#catchingUpSince = null;
  }
}
