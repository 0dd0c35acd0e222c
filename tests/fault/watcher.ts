/**
 * A screen without a picture: the client's own connection, follower and apply, over a real socket.
 * Unlike a screen it takes no gap for granted: a number that it did not see is written down.
 */
import { io, type Socket } from 'socket.io-client';
import { EstimateBook } from '../../client/live/estimates.ts';
import { openConnection, SOCKET_OPTIONS, type Connection } from '../../client/live/connection.ts';
import { Follower } from '../../client/live/follower.ts';
import { applyEvent } from '../../data/log/apply.ts';
import type { Country } from '../../data/model/country.ts';
import { decodeSnapshot } from '../../data/wire/snapshot.ts';
import type { Down, Up } from '../../data/wire/stream.ts';
import { stateOf, type State } from '../setup/replay.ts';

export interface Watcher {
  /** The last number that it has applied; -1 before its first snapshot. */
  readonly seq: number;
  /** How often it had to start over from a snapshot. */
  readonly snapshots: number;
  /** What it was told and could not apply; empty for ever if nothing is missed or comes twice. */
  readonly holes: readonly string[];
  state(): State;
  close(): void;
}

/** @param host the server's `name:port`; it need not be up yet */
export function watch(host: string): Watcher {
  let country: Country | undefined;
  let book = new EstimateBook({}, 0);
  let snapshots = 0;
  let download = new AbortController();
  const holes: string[] = [];
  const now = (): number => performance.now();
  const follower = new Follower(
    {
      follow: (seq) => connection.follow(seq),
      loadSnapshot: (delayMs) => void load(delayMs),
      reconnect: () => connection.reconnect(),
    },
    Math.random,
    now(),
  );
  const note = (happened: () => void): void => {
    happened();
    applyWhatCame();
  };
  const socket: Socket<Down, Up> = io(`http://${host}`, { ...SOCKET_OPTIONS, forceNew: true });
  const connection: Connection = openConnection(
    {
      connected: () => note(() => follower.connected(now())),
      disconnected: () => note(() => follower.disconnected(now())),
      refused: () => note(() => follower.snapshotFailed('signed_out')),
      status: (status) => note(() => follower.status(status, now())),
      events: (batch) => note(() => follower.events(batch, now())),
      proposals: () => undefined,
      alerts: () => undefined,
      present: () => undefined,
      estimates: (estimates) => note(() => void book.patch(estimates)),
      reset: (reset) => note(() => follower.reset(reset, now())),
    },
    socket,
  );
  void load(0);
  const ticking = setInterval(() => note(() => follower.tick(now())), 1_000);

  async function load(delayMs: number): Promise<void> {
    download.abort();
    const { signal } = (download = new AbortController());
    await new Promise((resolve) => setTimeout(resolve, delayMs));
    try {
      const response = await fetch(`http://${host}/api/snapshot`, { signal });
      if (!response.ok) throw new Error(`the snapshot was answered with ${response.status}`);
      const snapshot = decodeSnapshot(new Uint8Array(await response.arrayBuffer()));
      if (signal.aborted) return;
      country = snapshot.country;
      book = new EstimateBook(snapshot.estimates, country.seq);
      snapshots++;
      note(() =>
        follower.snapshotLoaded(snapshot.country.seq, country?.territory?.hash ?? null, now()),
      );
    } catch {
      if (!signal.aborted) follower.snapshotFailed('unreachable');
    }
  }

  function applyWhatCame(): void {
    for (let batch = country && follower.take(); country && batch; batch = follower.take())
      try {
        for (const event of batch.events) applyEvent(country, event);
        if (country.seq !== batch.to) throw new Error(`${country.seq} at the end of ${batch.to}`);
      } catch (error) {
        holes.push(String(error));
        follower.broken(now());
      }
  }

  return {
    get seq() {
      return country?.seq ?? -1;
    },
    get snapshots() {
      return snapshots;
    },
    holes,
    state() {
      if (!country) throw new Error('it has no country yet');
      return stateOf(country, estimatesOf(book));
    },
    close() {
      clearInterval(ticking);
      download.abort();
      socket.disconnect();
    },
  };
}

function estimatesOf(book: EstimateBook): Record<string, unknown> {
  return Object.fromEntries(
    book.units.flatMap((unit) =>
      Object.entries(book.of(unit) ?? {}).map(([method, row]) => [`${method} ${unit}`, [...row]]),
    ),
  );
}
