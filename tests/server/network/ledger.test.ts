import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Fields } from '../../../data/model/table.ts';
import { append, type NewEvent } from '../../../server/log/append.ts';
import { createLedger } from '../../../server/network/ledger.ts';
import { adoptPack } from '../../../server/territory/adopt.ts';
import { buildPack } from '../../../server/territory/pack.ts';
import { freshDatabase, type TestDatabase } from '../../setup/database.ts';
import { startServer, type TestServer } from '../../setup/server.ts';
import { centreOfSmall, smallTerritory } from '../../setup/small-territory.ts';

let database: TestDatabase;
let server: TestServer;
let keys = 0;
beforeAll(async () => {
  database = await freshDatabase();
  server = await startServer(database);
});
afterAll(async () => {
  await server.close();
  await database.close();
});

/** Writes one event, and waits until the server has applied it; answers the id. */
async function happens(
  type: NewEvent['type'],
  fields: Fields,
  by = 'lan',
  id?: number,
  version = 1,
) {
  const effective = '2025-07-28';
  const event = { type, by, key: `ledger-${++keys}`, effective, version, fields };
  const [done] = await append(database.pool, [id === undefined ? event : { ...event, id }]);
  server.follower.ring();
  await server.follower.reached(done?.seq ?? 0, 30_000);
  return done?.id ?? 0;
}

const node = (level: string, unit: string, commune: string, by = 'lan'): Promise<number> => {
  const [lon, lat] = centreOfSmall(commune);
  const place = { lon, lat, status: 'up', simulated: by === 'feed', source: '' };
  return happens('node.add', { name: `Nút ${unit}`, level, unit, ...place }, by);
};
const link = (from: number, to: number, by = 'lan'): Promise<number> => {
  const line = { provider: 'VNPT', bandwidthMbps: 200, status: 'up', simulated: by === 'feed' };
  return happens('link.add', { from, to, ...line, source: '' }, by);
};

it('what was simulated for a territory goes with it; what is real stays, and is followed on', async () => {
  const centre = await node('central', 'vn', '00004');
  const real = await link(await node('communal', '00001', '00001'), centre);
  const made = await link(await node('communal', '00002', '00002', 'feed'), centre, 'feed');
  for (const [id, by] of [
    [real, 'lan'],
    [made, 'feed'],
  ] as const)
    await happens('link.change', { status: 'down' }, by, id, 2);
  const ledger = createLedger({ pool: database.pool, live: server.live });
  const open = async () => [...((await ledger.outages())?.open().keys() ?? [])].sort();
  expect(await open()).toEqual([1, 2]);

  const { bytes, hash } = await buildPack(smallTerritory('official'));
  await adoptPack(database.pool, { bytes, hash, kind: 'official' }, 'lan');
  server.follower.ring();
  await expect.poll(() => server.live.country.territory?.hash).toBe(hash);
  expect(await open()).toEqual([1]);

  await happens('link.change', { status: 'up' }, 'lan', real, 3);
  expect(await open()).toEqual([]);
  const outages = await ledger.outages();
  expect(outages?.within(1, 0, Date.now() + 60_000)).toHaveLength(1);
  expect(outages?.counts(2)).toBe(false);
});

it('what happened while the log was being read is in it, once', async () => {
  const centre = await node('central', 'vn', '00004');
  const line = await link(await node('communal', '03001', '03001'), centre);
  let meanwhile = 0;
  const pool = Object.create(database.pool) as typeof database.pool;
  pool.query = (async (...asked: Parameters<typeof pool.query>) => {
    const answer: unknown = await database.pool.query(...asked);
    if (meanwhile++ === 0) await happens('link.change', { status: 'down' }, 'lan', line, 2);
    return answer;
  }) as typeof pool.query;
  const ledger = createLedger({ pool, live: server.live });
  const outages = await ledger.outages();
  expect(meanwhile).toBe(1);
  expect([...(outages?.open().keys() ?? [])]).toEqual([3_001]);
});
