/**
 * The public dataset's layout: `{province}_{name}/{province}_{name}.geojson` for a province and
 * `{province}_{name}/wards/{commune}_{name}.geojson` for a commune, at any depth. Every unit of the
 * official list is there once, and nothing else.
 */
import { communes } from '../../../data/country/communes.ts';
import { provinces } from '../../../data/country/provinces.ts';
import { TerritoryRefused } from '../refusal.ts';
import type { DatasetFile } from './files.ts';

/** What the country consists of; the official list, or a smaller one in tests. */
export interface Nation {
  provinces: readonly { code: string; name: string }[];
  communes: readonly { code: string; name: string; province: string }[];
}

export const VIET_NAM: Nation = { provinces, communes };

export interface Layout {
  provinces: Map<string, DatasetFile>;
  communes: Map<string, { file: DatasetFile; province: string }>;
}

const PROVINCE = /(?:^|\/)(\d+)_[^/]*\/(\d+)_[^/]*\.geojson$/i;
const COMMUNE = /(?:^|\/)(\d+)_[^/]*\/wards\/(\d+)_[^/]*\.geojson$/i;
const GEOJSON = /\.geojson$/i;
/** Rubbish that some systems put into zips. */
const ASIDE = /(?:^|\/)(?:__MACOSX\/|\._)/;

/** How many units a message names before it only counts. */
const NAMED = 10;

/** Sorts files to units. Throws TerritoryRefused for unknown, repeated, misplaced and missing ones. */
export function layOut(files: readonly DatasetFile[], nation: Nation = VIET_NAM): Layout {
  const layout: Layout = { provinces: new Map(), communes: new Map() };
  const provinceNames = new Map(nation.provinces.map(({ code, name }) => [code, name]));
  const listed = new Map(nation.communes.map((commune) => [commune.code, commune]));
  for (const file of files) {
    if (!GEOJSON.test(file.name) || ASIDE.test(file.name)) continue;
    const [, home, code] = COMMUNE.exec(file.name) ?? [];
    if (home !== undefined && code !== undefined) {
      const commune = listed.get(code);
      if (!commune)
        throw new TerritoryRefused(
          `${file.name}: unit ${code} is not among the country's ${nation.communes.length} communes.`,
        );
      if (commune.province !== home)
        throw new TerritoryRefused(
          `${file.name}: unit ${code} (${commune.name}) belongs to province ${commune.province} ` +
            `(${provinceNames.get(commune.province)}), not to ${home}.`,
        );
      refuseSecond(file, layout.communes.get(code)?.file, `${code} (${commune.name})`);
      layout.communes.set(code, { file, province: home });
      continue;
    }
    const [, folder, province] = PROVINCE.exec(file.name) ?? [];
    const name = province === undefined ? undefined : provinceNames.get(province);
    if (province === undefined || name === undefined || folder !== province)
      throw new TerritoryRefused(
        `${file.name}: this is no unit of the country; files are named by the official codes, ` +
          '01_ha_noi/01_ha_noi.geojson and 01_ha_noi/wards/00004_ba_dinh.geojson.',
      );
    refuseSecond(file, layout.provinces.get(province), `${province} (${name})`);
    layout.provinces.set(province, file);
  }
  if (layout.communes.size === 0 && layout.provinces.size === 0)
    throw new TerritoryRefused(
      'No boundaries found: files are expected as 01_ha_noi/01_ha_noi.geojson and ' +
        '01_ha_noi/wards/00004_ba_dinh.geojson.',
    );
  refuseMissing('province', nation.provinces, layout.provinces);
  refuseMissing(
    'commune',
    nation.communes.map(({ code, name, province }) => ({
      code,
      name: `${name}, ${provinceNames.get(province)}`,
    })),
    layout.communes,
  );
  return layout;
}

function refuseSecond(file: DatasetFile, first: DatasetFile | undefined, unit: string): void {
  if (first)
    throw new TerritoryRefused(
      `${file.name}: unit ${unit} is there twice, first in ${first.name}.`,
    );
}

function refuseMissing(
  what: string,
  units: readonly { code: string; name: string }[],
  found: ReadonlyMap<string, unknown>,
): void {
  const missing = units.filter(({ code }) => !found.has(code));
  if (missing.length === 0) return;
  const named = missing.slice(0, NAMED).map(({ code, name }) => `${code} (${name})`);
  const more = missing.length > NAMED ? ` and ${missing.length - NAMED} more` : '';
  throw new TerritoryRefused(
    `The dataset lacks ${missing.length} ${what}${missing.length > 1 ? 's' : ''}: ` +
      `${named.join('; ')}${more}.`,
  );
}
