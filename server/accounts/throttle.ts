/**
 * Slows down guessing: failures are counted by name and address and by name alone, in the database,
 * so that several servers count together. A name that nobody has is counted like any other.
 */
import type { Pool } from 'pg';

/** From one address a person gets this many tries; from everywhere together they get more. */
const TRIES_FROM_ADDRESS = 8;
const TRIES_OF_NAME = 40;
const WITHIN_MINUTES = 15;

/** Whether a name has failed too often lately for another try from this address. */
export async function isThrottled(pool: Pool, name: string, address: string): Promise<boolean> {
  const { rows } = await pool.query<{ here: number; all: number }>(
    `select count(*) filter (where address = $2)::int as here, count(*)::int as all
     from sign_in_failures
     where name = $1 and at > now() - make_interval(mins => $3)`,
    [name, address, WITHIN_MINUTES],
  );
  return (rows[0]?.here ?? 0) >= TRIES_FROM_ADDRESS || (rows[0]?.all ?? 0) >= TRIES_OF_NAME;
}

export async function noteFailure(pool: Pool, name: string, address: string): Promise<void> {
  await pool.query('insert into sign_in_failures (name, address) values ($1, $2)', [name, address]);
  await pool.query('delete from sign_in_failures where at < now() - make_interval(mins => $1)', [
    WITHIN_MINUTES,
  ]);
}

/** A person who got in has not been guessing. */
export async function forgetFailures(pool: Pool, name: string, address: string): Promise<void> {
  await pool.query('delete from sign_in_failures where name = $1 and address = $2', [
    name,
    address,
  ]);
}
