/**
 * Slows down floods of reports. They are counted in the database, so that several servers count
 * together, and under locks, so that many at once are counted one by one.
 */
import type { Pool, PoolClient } from 'pg';

/**
 * From one address: a mobile operator puts hundreds of people behind one, and in a hamlet without a
 * signal they report from the same place where there is one; more than this is a machine.
 */
const FROM_ADDRESS = { hour: 12, day: 40 };
/** About one commune: a whole hamlet may report on one evening; more can be read by nobody. */
const ABOUT_COMMUNE = { hour: 60, day: 240 };
/** The first number of our locks; the second is the address's or the commune's. */
const LOCKS = { commune: 8_402_011, address: 8_402_012 };

/** Whether enough has come from an address, or about a commune, for now. */
export async function isFlooded(
  db: Pool | PoolClient,
  address: string,
  commune: string,
): Promise<boolean> {
  const { rows } = await db.query<Record<'hour' | 'day' | 'here_hour' | 'here_day', number>>(
    `select count(*) filter (where address = $1 and at > now() - interval '1 hour')::int as hour,
            count(*) filter (where address = $1)::int as day,
            count(*) filter (where commune = $2 and at > now() - interval '1 hour')::int as here_hour,
            count(*) filter (where commune = $2)::int as here_day
     from report_sends
     where (address = $1 or commune = $2) and at > now() - interval '1 day'`,
    [address, commune],
  );
  const sent = rows[0] ?? { hour: 0, day: 0, here_hour: 0, here_day: 0 };
  return (
    sent.hour >= FROM_ADDRESS.hour ||
    sent.day >= FROM_ADDRESS.day ||
    sent.here_hour >= ABOUT_COMMUNE.hour ||
    sent.here_day >= ABOUT_COMMUNE.day
  );
}

/**
 * Counts a report within the transaction that takes it in; answers false where it is one too many.
 * Until the transaction ends, others of the same address or commune wait.
 */
export async function countSend(
  db: PoolClient,
  address: string,
  commune: string,
): Promise<boolean> {
  await db.query('select pg_advisory_xact_lock($1, hashtext($2))', [LOCKS.commune, commune]);
  await db.query('select pg_advisory_xact_lock($1, hashtext($2))', [LOCKS.address, address]);
  if (await isFlooded(db, address, commune)) return false;
  await db.query('insert into report_sends (address, commune) values ($1, $2)', [address, commune]);
  await db.query(`delete from report_sends where at < now() - interval '1 day'`);
  return true;
}
