/** The disk fills up under a running system: first nearly, then to the last byte. */
import { execFile } from 'node:child_process';
import { statfs } from 'node:fs/promises';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../server/database/open.ts';
import { temporaryFolder } from '../setup/folder.ts';
import { startMain, type MainProcess } from '../setup/main-process.ts';
import { until } from '../setup/until.ts';
import { SEED, times } from './extent.ts';
import { freePort } from './line.ts';
import { signedIn } from './person.ts';
import { EDITOR, makeSmall, poolOf } from './small-system.ts';
import { nothingIsLost } from './verdict.ts';
import { watch } from './watcher.ts';
import { overHttp, startWriter } from './writer.ts';

const run = promisify(execFile);
const FILLS = times(1, 5);
const MB = 1024 ** 2;

let room: string;
let mounted = false;
let server: MainProcess | undefined;
beforeAll(async () => {
  room = await temporaryFolder('disk');
  mounted = await run('mount', ['-t', 'tmpfs', '-o', 'mode=0755,size=2g', 'tmpfs', room]).then(
    () => true,
    () => false,
  );
  if (mounted) await makeSmall(dataDir());
});
afterAll(async () => {
  server?.child.kill('SIGTERM');
  await server?.ended;
  if (mounted) await run('umount', ['-l', room]);
  await rm(room, { recursive: true, force: true });
});

const dataDir = (): string => join(room, '.phusong');

/** Makes the disk so big that this much is free. */
async function leaveFree(megabytes: number): Promise<void> {
  const { blocks, bfree, bsize } = await statfs(room);
  const size = (blocks - bfree) * bsize + megabytes * MB;
  await run('mount', ['-o', `remount,size=${Math.ceil(size / 1024)}k`, room]);
}

describe('a disk of its own', () => {
  it(
    `nearly full is refused early; full to the last byte ${FILLS} times loses nothing (seed ${SEED})`,
    async (context) => {
      if (!mounted) return context.skip('mounting needs root and a system that lets it');
      const port = await freePort();
      const url = `http://localhost:${port}`;
      const environment = {
        ...{ PHUSONG_DATA_DIR: dataDir(), PHUSONG_DEMO: 'off', PHUSONG_PUBLIC: 'on' },
        PORT: String(port),
      };
      const start = async (): Promise<void> => {
        server = startMain(environment);
        await server.ready;
      };
      const state = async (): Promise<string | undefined> => {
        const health = (await (await fetch(`${url}/healthz`)).json()) as {
          disk: { state: string } | null;
        };
        return health.disk?.state;
      };
      await start();
      const cookie = await signedIn(url, EDITOR);
      const send = overHttp(url, cookie);
      const writers = ['k', 'l'].map((name) => startWriter(name, SEED, send));
      const watcher = watch(new URL(url).host);
      const written = (): number =>
        writers.reduce((sum, { acknowledged }) => sum + acknowledged.length, 0);
      const writesOn = async (): Promise<void> => {
        const before = written();
        await until('it writes on', () => written() > before + 10);
      };
      await writesOn();

      await leaveFree(600);
      await until('it is told to be filling up', async () => (await state()) === 'low');
      await writesOn();
      await leaveFree(100);
      await until('it is told to be full', async () => (await state()) === 'full');
      const refused = writers.map(({ repeated }) => repeated);
      const during = written();
      await until('both are told to wait', () =>
        writers.every(({ repeated }, i) => repeated > (refused[i] ?? 0) + 3),
      );
      expect(written()).toBeLessThanOrEqual(during + writers.length);
      expect(await send({})).toMatchObject({ error: { message: /disk.*nearly full/ } });
      expect((await fetch(`${url}/api/snapshot`)).status).toBe(200);
      await leaveFree(1_500);
      await writesOn();
      expect(await state()).toBe('ok');

      // Faster than anybody can look: PostgreSQL itself finds no room.
      for (let fill = 0; fill < FILLS; fill++) {
        await leaveFree(0);
        const before = writers.map(({ repeated }) => repeated);
        await until('nothing can be written', () =>
          writers.every(({ repeated }, i) => repeated > (before[i] ?? 0) + 3),
        );
        await leaveFree(1_500);
        if (server?.child.exitCode !== null) {
          expect(await server?.ended).toBe(1);
          expect(server?.output()).toContain(`The database in ${dataDir()} ended`);
          await start();
        }
        await writesOn();
      }
      await Promise.all(writers.map((writer) => writer.stop()));
      const database = await openDatabase({ dataDir: dataDir(), lock: 'tool' });
      const pool = poolOf(database.url);
      await nothingIsLost(
        { pool, url: database.url },
        { writers, watchers: [watcher], servers: [url] },
      );
      watcher.close();
      await pool.end();
      await database.close();
    },
    300_000 + FILLS * 120_000,
  );
});
