/**
 * A small country for tests: two provinces side by side, each of four square communes of a tenth of
 * a degree (about 115 km²), between 105° and 105.4° E, 21° and 21.2° N.
 *
 *     00001 00002 | 03001 03002     21.2
 *     00003 00004 | 03003 03004     21.1
 *         01      |      11
 */
import type { TerritorySource } from '../../server/territory/territory.ts';

const WEST = 105;
const SOUTH = 21;
const SIDE = 0.1;

const PROVINCES = [
  { code: '01', name: 'Tỉnh Tây', nameEn: 'West', first: '00001' },
  { code: '11', name: 'Tỉnh Đông', nameEn: 'East', first: '03001' },
];
const POPULATIONS = [40_000, 8_000, 12_000, 1_000];

/** Centre of a commune of the small country, [lon, lat]. */
export function centreOfSmall(commune: string): [number, number] {
  const east = commune.startsWith('03') ? 2 : 0;
  const index = Number(commune.slice(-1)) - 1;
  return [WEST + (east + (index % 2) + 0.5) * SIDE, SOUTH + ((index < 2 ? 1 : 0) + 0.5) * SIDE];
}

export function smallTerritory(kind: TerritorySource['kind'] = 'approximate'): TerritorySource {
  const communes = PROVINCES.flatMap((province) =>
    POPULATIONS.map((population, index) => ({
      code: String(Number(province.first) + index).padStart(5, '0'),
      province: province.code,
      name: `Xã ${province.nameEn} ${index + 1}`,
      nameEn: `${province.nameEn} ${index + 1} Commune`,
      type: 'commune' as const,
      population,
      areaKm2: 115,
    })),
  );
  return {
    kind,
    provenance: [{ what: 'test', source: 'made up', licence: 'none', asOf: '2025-07-28' }],
    provinces: PROVINCES.map(({ code, name, nameEn }) => ({
      code,
      name,
      nameEn,
      type: 'province',
      population: POPULATIONS.reduce((a, b) => a + b),
      areaKm2: 460,
    })),
    communes: (async function* () {
      for (const commune of communes) yield { commune, geometry: squareAt(commune.code) };
    })(),
    neighbours: [],
    places: [],
  };
}

function squareAt(code: string) {
  const [lon, lat] = centreOfSmall(code);
  const half = SIDE / 2;
  const corner = (x: number, y: number): [number, number] => [
    Math.round((lon + x * half) * 1e5) / 1e5,
    Math.round((lat + y * half) * 1e5) / 1e5,
  ];
  const ring = [corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1), corner(-1, -1)];
  return { type: 'MultiPolygon' as const, coordinates: [[ring]] };
}
