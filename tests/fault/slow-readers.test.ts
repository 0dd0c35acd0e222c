/** People whose machine sleeps: their connection stands, and nobody reads from it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
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

interface Told {
  seq: number;
  holes: string[];
  state: Record<string, unknown>;
}

function startSleepers(host: string) {
  const script = fileURLToPath(new URL('./sleepers.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', script, host, String(SLEEPERS)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout });
  return {
    sleep: () => child.kill('SIGSTOP'),
    wake: () => child.kill('SIGCONT'),
    end: () => child.kill('SIGKILL'),
    async tell(): Promise<Told[]> {
      child.stdin.write('\n');
      const [line] = (await once(lines, 'line')) as [string];
      return JSON.parse(line) as Told[];
    },
  };
}

it('the server does not keep for them what they do not read, and they wake up to the truth', async () => {
  const host = new URL(server.url).host;
  const sleepers = startSleepers(host);
  const awake = watch(host);
  const writers = ['i', 'j'].map((name) =>
    startWriter(name, SEED, overHttp(server.url, server.cookie)),
  );
  try {
    await until('all are there', async () => (await sleepers.tell()).every(({ seq }) => seq > 0));
    await until('something is written', () => awake.seq > 50);

    sleepers.sleep();
    let most = 0;
    await until('the server has let go of all who sleep', async () => {
      most = Math.max(most, await metric('phusong_unread_messages'));
      return (await metric('phusong_clients')) <= 1;
    });
    expect(most).toBeLessThanOrEqual(MOST_UNREAD);
    expect(await metric('phusong_unread_messages')).toBeLessThan(10);

    sleepers.wake();
    await Promise.all(writers.map((writer) => writer.stop()));
    await nothingIsLost(database, { writers, watchers: [awake], servers: [server.url] });
    const wanted: unknown = JSON.parse(JSON.stringify(awake.state()));
    await until('they are level again', async () =>
      (await sleepers.tell()).every(({ seq }) => seq >= awake.seq),
    );
    for (const { holes, state } of await sleepers.tell()) {
      expect(holes).toEqual([]);
      expect(state).toEqual(wanted);
    }
  } finally {
    awake.close();
    sleepers.end();
  }
}, 300_000);
