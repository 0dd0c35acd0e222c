import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { latLngToCell } from 'h3-js';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as v from 'valibot';
import { adoptPopulation } from '../../../server/population/adopt.ts';
import { importPopulation } from '../../../server/population/import.ts';
import { freshDatabase, type TestDatabase } from '../../setup/database.ts';
import { startServer, type TestServer } from '../../setup/server.ts';
import { centreOfSmall } from '../../setup/small-territory.ts';

let database: TestDatabase;
let server: TestServer;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'phu-song-population-'));
  database = await freshDatabase();
  server = await startServer(database);
});
afterAll(async () => {
  await server.close();
  await database.close();
  await rm(folder, { recursive: true });
});

const Answer = v.object({
  methods: v.object({ radius: v.object({ covered: v.number(), population: v.number() }) }),
});

async function coveredIn(commune: string): Promise<number> {
  const response = await fetch(`${server.url}/api/estimates/${commune}`);
  return v.parse(Answer, await response.json()).methods.radius.covered;
}

it('a running server counts the people where they really are, as soon as they are adopted', async () => {
  const [lon, lat] = centreOfSmall('00001');
  const added = await server.post({
    type: 'station.add',
    key: 'centre-of-00001',
    name: 'Trạm giữa xã',
    operator: 'viettel',
    technology: '5g',
    band: 'n41',
    lon,
    lat,
    heightM: 30,
    status: 'on_air',
    since: '2025-07-01',
  });
  expect(added.body).toMatchObject({ version: 1 });
  const before = await coveredIn('00001');
  expect(before).toBeGreaterThan(0);
  expect(before).toBeLessThan(20_000); // shared equally, most live out of its reach

  const territory = server.live.ground?.territory;
  if (!territory) throw new Error('no territory');
  const place = path.join(folder, 'people.csv');
  await writeFile(place, `h3,people\n${latLngToCell(lat, lon, 9)},7\n`);
  const { population } = await importPopulation({
    territory,
    place,
    source: { file: 'people.csv', kind: 'cells', date: '2025-07-28', name: 'thử' },
    onProgress: () => undefined,
  });
  const { seq } = await adoptPopulation(database.pool, population, 'test');
  server.follower.ring();
  await server.follower.reached(seq, 15_000);
  expect(await coveredIn('00001')).toBe(40_000);
  expect(server.live.country.population).toMatchObject({ source: 'thử' });
});
