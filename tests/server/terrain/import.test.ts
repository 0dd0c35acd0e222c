import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adoptTerrain, loadTerrain, readHeights } from '../../../server/terrain/adopt.ts';
import type { Elevation } from '../../../server/terrain/elevation.ts';
import { importTerrain, type ImportReport } from '../../../server/terrain/import.ts';
import { reportLines } from '../../../server/terrain/report.ts';
import { buildPack, openPack } from '../../../server/territory/pack.ts';
import type { Territory } from '../../../server/territory/territory.ts';
import { freshDatabase, type TestDatabase } from '../../setup/database.ts';
import { geotiffOf, type Picture } from '../../setup/geotiff.ts';
import { smallTerritory } from '../../setup/small-territory.ts';

let folder: string;
let territory: Territory;
let database: TestDatabase;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'phu-song-terrain-'));
  territory = openPack((await buildPack(smallTerritory())).bytes);
  database = await freshDatabase();
});
afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true });
});

/** The small country (105–105.4° E, 21–21.2° N) with its margin of a tile, in pixels of 0.0005°. */
const around: Picture = {
  width: 1_200,
  height: 800,
  west: 104.9,
  north: 21.3,
  step: 0.0005,
  none: -32_768,
  kind: 'int16',
  tile: 256,
  deflate: true,
  valueAt: () => 100,
};
const lonOf = (column: number, { west, step } = around): number => west + (column + 0.5) * step;
const latOf = (row: number, { north, step } = around): number => north - (row + 0.5) * step;

async function write(pictures: (Partial<Picture> | Uint8Array)[]): Promise<string[]> {
  return Promise.all(
    pictures.map(async (picture, i) => {
      const bytes = ArrayBuffer.isView(picture) ? picture : geotiffOf({ ...around, ...picture });
      const place = path.join(folder, `heights-${i}.tif`);
      await writeFile(place, bytes);
      return place;
    }),
  );
}

async function bring(
  pictures: (Partial<Picture> | Uint8Array)[],
  partial = false,
): Promise<{ elevation: Elevation; report: ImportReport; hash: string }> {
  const places = await write(pictures);
  const { terrain, report } = await importTerrain({
    territory,
    places,
    source: {
      files: places.map((place) => path.basename(place)),
      date: '2025-07-28',
      name: 'test',
    },
    partial,
    onProgress: () => undefined,
  });
  await adoptTerrain(database.pool, terrain, 'test');
  return { elevation: await loadTerrain(database.pool, terrain.hash), report, hash: terrain.hash };
}

/** A ridge from south to north along 105.2° E: 1,000 m above 100 m, down to it in 0.05° either way. */
const ridge = (lon: number): number => 100 + 1_000 * Math.max(0, 1 - Math.abs(lon - 105.2) / 0.05);
/** It rises 20 m from cell to cell; on its crest two cells' means lie half of that below it. */
const RISE_M = 20;

describe('heights of the land', () => {
  it('a plain is as high everywhere', async () => {
    const { elevation, report } = await bring([{}]);
    for (const [lon, lat] of [
      [105.0001, 21.0001],
      [105.2, 21.1],
      [105.39999, 21.19999],
      [104.95, 21.25],
    ] as const)
      expect(elevation.heightAt(lon, lat)).toBe(100);
    expect(report).toMatchObject({ tiles: 24, filled: 0, missing: [], marked: [] });
  });

  it('beyond the kept tiles nothing is known', async () => {
    const { elevation } = await bring([{}]);
    expect(elevation.heightAt(104.8, 21.1)).toBeNaN();
    expect(elevation.heightAt(105.2, 10)).toBeNaN();
    expect(elevation.heightAt(NaN, 21)).toBeNaN();
  });

  it('a cell is the mean of the pixels in it', async () => {
    // Four pixels a cell: one of 500 m among three of 100 m.
    const { elevation } = await bring([
      { valueAt: (x, y) => (x === 500 && y === 320 ? 500 : 100) },
    ]);
    const [lon, lat] = [105.1505, 21.1395]; // the middle of its cell
    expect(elevation.heightAt(lon, lat)).toBe(200);
    expect(elevation.heightAt(lon + 0.001, lat)).toBe(100);
    expect(elevation.heightAt(lon + 0.0005, lat)).toBeCloseTo(150, 6); // bilinear
    expect(elevation.heightAt(lon, lat + 0.0005)).toBeCloseTo(150, 6);
    for (const east of [-0.0005, 0.0005])
      for (const north of [-0.0005, 0.0005])
        expect(elevation.heightAt(lon + east, lat + north)).toBeCloseTo(125, 6);
  });

  it('a coarser source gives each cell the pixel that holds its centre', async () => {
    const coarse = { width: 150, height: 100, step: 0.004, tile: undefined, rows: 7 };
    const { elevation } = await bring([{ ...coarse, valueAt: (x, y) => 10 * x + y }]);
    // 105.2105° E lies in column 77 (from 105.208°), 21.1005° N in row 49 (to 21.1°).
    expect(elevation.heightAt(105.2105, 21.1005)).toBe(819);
  });

  it('a ridge has its heights along a profile', async () => {
    const { elevation } = await bring([{ valueAt: (x) => Math.round(ridge(lonOf(x))) }]);
    const out = new Float64Array(1_000);
    const [from, to] = [[105.12, 21.1234] as const, [105.28, 21.1234] as const];
    const count = elevation.profile(from, to, 50, out);
    // 0.16° at 21.1234° N is 0.16 × 111.195 km × cos 21.1234° = 16.596 km: 332 steps of 50 m.
    expect(count).toBe(333);
    for (let i = 0; i < count; i++) {
      const lon = 105.12 + (0.16 * i) / (count - 1);
      const near = Math.abs(lon - 105.2) < 0.001 || Math.abs(Math.abs(lon - 105.2) - 0.05) < 0.001;
      expect(Math.abs((out[i] ?? NaN) - ridge(lon))).toBeLessThan(near ? RISE_M / 2 + 1 : 1.1);
    }
    expect(Math.max(...out.subarray(0, count))).toBeGreaterThan(1_100 - RISE_M / 2 - 1);
    expect(elevation.profile(from, from, 50, out)).toBe(2);
    expect(() => elevation.profile(from, to, 1, out)).toThrow('16597 heights into room for 1000');
  });

  it('comes from several files as from one, where they overlap too', async () => {
    const heightAt = (lon: number, lat: number): number =>
      Math.round(ridge(lon) + 1_000 * (lat - 20.9));
    const whole = await bring([{ valueAt: (x, y) => heightAt(lonOf(x), latOf(y)) }]);
    const parts = [104.9, 105.1, 105.3].map((west): Partial<Picture> => {
      const at = { ...around, west };
      return { west, width: 402, valueAt: (x, y) => heightAt(lonOf(x, at), latOf(y)) };
    });
    const { hash } = await bring([...parts].reverse());
    const [one, many] = [
      await readHeights(database.pool, whole.hash),
      await readHeights(database.pool, hash),
    ];
    expect(many.heights).toEqual(one.heights);
    expect(many.heights.buffer).toBeInstanceOf(SharedArrayBuffer);
  });
});

describe('holes', () => {
  it('narrow ones are filled from around them', async () => {
    // A line of three cells (six pixels) without data across the whole country, on a slope.
    const gap = (y: number): boolean => y >= 400 && y < 406;
    const { elevation, report } = await bring([
      { valueAt: (_, y) => (gap(y) ? -32_768 : Math.round(10 * (latOf(y) - 20) * 100)) },
    ]);
    expect(report.marked).toEqual([]);
    expect(report.filled).toBe(3 * 400); // on land; beside the country it is sea
    expect(Math.abs(elevation.heightAt(105.2, 21.0985) - 1_098.5)).toBeLessThan(2);
  });

  it('wide ones stay unknown, are told, and mark their tile', async () => {
    // Ten cells square, in the middle of 00001, well off the sea.
    const inHole = (x: number, y: number): boolean => x >= 290 && x < 310 && y >= 290 && y < 310;
    const { elevation, report } = await bring([
      { valueAt: (x, y) => (inHole(x, y) ? -32_768 : 100) },
    ]);
    expect(elevation.heightAt(105.05, 21.15)).toBeNaN();
    expect(elevation.heightAt(105.06, 21.15)).toBe(100);
    expect(report.marked).toEqual([{ lon: 105, lat: 21.1, cells: 100 }]);
    expect(report.missing).toMatchObject([{ unit: '01', uncovered: 0, withoutData: 100 / 40_000 }]);
    expect(reportLines(report).join('\n')).toContain('01 Tỉnh Tây (< 1 % without data)');
  });

  it('the sea is 0 m, and so is what a source takes for sea near it', async () => {
    // Data only from 105.01° on: our coast is drawn a kilometre farther out, at 105°.
    const { elevation, report } = await bring([
      { valueAt: (x) => (lonOf(x) < 105.01 ? -32_768 : 100) },
    ]);
    expect(elevation.heightAt(104.95, 21.1)).toBe(0);
    expect(elevation.heightAt(105.005, 21.1)).toBe(0);
    expect(elevation.heightAt(105.02, 21.1)).toBe(100);
    expect(report.missing).toEqual([]);
  });
});

describe('what does not cover the country', () => {
  it('without data over a province: it is named, and --partial takes the rest', async () => {
    const half: Partial<Picture> = { valueAt: (x) => (lonOf(x) < 105.2 ? 100 : -32_768) };
    await expect(bring([half])).rejects.toThrow(/a province: 11 Tỉnh Đông \(\d\d % without data\)/);
    const { elevation, report } = await bring([half], true);
    expect(elevation.heightAt(105.1, 21.1)).toBe(100);
    expect(elevation.heightAt(105.3, 21.1)).toBeNaN();
    expect(report.missing.map(({ unit }) => unit)).toEqual(['11']);
  });

  it('files that leave a province out: it is named', async () => {
    await expect(bring([{ width: 600 }])).rejects.toThrow(
      'Heights are missing for a province: 11 Tỉnh Đông (100 % in no file). Bring the files',
    );
  });

  it('files of elsewhere: with --partial too', async () => {
    await expect(bring([{ west: 2, north: 48 }], true)).rejects.toThrow(
      'no heights in the country',
    );
  });
});

describe('a raster that cannot be taken', () => {
  it.each<[string, Partial<Picture> | Uint8Array, string]>([
    ['in another projection', { projected: 32648 }, 'heights-1.tif: its projection is EPSG:32648'],
    ['cut off', geotiffOf({ ...around, deflate: false }).subarray(0, 50_000), 'is cut off'],
    [
      'with heights that are none',
      { valueAt: () => 32_767 },
      'a height of 32767 at column 0, row 0',
    ],
  ])('%s is refused by name, whole ones beside it or not', async (_, picture, words) => {
    await expect(bring([{}, picture])).rejects.toThrow(words);
  });
});

describe('a stored terrain', () => {
  it('that is not there, or not what it was, does not pass for one', async () => {
    const { hash } = await bring([{}]);
    await database.pool.query(
      'update terrains set bytes = set_byte(bytes, length(bytes) - 9, 0) where hash = $1',
      [hash],
    );
    await expect(loadTerrain(database.pool, hash)).rejects.toThrow('is damaged');
    await expect(loadTerrain(database.pool, 'none')).rejects.toThrow('not in the database');
  });
});
