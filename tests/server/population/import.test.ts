import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { cellToChildren, cellToLatLng, cellToParent, gridDisk, latLngToCell } from 'h3-js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SURROUNDINGS } from '../../../data/radio/surroundings.ts';
import { importPopulation, type ImportReport } from '../../../server/population/import.ts';
import { reportLines } from '../../../server/population/report.ts';
import { withPopulation } from '../../../server/population/with-population.ts';
import { readArtifact } from '../../../server/raster/artifact.ts';
import { unpackIntegers } from '../../../data/wire/bytes.ts';
import { brotliDecompressSync } from 'node:zlib';
import { unpackGrid } from '../../../server/territory/grid.ts';
import { buildPack, openPack } from '../../../server/territory/pack.ts';
import type { PeopleGrid, Territory } from '../../../server/territory/territory.ts';
import { geotiffOf, type Picture } from '../../setup/geotiff.ts';
import { centreOfSmall, smallTerritory } from '../../setup/small-territory.ts';

let folder: string;
let territory: Territory;
let grid: PeopleGrid;
/** H3 index of each cell of the grid. */
let cells: string[];

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'phu-song-population-'));
  territory = openPack((await buildPack(smallTerritory())).bytes);
  grid = unpackGrid(territory);
  cells = Array.from(grid.lon, (lon, i) => latLngToCell(grid.lat[i] ?? 0, lon, 9));
});
afterAll(() => rm(folder, { recursive: true }));

interface Imported {
  people: Int32Array;
  report: ImportReport;
}

async function bring(content: string | Uint8Array): Promise<Imported> {
  const kind = typeof content === 'string' ? 'cells' : 'raster';
  const file = kind === 'cells' ? 'people.csv' : 'people.tif';
  const place = path.join(folder, file);
  await writeFile(place, content);
  const { population, report } = await importPopulation({
    territory,
    place,
    source: { file, kind, date: '2025-07-28', name: 'test' },
    onProgress: () => undefined,
  });
  const { body } = readArtifact('population', population.bytes);
  const people = Int32Array.from(unpackIntegers(brotliDecompressSync(body), grid.count));
  return { people, report };
}

/** The small country (105–105.4° E, 21–21.2° N) with 0.05° around it, in pixels of 0.002°. */
const around: Picture = {
  width: 250,
  height: 150,
  west: 104.95,
  north: 21.25,
  step: 0.002,
  none: -99_999,
  valueAt: () => 0,
};

/** A raster with people at these places only, degrees. */
function peopleAt(
  places: [lon: number, lat: number, people: number][],
  more: Partial<Picture> = {},
) {
  const picture = { ...around, ...more };
  const pixel = (lon: number, lat: number): string =>
    `${Math.floor((lon - picture.west) / picture.step)} ${Math.floor((picture.north - lat) / picture.step)}`;
  const people = new Map(places.map(([lon, lat, count]) => [pixel(lon, lat), count]));
  return geotiffOf({ ...picture, valueAt: (x, y) => people.get(`${x} ${y}`) ?? 0 });
}

function sumOver(people: Int32Array, commune: string): number {
  const index = grid.communes.indexOf(commune);
  return people.reduce((sum, each, i) => (grid.commune[i] === index ? sum + each : sum), 0);
}

describe('people where they really are', () => {
  it('adds up to each commune’s official number, whatever the file says', async () => {
    const { people, report } = await bring(
      geotiffOf({ ...around, valueAt: (x, y) => ((x * 31 + y * 17) % 11) / 7 }),
    );
    for (const { code, population } of territory.communes)
      expect(sumOver(people, code)).toBe(population);
    expect(report.official).toBe(122_000);
    expect(report.unknown).toEqual([]);
  });

  it('gives each cell in proportion to the pixels whose centres lie in it', async () => {
    const { people } = await bring(geotiffOf({ ...around, valueAt: () => 2 }));
    const pixels = new Map<string, number>();
    for (let x = 0; x < around.width; x++)
      for (let y = 0; y < around.height; y++) {
        const cell = latLngToCell(21.25 - (y + 0.5) * 0.002, 104.95 + (x + 0.5) * 0.002, 9);
        pixels.set(cell, (pixels.get(cell) ?? 0) + 1);
      }
    // Well inside the commune of 40,000, where no cell beside the grid is taken to one of it.
    const commune = grid.communes.indexOf('00001');
    const [lon, lat] = centreOfSmall('00001');
    const inside = cells.filter(
      (_, i) =>
        grid.commune[i] === commune &&
        Math.hypot((grid.lon[i] ?? 0) - lon, (grid.lat[i] ?? 0) - lat) < 0.04,
    );
    const perPixel = inside.map((cell) => {
      const there = people[cells.indexOf(cell)] ?? 0;
      return there / (pixels.get(cell) ?? NaN);
    });
    expect(inside.length).toBeGreaterThan(300);
    const mean = perPixel.reduce((a, b) => a + b) / perPixel.length;
    for (const each of perPixel) expect(Math.abs(each - mean)).toBeLessThan(1 / 2);
  });

  it('one pixel with people: the whole commune lives in its cell, the others stay as they were', async () => {
    const [lon, lat] = centreOfSmall('00001');
    const { people, report } = await bring(peopleAt([[lon + 0.003, lat + 0.003, 512.5]]));
    const [x, y] = [
      Math.floor((lon + 0.003 - 104.95) / 0.002),
      Math.floor((21.25 - lat - 0.003) / 0.002),
    ];
    const cell = latLngToCell(21.25 - (y + 0.5) * 0.002, 104.95 + (x + 0.5) * 0.002, 9);
    expect(people[cells.indexOf(cell)]).toBe(40_000);
    expect(sumOver(people, '00001')).toBe(40_000);
    expect(report).toMatchObject({ inFile: 512.5, placed: 512.5, snapped: 0, outside: 0 });
    expect(report.unknown.map(({ unit }) => unit)).toEqual([
      '00002',
      '00003',
      '00004',
      '03001',
      '03002',
      '03003',
      '03004',
    ]);
    const elsewhere = grid.communes.indexOf('03001');
    for (let i = 0; i < grid.count; i++)
      if (grid.commune[i] === elsewhere) expect(people[i]).toBe(grid.people[i]);
  });

  it('a pixel larger than a cell shares its people over the cells with their centres in it', async () => {
    const { people } = await bring(
      peopleAt([[105.03, 21.13, 1_000]], { width: 10, height: 6, step: 0.05 }),
    );
    const inPixel = cells.map((cell) => {
      const [lat, lon] = cellToLatLng(cell);
      return lon >= 105 && lon < 105.05 && lat > 21.1 && lat < 21.15;
    });
    const shares = people.filter((_, i) => inPixel[i]);
    expect(shares.length).toBeGreaterThan(200);
    expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1);
    expect(shares.reduce((a, b) => a + b)).toBe(40_000);
  });

  it('takes people on a cell beside the country to it, and counts those farther off as outside', async () => {
    const all = new Set(cells);
    // Westwards from the middle of 00001: the first cell that is not of the country touches it.
    let lon = 105.05;
    while (all.has(latLngToCell(21.15, lon, 9))) lon -= 0.0005;
    const beside = latLngToCell(21.15, lon, 9);
    const [besideLat, besideLon] = cellToLatLng(beside);
    const { people, report } = await bring(
      peopleAt(
        [
          [besideLon, besideLat, 30],
          [104.992, 21.15, 7], // a kilometre west of the border
          [104.96, 21.15, 900], // four: not even looked at
        ],
        { step: 0.0005, width: 1_000, height: 600 },
      ),
    );
    expect(report).toMatchObject({ inFile: 37, placed: 30, snapped: 30, outside: 7 });
    const taken = cells[people.indexOf(40_000)] ?? '';
    expect(gridDisk(beside, 1)).toContain(taken);
    const lines = reportLines(report).join('\n');
    expect(lines).toContain('on the grid: 30, of them 30 taken to it from the cell beside');
    expect(lines).toContain('outside the country: 7');
  });

  it('half of the country without data: those communes keep equal shares and are listed', async () => {
    const { people, report } = await bring(
      geotiffOf({ ...around, tile: 64, deflate: true, valueAt: (x) => (x < 125 ? 3 : -99_999) }),
    );
    expect(report.unknown.map(({ unit }) => unit)).toEqual(['03001', '03002', '03003', '03004']);
    expect(sumOver(people, '03001')).toBe(40_000);
    expect(reportLines(report).join('\n')).toContain('stay shared equally over them): 4: 03001');
  });

  it('names the communes that are farthest from their official number', async () => {
    const places = territory.communes.map(({ code, population }): [number, number, number] => [
      ...centreOfSmall(code),
      code === '00004' ? 5_000 : population * 1.1,
    ]);
    const { report } = await bring(peopleAt(places));
    expect(report.different[0]).toMatchObject({ unit: '00004', inSource: 5_000, official: 1_000 });
  });

  it('makes surroundings anew from where people are, as the pack would', async () => {
    expect(withPopulation(grid, grid.people).surroundings).toEqual(grid.surroundings);
    const [lon, lat] = centreOfSmall('00001');
    const before = grid.people.slice();
    const { people } = await bring(peopleAt([[lon, lat, 1]]));
    const moved = withPopulation(grid, people);
    const hot = people.indexOf(40_000);
    const home = cellToParent(cells[hot] ?? '', 7);
    for (let i = 0; i < grid.count; i++)
      if (grid.communes[grid.commune[i] ?? 0] === '00001') {
        const near = cellToParent(cells[i] ?? '', 7) === home;
        // 40,000 people on some 5 km² are 7,600 a km²; elsewhere nobody is left.
        if (near) expect(SURROUNDINGS[moved.surroundings[i] ?? 0]).toBe('urban');
      }
    expect(SURROUNDINGS[grid.surroundings[hot] ?? 0]).toBe('suburban');
    expect(grid.people).toEqual(before);
    expect(() => withPopulation(grid, people.subarray(1))).toThrow(RangeError);
  });
});

describe('a table of H3 cells', () => {
  const home = (): string => latLngToCell(21.15, 105.05, 9);

  it('is taken as it is, finer cells added up and coarser ones shared over the cells in them', async () => {
    const [a = '', b = ''] = cellToChildren(home(), 11);
    const coarse = cellToParent(latLngToCell(21.17, 105.07, 9), 8);
    const far = latLngToCell(10, 106, 9);
    const csv = `id;H3;people\n1;${home()};100\n2;${a};30\n3;${b};20\n4;${coarse};70\n5;${far};9\n`;
    const { people, report } = await bring(csv);
    expect(report).toMatchObject({ inFile: 229, placed: 220, outside: 9 });
    // 150, and 70 over seven cells of 10, of 220; and the commune has 40,000.
    expect(people[cells.indexOf(home())]).toBe(Math.round((150 / 220) * 40_000));
    for (const child of cellToChildren(coarse, 9))
      expect(Math.abs((people[cells.indexOf(child)] ?? 0) - (10 / 220) * 40_000)).toBeLessThan(1);
  });

  it.each<[string, () => string, string]>([
    [
      'no such columns',
      () => 'cell,humans\n',
      'its first line must name a column of H3 cells (h3)',
    ],
    ['nothing', () => '', 'the table is empty'],
    [
      'a wrong index',
      () => `h3,people\n${home()},1\n89zz,2\n`,
      'people.csv, line 3: "89zz" is no H3 cell',
    ],
    [
      'no number',
      () => `h3,people\n${home()},many\n`,
      'line 2: its people "many" are not a number',
    ],
    ['an empty number', () => `h3,people\n${home()},\n`, 'line 2: its people "" are not a number'],
    ['fewer than nobody', () => `h3,people\n${home()},-4\n`, 'line 2: its people "-4" are not'],
    [
      'a cell as large as a district',
      () => `h3,people\n${cellToParent(home(), 4)},9\n`,
      'too coarse',
    ],
    ['a cell twice', () => `h3,people\n${home()},1\n${home()},1\n`, 'line 3: cell'],
    [
      'only people elsewhere',
      () => `h3,people\n${latLngToCell(48, 2, 9)},5\n`,
      'no people in the country',
    ],
  ])('with %s is refused, with its line', async (_, csv, words) => {
    await expect(bring(csv())).rejects.toThrow(words);
  });
});

describe('a raster that makes no sense', () => {
  it('of people below nought: where, and how to say that it means no data', async () => {
    const raster = geotiffOf({
      ...around,
      none: undefined,
      valueAt: (x, y) => (x === 60 && y === 70 ? -9999 : 1),
    });
    await expect(bring(raster)).rejects.toThrow(
      '-9999 people at column 60, row 70. If that stands',
    );
  });

  it('of another country, or with nobody in it', async () => {
    const nobody = geotiffOf({ ...around, valueAt: () => -99_999 });
    await expect(bring(nobody)).rejects.toThrow('no people in the country');
    const elsewhere = geotiffOf({ ...around, west: 2, north: 48, valueAt: () => 1 });
    await expect(bring(elsewhere)).rejects.toThrow('is it the file of another one?');
  });
});
