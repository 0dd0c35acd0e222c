import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { headOf, readEvents } from '../../../server/log/read.ts';
import { loadTerrain } from '../../../server/terrain/adopt.ts';
import { adoptPack } from '../../../server/territory/adopt.ts';
import { buildPack } from '../../../server/territory/pack.ts';
import { freshDatabase, type TestDatabase } from '../../setup/database.ts';
import { geotiffOf, type Picture } from '../../setup/geotiff.ts';
import { smallTerritory } from '../../setup/small-territory.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');

let database: TestDatabase;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'phu-song-terrain-'));
  database = await freshDatabase();
  const { bytes, hash } = await buildPack(smallTerritory());
  await adoptPack(database.pool, { bytes, hash, kind: 'approximate' }, 'system');
});
afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true });
});

/** Runs `npm run terrain -- …` as a person would, on the test's database. */
function terrainCommand(
  ...words: string[]
): Promise<{ code: number | null; out: string; errors: string }> {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', 'server/terrain/command.ts', ...words],
    {
      cwd: ROOT,
      env: { ...process.env, DATABASE_URL: database.url },
    },
  );
  let out = '';
  let errors = '';
  child.stdout.on('data', (text: Buffer) => (out += text.toString()));
  child.stderr.on('data', (text: Buffer) => (errors += text.toString()));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, out, errors }));
  });
}

async function write(name: string, content: string | Uint8Array): Promise<string> {
  const place = path.join(folder, name);
  await writeFile(place, content);
  return place;
}

const west: Picture = {
  width: 150,
  height: 200,
  west: 104.9,
  north: 21.3,
  step: 0.002,
  valueAt: (x) => 10 * x,
};
const east: Picture = { ...west, west: 105.2 };

describe('npm run terrain', () => {
  it('brings heights in from all files and takes them into use', async () => {
    const places = [
      await write('west.tif', geotiffOf(west)),
      await write('east.tif', geotiffOf(east)),
    ];
    const ended = await terrainCommand('import', ...places);
    expect(ended.errors).toBe('');
    expect(ended.code).toBe(0);
    expect(ended.out).toContain('heights from 2 files on 24 tiles of 0.1°');
    const event = (await readEvents(database.pool, 0, 100)).at(-1);
    expect(event).toMatchObject({ type: 'terrain.adopted', source: 'west.tif and 1 more' });
    const { heightAt } = await loadTerrain(database.pool, String(event?.['hash']));
    expect(heightAt(105.1005, 21.1005)).toBe(1_000);
  });

  it.each<[string, string[], Record<string, Uint8Array>, string]>([
    [
      'half of the country',
      [],
      { 'west.tif': geotiffOf(west) },
      'a province: 11 Tỉnh Đông (100 % in no file)',
    ],
    [
      'a wrong projection among good files',
      ['--partial'],
      { 'west.tif': geotiffOf(west), 'utm.tif': geotiffOf({ ...east, projected: 32648 }) },
      'utm.tif: its projection is EPSG:32648',
    ],
    ['no TIFF', [], { 'text.tif': Buffer.from('heights') }, 'text.tif: this is not a TIFF'],
  ])('%s: one sentence, exit code 1, nothing changed', async (_, flags, files, words) => {
    const before = await headOf(database.pool);
    const places = await Promise.all(
      Object.entries(files).map(([name, bytes]) => write(name, bytes)),
    );
    const ended = await terrainCommand('import', ...places, ...flags);
    expect(ended.errors).toContain(words);
    expect(ended.errors).not.toContain('    at '); // no stack
    expect(ended.code).toBe(1);
    expect(await headOf(database.pool)).toBe(before);
  });

  it('half of the country is taken with --partial, and what lacks is told', async () => {
    const place = await write('west.tif', geotiffOf(west));
    const ended = await terrainCommand('import', place, '--partial', '--source', 'Đo đạc 2025');
    expect(ended.code).toBe(0);
    expect(ended.out).toContain('land without heights: 11 Tỉnh Đông (100 % in no file)');
    const event = (await readEvents(database.pool, 0, 100)).at(-1);
    expect(event).toMatchObject({ type: 'terrain.adopted', version: 2, source: 'Đo đạc 2025' });
  });

  it('words that make no sense are answered with how to use it', async () => {
    const ended = await terrainCommand('import');
    expect(ended.code).toBe(1);
    expect(ended.errors).toContain('npm run terrain -- import <file.tif> [more files]');
  });
});
