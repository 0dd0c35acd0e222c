/** A server whose disk is nearly full: only the reading of the disk is made up. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CommandInput } from '../../data/wire/commands.ts';
import type { Status } from '../../data/wire/stream.ts';
import { watchDisk, type DiskWatch } from '../../server/disk/watch.ts';
import { headOf } from '../../server/log/read.ts';
import { freshDatabase, type TestDatabase } from '../setup/database.ts';
import { startServer, type TestServer } from '../setup/server.ts';

let database: TestDatabase;
let server: TestServer;
let watch: DiskWatch;
let freeMB = 9_000;
beforeAll(async () => {
  database = await freshDatabase();
  watch = await watchDisk(async () => freeMB, 5);
  server = await startServer(database, { disk: watch });
});
afterAll(async () => {
  await server.close();
  watch.close();
  await database.close();
});

async function free(megabytes: number): Promise<void> {
  freeMB = megabytes;
  await expect.poll(() => watch.disk?.freeMB).toBe(megabytes);
}
beforeEach(() => free(9_000));

const FULL = {
  error: {
    code: 'unavailable',
    message:
      'The disk of the server is nearly full (90 MB free): no change is taken until there is room again.',
  },
};
let keys = 0;
const report = (): CommandInput => ({
  type: 'indicator.report',
  ...{
    key: `disk-${++keys}-key`,
    indicator: '5g.stations',
    unit: 'vn',
    day: '2025-07-28',
    value: keys,
  },
});
const send = async (method: string, address: string, body: object) => {
  const response = await fetch(server.url + address, {
    method,
    headers: { 'Content-Type': 'application/json', cookie: server.cookie },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as unknown };
};

describe('a disk that is nearly full', () => {
  it('has every change refused with a sentence, whichever way it comes, and none in the log', async () => {
    await free(90);
    const before = await headOf(database.pool);
    expect(await server.post(report())).toEqual({ status: 503, body: FULL });
    const socket = server.connect(server.cookie);
    expect(await socket.timeout(5_000).emitWithAck('command', report())).toEqual(FULL);
    for (const [method, address] of [
      ['POST', '/api/scenarios'],
      ['PUT', '/api/scenarios/1'],
      ['DELETE', '/api/scenarios/1'],
      ['POST', '/api/scenarios/1/approve'],
      ['POST', '/api/anything/that/comes/later'],
    ] as const)
      expect(await send(method, address, {})).toEqual({ status: 503, body: FULL });
    expect(await headOf(database.pool)).toBe(before);
  });

  it('lets everybody read on, sign in and ask what would be', async () => {
    await free(90);
    for (const address of ['/api/snapshot', '/api/estimates/vn', '/api/scenarios', '/healthz'])
      expect((await fetch(server.url + address)).status).toBe(200);
    const asked = await send('POST', '/api/what-if', { remove: [] });
    expect(asked.body).not.toEqual(FULL);
    const signedIn = await send('POST', '/api/session', {
      ...{ name: 'bientap', password: 'mật khẩu thử' },
    });
    expect(signedIn.status).toBe(200);
  });

  it('takes changes again by itself once there is room', async () => {
    await free(90);
    const wish = report();
    expect((await server.post(wish)).status).toBe(503);
    await free(2_000);
    expect((await server.post(wish)).status).toBe(200);
  });

  it('is told to the operator: at once on the stream, in healthz and in the metrics', async () => {
    const socket = server.connect();
    const told: Status['disk'][] = [];
    socket.on('status', ({ disk }) => told.push(disk));
    await expect.poll(() => told.at(-1)?.state).toBe('ok');
    await free(700);
    await expect.poll(() => told.at(-1)).toEqual({ freeMB: 700, state: 'low' });
    await free(90);
    await expect.poll(() => told.at(-1)).toEqual({ freeMB: 90, state: 'full' });
    expect(await (await fetch(`${server.url}/healthz`)).json()).toMatchObject({
      status: 'ok',
      disk: { freeMB: 90, state: 'full' },
    });
    const metrics = await (await fetch(`${server.url}/metrics`)).text();
    expect(metrics).toContain('phusong_disk_full 1');
    expect(metrics).toContain(`phusong_disk_free_bytes ${90 * 1024 ** 2}`);
  });
});
