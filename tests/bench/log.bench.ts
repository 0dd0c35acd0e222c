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

const STATIONS = 69_000;
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

async function fillStations(pool: Pool): Promise<void> {
  await pool.query(
    `insert into events
     select n, now(), '2025-01-01', 'bench', 'station.add', 1, n, 1, 'add-' || n,
            jsonb_build_object('name', 'Trạm ' || n, 'operator', 'viettel', 'technology', '5g',
              'band', 'n41', 'lon', 102 + (n % 7919) / 1000.0, 'lat', 8 + (n % 14983) / 1000.0,
              'heightM', 42, 'status', 'on_air', 'since', '2025-01-01', 'simulated', true,
              'source', 'mô phỏng')
     from generate_series(1, $1::int) as n`,
    [STATIONS],
  );
}

/** Changes on top of what is there: station after station goes down or returns. */
async function fillChanges(pool: Pool, count: number): Promise<void> {
  const head = await headOf(pool);
  await pool.query(
    `insert into events
     select n, now(), '2025-06-01', 'bench', 'station.change', 1,
            (n - 1) % $3::int + 1, (n - 1) / $3::int + 1, 'change-' || n,
            jsonb_build_object('status', case when n % 2 = 0 then 'down' else 'on_air' end)
     from generate_series($1::bigint + 1, $1::bigint + $2::bigint) as n`,
    [head, count, STATIONS],
  );
}
