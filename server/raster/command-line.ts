/** What the commands that import have in common: the database of this installation, and how they end. */
import pg from 'pg';
import { readConfiguration } from '../configuration.ts';
import { ensureRoom } from '../database/folder.ts';
import { openDatabase } from '../database/open.ts';
import { FULL_MB } from '../disk/room.ts';
import { StartError } from '../errors.ts';
import { migrate } from '../log/schema.ts';

export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Runs a command; a StartError ends it with its sentence and exit code 1. */
export async function runCommand(run: (words: string[]) => Promise<void>): Promise<void> {
  try {
    await run(process.argv.slice(2));
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}

/** Opens the database beside a running server or alone, with its tables up to date. */
export async function withDatabase<T>(use: (pool: pg.Pool) => Promise<T>): Promise<T> {
  const { databaseUrl, dataDir } = readConfiguration(process.env, false);
  const database = await openDatabase({
    ...(databaseUrl === undefined ? {} : { databaseUrl }),
    dataDir,
    onProgress: say,
    lock: 'tool',
  });
  try {
    if (database.home !== undefined) await ensureRoom(database.home, FULL_MB);
    const pool = new pg.Pool({ connectionString: database.url, max: 1 });
    try {
      await migrate(pool);
      return await use(pool);
    } finally {
      await pool.end();
    }
  } finally {
    await database.close();
  }
}
