/** PostgreSQL itself dies under a running server, and comes back. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase, type Database } from '../../server/database/open.ts';
import { temporaryFolder } from '../setup/folder.ts';
import { startMain, type MainProcess } from '../setup/main-process.ts';
import { until } from '../setup/until.ts';
import { pidOf } from './embedded-bench.ts';
import { SEED, times } from './extent.ts';
import { openLine, type Line } from './line.ts';
import { signedIn } from './person.ts';
import { EDITOR, makeSmall, poolOf } from './small-system.ts';
import { nothingIsLost } from './verdict.ts';
import { watch } from './watcher.ts';
import { overHttp, startWriter } from './writer.ts';

const KILLS = times(2, 20);

let folder: string;
let server: MainProcess;
let line: Line;
let database: Database;
beforeAll(async () => {
  folder = await temporaryFolder('database');
  await makeSmall(folder);
});
afterAll(async () => {
  server?.child.kill('SIGTERM');
  await server?.ended;
  await line?.close();
  await database?.close();
  await rm(folder, { recursive: true, force: true });
});

const portOf = ({ url }: Database): number => Number(new URL(url).port);
const throughLine = ({ url }: Database): string => {
  const address = new URL(url);
  address.port = String(line.port);
  return address.href;
};

describe('with DATABASE_URL', () => {
  it(
    `killed ${KILLS} times and restarted, the server refuses meanwhile, comes back and lost nothing (seed ${SEED})`,
    async () => {
      database = await openDatabase({ dataDir: folder, lock: 'tool' });
      line = await openLine(portOf(database));
      server = startMain({ DATABASE_URL: throughLine(database), PHUSONG_PUBLIC: 'on' });
      const url = await server.ready;
      const cookie = await signedIn(url, EDITOR);
      const writers = ['e', 'f', 'g'].map((name) => startWriter(name, SEED, overHttp(url, cookie)));
      const watchers = [1, 2].map(() => watch(new URL(url).host));
      const written = (): number =>
        writers.reduce((sum, { acknowledged }) => sum + acknowledged.length, 0);

      for (let kill = 1; kill <= KILLS; kill++) {
        const enough = written() + 30;
        await until('enough is written', () => written() >= enough);
        process.kill(await pidOf(folder), kill % 2 === 0 ? 'SIGKILL' : 'SIGQUIT');
        await database.lost;
        const repeated = writers.map((writer) => writer.repeated);
        await until('everybody was told to wait', () =>
          writers.every((writer, i) => writer.repeated > (repeated[i] ?? 0)),
        );
        expect((await fetch(`${url}/healthz`)).status).toBe(200);
        database = await openDatabase({ dataDir: folder, lock: 'tool' });
        line.leadTo(portOf(database));
      }
      const enough = written() + 30;
      await until('it has come back', () => written() >= enough);
      await Promise.all(writers.map((writer) => writer.stop()));

      const pool = poolOf(database.url);
      await nothingIsLost({ pool, url: database.url }, { writers, watchers, servers: [url] });
      for (const watcher of watchers) watcher.close();
      await pool.end();
      server.child.kill('SIGTERM');
      expect(await server.ended).toBe(0);
      await database.close();
    },
    180_000 + KILLS * 60_000,
  );
});

describe('the embedded one', () => {
  it('killed, the server leaves with one sentence, and the next start has everything', async () => {
    server = startMain({ PHUSONG_DATA_DIR: folder, PHUSONG_DEMO: 'off', PHUSONG_PUBLIC: 'on' });
    const url = await server.ready;
    const cookie = await signedIn(url, EDITOR);
    const writer = startWriter('h', SEED, overHttp(url, cookie));
    await until('something is written', () => writer.acknowledged.length >= 20);
    process.kill(await pidOf(folder), 'SIGKILL');
    expect(await server.ended).toBe(1);
    expect(server.output().split('\n')).toContain(
      `The database in ${folder} ended: ${join(folder, 'postgresql.log')} says why.`,
    );
    const acknowledged = writer.acknowledged.length;

    server = startMain({
      ...{ PHUSONG_DATA_DIR: folder, PHUSONG_DEMO: 'off', PHUSONG_PUBLIC: 'on' },
      PORT: new URL(url).port,
    });
    await server.ready;
    await until('it writes on', () => writer.acknowledged.length > acknowledged + 5);
    await writer.stop();
    database = await openDatabase({ dataDir: folder, lock: 'tool' });
    const pool = poolOf(database.url);
    await nothingIsLost(
      { pool, url: database.url },
      { writers: [writer], watchers: [], servers: [url] },
    );
    await pool.end();
    await database.close();
  });
});
