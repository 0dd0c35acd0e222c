/**
 * A load on the stream of a server: stations are added at an even pace while followers, a process of
 * their own, write down when each event reaches them.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface, type Interface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Pool } from 'pg';
import { append } from '../../server/log/append.ts';
import type { TestServer } from '../setup/server.ts';
import { centreOfSmall } from '../setup/small-territory.ts';

export const EVENTS_PER_SECOND = 200;

interface Seen {
  /** Ms from commit to client. */
  median: number;
  p99: number;
  holes: number;
  events: number;
}

export interface Load {
  seen: Seen;
  sent: number;
  /** Of the server's process, after a quarter and at the end. */
  heapMb: { early: number; late: number };
}

/** Loads the server; `run` tells the events of one load from those of another. */
export async function load(
  server: TestServer,
  pool: Pool,
  { clients, seconds, run }: { clients: number; seconds: number; run: number },
): Promise<Load> {
  const followers = await startFollowers(server.url, clients);
  let sent = 0;
  let early = 0;
  const PER_TICK = EVENTS_PER_SECOND / 20;
  for (let tick = 0; tick < seconds * 20; tick++) {
    const due = wait(50);
    await append(pool, stations(sent, PER_TICK, run));
    server.follower.ring();
    sent += PER_TICK;
    if (tick === seconds * 5) early = heapMb();
    await due;
  }
  const late = heapMb();
  const seen = await followers.drained(sent * clients);
  await followers.stop();
  return { seen, sent, heapMb: { early, late } };
}

/** Of this process, with all garbage gone. */
export function heapMb(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 2 ** 20;
}

/** Starts followers of the nation, in a process of their own, and waits until all of them follow. */
export async function startFollowers(url: string, clients: number) {
  const script = fileURLToPath(new URL('./stream-clients.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', script, url, String(clients)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout });
  await once(lines, 'line');
  return {
    /** What they saw, once they saw `expected` events, or nothing more within ten seconds. */
    drained: (expected: number) => drained(child, lines, expected),
    async stop() {
      child.kill();
      await once(child, 'exit');
    },
  };
}

async function drained(child: ChildProcess, lines: Interface, expected: number): Promise<Seen> {
  const total: Seen = { median: NaN, p99: 0, holes: 0, events: 0 };
  for (let tries = 0; tries < 100 && total.events < expected; tries++) {
    child.stdin?.write('\n');
    const [line] = (await once(lines, 'line')) as [string];
    const part = JSON.parse(line) as Seen;
    if (part.events > 0) {
      total.p99 = Math.max(total.p99, part.p99);
      if (Number.isNaN(total.median)) total.median = part.median;
    }
    total.events += part.events;
    total.holes = part.holes;
    await wait(100);
  }
  return total;
}

function stations(from: number, count: number, run: number) {
  return Array.from({ length: count }, (_, i) => {
    const [lon, lat] = centreOfSmall(i % 2 === 0 ? '00001' : '03002');
    return {
      type: 'station.add' as const,
      by: 'bench',
      key: `bench-${run}-${from + i}`,
      effective: '2025-07-28',
      version: 1,
      fields: {
        name: `Trạm ${from + i}`,
        operator: 'viettel',
        technology: '5g',
        band: 'n41',
        lon: lon + ((from + i) % 40) / 1_000 - 0.02,
        lat,
        heightM: 42,
        status: 'on_air',
        simulated: true,
        source: '',
      },
    };
  });
}
