/** The server killed with -9 while people write and watch; PostgreSQL survives it and is adopted. */
import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDatabase } from '../../server/database/open.ts';
import { Random } from '../../server/demo/random.ts';
import { temporaryFolder } from '../setup/folder.ts';
import { startMain, type MainProcess } from '../setup/main-process.ts';
import { until } from '../setup/until.ts';
import { SEED, times } from './extent.ts';
import { freePort } from './line.ts';
import { signedIn } from './person.ts';
import { EDITOR, makeSmall, poolOf } from './small-system.ts';
import { nothingIsLost } from './verdict.ts';
import { watch } from './watcher.ts';
import { overHttp, overSocket, startWriter } from './writer.ts';

const KILLS = times(4, 100);

let folder: string;
let server: MainProcess;
beforeAll(async () => {
  folder = await temporaryFolder('killed');
  await makeSmall(folder);
});
afterAll(async () => {
  server?.child.kill('SIGTERM');
  await server?.ended;
  await rm(folder, { recursive: true, force: true });
});

it(
  `killed ${KILLS} times under load: every acknowledged event is there once, in order (seed ${SEED})`,
  async () => {
    const port = await freePort();
    const host = `localhost:${port}`;
    const url = `http://${host}`;
    const environment = {
      ...{
        PHUSONG_DATA_DIR: folder,
        PHUSONG_DEMO: 'off',
        PHUSONG_PUBLIC: 'on',
        PORT: String(port),
      },
    };
    server = startMain(environment);
    await server.ready;
    const cookie = await signedIn(url, EDITOR);
    const socket = overSocket(url, cookie);
    const writers = ['a', 'b', 'c', 'd'].map((name, i) =>
      startWriter(name, SEED, i % 2 === 0 ? overHttp(url, cookie) : socket.send),
    );
    const watchers = [1, 2, 3].map(() => watch(host));
    const written = (): number =>
      writers.reduce((sum, { acknowledged }) => sum + acknowledged.length, 0);

    const random = new Random(SEED, 'kills');
    for (let kill = 1; kill <= KILLS; kill++) {
      const enough = written() + 10 + random.below(60);
      await until('enough is written', () => written() >= enough);
      server.child.kill('SIGKILL');
      expect(await server.ended).toBe('SIGKILL');
      server = startMain(environment);
      await server.ready;
    }
    await Promise.all(writers.map((writer) => writer.stop()));
    expect(writers.some(({ repeated }) => repeated > 0)).toBe(true);

    const database = await openDatabase({ dataDir: folder, lock: 'tool' });
    const pool = poolOf(database.url);
    await nothingIsLost({ pool, url: database.url }, { writers, watchers, servers: [url] });
    for (const watcher of watchers) watcher.close();
    socket.close();
    await pool.end();
    await database.close();
  },
  180_000 + KILLS * 60_000,
);
