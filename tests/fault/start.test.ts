/** What a person meets at the terminal: starting, stopping, and what is in the way. */
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findPostmaster, worksIn } from '../../server/database/postmaster.ts';
import { startMain, type MainProcess } from '../setup/main-process.ts';
import { temporaryFolder } from '../setup/folder.ts';
import { operatorOf, report, signedIn } from './person.ts';
import { makeSmall } from './small-system.ts';

let folder: string;
let processes: MainProcess[];
beforeEach(async () => {
  folder = await temporaryFolder('start');
  processes = [];
});
afterEach(async () => {
  for (const { child, ended } of processes) {
    child.kill('SIGTERM');
    await ended;
  }
  await rm(folder, { recursive: true, force: true });
});

function start(environment: Record<string, string> = {}): MainProcess {
  const started = startMain({ PHUSONG_DATA_DIR: folder, PHUSONG_DEMO: 'off', ...environment });
  processes.push(started);
  return started;
}

/** Its last words: what it says after the steps. */
const lastWords = ({ output }: MainProcess): string =>
  output().trim().split('\n').at(-1)?.trim() ?? '';

describe('a server killed with -9', () => {
  it('finds its database again and has every acknowledged event', async () => {
    await makeSmall(folder);
    const first = start();
    const url = await first.ready;
    const cookie = await signedIn(url, operatorOf(first));
    const acknowledged: number[] = [];
    for (let i = 0; i < 20; i++) acknowledged.push(await report(url, cookie, `kill-nine-${i}`));
    first.child.kill('SIGKILL');
    await first.ended;

    const second = start();
    const again = await second.ready;
    const health = (await (await fetch(`${again}/healthz`)).json()) as { seq: number };
    expect(health.seq).toBe(Math.max(...acknowledged));
    const headers = { cookie };
    const changes = (await (await fetch(`${again}/api/changes?limit=50`, { headers })).json()) as {
      seq: number;
    }[];
    const seqs = new Set(changes.map(({ seq }) => seq));
    expect(acknowledged.filter((seq) => !seqs.has(seq))).toEqual([]);
  });
});

describe('a server asked to stop', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('%s: leaves with 0, PostgreSQL too', async (signal) => {
    await makeSmall(folder);
    const server = start();
    await server.ready;
    const data = path.join(folder, 'postgresql/data');
    const postmaster = await findPostmaster(data);
    expect(postmaster?.state).toBe('ready');
    server.child.kill(signal);
    expect(await server.ended).toBe(0);
    expect(await worksIn(Number(postmaster?.pid), data)).toBe(false);
    // It takes its lock file along when it left in order.
    expect(existsSync(path.join(data, 'postmaster.pid'))).toBe(false);
  });
});

describe('one clear sentence and exit code 1', () => {
  it('when the port is taken', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, resolve));
    const address = taken.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const server = start({ PORT: String(port) });
    expect(await server.ended).toBe(1);
    expect(lastWords(server)).toBe(
      `Port ${port} is taken: stop what listens there, or set PORT to another.`,
    );
    await new Promise((resolve) => taken.close(resolve));
  });

  it('when another server runs on the data folder', async () => {
    await makeSmall(folder);
    const first = start();
    await first.ready;
    const second = start();
    expect(await second.ended).toBe(1);
    expect(lastWords(second)).toContain(folder);
    expect(lastWords(second)).toContain(String(first.child.pid));
    expect((await fetch(`${await first.ready}/healthz`)).status).toBe(200);
  });

  it('when DATABASE_URL does not answer, without its password', async () => {
    const server = start({ DATABASE_URL: 'postgres://phusong:bí-mật@127.0.0.1:9/phusong' });
    expect(await server.ended).toBe(1);
    expect(lastWords(server)).toMatch(/127\.0\.0\.1:9 \(DATABASE_URL\)/);
    expect(server.output()).not.toContain('bí-mật');
  });

  it.each([
    ['PORT', 'eighty'],
    ['PORT', '70000'],
    ['DATABASE_URL', 'mysql://x'],
    ['PHUSONG_DEMO', 'maybe'],
    ['PHUSONG_DEMO_SPEED', '-1'],
  ])('when %s is %s', async (name, value) => {
    const server = start({ [name]: value });
    expect(await server.ended).toBe(1);
    expect(lastWords(server)).toContain(name);
  });
});
