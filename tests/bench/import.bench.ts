/**
 * A file of 69,000 stations: read and checked, then applied until the last of the walls has the new
 * country; against one command for each, as a person or a program would otherwise send them. Meanwhile
 * somebody else goes on working.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { ImportApplied, ImportJob } from '../../data/wire/imports.ts';
import { Random } from '../../server/demo/random.ts';
import { adoptPack } from '../../server/territory/adopt.ts';
import { readApproximatePack } from '../../server/territory/approximate.ts';
import { openPack } from '../../server/territory/pack.ts';
import { startServer, type TestServer } from '../setup/server.ts';
import { bench, limitFinding, number, quantile, type Finding } from './bench.ts';
import { benchDatabase } from './database.ts';

const ROWS = 69_000;
const WALLS = 20;
const SAMPLE = 300;
const LIMIT_S = 30;
const RATIO = 0.2;
/** A client says that its line is cut after twelve seconds without a word (client/live/follower.ts). */
const MOST_SILENCE_S = 6;

export default bench({
  name: 'importing 69,000 stations',
  goal: `from applying to the last wall at most ${LIMIT_S} s and ${RATIO} of one command each; no wall hears nothing for ${MOST_SILENCE_S} s`,
  async run() {
    const database = await benchDatabase();
    const pack = await readApproximatePack();
    const { hash } = openPack(pack);
    await adoptPack(database.pool, { bytes: pack, hash, kind: 'approximate' }, 'bench');
    const server = await startServer(database);
    try {
      return await measure(server);
    } finally {
      await server.close();
      await database.close();
    }
  },
});

async function measure(server: TestServer): Promise<Finding[]> {
  const rows = stationsOf(server, ROWS + SAMPLE);
  const walls = await openWalls(server);
  const sample = rows.slice(ROWS);
  const start = performance.now();
  for (const [index, row] of sample.entries()) await command(server, row, index);
  const perCommand = (performance.now() - start) / SAMPLE;

  const quiet = await working(server, () => wait(5_000));
  await walls.begin();
  const reading = performance.now();
  const file = `name,operator,technology,band,lon,lat,heightM,status\n${rows.slice(0, ROWS).join('\n')}`;
  let job: ImportJob | undefined;
  const whileRead = await working(server, async () => {
    job = await preview(server, file);
  });
  const readS = (performance.now() - reading) / 1_000;
  if (!job || job.rows.new !== ROWS) throw new Error(`read ${JSON.stringify(job?.rows)}`);

  const { id } = job;
  const applying = Date.now();
  let applied: ImportApplied | undefined;
  const whileApplied = await working(server, async () => {
    applied = await ask<ImportApplied>(server, `/api/imports/${id}/apply`, { mode: 'all' });
  });
  if (!applied) throw new Error('nothing was applied');
  const last = await walls.until(applied.seq);
  walls.close();
  const wholeS = (last.at - applying) / 1_000;
  const ratio = (wholeS * 1_000) / (perCommand * ROWS);
  const others = (what: string, ms: number[]): Finding => ({
    what: `somebody else's command ${what}`,
    figures: `p99 ${number(quantile(ms, 0.99))} ms (${ms.length}), without ${number(quantile(quiet, 0.99))} ms`,
    verdict: 'shown',
  });
  return [
    { what: `reading and checking ${ROWS} rows`, figures: `${number(readS)} s`, verdict: 'shown' },
    limitFinding(`applying, to the last of ${WALLS} walls`, wholeS, LIMIT_S, 's'),
    {
      what: 'against one command each',
      figures: `${number((perCommand * ROWS) / 1_000)} s by ${SAMPLE} of them: ratio ${number(ratio)}, wanted at most ${RATIO}`,
      verdict: ratio <= RATIO ? 'met' : 'not met',
    },
    limitFinding(
      'the longest that a wall heard nothing',
      last.silence / 1_000,
      MOST_SILENCE_S,
      's',
    ),
    others('while the file is read', whileRead),
    others('while it is applied', whileApplied),
  ];
}

/** Rows of CSV: stations around the middles of communes. */
function stationsOf({ live }: TestServer, count: number): string[] {
  const random = new Random(count, 'stations of a file');
  const { ground } = live;
  if (!ground) throw new Error('there is no territory');
  const { communes } = ground.territory;
  const rows: string[] = [];
  while (rows.length < count) {
    const commune = communes[random.below(communes.length)];
    if (!commune) continue;
    const [x, y] = ground.territory.centreOf(commune.code);
    const lon = x + random.between(-0.03, 0.03);
    const lat = y + random.between(-0.03, 0.03);
    if (ground.communeAt(lon, lat) === undefined) continue;
    rows.push(
      `Trạm ${rows.length},Viettel,5G,n41,${lon.toFixed(6)},${lat.toFixed(6)},${20 + random.below(40)},Kế hoạch`,
    );
  }
  return rows;
}

async function command(server: TestServer, row: string, index: number): Promise<void> {
  const [name, , , band, lon, lat, heightM] = row.split(',');
  const { status } = await server.post({
    ...{ type: 'station.add', key: `bench-command-${index}`, name, operator: 'viettel' },
    ...{ technology: '5g', band, lon: Number(lon), lat: Number(lat), heightM: Number(heightM) },
    status: 'planned',
  });
  if (status !== 200) throw new Error(`a command was answered ${status}`);
}

let reports = 0;

/** Ms that somebody's commands take, one after another, while something else is done. */
async function working(server: TestServer, work: () => Promise<unknown>): Promise<number[]> {
  const took: number[] = [];
  let going = true;
  const colleague = (async () => {
    while (going) {
      const start = performance.now();
      await server.post({
        ...{ type: 'indicator.report', key: `bench-report-${++reports}`, indicator: 'bench' },
        ...{ unit: 'vn', day: '2025-07-28', value: reports },
      });
      took.push(performance.now() - start);
      await wait(50);
    }
  })();
  await work();
  going = false;
  await colleague;
  return took;
}

async function preview(server: TestServer, text: string): Promise<ImportJob> {
  const form = new FormData();
  form.set('kind', 'stations');
  form.set('file', new Blob([text]), 'stations.csv');
  const headers = { cookie: server.cookie };
  const sent = await fetch(`${server.url}/api/imports`, { method: 'POST', headers, body: form });
  const { id } = (await sent.json()) as { id: number };
  for (;;) {
    const job = await ask<ImportJob>(server, `/api/imports/${id}`);
    if (job.state !== 'reading') return job;
    await wait(100);
  }
}

async function ask<T>(server: TestServer, path: string, body?: object): Promise<T> {
  const response = await fetch(`${server.url}${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { cookie: server.cookie, 'Content-Type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  if (!response.ok) throw new Error(await response.text());
  return (await response.json()) as T;
}

async function openWalls({ url }: TestServer) {
  const script = fileURLToPath(new URL('./import-walls.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', script, url, String(WALLS)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout });
  const say = async (line: string): Promise<string> => {
    child.stdin.write(`${line}\n`);
    const [answer] = (await once(lines, 'line')) as [string];
    return answer;
  };
  await once(lines, 'line');
  return {
    begin: () => say('begin'),
    until: async (seq: number) =>
      JSON.parse(await say(String(seq))) as { at: number; silence: number },
    close: () => child.kill(),
  };
}
