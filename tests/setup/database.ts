/** Databases of their own for a test. */
import pg from 'pg';
import { inject } from 'vitest';

export interface TestDatabase {
  url: string;
  pool: pg.Pool;
  close(): Promise<void>;
}

let made = 0;

/** A fresh database with the tables of the log. */
export function freshDatabase(): Promise<TestDatabase> {
  return copyOf(inject('postgresTemplate'));
}

/** A fresh database that holds nothing at all. */
export function emptyDatabase(): Promise<TestDatabase> {
  return copyOf('template1');
}

async function copyOf(template: string): Promise<TestDatabase> {
  const server = inject('postgresUrl');
  const name = `test_${process.pid}_${++made}`;
  const admin = new pg.Client({ connectionString: server });
  await admin.connect();
  await admin.query(`create database ${name} template ${template}`);
  await admin.end();
  const address = new URL(server);
  address.pathname = `/${name}`;
  const pool = new pg.Pool({ connectionString: address.href, max: 12 });
  pool.on('error', () => undefined);
  return { url: address.href, pool, close: () => pool.end() };
}
