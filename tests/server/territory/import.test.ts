import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { importOfficial, type ImportReport } from '../../../server/territory/import/official.ts';
import { reportLines } from '../../../server/territory/import/report.ts';
import { buildPack, openPack } from '../../../server/territory/pack.ts';
import type { Territory } from '../../../server/territory/territory.ts';
import { fileOfCommune, unitFile, WAVY_NATION, wavyDataset } from '../../setup/dataset.ts';
import { wavyCommunes, wavyCountry } from '../../setup/wavy-country.ts';
import { zipOf } from '../../setup/zip.ts';

let approximate: Territory;
let folder: string;

beforeAll(async () => {
  const communes = wavyCommunes().map((each) => ({
    ...each,
    commune: { ...each.commune, speciallyDisadvantaged: each.commune.code === '03002' },
  }));
  approximate = openPack((await buildPack(wavyCountry(communes))).bytes);
});
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'phu-song-import-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function zipped(files: Record<string, string | Buffer>): Promise<string> {
  const place = path.join(folder, 'dataset_2026-07-25.zip');
  await writeFile(place, zipOf(files));
  return place;
}

async function table(text: string): Promise<string> {
  const place = path.join(folder, 'people.csv');
  await writeFile(place, text);
  return place;
}

function bring(
  dataset: string,
  population?: string,
): Promise<{ bytes: Uint8Array; hash: string; report: ImportReport }> {
  return importOfficial({
    dataset,
    ...(population === undefined ? {} : { population }),
    approximate,
    nation: WAVY_NATION,
  });
}

/** A population table with these communes' rows replaced (or, undefined, left out). */
function people(changes: Record<string, string | undefined> = {}): string {
  const rows = wavyCommunes().flatMap(({ commune: { code, population } }) =>
    code in changes ? (changes[code] ?? []) : `${code},${population + 1}`,
  );
  return ['commune_code,population', ...rows].join('\n');
}

function without(...names: string[]): Record<string, string> {
  return Object.fromEntries(
    Object.entries(wavyDataset()).filter(([name]) => !names.includes(name)),
  );
}

const FIRST = fileOfCommune('00001');

describe('importing the public dataset', () => {
  it('a zip and a folder give the same official pack', async () => {
    const files = wavyDataset();
    const fromZip = await bring(await zipped(files));
    const unpacked = path.join(folder, 'dataset_2026-07-25');
    for (const [name, content] of Object.entries(files)) {
      await mkdir(path.dirname(path.join(unpacked, name)), { recursive: true });
      await writeFile(path.join(unpacked, name), content);
    }
    const fromFolder = await bring(unpacked);
    const [one, other] = [openPack(fromZip.bytes), openPack(fromFolder.bytes)];
    expect(one.kind).toBe('official');
    expect(one.communes).toEqual(other.communes);
    expect(one.geometryOf('01')).toEqual(other.geometryOf('01'));
    expect(one.provinces[0]).toMatchObject({ name: 'Hà Nội', nameEn: 'Hanoi', areaKm2: 460 });
    expect(one.provenance[0]).toMatchObject({
      source: expect.stringContaining('dataset'),
      asOf: '2026-07-25',
    });
  });

  it('it may lie deeper, among files that are not boundaries', async () => {
    const files: Record<string, string> = { 'vn/README.md': '#', '__MACOSX/._01.geojson': 'x' };
    for (const [name, content] of Object.entries(wavyDataset())) files[`vn/${name}`] = content;
    expect((await bring(await zipped(files))).report.pack.communes).toBe(9);
  });

  it('seas, archipelagos, neighbours and who is disadvantaged come from our own pack', async () => {
    const territory = openPack((await bring(await zipped(wavyDataset()))).bytes);
    expect(territory.places).toEqual(approximate.places);
    expect(territory.neighbours()).toEqual(approximate.neighbours());
    const flagged = territory.communes.filter((commune) => commune.speciallyDisadvantaged);
    expect(flagged.map(({ code }) => code)).toEqual(['03002']);
  });

  it('without a table people are as in our own pack, and the pack says so', async () => {
    const { bytes, report } = await bring(await zipped(wavyDataset()));
    const territory = openPack(bytes);
    expect(territory.communes.map(({ population }) => population)).toEqual(
      approximate.communes.map(({ population }) => population),
    );
    expect(territory.provenance.map(({ what }) => what).join()).toContain('estimated');
    expect(reportLines(report, bytes.length).join('\n')).toContain('no table given');
  });

  it('a table is joined by code, and misses are listed both ways', async () => {
    const csv = people({ '00003': undefined, '00004': '00004,', '00002': '9999,5' });
    const { bytes, report } = await bring(await zipped(wavyDataset()), await table(csv));
    const territory = openPack(bytes);
    expect(territory.communes.find(({ code }) => code === '00001')?.population).toBe(40_002);
    expect(territory.provinces[0]?.population).toBe(40_002 + 100);
    expect(report.population.unknown.map(({ unit }) => unit)).toEqual(['00002', '00003', '00004']);
    expect(report.population.unmatched).toEqual([{ unit: '09999', line: 3 }]);
    expect(report.population.differing.map(({ unit }) => unit)).toEqual(['01', '11']);
    const lines = reportLines(report, bytes.length).join('\n');
    expect(lines).toContain('00003 Xã 00003');
    expect(lines).toContain('09999 (line 3)');
  });

  it.each([
    ['other headings, order and separator', 'Dân số;Mã xã;Tên\r\n12.345;00001;"Xã ""A"""\r\n'],
    ['a mark in front and lost zeros', '\uFEFFcode,population\n1,"12,345"\n'],
  ])('a table with %s is read', async (_, csv) => {
    const { bytes } = await bring(await zipped(wavyDataset()), await table(csv));
    expect(openPack(bytes).communes[0]?.population).toBe(12_345);
  });

  it('the list’s spelling of a name is kept where only an accent sits elsewhere', async () => {
    const files = wavyDataset();
    const [first] = wavyCommunes();
    files[FIRST] = unitFile('00001', 'xã  00001', 115, first?.geometry ?? {});
    files[fileOfCommune('00003')] = unitFile(
      '00003',
      'Phường Mới',
      115,
      wavyCommunes()[2]?.geometry ?? {},
    );
    const { bytes, report } = await bring(await zipped(files));
    expect(report.renamed).toEqual([{ unit: '00003', listed: 'Xã 00003', found: 'Phường Mới' }]);
    expect(openPack(bytes).communes[2]).toMatchObject({
      name: 'Phường Mới',
      nameEn: 'Moi Ward',
      type: 'ward',
    });
  });
});

describe('what is refused, naming file and unit', () => {
  const geometry = wavyCommunes()[0]?.geometry ?? {};
  const far = {
    type: 'Polygon',
    coordinates: [
      [
        [2, 48],
        [2.1, 48],
        [2.1, 48.1],
        [2, 48],
      ],
    ],
  };
  const wrongPlace = {
    type: 'Polygon',
    coordinates: [
      [
        [108, 12],
        [108.1, 12],
        [108.1, 12.1],
        [108, 12],
      ],
    ],
  };
  const unit = '01_ha_noi/wards/00001_xa.geojson: unit 00001 (Xã 00001)';

  it.each([
    ['a file that is cut off', wavyDataset()[FIRST]?.slice(0, 500) ?? '', 'not valid JSON'],
    ['an empty file', '', 'not valid JSON'],
    ['a file that is something else', '[]', 'not a GeoJSON FeatureCollection'],
    [
      'two features',
      JSON.stringify({ type: 'FeatureCollection', features: [{}, {}] }),
      '2 features',
    ],
    ['another unit’s content', unitFile('00002', 'Xã', 1, geometry), 'says it is unit "00002"'],
    [
      'a point',
      unitFile('00001', 'Xã', 1, { type: 'Point', coordinates: [1, 2] }),
      'not a Polygon',
    ],
    ['no geometry', JSON.stringify({ type: 'Feature', id: '00001' }), 'not a Polygon'],
    ['a boundary in France', unitFile('00001', 'Xã', 1, far), 'far outside the country (2, 48'],
    [
      'one in another province',
      unitFile('00001', 'Xã', 1, wrongPlace),
      'far outside its province 01 (Hà Nội)',
    ],
  ])('%s', async (_, content, words) => {
    const refusal = bring(await zipped({ ...wavyDataset(), [FIRST]: content }));
    await expect(refusal).rejects.toThrow(unit);
    await expect(refusal).rejects.toThrow(words);
  });

  it('a missing commune, or province', async () => {
    const communes = [FIRST, fileOfCommune('03002')];
    await expect(bring(await zipped(without(...communes)))).rejects.toThrow(
      'lacks 2 communes: 00001 (Xã 00001, Hà Nội); 03002 (Xã 03002, Điện Biên).',
    );
    const province = '01_ha_noi/01_ha_noi.geojson';
    await expect(bring(await zipped(without(province)))).rejects.toThrow(
      'lacks 1 province: 01 (Hà Nội)',
    );
  });

  it.each([
    ['an unknown commune', '01_ha_noi/wards/99999_la.geojson', 'unit 99999 is not among'],
    [
      'a commune twice',
      '01_ha_noi/wards/00001_lai.geojson',
      'unit 00001 (Xã 00001) is there twice, first in',
    ],
    [
      'a commune in another province',
      '11_dien_bien/wards/00001_xa.geojson',
      'belongs to province 01 (Hà Nội), not to 11',
    ],
    ['an unknown province', '77_la/77_la.geojson', 'no unit of the country'],
    ['a file in no place', 'ban-do.geojson', 'no unit of the country'],
  ])('%s', async (_, name, words) => {
    const refusal = bring(await zipped({ ...wavyDataset(), [name]: '{}' }));
    await expect(refusal).rejects.toThrow(name);
    await expect(refusal).rejects.toThrow(words);
  });

  it('a zip that is cut off, one that is damaged inside, and what is no zip', async () => {
    const place = await zipped(wavyDataset());
    const whole = zipOf(wavyDataset());
    await writeFile(place, whole.subarray(0, whole.length / 2));
    await expect(bring(place)).rejects.toThrow('dataset_2026-07-25.zip is not a whole zip file');
    await writeFile(place, 'hello');
    await expect(bring(place)).rejects.toThrow('not a whole zip file');
    const damaged = Buffer.from(whole);
    damaged.fill(0xff, whole.indexOf('00001_xa') + 200, whole.indexOf('00001_xa') + 260);
    await writeFile(place, damaged);
    await expect(bring(place)).rejects.toThrow('00001_xa.geojson: cannot be read from the zip');
    const miscounted = Buffer.from(whole);
    const entry = whole.lastIndexOf('01_ha_noi/wards/00001_xa') - 46; // in the zip's directory
    miscounted.writeUInt32LE(1, entry + 16);
    await writeFile(place, miscounted);
    await expect(bring(place)).rejects.toThrow('its checksum is wrong');
    await expect(bring(path.join(folder, 'nothing.zip'))).rejects.toThrow('no such file');
    await mkdir(path.join(folder, 'empty'));
    await expect(bring(path.join(folder, 'empty'))).rejects.toThrow('No boundaries found');
  });

  it.each([
    [
      'a number that is none',
      { '00002': '00002,nhiều' },
      'people.csv, line 3: unit 00002: its population "nhiều"',
    ],
    ['half a person', { '00002': '00002,1.5' }, '"1.5" is not a whole number'],
    ['fewer than none', { '00002': '00002,-5' }, '"-5" is not a whole number'],
    ['a code that is none', { '00002': 'abc,5' }, 'people.csv, line 3: unit 00abc'],
    ['a commune twice', { '00002': '00001,5' }, 'unit 00001: this unit is already in line 2'],
  ])('a table with %s', async (_, changes, words) => {
    const dataset = await zipped(wavyDataset());
    await expect(bring(dataset, await table(people(changes)))).rejects.toThrow(words);
  });

  it('a table that is no table, or not there', async () => {
    const dataset = await zipped(wavyDataset());
    await expect(bring(dataset, await table('tên,số\nA,1'))).rejects.toThrow('commune_code');
    await expect(bring(dataset, path.join(folder, 'no.csv'))).rejects.toThrow(
      'no.csv: there is no such file',
    );
  });
});
