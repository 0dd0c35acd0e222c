/** People whose machine sleeps: their connection stands, and nobody reads from it. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freshDatabase, type TestDatabase } from '../setup/database.ts';
import { startServer, type TestServer } from '../setup/server.ts';
import { until } from '../setup/until.ts';
import { SEED } from './extent.ts';
import { nothingIsLost } from './verdict.ts';
import { watch } from './watcher.ts';
import { overHttp, startWriter } from './writer.ts';

const SLEEPERS = 8;
/** As many as one of them may leave unread, and one more batch of events and of estimates. */
const MOST_UNREAD = SLEEPERS * (200 + 2);

let database: TestDatabase;
let server: TestServer;
beforeAll(async () => {
  database = await freshDatabase();
  server = await startServer(database);
});
afterAll(async () => {
  await server.close();
  await database.close();
});

async function metric(name: string): Promise<number> {
  const text = await (await fetch(`${server.url}/metrics`)).text();
  return Number(new RegExp(`^${name} (.*)$`, 'm').exec(text)?.[1]);
}

it('the server does not keep for them what they do not read, and they wake up to the truth', async () => {
  const host = new URL(server.url).host;
  const sleepers = Array.from({ length: SLEEPERS }, () => watch(host));
  const awake = watch(host);
  const watchers = [...sleepers, awake];
  await until('all are there', () => watchers.every(({ seq }) => seq > 0));
  const writers = ['i', 'j'].map((name) =>
    startWriter(name, SEED, overHttp(server.url, server.cookie)),
  );
  await until('something is written', () => awake.seq > 50);

  for (const sleeper of sleepers) sleeper.stopReading();
  let most = 0;
  await until('the server has let go of all who sleep', async () => {
    most = Math.max(most, await metric('phusong_unread_messages'));
    return (await metric('phusong_clients')) <= 1;
  });
  expect(most).toBeLessThanOrEqual(MOST_UNREAD);
  expect(await metric('phusong_unread_messages')).toBeLessThan(10);

  for (const sleeper of sleepers) sleeper.readOn();
  await Promise.all(writers.map((writer) => writer.stop()));
  await nothingIsLost(database, { writers, watchers, servers: [server.url] });
  for (const watcher of watchers) watcher.close();
}, 300_000);
