import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Pool } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { adoptions, adoptPack, readPack } from '../../server/territory/adopt.ts';
import { readApproximatePack } from '../../server/territory/approximate.ts';
import { unpackGrid } from '../../server/territory/grid.ts';
import { openDataset } from '../../server/territory/import/files.ts';
import { VIET_NAM, type Nation } from '../../server/territory/import/layout.ts';
import { importOfficial } from '../../server/territory/import/official.ts';
import { openPack } from '../../server/territory/pack.ts';
import { densify } from '../setup/densify.ts';
import { freshDatabase, type TestDatabase } from '../setup/database.ts';
import { wavyDataset } from '../setup/dataset.ts';
import { zipOf } from '../setup/zip.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const SAMPLES = path.resolve(ROOT, '../shared/territory');
const SAMPLE = existsSync(SAMPLES)
  ? readdirSync(SAMPLES).find((name) => name.endsWith('.zip'))
  : undefined;
const POPULATION = path.join(SAMPLES, 'commune-population.csv');

let database: TestDatabase;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'phu-song-territory-'));
});
afterEach(() => rm(folder, { recursive: true }));

interface Ended {
  code: number | null;
  out: string;
  errors: string;
  /** Most memory it held, megabytes; 0 where the system does not tell. */
  peakMb: number;
}

/** Runs `npm run territory -- …` as a person would, on the test's database. */
function territoryCommand(...words: string[]): Promise<Ended> {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', 'server/territory/command.ts', ...words],
    { cwd: ROOT, env: { ...process.env, DATABASE_URL: database.url } },
  );
  const ended: Ended = { code: null, out: '', errors: '', peakMb: 0 };
  child.stdout.on('data', (text: Buffer) => (ended.out += text.toString()));
  child.stderr.on('data', (text: Buffer) => (ended.errors += text.toString()));
  const watch = setInterval(() => {
    try {
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
      ended.peakMb = Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1e3;
    } catch {
      // Gone, or a system without /proc.
    }
  }, 200);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      clearInterval(watch);
      resolve({ ...ended, code });
    });
  });
}

async function inUse(pool: Pool): Promise<string> {
  const found = await pool.query<{ hash: string }>(
    `select data ->> 'hash' as hash from events where type = 'territory.adopted' order by seq desc limit 1`,
  );
  return found.rows[0]?.hash ?? 'none';
}

beforeAll(async () => {
  database = await freshDatabase();
  const bytes = await readApproximatePack();
  await adoptPack(
    database.pool,
    { bytes, hash: openPack(bytes).hash, kind: 'approximate' },
    'system',
  );
});
afterAll(() => database.close());

describe('a dataset that cannot be taken', () => {
  it.each<[string, (place: string) => Promise<unknown>, string]>([
    [
      'a zip cut off',
      (place) => writeFile(place, zipOf(wavyDataset()).subarray(0, 9_000)),
      'not a whole zip',
    ],
    [
      'a country that lacks communes',
      (place) => writeFile(place, zipOf({ '01_ha_noi/01_ha_noi.geojson': '{}' })),
      'lacks 33 provinces: 04 (Cao Bằng)',
    ],
    ['a wrong code', (place) => writeFile(place, zipOf(wavyDataset())), 'is not among the country'],
    ['nothing at all', (place) => mkdir(place), 'No boundaries found'],
  ])('%s: one sentence, exit code 1, and the pack in use stays', async (_, make, words) => {
    const place = path.join(folder, 'dataset.zip');
    await make(place);
    const before = await inUse(database.pool);
    const ended = await territoryCommand('import', place);
    expect(ended.errors).toContain(words);
    expect(ended.errors).not.toContain('    at '); // no stack
    expect(ended.code).toBe(1);
    expect(await inUse(database.pool)).toBe(before);
    expect(await adoptions(database.pool)).toBe(1);
  });

  it('words that make no sense are answered with how to use it', async () => {
    const ended = await territoryCommand('eat', 'this');
    expect(ended.code).toBe(1);
    expect(ended.errors).toContain('npm run territory -- import <zip or folder>');
  });
});

describe('the pack that comes with the product', () => {
  it('is what the check says, with or without an official country to compare it with', async () => {
    const ended = await territoryCommand('check');
    expect(ended.errors).toBe('');
    expect(ended.code).toBe(0);
    expect(ended.out).toContain('approximate pack');
    expect(ended.out).toContain('34 provinces, 3321 communes');
    expect(ended.out).toContain(SAMPLE ? 'commune centres: median' : 'nothing to compare it with');
  });
});

describe.skipIf(SAMPLE === undefined)(
  'the real country (skipped where ../shared/territory is absent)',
  { timeout: 900_000 },
  () => {
    const sample = path.join(SAMPLES, SAMPLE ?? '');

    it('is imported with one command, accounted for, and taken into use', async () => {
      const started = performance.now();
      const ended = await territoryCommand('import', sample, '--population', POPULATION);
      expect(ended.errors).toBe('');
      expect(ended.code).toBe(0);
      expect((performance.now() - started) / 1_000).toBeLessThan(300); // alone: some 25 s
      expect(ended.peakMb).toBeLessThan(4_000);
      expect(ended.out).toContain('34 provinces and 3,321 communes, every one accounted for');
      expect(ended.out).toContain('20333 Đặc khu Hoàng Sa');
      expect(ended.out).toContain('a running server takes it up by itself');

      const hash = await inUse(database.pool);
      const territory = openPack(await readPack(database.pool, hash));
      expect(territory.kind).toBe('official');
      expect(territory.hash).toBe(hash);
      expect(territory.communes).toHaveLength(3_321);
      expect(territory.provinces.find(({ code }) => code === '01')?.population).toBe(8_807_523);
      expect(territory.communeAt(105.8342, 21.0368)).toBe('00004'); // Ba Đình
      expect(territory.communeAt(103.96, 10.22)).toBe('31078'); // Phú Quốc
      // Hoàng Sa and Trường Sa are there, and named.
      expect(territory.boundsOf('20333')[0]).toBeGreaterThan(111);
      expect(territory.boundsOf('22736')[2]).toBeGreaterThan(115);
      const named = territory.places.map(({ name }) => name);
      expect(named).toEqual(
        expect.arrayContaining([
          'Biển Đông',
          'Quần đảo Hoàng Sa (Đà Nẵng)',
          'Quần đảo Trường Sa (Khánh Hòa)',
        ]),
      );
      const grid = unpackGrid(territory);
      expect(grid.people.reduce((a, b) => a + b)).toBe(113_700_256);
      expect(grid.count).toBeGreaterThan(2_700_000);
    });

    it('a commune with a fault in it is named, and nothing changes', async () => {
      const whole = await openDataset(sample);
      const faulty = path.join(folder, 'faulty');
      for (const file of whole.files) {
        const place = path.join(faulty, file.name);
        await mkdir(path.dirname(place), { recursive: true });
        const bytes = await file.read();
        await writeFile(place, file.name.includes('/00004_') ? bytes.subarray(0, 1_000) : bytes);
      }
      await whole.close();
      const before = await inUse(database.pool);
      const ended = await territoryCommand('import', faulty);
      expect(ended.code).toBe(1);
      expect(ended.errors).toMatch(/00004_\S+: unit 00004 \(Phường Ba Đình\): .*not valid JSON/);
      expect(await inUse(database.pool)).toBe(before);
    });

    // The whole takes some minutes: PHUSONG_FULL_SIZE=on npx vitest run tests/contract/territory-import.test.ts
    it('at full size (eight times the vertices), one unit in memory at a time', async () => {
      const provinces = process.env.PHUSONG_FULL_SIZE === 'on' ? undefined : ['15', '22'];
      const nation: Nation = {
        provinces: VIET_NAM.provinces.filter(({ code }) => provinces?.includes(code) ?? true),
        communes: VIET_NAM.communes.filter(({ province }) => provinces?.includes(province) ?? true),
      };
      const dense = path.join(folder, 'dense');
      const whole = await openDataset(sample);
      let megabytes = 0;
      for (const file of whole.files) {
        if (!nation.provinces.some(({ code }) => file.name.startsWith(`${code}_`))) continue;
        const content = JSON.parse((await file.read()).toString());
        const [feature] = content.features;
        feature.geometry = densify(feature.geometry, 8);
        const text = JSON.stringify(content);
        megabytes += text.length / 1e6;
        const place = path.join(dense, file.name);
        await mkdir(path.dirname(place), { recursive: true });
        await writeFile(place, text);
      }
      await whole.close();

      const approximate = openPack(await readApproximatePack());
      let largest = 0;
      const started = performance.now();
      const { bytes, report } = await importOfficial({
        dataset: dense,
        population: POPULATION,
        approximate,
        nation,
        onProgress: () => (largest = Math.max(largest, process.memoryUsage.rss() / 1e6)),
      });
      const seconds = (performance.now() - started) / 1_000;
      console.log(
        `full size: ${megabytes.toFixed(0)} MB of GeoJSON, ${report.pack.positions} positions, ` +
          `${seconds.toFixed(0)} s, ${largest.toFixed(0)} MB, pack ${(bytes.length / 1e6).toFixed(1)} MB`,
      );
      expect(report.pack.communes).toBe(nation.communes.length);
      expect(largest).toBeLessThan(4_000);
      const territory = openPack(bytes);
      // Lào Cai, whose communes overlap in the sample, is still one province of its size.
      expect(territory.geometryOf('15').coordinates).toHaveLength(1);
      const offBy = report.pack.areas.map(({ unit }) => unit);
      expect(offBy).not.toContain('15');
    });
  },
);
