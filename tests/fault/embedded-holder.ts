/** What the tests start, stop and kill: a process that opens the database and keeps it. */
import { openDatabase } from '../../server/database/open.ts';
import { StartError } from '../../server/errors.ts';

const [dataDir = '', lock = 'server'] = process.argv.slice(2);

function refuse(error: unknown): never {
  console.error(error instanceof StartError ? error.message : error);
  process.exit(1);
}

try {
  const database = await openDatabase({
    databaseUrl: process.env.DATABASE_URL,
    dataDir,
    lock: lock === 'tool' ? 'tool' : 'server',
    onProgress: (message) => console.log(`progress ${message}`),
  });
  void database.lost.then(refuse);
  process.on('SIGTERM', () => void database.close().then(() => process.exit(0)));
  // Ctrl-C is for the server to answer; this one takes it and stays.
  process.on('SIGINT', () => console.log('interrupted'));
  setInterval(() => undefined, 60_000);
  console.log(`open ${database.url}`);
} catch (error) {
  refuse(error);
}
