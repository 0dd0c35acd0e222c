import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { latLngToCell } from 'h3-js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applyEvent } from '../../../data/log/apply.ts';
import { emptyCountry, type Country } from '../../../data/model/country.ts';
import { headOf, readEvents } from '../../../server/log/read.ts';
import { readPopulation } from '../../../server/population/adopt.ts';
import { adoptPack } from '../../../server/territory/adopt.ts';
import { buildPack } from '../../../server/territory/pack.ts';
import { freshDatabase, type TestDatabase } from '../../setup/database.ts';
import { geotiffOf } from '../../setup/geotiff.ts';
import { centreOfSmall, smallTerritory } from '../../setup/small-territory.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');

let database: TestDatabase;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'phu-song-population-'));
  database = await freshDatabase();
});
afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true });
});

interface Ended {
  code: number | null;
  out: string;
  errors: string;
}

/** Runs `npm run population -- …` as a person would, on the test's database. */
function populationCommand(...words: string[]): Promise<Ended> {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', 'server/population/command.ts', ...words],
    { cwd: ROOT, env: { ...process.env, DATABASE_URL: database.url } },
  );
  const ended: Ended = { code: null, out: '', errors: '' };
  child.stdout.on('data', (text: Buffer) => (ended.out += text.toString()));
  child.stderr.on('data', (text: Buffer) => (ended.errors += text.toString()));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ ...ended, code }));
  });
}

async function countryNow(): Promise<Country> {
  const country = emptyCountry();
  for (const event of await readEvents(database.pool, 0, 1_000)) applyEvent(country, event);
  return country;
}

async function write(name: string, content: string | Uint8Array): Promise<string> {
  const place = path.join(folder, name);
  await writeFile(place, content);
  return place;
}

const [lon, lat] = centreOfSmall('00001');
const people = {
  width: 200,
  height: 100,
  west: 105,
  north: 21.2,
  step: 0.002,
  valueAt: (x: number, y: number) => (x === 25 && y === 25 ? 9 : 0.01),
};

describe('npm run population', () => {
  it('before there is a territory says so', async () => {
    const ended = await populationCommand('import', await write('people.tif', geotiffOf(people)));
    expect(ended.errors).toContain('There is no territory yet');
    expect(ended.code).toBe(1);
  });

  it('brings people in, says what it found, and takes them into use', async () => {
    const { bytes, hash } = await buildPack(smallTerritory());
    await adoptPack(database.pool, { bytes, hash, kind: 'approximate' }, 'system');
    const place = await write('people.tif', geotiffOf(people));
    const ended = await populationCommand('import', place, '--source', 'WorldPop 2020');
    expect(ended.errors).toBe('');
    expect(ended.code).toBe(0);
    expect(ended.out).toContain('people in people.tif, around the country: 209');
    expect(ended.out).toContain('commune by commune to the official 122,000');
    const { population, territory } = await countryNow();
    expect(population).toMatchObject({ source: 'WorldPop 2020', version: 1 });
    expect(territory?.hash).toBe(hash);
    const stored = await readPopulation(database.pool, population?.hash ?? '');
    expect(stored.reduce((sum, each) => sum + each, 0)).toBe(122_000);
  });

  it('a second time replaces the first, named by its file', async () => {
    const place = await write('dân cư.csv', `h3,people\n${latLngToCell(lat, lon, 9)},5\n`);
    const ended = await populationCommand('import', place);
    expect(ended.code).toBe(0);
    expect((await countryNow()).population).toMatchObject({ source: 'dân cư.csv', version: 2 });
  });

  it.each<[string, string, string | Uint8Array, string]>([
    ['a wrong projection', 'utm.tif', geotiffOf({ ...people, projected: 32648 }), 'EPSG:32648'],
    ['a file cut off', 'cut.tif', geotiffOf(people).subarray(0, 9_000), 'cut off'],
    ['no TIFF at all', 'text.tif', 'people', 'not a TIFF'],
    ['a table with a wrong cell', 'cells.csv', 'h3,people\nhere,1\n', 'cells.csv, line 2'],
  ])('%s: one sentence, exit code 1, nothing changed', async (_, name, content, words) => {
    const before = await headOf(database.pool);
    const ended = await populationCommand('import', await write(name, content));
    expect(ended.errors).toContain(words);
    expect(ended.errors).not.toContain('    at '); // no stack
    expect(ended.code).toBe(1);
    expect(await headOf(database.pool)).toBe(before);
    const kept = await database.pool.query('select count(*)::int as kept from populations');
    expect(kept.rows).toEqual([{ kept: 2 }]);
  });

  it('words that make no sense are answered with how to use it', async () => {
    const ended = await populationCommand('eat', 'this');
    expect(ended.code).toBe(1);
    expect(ended.errors).toContain('npm run population -- import <file.tif or file.csv>');
  });
});

describe('a stored population', () => {
  it('that is not there, or is not what it was, does not pass for one', async () => {
    const { population } = await countryNow();
    const hash = population?.hash ?? '';
    await database.pool.query(
      'update populations set bytes = set_byte(bytes, length(bytes) - 9, 0) where hash = $1',
      [hash],
    );
    await expect(readPopulation(database.pool, hash)).rejects.toThrow('is damaged');
    await expect(readPopulation(database.pool, 'none')).rejects.toThrow('not in the database');
  });
});
