/** A PostgreSQL of its own for a benchmark, with the tables of the log, gone afterwards. */
import { rm } from 'node:fs/promises';
import pg from 'pg';
import { openDatabase } from '../../server/database/open.ts';
import { migrate } from '../../server/log/schema.ts';
import { temporaryFolder } from '../setup/folder.ts';

export interface BenchDatabase {
  url: string;
  pool: pg.Pool;
  close(): Promise<void>;
}

export async function benchDatabase(): Promise<BenchDatabase> {
  const folder = await temporaryFolder('bench');
  const database = await openDatabase({ dataDir: folder });
  const pool = new pg.Pool({ connectionString: database.url, max: 8 });
  await migrate(pool);
  return {
    url: database.url,
    pool,
    async close() {
      await pool.end();
      await database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
