/** `npm run restore -- <file>`: a backup into an empty system, as a whole or not at all. */
import { readConfiguration } from '../configuration.ts';
import { clientFor } from '../database/connect.ts';
import { ensureRoom } from '../database/folder.ts';
import { openDatabase } from '../database/open.ts';
import { FULL_MB } from '../disk/room.ts';
import { megabytes, runOnFile, say, tellProgress } from './command-line.ts';
import { openBackup } from './read.ts';
import { restoreBackup } from './restore.ts';

/** PostgreSQL writes everything once into its log and once into its tables. */
const ROOM = 2;

await runOnFile('restore', async (file) => {
  const { databaseUrl, dataDir } = readConfiguration(process.env, false);
  const backup = await openBackup(file, (done, of) => tellProgress('Checking the file', done, of));
  const { seq, taken, product, bytes } = backup.header;
  say(`${file}: everything up to event ${seq}, as of ${taken}, written by Phủ Sóng ${product}`);
  const database = await openDatabase({
    ...(databaseUrl === undefined ? {} : { databaseUrl }),
    dataDir,
    onProgress: say,
    lock: 'server',
  });
  const client = clientFor(database.url, 'phusong restore');
  client.on('error', () => undefined);
  try {
    if (database.home !== undefined)
      await ensureRoom(database.home, FULL_MB + Math.ceil((ROOM * bytes) / 1024 ** 2));
    await client.connect();
    const elsewhere =
      databaseUrl === undefined
        ? `name a new folder in PHUSONG_DATA_DIR, or move ${dataDir} away`
        : 'name a new, empty database in DATABASE_URL';
    await restoreBackup(client, backup, elsewhere, tellProgress);
    const { rows } = await client.query<{ bytes: string }>(
      'select pg_database_size(current_database()) as bytes',
    );
    say(`Restored (${megabytes(Number(rows[0]?.bytes))}): npm start goes on from there.`);
  } finally {
    await client.end().catch(() => undefined);
    await database.close();
  }
});
