/** What rules compare with and no event holds: when a province was heard last, and what reached it. */
import type { Pool } from 'pg';

/** People of a province whom a signal reached. */
export interface Sample {
  /** What they were counted on. */
  ground: string;
  population: number;
  covered: number;
  '4g': number;
  '5g': number;
}

/** A rule looks back for 720 hours at most. */
const KEEP_DAYS = 31;

/** When each province was heard last, ms since 1970. */
export async function readHeard(pool: Pool): Promise<Map<string, number>> {
  const { rows } = await pool.query<{ province: string; at: Date }>(
    'select province, at from alert_heard',
  );
  return new Map(rows.map(({ province, at }) => [province, at.getTime()]));
}

export async function writeHeard(
  pool: Pool,
  heard: readonly (readonly [province: string, at: number])[],
): Promise<void> {
  if (heard.length === 0) return;
  await pool.query(
    `insert into alert_heard (province, at) select * from unnest($1::text[], $2::timestamptz[])
     on conflict (province) do update set at = greatest(alert_heard.at, excluded.at)`,
    [heard.map(([province]) => province), heard.map(([, at]) => new Date(at))],
  );
}

/** The newest sample of each province that is not younger than an instant. */
export async function readSamplesAt(pool: Pool, at: number): Promise<Map<string, Sample>> {
  const { rows } = await pool.query<
    Pick<Sample, 'ground' | 'population' | 'covered'> & {
      province: string;
      by_4g: number;
      by_5g: number;
    }
  >(
    `select distinct on (province) province, ground, population, covered, by_4g, by_5g
     from alert_samples where at <= $1 order by province, at desc`,
    [new Date(at)],
  );
  return new Map(
    rows.map(({ province, by_4g, by_5g, ...sample }) => [
      province,
      { ...sample, '4g': by_4g, '5g': by_5g },
    ]),
  );
}

/** Notes a sample of each province, where the newest is as old as they should lie apart. */
export async function writeSamples(
  pool: Pool,
  samples: readonly (readonly [province: string, sample: Sample])[],
  at: number,
  apartMs: number,
): Promise<void> {
  const column = <T>(of: (sample: Sample) => T): T[] => samples.map(([, sample]) => of(sample));
  await pool.query(
    `insert into alert_samples (province, at, ground, population, covered, by_4g, by_5g)
     select n.province, $1, ground, population, covered, by_4g, by_5g
     from unnest($2::text[], $3::text[], $4::int[], $5::int[], $6::int[], $7::int[])
          as n(province, ground, population, covered, by_4g, by_5g)
     where not exists (select from alert_samples where at > $8)
     on conflict do nothing`,
    [
      new Date(at),
      samples.map(([province]) => province),
      column(({ ground }) => ground),
      column(({ population }) => population),
      column(({ covered }) => covered),
      column((sample) => sample['4g']),
      column((sample) => sample['5g']),
      new Date(at - apartMs),
    ],
  );
  await pool.query(`delete from alert_samples where at < $1::timestamptz - $2::interval`, [
    new Date(at),
    `${KEEP_DAYS} days`,
  ]);
}
