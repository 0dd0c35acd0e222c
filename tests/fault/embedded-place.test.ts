/** Where the embedded PostgreSQL is made: first starts that go wrong, disks, users; with real processes. */
import { execFile } from 'node:child_process';
import { chmod, mkdir, readFile, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { worksIn } from '../../server/database/postmaster.ts';
import { ask, Bench, dataOf, exists, namesIn, NOBODY, pidOf } from './embedded-bench.ts';
import { until } from '../setup/until.ts';

const root = process.getuid?.() === 0;
const onlyRoot = 'needs root, who can become another user and mount disks';

let bench: Bench;
beforeAll(async () => {
  bench = await Bench.make();
});
afterAll(async () => {
  await bench.clear();
});

describe('a first start that does not go well', () => {
  test('killed while PostgreSQL makes its files: the next start makes them anew', async () => {
    const dataDir = join(await bench.room('interrupted'), '.phusong');
    const { holder } = bench.start(dataDir);
    const unfinished = async () => {
      if (!(await exists(dataDir))) return undefined;
      const draft = (await namesIn(dataDir)).find((name) => name.startsWith('making-'));
      return draft === undefined ? undefined : join(dataDir, draft);
    };
    await until('initdb is at work', async () => {
      const draft = await unfinished();
      return draft !== undefined && exists(join(draft, 'data', 'PG_VERSION'));
    });
    await holder.end('SIGKILL');
    expect(await exists(join(dataDir, 'postgresql'))).toBe(false);

    const server = await bench.hold(dataDir);
    expect(await ask(server.url, 'select 1 as one')).toEqual({ one: 1 });
    await server.end('SIGTERM');
    // An initdb that lost its parent may have written on for a moment; one more start sweeps that too.
    if (await unfinished()) await (await bench.hold(dataDir)).end('SIGTERM');
    expect(await namesIn(dataDir)).toEqual([
      'postgresql',
      expect.stringMatching(/^postgresql-programs-18\./),
      'postgresql.log',
    ]);
  });

  test('two at the same moment: one gets the folder, the other is refused', async () => {
    const dataDir = join(await bench.room('together'), '.phusong');
    const both = [bench.start(dataDir), bench.start(dataDir)];
    const outcomes = await Promise.all(
      both.map(({ holder, opened }) => Promise.race([opened, holder.ended])),
    );
    const refused = outcomes.filter((outcome) => outcome !== undefined);
    expect(refused).toHaveLength(1);
    expect(refused[0]?.said).toMatch(/^Another Phủ Sóng server \(pid \d+\) already uses/);
    const winner = both[outcomes.indexOf(undefined)]?.holder;
    expect(await ask(winner?.url ?? '', 'select 1 as one')).toEqual({ one: 1 });
    await winner?.end('SIGTERM');
    expect((await namesIn(dataDir)).filter((name) => name.startsWith('making-'))).toEqual([]);
  });

  test('a file where the data folder should be', async () => {
    const room = await bench.room('file');
    const file = join(room, 'taken');
    await writeFile(file, 'mine');
    for (const dataDir of [file, join(file, '.phusong')]) {
      const { code, said } = await bench.refusal(dataDir);
      expect(code).toBe(1);
      expect(said).toBe(
        `The data folder ${dataDir} cannot be made, because a file stands where a folder should: ` +
          'move the file away, or set PHUSONG_DATA_DIR to another folder.',
      );
    }
    expect(await readFile(file, 'utf8')).toBe('mine');
  });

  test('a folder that this user may not write in', async () => {
    const room = await bench.room('guarded', undefined, 0o555);
    for (const dataDir of [room, join(room, '.phusong')]) {
      const { code, said } = await bench.refusal(dataDir, root ? { as: NOBODY } : {});
      expect(code).toBe(1);
      expect(said).toBe(
        `This user may not write in the data folder ${dataDir}: ` +
          'change its owner, or set PHUSONG_DATA_DIR to another folder.',
      );
    }
    expect(await namesIn(room)).toEqual([]);
  });
});

describe('disks', () => {
  const run = promisify(execFile);
  const mounted: string[] = [];
  afterAll(async () => {
    for (const disk of mounted) await run('umount', ['-l', disk]);
  });

  /** A small disk of its own, or undefined where even root may not mount (some containers). */
  async function disk(name: string, options: string): Promise<string | undefined> {
    const room = await bench.room(name);
    try {
      await run('mount', ['-t', 'tmpfs', '-o', `mode=0755,${options}`, 'tmpfs', room]);
    } catch {
      return undefined;
    }
    mounted.push(room);
    return room;
  }

  test.skipIf(!root)(`a read-only disk (${onlyRoot})`, async (context) => {
    const room = await disk('read-only', 'ro,size=1m');
    if (room === undefined) return context.skip('mounting is not permitted here');
    for (const dataDir of [room, join(room, '.phusong')]) {
      const { code, said } = await bench.refusal(dataDir);
      expect(code).toBe(1);
      expect(said).toBe(
        `The data folder ${dataDir} is on a read-only disk: ` +
          'mount it writable, or set PHUSONG_DATA_DIR to another folder.',
      );
    }
  });

  test.skipIf(!root)(`a disk that is too small from the start (${onlyRoot})`, async (context) => {
    const room = await disk('tiny', 'size=1m');
    if (room === undefined) return context.skip('mounting is not permitted here');
    const dataDir = join(room, '.phusong');
    const { code, said } = await bench.refusal(dataDir);
    expect(code).toBe(1);
    expect(said).toMatch(
      /^The disk that holds the data folder .*\.phusong is full: [01] MB free, 200 MB needed; make room/,
    );
    expect(await namesIn(dataDir)).toEqual([]);
  });

  test.skipIf(!root)(
    `a disk that fills up while the database is made, at any point (${onlyRoot})`,
    async (context) => {
      // Files run out before bytes do: among the programs, then among the database's own files.
      for (const [name, files] of [
        ['full-early', 500],
        ['full-late', 1500],
      ] as const) {
        const room = await disk(name, `size=300m,nr_inodes=${files}`);
        if (room === undefined) return context.skip('mounting is not permitted here');
        const dataDir = join(room, '.phusong');
        const { code, said } = await bench.refusal(dataDir);
        expect(code).toBe(1);
        expect(said).toMatch(
          /^The disk that holds the data folder .*\.phusong is full: make room on it/,
        );
        expect((await namesIn(dataDir)).filter((each) => !each.includes('programs'))).toEqual([]);
        if (files === 500) continue;

        await run('mount', ['-o', 'remount,nr_inodes=10000', room]);
        const server = await bench.hold(dataDir);
        expect(await ask(server.url, 'select 1 as one')).toEqual({ one: 1 });
        await server.end('SIGTERM');

        // The same database on a disk that is full later is refused, and whole again with room.
        await run('sh', ['-c', `head -c 300m /dev/zero > ${room}/filler || true`]);
        const full = await bench.refusal(dataDir);
        expect(full.code).toBe(1);
        expect(full.said).toMatch(/is full: .*make room on it/);
        await rm(join(room, 'filler'));
        await (await bench.hold(dataDir)).end('SIGTERM');
      }
    },
  );
});

describe('users', () => {
  test.skipIf(!root)(
    `root below a closed directory: PostgreSQL gets a home that its user can reach (${onlyRoot})`,
    async () => {
      const closed = await bench.room('closed', undefined, 0o700);
      const dataDir = join(closed, 'project', '.phusong');
      const first = await bench.hold(dataDir);
      const home = (await readFile(join(dataDir, 'postgresql.path'), 'utf8')).trim();
      try {
        expect(home).toMatch(/^\/var\/lib\/phusong\/[0-9a-f]{12}$/);
        expect(first.progress.join('\n')).toContain(`making the database in ${home}`);
        expect(await readFile(join(home, 'belongs-to'), 'utf8')).toBe(`${dataDir}\n`);
        expect(await namesIn(dataDir)).toEqual(['postgresql.path']);
        await ask(first.url, `create table kept as select 'xa' as word`);
        const pid = await pidOf(home);
        await first.end('SIGKILL');

        const next = await bench.hold(dataDir);
        expect(await pidOf(home)).toBe(pid);
        expect(await ask(next.url, 'select word from kept')).toEqual({ word: 'xa' });
        const second = await bench.refusal(dataDir);
        expect(second.said).toContain(`(pid ${next.pid}) already uses the data folder ${dataDir}`);
        await next.end('SIGTERM');
        expect(await worksIn(pid, dataOf(home))).toBe(false);

        await rename(home, `${home}-away`);
        const gone = await bench.refusal(dataDir);
        await rename(`${home}-away`, home);
        expect(gone.code).toBe(1);
        expect(gone.said).toContain(`was kept in ${home} and is no longer there`);
        const back = await bench.hold(dataDir);
        expect(await ask(back.url, 'select word from kept')).toEqual({ word: 'xa' });
        await back.end('SIGTERM');
      } finally {
        await rm(home, { recursive: true, force: true });
        await rmdir(dirname(home)).catch(() => undefined);
      }
    },
  );

  test.skipIf(!root)(
    `an ordinary user; then root, for whom PostgreSQL goes on running as that user (${onlyRoot})`,
    async () => {
      const room = await bench.room('ordinary', NOBODY);
      const dataDir = join(room, '.phusong');
      const server = await bench.hold(dataDir, { as: NOBODY });
      expect((await stat(dataDir)).mode & 0o777).toBe(0o700);
      await ask(server.url, `create table kept as select 'xa' as word`);
      await server.end('SIGTERM');
      expect((await stat(join(dataDir, 'postgresql', 'data'))).uid).toBe(NOBODY.uid);

      const asRoot = await bench.hold(dataDir);
      expect(await ask(asRoot.url, 'select word from kept')).toEqual({ word: 'xa' });
      await asRoot.end('SIGTERM');
      await (await bench.hold(dataDir, { as: NOBODY })).end('SIGTERM');
    },
  );

  test.skipIf(!root)(`a database of somebody else's (${onlyRoot})`, async () => {
    const room = await bench.room('others', NOBODY);
    const dataDir = join(room, '.phusong');
    await mkdir(join(dataDir, 'postgresql', 'data'), { recursive: true });
    await chmod(dataDir, 0o777);
    const { code, said } = await bench.refusal(dataDir, { as: NOBODY });
    expect(code).toBe(1);
    expect(said).toBe(
      `The database in ${dataDir} belongs to the user root: ` +
        'start as that user or as root, or set PHUSONG_DATA_DIR to another folder.',
    );
  });
});
