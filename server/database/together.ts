/** Work that is done as one, or not at all. */
import type { Pool, PoolClient } from 'pg';

/** Does some work in one transaction. The log is held from its first event on: append late in it. */
export async function together<T>(
  pool: Pool,
  work: (client: PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const done = await work(client);
    await client.query('commit');
    return done;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}
