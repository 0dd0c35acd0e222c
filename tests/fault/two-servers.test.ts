/** Two servers on one database, people on both, and one of them dies in the middle of writing. */
import { afterAll, beforeAll, it } from 'vitest';
import { emptyDatabase, type TestDatabase } from '../setup/database.ts';
import { startMain, type MainProcess } from '../setup/main-process.ts';
import { until } from '../setup/until.ts';
import { SEED, times } from './extent.ts';
import { freePort } from './line.ts';
import { signedIn } from './person.ts';
import { EDITOR, fillSmall } from './small-system.ts';
import { nothingIsLost } from './verdict.ts';
import { watch } from './watcher.ts';
import { overHttp, overSocket, startWriter } from './writer.ts';

const DEATHS = times(2, 20);

let database: TestDatabase;
const servers: MainProcess[] = [];
beforeAll(async () => {
  database = await emptyDatabase();
  await fillSmall(database.url);
});
afterAll(async () => {
  for (const { child, ended } of servers) {
    child.kill('SIGTERM');
    await ended;
  }
  await database.close();
});

async function start(port: number): Promise<MainProcess> {
  const server = startMain({
    ...{ DATABASE_URL: database.url, PHUSONG_PUBLIC: 'on', PORT: String(port) },
  });
  servers.push(server);
  await server.ready;
  return server;
}

it(
  `one of two servers dies ${DEATHS} times: both tell the same, and nothing is lost (seed ${SEED})`,
  async () => {
    const ports = [await freePort(), await freePort()] as const;
    const urls = ports.map((port) => `http://localhost:${port}`);
    let [mortal] = await Promise.all(ports.map(start));
    const cookie = await signedIn(urls[0] ?? '', EDITOR);
    const sockets = urls.map((url) => overSocket(url, cookie));
    const writers = urls.flatMap((url, i) => [
      startWriter(`http${i}`, SEED, overHttp(url, cookie)),
      startWriter(`socket${i}`, SEED, sockets[i]?.send ?? overHttp(url, cookie)),
    ]);
    const watchers = ports.flatMap((port) => [1, 2].map(() => watch(`localhost:${port}`)));
    const written = (): number[] => writers.map(({ acknowledged }) => acknowledged.length);

    for (let death = 1; death <= DEATHS; death++) {
      const before = written();
      await until('all have written', () => written().every((n, i) => n > (before[i] ?? 0) + 10));
      mortal?.child.kill('SIGKILL');
      await mortal?.ended;
      const meanwhile = written();
      await until('the other server goes on', () =>
        written().some((n, i) => n > (meanwhile[i] ?? 0) + 5),
      );
      mortal = await start(ports[0]);
    }
    await Promise.all(writers.map((writer) => writer.stop()));
    await nothingIsLost(database, { writers, watchers, servers: urls });
    for (const one of [...watchers, ...sockets]) one.close();
  },
  180_000 + DEATHS * 60_000,
);
