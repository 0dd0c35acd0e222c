/** The clock on the wall jumps: set by hand, by a time server, by a machine that was suspended. */
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { append, type NewEvent } from '../../server/log/append.ts';
import { Random } from '../../server/demo/random.ts';
import { freshDatabase, type TestDatabase } from '../setup/database.ts';
import { startServer, type TestServer } from '../setup/server.ts';
import { until } from '../setup/until.ts';
import { SEED, times } from './extent.ts';
import { nothingIsLost } from './verdict.ts';
import { watch, type Watcher } from './watcher.ts';
import { overHttp, startWriter, type Writer } from './writer.ts';

const JUMPS = times(6, 60);
const HOUR_MS = 3_600_000;
/** More in one go than is told event by event. */
const BULK = 4_500;

let database: TestDatabase;
let server: TestServer;
let watchers: Watcher[] = [];
beforeAll(async () => {
  database = await freshDatabase();
  server = await startServer(database);
});
afterAll(async () => {
  await server.close();
  await database.close();
});
afterEach(() => {
  vi.restoreAllMocks();
  for (const watcher of watchers.splice(0)) watcher.close();
});

async function watched(): Promise<void> {
  watchers = [1, 2].map(() => watch(new URL(server.url).host));
  await until('everybody is there', () => watchers.every(({ seq }) => seq > 0));
}

let writers = 0;
const write = (): Writer =>
  startWriter(`clock${++writers}`, SEED, overHttp(server.url, server.cookie));

const clock = Date.now.bind(Date);
/** Sets the clock on the wall, which goes on from there. */
function setClock(aheadMs: number): void {
  vi.spyOn(Date, 'now').mockImplementation(() => clock() + aheadMs);
}

it(`the server's clock jumps ${JUMPS} times, forward and back (seed ${SEED})`, async () => {
  await watched();
  const random = new Random(SEED, 'clock');
  const writer = write();
  for (let i = 0; i < JUMPS; i++) {
    setClock(random.between(-30, 30) * HOUR_MS);
    const written = writer.acknowledged.length;
    await until('it writes on', () => writer.acknowledged.length > written + 5);
  }
  await writer.stop();
  await nothingIsLost(database, { writers: [writer], watchers, servers: [server.url] });
});

it('who has to start over is told so though the clock went back, and gets what is new', async () => {
  const socket = server.connect();
  let resets = 0;
  socket.on('reset', () => resets++);
  for (const hours of [0, -2]) {
    setClock(hours * HOUR_MS);
    const told = resets;
    socket.emit('follow', { seq: server.live.country.seq });
    const done = await append(database.pool, bulk(hours));
    server.follower.ring();
    // It asks for nothing by itself, as a screen would after a while.
    await until('it is told', () => resets > told, 15_000);
    const snapshot = await fetch(`${server.url}/api/snapshot`);
    expect(Number(snapshot.headers.get('x-seq'))).toBeGreaterThanOrEqual(done.at(-1)?.seq ?? 0);
  }
});

it("the database's clock was an hour ahead and is set right: no event is older than the one before", async () => {
  await watched();
  await database.pool.query(
    `insert into events
     select seq + 1, clock_timestamp() + interval '1 hour', '2025-07-28', 'x', 'facility.add', 1,
            seq + 1, 1, 'from-the-future', '{"name": "x", "simulated": false}' from head`,
  );
  server.follower.ring();
  const writer = write();
  await until('it is written on', () => writer.acknowledged.length > 20);
  await writer.stop();
  await nothingIsLost(database, { writers: [writer], watchers, servers: [server.url] });
});

function bulk(run: number): NewEvent[] {
  return Array.from({ length: BULK }, (_, i) => ({
    type: 'facility.add',
    ...{ by: 'test', key: `bulk-${run}-${i}`, effective: '2025-07-28', version: 1 },
    fields: { name: `Trung tâm ${i}`, kind: 'data_centre', owner: 'national', status: 'up' },
  }));
}
