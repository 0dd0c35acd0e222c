/** One real PostgreSQL for a run of the tests; each test file makes databases of its own in it. */
import { rm } from 'node:fs/promises';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { openDatabase } from '../../server/database/open.ts';
import { migrate } from '../../server/log/schema.ts';
import { temporaryFolder } from './folder.ts';

const TEMPLATE = 'migrated';

declare module 'vitest' {
  interface ProvidedContext {
    postgresUrl: string;
    /** Name of a database to copy, with the tables of the log and nothing in them. */
    postgresTemplate: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await temporaryFolder('tests');
  const database = await openDatabase({ dataDir: folder });
  const admin = new pg.Client({ connectionString: database.url });
  await admin.connect();
  await admin.query(`create database ${TEMPLATE}`);
  await admin.end();
  const template = new URL(database.url);
  template.pathname = `/${TEMPLATE}`;
  const pool = new pg.Pool({ connectionString: template.href });
  await migrate(pool);
  await pool.end();
  project.provide('postgresUrl', database.url);
  project.provide('postgresTemplate', TEMPLATE);
  return async () => {
    await database.close();
    await rm(folder, { recursive: true, force: true });
  };
}
