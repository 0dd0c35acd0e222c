import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { cellArea, cellToLatLng, cellToParent, latLngToCell } from 'h3-js';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SURROUNDINGS, surroundingsOf } from '../../../data/radio/surroundings.ts';
import { loadGrid, unpackGrid } from '../../../server/territory/grid.ts';
import { buildPack, openPack, type PackReport } from '../../../server/territory/pack.ts';
import { shareOf } from '../../../server/territory/sharing.ts';
import type { PeopleGrid, Territory } from '../../../server/territory/territory.ts';
import { wavyCountry } from '../../setup/wavy-country.ts';

let territory: Territory;
let report: PackReport;
let grid: PeopleGrid;

beforeAll(async () => {
  const built = await buildPack(wavyCountry());
  report = built.report;
  territory = openPack(built.bytes);
  grid = unpackGrid(territory);
});

function cellsOf(code: string): number[] {
  const commune = grid.communes.indexOf(code);
  return [...grid.commune.keys()].filter((i) => grid.commune[i] === commune);
}

describe('people on hexagons', () => {
  it('the cells of a commune hold exactly its people', () => {
    for (const { code, population } of territory.communes)
      expect(cellsOf(code).reduce((sum, i) => sum + (grid.people[i] ?? 0), 0)).toBe(population);
  });

  it('each cell belongs to one commune, the one its centre lies in', () => {
    const seen = new Set<string>();
    for (let i = 0; i < grid.count; i++) {
      const [lon = 0, lat = 0] = [grid.lon[i], grid.lat[i]];
      const cell = latLngToCell(lat, lon, 9);
      seen.add(cell);
      const code = grid.communes[grid.commune[i] ?? 0];
      const [centreLat, centreLon] = cellToLatLng(cell);
      if (code !== '00005') expect(territory.communeAt(centreLon, centreLat)).toBe(code);
    }
    expect(seen.size).toBe(grid.count);
    // About 0.105 km² a cell on 900 km².
    expect(grid.count).toBeGreaterThan(7_500);
    expect(grid.count).toBe(report.cells);
  });

  it('a commune too small for a cell has the one at its label point', () => {
    expect(report.cellAtLabelPoint).toEqual([{ unit: '00005', name: 'Xã 00005' }]);
    const [cell = -1, ...more] = cellsOf('00005');
    expect(more).toEqual([]);
    const [lon, lat] = territory.centreOf('00005');
    expect(latLngToCell(grid.lat[cell] ?? 0, grid.lon[cell] ?? 0, 9)).toBe(
      latLngToCell(lat, lon, 9),
    );
  });

  it('shares are equal to one person, and the odd ones are not all at one end', () => {
    const shares = cellsOf('00001').map((i) => grid.people[i] ?? 0);
    expect(Math.max(...shares) - Math.min(...shares)).toBe(1);
    const half = shares.length >> 1;
    const first = shares.slice(0, half).reduce((a, b) => a + b);
    const second = shares.slice(half, 2 * half).reduce((a, b) => a + b);
    expect(Math.abs(first - second)).toBeLessThanOrEqual(1);
    expect([0, 1, 2, 3, 4, 5, 6].map((i) => shareOf(3, i, 7))).toEqual([0, 0, 1, 0, 1, 0, 1]);
  });

  it('near cells are near in memory, and each commune knows its province', () => {
    let far = 0;
    for (let i = 1; i < grid.count; i++)
      if (
        Math.hypot(
          (grid.lon[i] ?? 0) - (grid.lon[i - 1] ?? 0),
          (grid.lat[i] ?? 0) - (grid.lat[i - 1] ?? 0),
        ) > 0.02
      )
        far++;
    expect(far / grid.count).toBeLessThan(0.05);
    expect(grid.communes).toEqual(territory.communes.map(({ code }) => code));
    expect([...grid.provinceOf].map((i) => grid.provinces[i])).toEqual(
      territory.communes.map(({ province }) => province),
    );
  });

  it('surroundings follow the density of the hexagon of resolution 7 round the cell', () => {
    const people = new Map<string, number>();
    const parentOf = (i: number): string =>
      cellToParent(latLngToCell(grid.lat[i] ?? 0, grid.lon[i] ?? 0, 9), 7);
    for (let i = 0; i < grid.count; i++)
      people.set(parentOf(i), (people.get(parentOf(i)) ?? 0) + (grid.people[i] ?? 0));
    for (let i = 0; i < grid.count; i += 7) {
      const parent = parentOf(i);
      const density = (people.get(parent) ?? 0) / cellArea(parent, 'km2');
      expect(grid.surroundings[i]).toBe(surroundingsOf(density));
    }
    const found = new Set([...grid.surroundings].map((index) => SURROUNDINGS[index]));
    expect(found).toEqual(new Set(['rural', 'suburban', 'urban']));
  });
});

describe('the unpacked grid in the data folder', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'phu-song-grid-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function cacheFile(): Promise<string> {
    const [name = ''] = await readdir(folder);
    return path.join(folder, name);
  }

  it('a worker unpacks it the first time, into shared memory; then it is read from a file', async () => {
    const first = await loadGrid(territory, path.join(folder, 'cache'));
    expect(first).toEqual(grid);
    expect(first.people.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect(await readdir(path.join(folder, 'cache'))).toHaveLength(1);
    const second = await loadGrid(territory, path.join(folder, 'cache'));
    expect(second).toEqual(grid);
    expect(second.people.buffer).toBeInstanceOf(SharedArrayBuffer);
  });

  it.each([
    ['cut off', (bytes: Buffer) => bytes.subarray(0, bytes.length - 1_000)],
    ['empty', () => Buffer.alloc(0)],
    [
      'changed in one bit',
      (bytes: Buffer) => {
        const changed = Buffer.from(bytes);
        changed[bytes.length >> 1] = (changed[bytes.length >> 1] ?? 0) ^ 4;
        return changed;
      },
    ],
  ])('a file that is %s is noticed and made anew', async (_, damage) => {
    await loadGrid(territory, folder);
    const whole = await readFile(await cacheFile());
    await writeFile(await cacheFile(), damage(whole));
    expect(await loadGrid(territory, folder)).toEqual(grid);
    expect((await readFile(await cacheFile())).equals(whole)).toBe(true);
  });

  it('a folder that cannot be written does not stop it', async () => {
    await writeFile(path.join(folder, 'file'), '');
    expect(await loadGrid(territory, path.join(folder, 'file', 'cache'))).toEqual(grid);
  });

  it('the file of an older pack goes when a new one is cached', async () => {
    await loadGrid(territory, folder);
    const other = openPack((await buildPack(wavyCountry(undefined, { kind: 'official' }))).bytes);
    await loadGrid(other, folder);
    expect(await readdir(folder)).toHaveLength(1);
  });
});
