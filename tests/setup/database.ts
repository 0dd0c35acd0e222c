/** Databases of their own for a test. */
import pg from 'pg';
import { inject } from 'vitest';
import { migrate } from '../../server/log/schema.ts';

export interface TestDatabase {
  url: string;
  pool: pg.Pool;
  close(): Promise<void>;
}

let made = 0;

/** A fresh database with the tables of the log. */
export async function freshDatabase(): Promise<TestDatabase> {
  const database = await emptyDatabase();
  await migrate(database.pool);
  return database;
}

/** A fresh database that holds nothing at all. */
export async function emptyDatabase(): Promise<TestDatabase> {
  const server = inject('postgresUrl');
  const name = `test_${process.pid}_${++made}`;
  const admin = new pg.Client({ connectionString: server });
  await admin.connect();
  await admin.query(`create database ${name}`);
  await admin.end();
  const address = new URL(server);
  address.pathname = `/${name}`;
  const pool = new pg.Pool({ connectionString: address.href, max: 12 });
  pool.on('error', () => undefined);
  return { url: address.href, pool, close: () => pool.end() };
}
