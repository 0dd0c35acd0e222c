/**
 * Reading the log back. The long log is made inside the database: 69,000 stations, then changes of
 * their status, as a feed that ran for weeks would leave behind.
 */
import type { Pool } from 'pg';
import { applyEvent } from '../../data/log/apply.ts';
import { emptyCountry, type Country } from '../../data/model/country.ts';
import { headOf, readEvents } from '../../server/log/read.ts';
import { EVENTS_PER_STATE, keepState, readState } from '../../server/log/states.ts';
import { bench, duration, limitFinding, number, spreadOf, type Finding } from './bench.ts';
import { benchDatabase } from './database.ts';
import { fillChanges, fillStations, STATIONS } from './long-log.ts';

const EVENTS = 10_000_000;
const PART = 1_000_000;
const REPLAY = 100_000;
const REPLAY_MS = 2_000;
const CODE = 'bench';

export default bench({
  name: 'the log',
  goal: '100,000 events replay in 2 s; a start at 10 million reads a state and a tail, not the log',
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
  const replays: number[] = [];
  let country = emptyCountry();
  for (let round = 0; round < 5; round++) {
    const start = performance.now();
    country = await replayed(pool, emptyCountry());
    replays.push(performance.now() - start);
  }
  const replay = spreadOf(replays);
  const findings = [
    limitFinding(`replay of ${country.seq} events`, replay.median, REPLAY_MS, 'ms'),
  ];

  for (let made = REPLAY; made < EVENTS - EVENTS_PER_STATE; made += PART)
    await fillChanges(pool, Math.min(PART, EVENTS - EVENTS_PER_STATE - made));
  country.seq = await headOf(pool);
  await keepState(pool, CODE, country);
  // The longest tail that a start can meet.
  await fillChanges(pool, EVENTS_PER_STATE - 1);
  const starts: number[] = [];
  for (let round = 0; round < 5; round++) {
    const start = performance.now();
    country = await replayed(pool, await readState(pool, CODE));
    starts.push(performance.now() - start);
  }
  const head = await headOf(pool);
  if (country.seq !== head) throw new Error(`started at ${country.seq}, the log is at ${head}`);
  const start = spreadOf(starts);
  const whole = (replay.median / REPLAY) * head;
  const ratio = start.median / whole;
  findings.push({
    what: `start at ${head} events from a state and the longest tail`,
    figures:
      `${duration(start)} against ${number(whole / 1_000)} s of replaying all ` +
      `(${REPLAY} measured, times ${number(head / REPLAY)}): ratio ${number(ratio)}, wanted at most 0.02`,
    verdict: ratio <= 0.02 ? 'met' : 'not met',
  });
  return findings;
}

async function replayed(pool: Pool, country: Country): Promise<Country> {
  for (;;) {
    const events = await readEvents(pool, country.seq, 5_000);
    if (events.length === 0) return country;
    for (const event of events) applyEvent(country, event);
  }
}
