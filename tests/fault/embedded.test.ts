/** The embedded PostgreSQL day by day: started, stopped, killed, shared; with real processes. */
import { spawn } from 'node:child_process';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { worksIn } from '../../server/database/postmaster.ts';
import { ask, Bench, dataOf, pidOf } from './embedded-bench.ts';
import { until } from '../setup/until.ts';

const root = process.getuid?.() === 0;

let bench: Bench;
beforeAll(async () => {
  bench = await Bench.make();
});
afterAll(async () => {
  await bench.clear();
});

describe('on one data folder, one after another', () => {
  let dataDir: string;
  beforeAll(async () => {
    dataDir = join(await bench.room('main'), '.phusong');
  });

  test('the first start makes a durable Unicode database in UTC, even without library links', async () => {
    const server = await bench.hold(dataDir);
    expect(server.progress).toContain(`Making the database in ${dataDir}`);
    expect(
      await ask(
        server.url,
        `select current_setting('server_version_num')::int / 10000 as major,
                current_setting('fsync') || current_setting('synchronous_commit')
                  || current_setting('full_page_writes') as durable,
                current_setting('server_encoding') as encoding, current_setting('TimeZone') as zone,
                upper('đường') as upper, 'Z' < 'Đ' as by_code_point,
                current_setting('listen_addresses') as listens`,
      ),
    ).toEqual({
      major: 18,
      durable: 'ononon',
      encoding: 'UTF8',
      zone: 'UTC',
      upper: 'ĐƯỜNG',
      by_code_point: true,
      listens: '127.0.0.1',
    });
    await ask(server.url, `create table kept (word text)`);
    await ask(server.url, `insert into kept values ('lõm sóng')`);
    expect((await stat(join(dataDir, 'postgresql', 'password'))).mode & 0o777).toBe(0o600);
    await expect(ask(server.url.replace(/:[0-9a-f]{48}@/, ':guess@'), 'select 1')).rejects.toThrow(
      'password authentication failed',
    );

    const pid = await pidOf(dataDir);
    expect(await server.end('SIGTERM')).toEqual({ code: 0, said: '' });
    expect(await worksIn(pid, dataOf(dataDir))).toBe(false);
  });

  test('Ctrl-C reaches the server and not PostgreSQL, so the server can stop it in order', async () => {
    const server = await bench.hold(dataDir);
    server.pressCtrlC();
    expect(await ask(server.url, 'select word from kept')).toEqual({ word: 'lõm sóng' });
    await server.end('SIGTERM');
  });

  test('after kill -9 of the server the next one adopts the running PostgreSQL, nothing lost', async () => {
    const killed = await bench.hold(dataDir);
    await ask(killed.url, `insert into kept values ('acknowledged')`);
    const before = await pidOf(dataDir);
    await killed.end('SIGKILL');
    expect(await worksIn(before, dataOf(dataDir))).toBe(true);

    const next = await bench.hold(dataDir);
    expect(await pidOf(dataDir)).toBe(before);
    expect(await ask(next.url, 'select count(*)::int from kept')).toEqual({ count: 2 });
    await next.end('SIGTERM');
    expect(await worksIn(before, dataOf(dataDir))).toBe(false);
  });

  test('after a crash of the machine a stale lock file is no obstacle, nothing lost', async () => {
    const killed = await bench.hold(dataDir);
    await ask(killed.url, `insert into kept values ('before the crash')`);
    const pid = await pidOf(dataDir);
    const lockFile = join(dataDir, 'postgresql', 'data', 'postmaster.pid');
    const text = await readFile(lockFile, 'utf8');
    await killed.end('SIGKILL');
    process.kill(pid, 'SIGKILL');
    await until('PostgreSQL is dead', async () => !(await worksIn(pid, dataOf(dataDir))));
    // After a restart of the machine, another program of PostgreSQL's own user has the number.
    const { uid, gid } = await stat(dataOf(dataDir));
    const other = spawn('sleep', ['60'], root ? { uid, gid } : {});
    await writeFile(lockFile, text.replace(String(pid), String(other.pid)));

    const next = await bench.hold(dataDir);
    expect(await ask(next.url, 'select count(*)::int from kept')).toEqual({ count: 3 });
    expect(other.kill()).toBe(true);
    await next.end('SIGTERM');
  });

  test('a second server is refused with the folder and the pid, and the first goes on', async () => {
    const first = await bench.hold(dataDir);
    expect(await bench.refusal(dataDir)).toEqual({
      code: 1,
      said:
        `Another Phủ Sóng server (pid ${first.pid}) already uses the data folder ${dataDir}: ` +
        'stop it first, or set PHUSONG_DATA_DIR to another folder.',
    });
    expect(await ask(first.url, 'select count(*)::int from kept')).toEqual({ count: 3 });
    await first.end('SIGTERM');
  });

  test('a tool works beside a running server and leaves PostgreSQL to it', async () => {
    const server = await bench.hold(dataDir);
    const tool = await bench.hold(dataDir, { lock: 'tool' });
    expect(tool.url).toBe(server.url);
    await tool.end('SIGTERM');
    expect(await ask(server.url, 'select count(*)::int from kept')).toEqual({ count: 3 });
    await server.end('SIGTERM');
  });

  test('a tool alone starts PostgreSQL; a server that joins it may leave first; the last one stops it', async () => {
    const tool = await bench.hold(dataDir, { lock: 'tool' });
    const server = await bench.hold(dataDir);
    const pid = await pidOf(dataDir);
    await server.end('SIGTERM');
    expect(await ask(tool.url, 'select count(*)::int from kept')).toEqual({ count: 3 });
    await tool.end('SIGTERM');
    expect(await worksIn(pid, dataOf(dataDir))).toBe(false);
  });

  test('a server whose PostgreSQL is killed is told so', async () => {
    const server = await bench.hold(dataDir);
    process.kill(await pidOf(dataDir), 'SIGQUIT');
    const { code, said } = await server.ended;
    expect(code).toBe(1);
    expect(said).toBe(
      `The database in ${dataDir} ended: ${join(dataDir, 'postgresql.log')} says why.`,
    );
  });

  test('a database of another PostgreSQL version is refused and left alone', async () => {
    const file = join(dataDir, 'postgresql', 'data', 'PG_VERSION');
    await writeFile(file, '17\n');
    const { code, said } = await bench.refusal(dataDir);
    expect(code).toBe(1);
    expect(said).toContain('was made by PostgreSQL 17, and this is PostgreSQL 18');
    await writeFile(file, '18\n');
    const server = await bench.hold(dataDir);
    expect(await ask(server.url, 'select count(*)::int from kept')).toEqual({ count: 3 });
    await server.end('SIGTERM');
  });

  test('as DATABASE_URL, the same PostgreSQL serves several servers at once', async () => {
    const owner = await bench.hold(dataDir, { lock: 'tool' });
    const options = { databaseUrl: owner.url };
    const first = await bench.hold('/nowhere', options);
    const second = await bench.hold('/nowhere', options);
    expect(second.url).toBe(owner.url);
    await first.end('SIGTERM');
    expect(await ask(second.url, 'select count(*)::int from kept')).toEqual({ count: 3 });
    await second.end('SIGTERM');

    const password = /:([0-9a-f]{48})@/.exec(owner.url)?.[1] ?? 'no password';
    const wrong = await bench.refusal('/nowhere', {
      databaseUrl: owner.url.replace(password, 'bi-mat'),
    });
    expect(wrong.code).toBe(1);
    expect(wrong.said).toMatch(
      /^Cannot use the database "phusong" at 127\.0\.0\.1:\d+ \(DATABASE_URL\): PostgreSQL does not accept the password of the user "phusong"\.$/,
    );
    const missing = await bench.refusal('/nowhere', {
      databaseUrl: owner.url.replace('/phusong?', '/other?'),
    });
    expect(missing.said).toContain('"other"');
    expect(missing.said).toContain('has no database of that name');
    expect(wrong.said + missing.said).not.toMatch(/bi-mat|[0-9a-f]{48}/);
    await owner.end('SIGTERM');
  });
});

describe('a DATABASE_URL that does not answer', () => {
  test.each([
    [
      'nothing listens',
      'postgres://an:bi-mat@127.0.0.1:1/phusong',
      /127\.0\.0\.1:1 \(DATABASE_URL\): nothing listens there/,
    ],
    [
      'unknown machine',
      'postgres://an:bi-mat@nowhere.invalid/phusong',
      /no machine called "nowhere\.invalid" is known/,
    ],
    ['not an address', 'an:bi-mat@127.0.0.1', /^DATABASE_URL is not an address of PostgreSQL/],
    [
      'not a database at all',
      'https://an:bi-mat@127.0.0.1/',
      /^DATABASE_URL is not an address of PostgreSQL/,
    ],
    [
      'an unreadable address',
      'postgres://an:bi-mat@[/phusong',
      /^DATABASE_URL is not an address of PostgreSQL/,
    ],
  ])('%s', async (_, databaseUrl, sentence) => {
    const { code, said } = await bench.refusal('/nowhere', { databaseUrl });
    expect(code).toBe(1);
    expect(said).toMatch(sentence);
    expect(said).not.toContain('bi-mat');
    expect(said.split('\n')).toHaveLength(1);
  });

  test('something that takes the call and says nothing, or hangs up', async () => {
    const silent = createServer(() => undefined).listen(0, '127.0.0.1');
    const curt = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
    await until('both listen', async () => silent.listening && curt.listening);
    const portOf = (server: typeof silent) => (server.address() as { port: number }).port;
    const from = Date.now();
    const [first, second] = await Promise.all(
      [silent, curt].map((server) =>
        bench.refusal('/nowhere', {
          databaseUrl: `postgres://an@127.0.0.1:${portOf(server)}/phusong`,
        }),
      ),
    );
    expect(first?.said).toContain('no answer within 5 seconds');
    expect(second?.said).toContain('closed the connection');
    expect(Date.now() - from).toBeLessThan(10_000);
    silent.close();
    curt.close();
  });
});
