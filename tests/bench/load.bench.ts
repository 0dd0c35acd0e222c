/**
 * The whole country at work: 69,000 stations where people live, an editor in each province changing
 * them, and a thousand screens that follow the nation. Server and PostgreSQL share the machine with
 * editors and screens. BENCH_EXTENT=hour writes as many events as an hour of it brings.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Pool } from 'pg';
import { Random } from '../../server/demo/random.ts';
import { appendStaged, type StagedEvent } from '../../server/log/append.ts';
import { adoptPack } from '../../server/territory/adopt.ts';
import { readApproximatePack } from '../../server/territory/approximate.ts';
import { openPack } from '../../server/territory/pack.ts';
import { startServer, type TestServer } from '../setup/server.ts';
import { bench, limitFinding, number, type Finding } from './bench.ts';
import { benchDatabase } from './database.ts';
import { placeOnLand } from './on-land.ts';
import { heapMb, startFollowers } from './stream-load.ts';

const STATIONS = 69_000;
const CLIENTS = 1_000;
const EDITORS = 34;
/** An editor who changes something every ten seconds, all hour long. */
const AN_HOUR = EDITORS * 360;
const EVENTS = process.env['BENCH_EXTENT'] === 'hour' ? AN_HOUR : EDITORS * 45;
/** Ten times as fast as they would, or the bench would take the hour. */
const PER_SECOND = EDITORS;
const P99_MS = 1_000;
/** The heap may breathe, and keeps the newest events; a queue that grows does not stop at this. */
const GROWTH = 1.3;
/** Stations that each of three runs of the editors has to itself. */
const PART = STATIONS / 3;
const STREWN_DEGREES = 0.02;

export default bench({
  name: 'load',
  goal: '1,000 clients, 34 editors, 69,000 stations: p99 from commit to client < 1 s, flat memory',
  async run() {
    const database = await benchDatabase();
    const firstId = await furnish(database.pool);
    const server = await startServer(database);
    try {
      // Warm: what is compiled and cached on the way is no growth.
      await edit(server, EDITORS * 5, firstId, 'warm');
      const followers = await startFollowers(server.url, CLIENTS);
      const first = await edit(server, EVENTS / 3, firstId + PART, 'first');
      const early = heapMb();
      const rest = await edit(server, (EVENTS * 2) / 3, firstId + 2 * PART, 'rest');
      const seen = await followers.drained((first.acknowledged + rest.acknowledged) * CLIENTS);
      const late = heapMb();
      await followers.stop();
      return findingsOf({ seen, first, rest, early, late });
    } finally {
      await server.close();
      await database.close();
    }
  },
});

interface Edited {
  acknowledged: number;
  refused: string[];
  p99: number;
}

function findingsOf(found: {
  seen: { median: number; p99: number; holes: number; events: number };
  first: Edited;
  rest: Edited;
  early: number;
  late: number;
}): Finding[] {
  const { seen, first, rest, early, late } = found;
  const acknowledged = first.acknowledged + rest.acknowledged;
  const expected = acknowledged * CLIENTS;
  const refused = [...first.refused, ...rest.refused];
  return [
    limitFinding(`p99 commit to client, ${CLIENTS} clients`, seen.p99, P99_MS, 'ms'),
    {
      what: `an editor's answer, ${EDITORS} editors, ${PER_SECOND} changes/s`,
      figures: `p99 ${number(rest.p99)} ms; median commit to client ${number(seen.median)} ms`,
      verdict: 'shown',
    },
    {
      what: 'acknowledged and delivered, in order, without a hole',
      figures:
        `${acknowledged} of ${EVENTS} acknowledged, ${seen.events} of ${expected} delivered, ` +
        `${seen.holes} holes${refused.length > 0 ? `; refused: ${refused.join(', ')}` : ''}`,
      verdict:
        acknowledged === EVENTS && seen.events === expected && seen.holes === 0 ? 'met' : 'not met',
    },
    {
      what: 'server heap at the end against after a third',
      figures:
        `${number(late)} MB against ${number(early)} MB: ratio ${number(late / early)}, ` +
        `wanted at most ${GROWTH}; resident ${number(process.memoryUsage().rss / 2 ** 20)} MB`,
      verdict: late / early <= GROWTH ? 'met' : 'not met',
    },
  ];
}

/** Lets the editors make so many changes at their pace. */
async function edit(
  { url, cookie }: TestServer,
  changes: number,
  firstId: number,
  run: string,
): Promise<Edited> {
  const script = fileURLToPath(new URL('./load-editors.ts', import.meta.url));
  const numbers = [EDITORS, changes, PER_SECOND, firstId, PART].map(String);
  const child = spawn(process.execPath, ['--import', 'tsx', script, url, cookie, run, ...numbers], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  child.kill();
  await once(child, 'exit');
  return JSON.parse(line) as Edited;
}

/** The built-in territory and its stations, strewn around the communes; answers the first one's id. */
async function furnish(pool: Pool): Promise<number> {
  const bytes = await readApproximatePack();
  const territory = openPack(bytes);
  await adoptPack(pool, { bytes, hash: territory.hash, kind: 'approximate' }, 'system');
  const random = new Random(1, 'load');
  const events = Array.from({ length: STATIONS }, (_, i): StagedEvent => {
    const [lon, lat] = placeOnLand(territory, random, STREWN_DEGREES);
    return {
      ...{ type: 'station.add', by: 'bench', key: `load-station-${i}`, version: 1 },
      effective: '2025-07-28',
      fields: {
        ...{ name: `Trạm ${i}`, operator: 'viettel', technology: '5g', band: 'n41', heightM: 30 },
        ...{ lon, lat },
        ...{ status: 'on_air', simulated: true, source: 'mô phỏng' },
      },
    };
  });
  const { from } = await appendStaged(pool, events);
  return from;
}
