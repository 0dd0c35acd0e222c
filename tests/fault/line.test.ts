/** The line between people and the server: cut, slow, standing while nothing passes. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freshDatabase, type TestDatabase } from '../setup/database.ts';
import { startServer, type TestServer } from '../setup/server.ts';
import { until } from '../setup/until.ts';
import { long, SEED, times } from './extent.ts';
import { openLine, type Line } from './line.ts';
import { nothingIsLost } from './verdict.ts';
import { watch } from './watcher.ts';
import { overHttp, overSocket, startWriter } from './writer.ts';

const CUTS = times(4, 60);

let database: TestDatabase;
let server: TestServer;
const lines: Line[] = [];
beforeAll(async () => {
  database = await freshDatabase();
  server = await startServer(database);
});
afterAll(async () => {
  for (const line of lines) await line.close();
  await server.close();
  await database.close();
});

async function lineToServer(): Promise<Line> {
  const line = await openLine(Number(new URL(server.url).port));
  lines.push(line);
  return line;
}
const hostOf = ({ port }: Line): string => `127.0.0.1:${port}`;

it(
  `cut ${CUTS} times, slow, and silent: all end with the same country (seed ${SEED})`,
  async () => {
    const [cut, slow, silent] = [await lineToServer(), await lineToServer(), await lineToServer()];
    slow.delay(300);
    const watchers = [cut, slow, silent].map((line) => watch(hostOf(line)));
    const [onCut, , onSilent] = watchers;
    const socket = overSocket(`http://${hostOf(cut)}`, server.cookie);
    const writers = [
      startWriter('steady', SEED, overHttp(server.url, server.cookie)),
      startWriter('cut', SEED, socket.send),
      startWriter('slow', SEED, overHttp(`http://${hostOf(slow)}`, server.cookie)),
    ];
    await until('everybody is there', () => watchers.every(({ seq }) => seq > 5));

    // What is sent into a silent line is gone, and nobody is told.
    silent.swallow(true);
    const deaf = onSilent?.seq ?? 0;
    for (let i = 0; i < CUTS; i++) {
      const [before, written] = [onCut?.seq ?? 0, writers[1]?.acknowledged.length ?? 0];
      cut.cut();
      await until('it is back and level', () => (onCut?.seq ?? 0) > before + 20);
      await until('its writer too', () => (writers[1]?.acknowledged.length ?? 0) > written);
    }
    expect((onSilent?.seq ?? 0) - deaf).toBeLessThan(20);
    silent.swallow(false);
    silent.cut();
    await Promise.all(writers.map((writer) => writer.stop()));
    await nothingIsLost(database, { writers, watchers, servers: [server.url] });
    for (const one of [...watchers, socket]) one.close();
  },
  180_000 + CUTS * 60_000,
);

it.runIf(long)(
  'a line that stays silent is given up by itself, and a new one taken',
  async () => {
    const line = await lineToServer();
    const watcher = watch(hostOf(line));
    const writer = startWriter('silent', SEED, overHttp(server.url, server.cookie));
    await until('it is there', () => watcher.seq > 0);
    const { made } = line;
    line.swallow(true);
    await until('it has tried a new connection', () => line.made > made);
    line.swallow(false);
    await writer.stop();
    await nothingIsLost(database, {
      ...{ writers: [writer], watchers: [watcher], servers: [server.url] },
    });
    watcher.close();
  },
  300_000,
);
