/** The wavy country laid out as the public dataset is, file name → content. */
import { densify } from './densify.ts';
import { wavyCommunes } from './wavy-country.ts';
import type { Nation } from '../../server/territory/import/layout.ts';

const PROVINCES = [
  { code: '01', name: 'Hà Nội', folder: '01_ha_noi' },
  { code: '11', name: 'Điện Biên', folder: '11_dien_bien' },
];

/** What has to be there. */
export const WAVY_NATION: Nation = {
  provinces: PROVINCES.map(({ code, name }) => ({ code, name })),
  communes: wavyCommunes().map(({ commune: { code, name, province } }) => ({
    code,
    name,
    province,
  })),
};

/** Where a commune's file is. */
export function fileOfCommune(code: string): string {
  const province = code.startsWith('03') ? '11_dien_bien' : '01_ha_noi';
  return `${province}/wards/${code}_xa.geojson`;
}

export function wavyDataset(): Record<string, string> {
  const files: Record<string, string> = {};
  for (const { code, name, folder } of PROVINCES) {
    const west = code === '01' ? 105 : 105.2;
    const ring = [
      [west, 21],
      [west + 0.25, 21],
      [west + 0.25, 21.2],
      [west, 21.2],
      [west, 21],
    ];
    const geometry = densify({ type: 'MultiPolygon', coordinates: [[ring]] }, 4);
    files[`${folder}/${folder}.geojson`] = unitFile(code, `Tỉnh ${name}`, 460, geometry);
  }
  for (const { commune, geometry } of wavyCommunes())
    files[fileOfCommune(commune.code)] = unitFile(commune.code, commune.name, 115, geometry);
  return files;
}

/** A unit's file as the dataset has it. */
export function unitFile(
  code: string,
  fullName: string,
  areaKm2: number,
  geometry: object,
): string {
  const properties = { code, name: fullName, fullName, areaKm2 };
  return JSON.stringify({
    type: 'FeatureCollection',
    features: [{ type: 'Feature', id: code, geometry, properties }],
  });
}
