/**
 * Which provinces ask for approval: off until one does. It is an arrangement between people, like
 * their accounts, and no fact about the country, so it stands in a table and not in the log: it counts
 * from the moment it is written, on every server, and costs no reader a new snapshot. The table is
 * only ever added to, so that it is its own audit trail.
 */
import type { Pool } from 'pg';
import type { RequiredReview } from '../../data/wire/review.ts';

export async function readRequired(pool: Pool): Promise<RequiredReview[]> {
  const { rows } = await pool.query<{ province: string; by: string; at: Date }>(
    `select province, by, at from (
       select distinct on (province) province, by, at, required
       from review_settings order by province, id desc) as newest
     where required order by province`,
  );
  return rows.map(({ province, by, at }) => ({ province, by, at: at.toISOString() }));
}

/** Codes of the provinces that ask for approval now. */
export async function askingProvinces(pool: Pool): Promise<ReadonlySet<string>> {
  return new Set((await readRequired(pool)).map(({ province }) => province));
}

/** Answers whether anything is different from before. */
export async function writeRequired(
  pool: Pool,
  province: string,
  required: boolean,
  by: string,
): Promise<boolean> {
  const { rowCount } = await pool.query(
    `insert into review_settings (by, province, required)
     select $1, $2, $3 where $3 <> coalesce(
       (select required from review_settings where province = $2 order by id desc limit 1), false)`,
    [by, province, required],
  );
  return rowCount === 1;
}
