/**
 * A small country with what makes boundaries hard: two provinces of four communes each with winding
 * borders between them, an island off one commune, and an enclave in another that is too small to
 * hold the centre of a cell.
 *
 *     00001 00002 | 03001 03002     21.2      00005: the enclave, in 00002
 *     00003 00004 | 03003 03004     21.0      island: east of 03004
 *         01      |      11
 *     105       105.2         105.4
 */
import type { MultiPolygon, Position } from 'geojson';
import type { Commune, SourceCommune, TerritorySource } from '../../server/territory/territory.ts';
import { densify } from './densify.ts';

const SIDE = 0.1;

function square(west: number, south: number, side: number): Position[] {
  const corner = (x: number, y: number): Position => [
    Number((west + x * side).toFixed(6)),
    Number((south + y * side).toFixed(6)),
  ];
  return [corner(0, 0), corner(1, 0), corner(1, 1), corner(0, 1), corner(0, 0)];
}

const ENCLAVE = square(105.151, 21.1503, 0.0008);
const ISLAND = square(105.43, 21.03, 0.012);

function commune(code: string, population: number): Commune {
  return {
    code,
    province: code.startsWith('03') ? '11' : '01',
    name: `Xã ${code}`,
    nameEn: `${code} Commune`,
    type: 'commune',
    population,
    areaKm2: NaN,
  };
}

/** Communes in the order of their codes. */
export function wavyCommunes(): { commune: Commune; geometry: MultiPolygon }[] {
  const parts = (...coordinates: Position[][][]): MultiPolygon =>
    densify({ type: 'MultiPolygon', coordinates }, 24);
  const at = (x: number, y: number): Position[] => square(105 + x * SIDE, 21 + y * SIDE, SIDE);
  const boundaries: [string, number, MultiPolygon][] = [
    ['00001', 40_001, parts([at(0, 1)])],
    ['00002', 8_000, parts([at(1, 1), ENCLAVE.toReversed()])],
    ['00003', 12_345, parts([at(0, 0)])],
    ['00004', 17, parts([at(1, 0)])],
    ['00005', 99, parts([ENCLAVE])],
    ['03001', 250_000, parts([at(2, 1)])],
    ['03002', 1, parts([at(3, 1)])],
    ['03003', 0, parts([at(2, 0)])],
    ['03004', 31_000, parts([at(3, 0)], [ISLAND])],
  ];
  return boundaries.map(([code, population, geometry]) => ({
    commune: commune(code, population),
    geometry,
  }));
}

/** A source of these communes, or of others. */
export function wavyCountry(
  communes: readonly SourceCommune[] = wavyCommunes(),
  about: Partial<TerritorySource> = {},
): TerritorySource {
  return {
    kind: 'approximate',
    provenance: [{ what: 'boundaries', source: 'made up', licence: 'none', asOf: '2025-07-28' }],
    provinces: ['01', '11'].map((code) => ({
      code,
      name: `Tỉnh ${code}`,
      nameEn: `Province ${code}`,
      type: 'province',
      population: NaN,
      areaKm2: NaN,
    })),
    communes: (async function* () {
      yield* communes;
    })(),
    neighbours: [
      {
        name: 'Láng giềng',
        nameEn: 'Neighbour',
        geometry: { type: 'MultiPolygon', coordinates: [[square(104.8, 20.9, 0.2)]] },
      },
    ],
    places: [{ kind: 'sea', name: 'Biển Đông', nameEn: 'East Sea', lon: 105.5, lat: 21.1 }],
    ...about,
  };
}
