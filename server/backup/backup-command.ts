/** `npm run backup -- <file>`: everything that the system holds into one file, while it runs or not. */
import { stat } from 'node:fs/promises';
import { readConfiguration } from '../configuration.ts';
import { clientFor } from '../database/connect.ts';
import { openDatabase } from '../database/open.ts';
import { holdsDatabase } from '../database/place.ts';
import { megabytes, runOnFile, say, tellProgress } from './command-line.ts';
import { BackupRefused } from './refusal.ts';
import { writeBackup } from './write.ts';

await runOnFile('backup', async (file) => {
  const { databaseUrl, dataDir } = readConfiguration(process.env, false);
  if (databaseUrl === undefined && !(await holdsDatabase(dataDir)))
    throw new BackupRefused(
      `There is nothing to back up: the data folder ${dataDir} holds no database (PHUSONG_DATA_DIR names another).`,
    );
  const database = await openDatabase({
    ...(databaseUrl === undefined ? {} : { databaseUrl }),
    dataDir,
    onProgress: say,
    lock: 'tool',
  });
  const client = clientFor(database.url, 'phusong backup');
  try {
    await client.connect();
    const { seq, taken, tables } = await writeBackup(client, file, tellProgress);
    const rows = tables.reduce((sum, table) => sum + table.rows, 0);
    const { size } = await stat(file);
    say(
      `${file}: everything up to event ${seq}, as of ${taken}; ${tables.length} tables, ${rows} rows, ${megabytes(size)}.\n` +
        'It holds the hashes of passwords and personal data: keep it where only you can read it.',
    );
  } finally {
    await client.end().catch(() => undefined);
    await database.close();
  }
});
