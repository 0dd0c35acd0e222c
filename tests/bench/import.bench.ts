/**
 * A file of 69,000 stations: from its last byte, through reading, checking and applying, until the last
 * of the walls has the new country; against one command for each, as a person or a program would
 * otherwise send them. Meanwhile somebody else goes on working, and the walls show what they do.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Pool } from 'pg';
import type { Accepted } from '../../data/wire/commands.ts';
import type { ImportApplied, ImportJob } from '../../data/wire/imports.ts';
import { Random } from '../../server/demo/random.ts';
import { adoptPack } from '../../server/territory/adopt.ts';
import { readApproximatePack } from '../../server/territory/approximate.ts';
import { openPack } from '../../server/territory/pack.ts';
import { startServer, type TestServer } from '../setup/server.ts';
import { bench, limitFinding, number, quantile, type Finding } from './bench.ts';
import { benchDatabase } from './database.ts';
import type { Step } from './import-walls.ts';
import { placeOnLand } from './on-land.ts';

const ROWS = 69_000;
const WALLS = 20;
const SAMPLE = 300;
const LIMIT_S = 30;
const RATIO = 0.2;
/** A client says that its line is cut after twelve seconds without a word (client/live/follower.ts). */
const MOST_SILENCE_S = 6;

export default bench({
  name: 'importing 69,000 stations',
  goal: `from the end of the upload to the last wall at most ${LIMIT_S} s and ${RATIO} of one command each; no wall hears nothing for ${MOST_SILENCE_S} s`,
  async run() {
    const database = await benchDatabase();
    const pack = await readApproximatePack();
    const { hash } = openPack(pack);
    await adoptPack(database.pool, { bytes: pack, hash, kind: 'approximate' }, 'bench');
    const server = await startServer(database);
    try {
      return await measure(server, database.pool);
    } finally {
      await server.close();
      await database.close();
    }
  },
});

async function measure(server: TestServer, pool: Pool): Promise<Finding[]> {
  const rows = stationsOf(server, ROWS + SAMPLE);
  const walls = await openWalls(server);
  const sample = rows.slice(ROWS);
  const start = performance.now();
  for (const [index, row] of sample.entries()) await command(server, row, index);
  const perCommand = (performance.now() - start) / SAMPLE;

  const quiet = await working(server, () => wait(5_000));
  await walls.begin();
  const file = `name,operator,technology,band,lon,lat,heightM,status\n${rows.slice(0, ROWS).join('\n')}`;
  let job: ImportJob | undefined;
  let uploaded = 0;
  const whileRead = await working(server, async () => {
    const id = await upload(server, file, () => (uploaded = Date.now()));
    job = await ready(server, id);
  });
  const readS = (Date.now() - uploaded) / 1_000;
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
  const wholeS = (last.at - uploaded) / 1_000;
  const theirs = [...whileRead.seqs, ...whileApplied.seqs];
  const shownAfter = await delays(pool, theirs, last.steps);
  const ratio = (wholeS * 1_000) / (perCommand * ROWS);
  const others = (what: string, { took }: Work): Finding => ({
    what: `somebody else's command ${what}`,
    figures: `p99 ${number(quantile(took, 0.99))} ms, at most ${number(quantile(took, 1))} ms (${took.length}), without p99 ${number(quantile(quiet.took, 0.99))} ms`,
    verdict: 'shown',
  });
  return [
    limitFinding(`${ROWS} rows, to the last of ${WALLS} walls`, wholeS, LIMIT_S, 's'),
    {
      what: 'of that, reading and checking; then applying',
      figures: `${number(readS)} s; ${number((last.at - applying) / 1_000)} s`,
      verdict: 'shown',
    },
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
    {
      what: `what somebody else did, from the commit to each of ${WALLS} walls`,
      figures: `p99 ${number(quantile(shownAfter, 0.99))} ms, at most ${number(quantile(shownAfter, 1))} ms`,
      verdict: 'shown',
    },
  ];
}

/** Rows of CSV: stations around the middles of communes. */
function stationsOf({ live }: TestServer, count: number): string[] {
  const random = new Random(count, 'stations of a file');
  const { ground } = live;
  if (!ground) throw new Error('there is no territory');
  return Array.from({ length: count }, (_, row) => {
    const [lon, lat] = placeOnLand(ground.territory, random, 0.03);
    return `Trạm ${row},Viettel,5G,n41,${lon.toFixed(6)},${lat.toFixed(6)},${20 + random.below(40)},Kế hoạch`;
  });
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

/** Somebody's commands: ms that each took, and the numbers of their events. */
interface Work {
  took: number[];
  seqs: number[];
}

/** Commands, one after another, while something else is done. */
async function working(server: TestServer, work: () => Promise<unknown>): Promise<Work> {
  const took: number[] = [];
  const seqs: number[] = [];
  let going = true;
  const colleague = (async () => {
    while (going) {
      const start = performance.now();
      const { status, body } = await server.post({
        ...{ type: 'indicator.report', key: `bench-report-${++reports}`, indicator: 'datacentres' },
        ...{ unit: 'vn', day: '2025-07-28', value: reports },
      });
      if (status !== 200) throw new Error(`a report was answered ${status}`);
      took.push(performance.now() - start);
      seqs.push((body as Accepted).seq);
      await wait(50);
    }
  })();
  await work();
  going = false;
  await colleague;
  return { took, seqs };
}

/** Ms from the commit of each event until each wall had it. */
async function delays(
  pool: Pool,
  seqs: readonly number[],
  steps: readonly Step[],
): Promise<number[]> {
  const { rows } = await pool.query<{ seq: string; at: Date }>(
    'select seq, at from events where seq = any($1)',
    [seqs],
  );
  return Array.from({ length: WALLS }, (_, wall) => {
    const mine = steps.filter(([of]) => of === wall);
    return rows.flatMap(({ seq, at }) => {
      const step = mine.find(([, , has]) => has >= Number(seq));
      return step ? [step[1] - at.getTime()] : [];
    });
  }).flat();
}

/** Sends the file; `sent` is called when its last byte is on its way. */
async function upload(server: TestServer, text: string, sent: () => void): Promise<number> {
  const form = new FormData();
  form.set('kind', 'stations');
  form.set('file', new Blob([text]), 'stations.csv');
  const whole = new Response(form);
  const body = Buffer.from(await whole.arrayBuffer());
  const sending = request(`${server.url}/api/imports`, {
    method: 'POST',
    headers: {
      ...{ cookie: server.cookie, 'Content-Length': body.length },
      'Content-Type': whole.headers.get('Content-Type') ?? '',
    },
  });
  sending.once('finish', sent);
  sending.end(body);
  const [response] = (await once(sending, 'response')) as [IncomingMessage];
  const { id } = JSON.parse((await response.setEncoding('utf8').toArray()).join('')) as {
    id: number;
  };
  return id;
}

async function ready(server: TestServer, id: number): Promise<ImportJob> {
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
      JSON.parse(await say(String(seq))) as { at: number; silence: number; steps: Step[] },
    close: () => child.kill(),
  };
}
