import { beforeEach, describe, expect, it } from 'vitest';
import {
  CONNECTING_MS,
  Follower,
  JITTER_MS,
  STALE_AFTER_MS,
} from '../../../client/live/follower.ts';
import type { Status } from '../../../data/wire/stream.ts';
import { makeEvent } from './small-country.ts';

/** What the follower asked for, in order. */
let asked: string[];
let follower: Follower;
let now: number;

beforeEach(() => {
  asked = [];
  now = 1_000;
  follower = new Follower(
    {
      follow: (seq) => asked.push(`follow ${seq}`),
      loadSnapshot: (delayMs) => asked.push(`snapshot after ${Math.round(delayMs)}`),
      reconnect: () => asked.push('reconnect'),
    },
    () => 0.5,
    now,
  );
});

function status(seq: number, hash: string | null = 'a'): void {
  const territory = hash === null ? null : { hash, kind: 'approximate' as const };
  const at = '2026-01-01T00:00:00.000Z';
  const rest = {
    wire: 1,
    build: '1',
    at,
    now: at,
    demo: 'off',
    eventsPerMinute: 0,
    disk: null,
    terrain: null,
  } as const;
  follower.status({ seq, territory, ...rest } satisfies Status, now);
}

function batch(from: number, to: number): void {
  const events = [];
  for (let seq = from; seq <= to; seq++) events.push(makeEvent(seq, 'station.change', 1));
  follower.events({ from, to, events }, now);
}

function applied(): number[] {
  const seqs: number[] = [];
  for (let taken = follower.take(); taken; taken = follower.take())
    seqs.push(...taken.events.map((event) => event.seq));
  return seqs;
}

/** Connected, with a snapshot of 10, level with the server. */
function liveAtTen(): void {
  follower.connected(now);
  status(10);
  follower.snapshotLoaded(10, 'a', now);
  follower.events({ from: 11, to: 10, events: [] }, now);
  asked = [];
}

describe('following the log', () => {
  it('asks for the tail after the snapshot, and is live once level with the server', () => {
    expect(follower.line(now).state).toBe('connecting');
    follower.connected(now);
    status(12);
    follower.snapshotLoaded(10, 'a', now);
    expect(asked).toEqual(['follow 10']);
    expect(follower.line(now).state).toBe('catching_up');
    batch(11, 12);
    expect(applied()).toEqual([11, 12]);
    expect(follower.line(now)).toEqual({ state: 'live' });
  });

  it('is live over an empty log', () => {
    follower.connected(now);
    status(0, null);
    follower.snapshotLoaded(0, null, now);
    status(0, null);
    expect(follower.line(now)).toEqual({ state: 'live' });
  });

  it('takes batches that follow one another, each number once', () => {
    liveAtTen();
    batch(11, 13);
    batch(14, 14);
    follower.events({ from: 15, to: 20, events: [makeEvent(17, 'station.change', 1)] }, now);
    expect(applied()).toEqual([11, 12, 13, 14, 17]);
    expect(follower.taken).toBe(20);
    expect(asked).toEqual([]);
  });

  it('drops a batch that it has already, and the known part of one that overlaps', () => {
    liveAtTen();
    batch(11, 13);
    batch(11, 13);
    batch(12, 15);
    expect(applied()).toEqual([11, 12, 13, 14, 15]);
    expect(asked).toEqual([]);
  });

  it('asks again from where it is when a batch is missing, once, and applies nothing meanwhile', () => {
    liveAtTen();
    batch(11, 11);
    batch(13, 15);
    batch(16, 17);
    expect(asked).toEqual(['follow 11']);
    expect(follower.line(now).state).toBe('catching_up');
    batch(12, 17);
    expect(applied()).toEqual([11, 12, 13, 14, 15, 16, 17]);
    expect(follower.line(now)).toEqual({ state: 'live' });
  });

  it('puts up with batches that come out of order', () => {
    liveAtTen();
    batch(13, 14);
    batch(11, 12);
    expect(applied()).toEqual([11, 12]);
    now += 5_000;
    follower.tick(now);
    expect(asked).toEqual(['follow 10', 'follow 12']);
    batch(13, 16);
    expect(applied()).toEqual([13, 14, 15, 16]);
  });

  it('asks again when the server is ahead and nothing comes', () => {
    liveAtTen();
    status(11);
    now += 3_000;
    follower.tick(now);
    expect(asked).toEqual([]);
    now += 2_000;
    follower.tick(now);
    expect(asked).toEqual(['follow 10']);
    expect(follower.line(now).state).toBe('catching_up');
  });
});

describe('a new snapshot', () => {
  it('is taken on reset, not by everyone at once, and followed from', () => {
    liveAtTen();
    follower.reset({ seq: 5_000 }, now);
    expect(asked).toEqual([`snapshot after ${JITTER_MS / 2}`]);
    batch(5_001, 5_002);
    expect(applied()).toEqual([]);
    follower.snapshotLoaded(5_001, 'a', now);
    expect(asked.at(-1)).toBe('follow 5001');
    batch(5_002, 5_002);
    expect(applied()).toEqual([5_002]);
    expect(follower.line(now)).toEqual({ state: 'live' });
  });

  it('is taken once when the server stands on another territory', () => {
    liveAtTen();
    status(11, 'b');
    status(11, 'b');
    expect(asked).toEqual([`snapshot after ${JITTER_MS / 2}`]);
    follower.snapshotLoaded(11, 'b', now);
    status(11, 'b');
    expect(asked.filter((wish) => wish.startsWith('snapshot'))).toHaveLength(1);
  });

  it('is taken when a territory is adopted in the stream', () => {
    liveAtTen();
    follower.events({ from: 11, to: 11, events: [makeEvent(11, 'territory.adopted', 0)] }, now);
    expect(asked).toEqual([`snapshot after ${JITTER_MS / 2}`]);
    expect(applied()).toEqual([]);
  });

  it('is tried again, ever more slowly, while it cannot be had', () => {
    for (let i = 0; i < 7; i++) follower.snapshotFailed('unreachable');
    expect(asked).toEqual(
      [500, 1000, 2000, 4000, 8000, 8000, 8000].map((ms) => `snapshot after ${ms}`),
    );
    follower.connected(now);
    expect(asked.at(-1)).toBe('snapshot after 0');
  });

  it('waits for someone to sign in where the server asks for it', () => {
    follower.snapshotFailed('signed_out');
    expect(follower.line(now)).toEqual({ state: 'signed_out' });
    follower.signedIn(now);
    expect(asked).toEqual([`snapshot after ${JITTER_MS / 2}`]);
    expect(follower.line(now).state).toBe('connecting');
  });
});

describe('the line', () => {
  it('is offline since it was lost, and comes back with the tail, not with a snapshot', () => {
    liveAtTen();
    now = 50_000;
    status(10);
    follower.disconnected(now);
    now = 110_000;
    expect(follower.line(now)).toEqual({ state: 'offline', since: 50_000 });
    follower.connected(now);
    expect(asked).toEqual(['follow 10']);
    expect(follower.line(now)).toEqual({ state: 'catching_up', since: 110_000 });
    status(300);
    batch(11, 300);
    expect(applied()).toHaveLength(290);
    expect(follower.line(now)).toEqual({ state: 'live' });
  });

  it('that seems to live but says nothing is offline since its last word, and made anew', () => {
    liveAtTen();
    const lastWord = now;
    now += STALE_AFTER_MS + 1;
    expect(follower.line(now)).toEqual({ state: 'offline', since: lastWord });
    follower.tick(now);
    expect(asked).toEqual(['reconnect']);
    follower.disconnected(now);
    expect(follower.line(now)).toEqual({ state: 'offline', since: lastWord });
  });

  it('is not blamed for a page that was too busy to listen, but is for one that slept', () => {
    liveAtTen();
    follower.tick(now);
    now += 11_000;
    follower.tick(now);
    now += 2_000;
    follower.tick(now);
    expect(follower.line(now)).toEqual({ state: 'live' });
    now += 60_000;
    follower.tick(now);
    expect(asked).toEqual(['reconnect']);
    expect(follower.line(now).state).toBe('offline');
  });

  it('that was never there is offline since the beginning', () => {
    expect(follower.line(now + CONNECTING_MS + 1)).toEqual({ state: 'offline', since: now });
  });

  it('is catching up while taken batches wait to be applied', () => {
    liveAtTen();
    follower.disconnected(now);
    follower.connected(now);
    status(50);
    for (let seq = 11; seq <= 50; seq++) batch(seq, seq);
    expect(follower.line(now).state).toBe('catching_up');
    applied();
    expect(follower.line(now)).toEqual({ state: 'live' });
  });
});
