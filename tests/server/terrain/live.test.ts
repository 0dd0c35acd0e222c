import { afterAll, beforeAll, expect, it } from 'vitest';
import { peopleIn } from '../../../data/model/estimate.ts';
import { adoptTerrain, packTerrain } from '../../../server/terrain/adopt.ts';
import {
  CELLS_PER_DEGREE,
  TILE_CELLS,
  TILE_SIDE,
  TileGrid,
  tilePlace,
  tilesNearLand,
} from '../../../server/terrain/tile-grid.ts';
import { freshDatabase, type TestDatabase } from '../../setup/database.ts';
import { startServer, type TestServer } from '../../setup/server.ts';
import { centreOfSmall } from '../../setup/small-territory.ts';

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

/** Level land with a wall of 400 m along one meridian. */
async function walledLand(wallLon: number) {
  const grid = server.live.ground?.grid;
  if (!grid) throw new Error('no territory');
  const tiles = new TileGrid(tilesNearLand(grid));
  const heights = new Int16Array(tiles.tiles.length * TILE_CELLS).fill(10);
  const wall = Math.floor(wallLon * CELLS_PER_DEGREE);
  tiles.tiles.forEach((tile, slot) => {
    const first = tilePlace(tile).column * TILE_SIDE;
    if (wall < first || wall >= first + TILE_SIDE) return;
    for (let row = 0; row < TILE_SIDE; row++)
      heights[slot * TILE_CELLS + row * TILE_SIDE + (wall - first)] = 400;
  });
  const source = { files: ['made up'], date: '2025-07-28', name: 'thử' };
  return packTerrain(source, tiles, heights, new Map());
}

const covered = (method: 'linkBudget' | 'terrain'): number =>
  peopleIn(server.live.coverage?.rowsOf('vn')?.[method] ?? [], '5g');

it('a running server counts over an elevation model as soon as it is adopted, and with every change', async () => {
  const [lon, lat] = centreOfSmall('00001');
  const station = (key: string, eastDegrees: number) =>
    server.post({
      ...{ type: 'station.add', key, name: 'Trạm', operator: 'viettel', technology: '5g' },
      ...{ band: 'n28', heightM: 35, status: 'on_air', lon: lon + eastDegrees, lat },
    });
  await station('west-of-wall', -0.01);
  expect(server.live.coverage?.methods).toEqual(['radius', 'linkBudget']);

  const { seq } = await adoptTerrain(database.pool, await walledLand(lon), 'test');
  server.follower.ring();
  await server.follower.reached(seq, 15_000);
  await expect.poll(() => server.live.coverage?.methods).toContain('terrain');
  const behindTheWall = covered('linkBudget') - covered('terrain');
  expect(covered('terrain')).toBeGreaterThan(0);
  expect(behindTheWall).toBeGreaterThan(0);

  const before = covered('terrain');
  await station('east-of-wall', 0.01);
  await expect.poll(() => covered('terrain')).toBeGreaterThan(before);
  const answer = (await (await fetch(`${server.url}/api/estimates/vn`)).json()) as {
    methods: Record<string, unknown>;
  };
  expect(Object.keys(answer.methods)).toEqual(['radius', 'linkBudget', 'terrain']);
});
