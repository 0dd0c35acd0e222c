/** Looking back: a jump to any moment of ten million events, against reading the log up to it. */
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Pool } from 'pg';
import { applyEvent } from '../../data/log/apply.ts';
import { emptyCountry } from '../../data/model/country.ts';
import { encodeSnapshot } from '../../data/wire/snapshot.ts';
import { headOf, readEvents } from '../../server/log/read.ts';
import { EVENTS_PER_PAST, writeStateAt, type Origin } from '../../server/past/kept-states.ts';
import { PastCountry } from '../../server/past/past-country.ts';
import { bench, duration, limitFinding, number, spreadOf, type Finding } from './bench.ts';
import { benchDatabase } from './database.ts';
import { fillChanges, fillStations, STATIONS } from './long-log.ts';
import { syntheticGrid } from './synthetic.ts';

const EVENTS = 10_000_000;
const PART = 1_000_000;
const REPLAY = 100_000;
const JUMP_MS = 1_000;
const ROUNDS = 6;
/** Where one jumps to, in turn: each as far behind a state as a moment can be. */
const MOMENTS = [3_000_000, 9_000_000];
const ORIGIN: Origin = { code: 'bench', pack: 'bench' };

const compress = promisify(gzip);

export default bench({
  name: 'the past',
  goal: 'a jump to any moment of 10 million events takes at most 1 s, and a fiftieth of a replay',
  async run() {
    const database = await benchDatabase();
    try {
      return await measure(database.pool);
    } finally {
      await database.close();
    }
  },
});

async function measure(pool: Pool): Promise<Finding[]> {
  await fillStations(pool);
  await fillChanges(pool, REPLAY - STATIONS);
  const began = performance.now();
  const country = emptyCountry();
  for (;;) {
    const events = await readEvents(pool, country.seq, 5_000);
    if (events.length === 0) break;
    for (const event of events) applyEvent(country, event);
  }
  const replayMs = performance.now() - began;
  for (let made = REPLAY; made < EVENTS; made += PART)
    await fillChanges(pool, Math.min(PART, EVENTS - made));
  for (const moment of MOMENTS) {
    country.seq = moment - EVENTS_PER_PAST + 1;
    await writeStateAt(pool, ORIGIN, country);
  }
  const { rows } = await pool.query<{ bytes: string }>(
    'select avg(length(bytes)) as bytes from states',
  );

  const past = new PastCountry(pool, ORIGIN, {
    grid: syntheticGrid(7),
    communeAt: () => undefined,
  });
  const jumps: number[] = [];
  const processor: number[] = [];
  for (let round = -2; round < ROUNDS; round++) {
    const moment = MOMENTS[Math.abs(round) % MOMENTS.length] ?? 0;
    const start = performance.now();
    const before = process.cpuUsage();
    const shown = await past.at(moment);
    const bytes = encodeSnapshot({ country: shown, estimates: past.estimates(['radius']) });
    await compress(bytes, { level: 3 });
    const { user, system } = process.cpuUsage(before);
    if (round >= 0) {
      jumps.push(performance.now() - start);
      processor.push((user + system) / 1_000);
    }
    if (shown.seq !== moment) throw new Error(`jumped to ${shown.seq} instead of ${moment}`);
  }
  const head = await headOf(pool);
  const jump = spreadOf(jumps);
  const middle = MOMENTS.reduce((sum, moment) => sum + moment, 0) / MOMENTS.length;
  const whole = (replayMs / REPLAY) * middle;
  const ratio = jump.median / whole;
  return [
    limitFinding(`a jump within ${head} events, with the longest tail`, jump.median, JUMP_MS, 'ms'),
    {
      what: 'the processor in it, without that of the database',
      figures: duration(spreadOf(processor)),
      verdict: 'shown',
    },
    {
      what: 'the same against a replay',
      figures:
        `${duration(jump)} against ${number(whole / 1_000)} s of replaying from the beginning ` +
        `(${REPLAY} measured, times ${number(middle / REPLAY)}): ratio ${number(ratio)}, wanted at most 0.02`,
      verdict: ratio <= 0.02 ? 'met' : 'not met',
    },
    {
      what: `states of ${head} events`,
      figures: `${number((Number(rows[0]?.bytes) * head) / EVENTS_PER_PAST / 2 ** 20)} MB`,
      verdict: 'shown',
    },
  ];
}
