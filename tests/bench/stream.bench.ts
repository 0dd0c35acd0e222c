/**
 * The stream under load: what commits reaches every follower within a second. The followers are a
 * process of their own; server and PostgreSQL share the machine with them.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface, type Interface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Pool } from 'pg';
import { append } from '../../server/log/append.ts';
import { startServer, type TestServer } from '../setup/server.ts';
import { centreOfSmall } from '../setup/small-territory.ts';
import { bench, limitFinding, number, type Finding } from './bench.ts';
import { benchDatabase } from './database.ts';

const CLIENTS = 500;
const EVENTS_PER_SECOND = 200;
const SECONDS = 20;
const P99_MS = 1_000;
/** The heap may breathe; a queue that grows does not stop at this. */
const GROWTH = 1.3;

interface Seen {
  median: number;
  p99: number;
  holes: number;
  events: number;
}

export default bench({
  name: 'the stream',
  goal: '500 followers of the nation at 200 events/s: p99 from commit to client < 1 s, flat memory',
  async run() {
    const database = await benchDatabase();
    const server = await startServer(database);
    try {
      const one = await load(server, database.pool, 1);
      const all = await load(server, database.pool, CLIENTS);
      return findingsOf(one, all);
    } finally {
      await server.close();
      await database.close();
    }
  },
});

interface Load {
  seen: Seen;
  sent: number;
  heapMb: { early: number; late: number };
}

function findingsOf(one: Load, all: Load): Finding[] {
  const { early, late } = all.heapMb;
  const expected = all.sent * CLIENTS;
  return [
    limitFinding(`p99 commit to client, ${CLIENTS} followers`, all.seen.p99, P99_MS, 'ms'),
    {
      what: 'against one follower',
      figures:
        `p99 ${all.seen.p99} ms against ${one.seen.p99} ms: ` +
        `ratio ${number(all.seen.p99 / one.seen.p99)}; median ${all.seen.median} ms`,
      verdict: 'shown',
    },
    {
      what: 'delivered, in order, without a hole',
      figures: `${all.seen.events} of ${expected} events, ${all.seen.holes} holes`,
      verdict: all.seen.events === expected && all.seen.holes === 0 ? 'met' : 'not met',
    },
    {
      what: 'server heap at the end against after a quarter',
      figures:
        `${number(late)} MB against ${number(early)} MB: ratio ${number(late / early)}, ` +
        `wanted at most ${GROWTH}`,
      verdict: late / early <= GROWTH ? 'met' : 'not met',
    },
  ];
}

async function load(server: TestServer, pool: Pool, clients: number): Promise<Load> {
  const script = fileURLToPath(new URL('./stream-clients.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', script, server.url, String(clients)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout });
  await once(lines, 'line');
  const heap = (): number => {
    globalThis.gc?.();
    return process.memoryUsage().heapUsed / 2 ** 20;
  };
  let sent = 0;
  let early = 0;
  const PER_TICK = EVENTS_PER_SECOND / 20;
  for (let tick = 0; tick < SECONDS * 20; tick++) {
    const due = wait(50);
    await append(pool, stations(sent, PER_TICK, clients));
    server.follower.ring();
    sent += PER_TICK;
    if (tick === SECONDS * 5) early = heap();
    await due;
  }
  const late = heap();
  const seen = await drained(child, lines, sent * clients);
  child.kill();
  await once(child, 'exit');
  return { seen, sent, heapMb: { early, late } };
}

/** What the followers saw, once they saw everything, or nothing more within ten seconds. */
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
