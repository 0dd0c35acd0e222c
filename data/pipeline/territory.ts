/**
 * Twelfth stage: everything together, as the builder of packs wants it.
 */
import * as turf from '@turf/turf';
import type { MultiPolygon, Polygon } from 'geojson';
import type { TerritorySource } from '../../server/territory/territory.ts';
import { communeOf } from '../country/commune.ts';
import { provinces } from '../country/provinces.ts';
import { cutCells, type Face } from './cells.ts';
import { shapesOf } from './communeShapes.ts';
import { findDisadvantaged } from './disadvantaged.ts';
import { findEvidence } from './evidence.ts';
import { areaOf, landOf, type Land } from './formerShapes.ts';
import { oldDistricts, type OldDistrict } from './formerUnits.ts';
import { islandLand } from './islands.ts';
import { toLattice } from './lattice.ts';
import { layOut } from './layout.ts';
import { MAP_NAMES } from './mapNames.ts';
import { neighboursOf } from './neighbours.ts';
import type { Point } from './plane.ts';
import { sharePeople } from './population.ts';
import { PROVENANCE } from './provenance.ts';
import { proveTiling } from './soundness.ts';
import type { FormerShape, ListedCommune, Merger, Town } from './sources.ts';
import { ZONES } from './zones.ts';

export interface Sources {
  /** The list in force, changes of law applied. */
  communes: ListedCommune[];
  mergers: Merger[];
  towns: Town[];
  formerShapes: FormerShape[];
  readCountry: (iso: string) => Polygon | MultiPolygon;
}

/** The approximate territory; `say` is told how each stage went. */
export function approximateTerritory(
  sources: Sources,
  say: (line: string) => void,
): TerritorySource {
  const districts = oldDistricts(sources.mergers);
  const lands = [...landOf(sources.formerShapes), ...islandLand()];
  const evidence = findEvidence(districts, sources.towns, lands);
  const { towns, toDistrict, toWard } = evidence.joined;
  say(
    `places: ${towns}, of them ${toDistrict} joined to an old district, ${toWard} to an old ward`,
  );

  const faces = cutFaces(districts, lands, evidence);
  const rings = toLattice([...lands.map((land) => land.ring), ...faces.map((face) => face.ring)]);
  const landRings = rings.slice(0, lands.length);
  const snapped = faces
    .map((face, i) => ({ ...face, ring: rings[lands.length + i] ?? [] }))
    .filter((face) => face.ring.length >= 3); // the rest is thinner than the lattice
  proveTiling(snapped, landRings);
  const shapes = shapesOf(snapped);
  say(`communes: ${shapes.size} tile ${lands.length} pieces of land`);

  const people = sharePeople(districts);
  const middles = new Map(
    [...shapes].map(([code, shape]): [string, Point] => {
      const [lon = NaN, lat = NaN] = turf.centroid(shape).geometry.coordinates;
      return [code, [lon, lat]];
    }),
  );
  const names = new Map(sources.communes.map((commune) => [commune.code, commune]));
  const disadvantaged = findDisadvantaged(
    districts,
    middles,
    (code) => names.get(code)?.name.startsWith('Xã ') ?? false,
  );
  say(`specially disadvantaged: ${disadvantaged.size} communes`);

  const areas = landAreas(sources.communes, shapes);
  return {
    kind: 'approximate',
    provenance: PROVENANCE,
    provinces: [...provinces],
    communes: iterate(
      sources.communes.map((listed) => {
        const geometry = shapes.get(listed.code);
        const population = people.get(listed.code);
        if (!geometry || population === undefined)
          throw new Error(`${listed.name} (${listed.code}) has no land or no people.`);
        return {
          commune: {
            ...communeOf(listed.code, listed.province, listed.name),
            population,
            areaKm2: areas.get(listed.code) ?? 0,
            speciallyDisadvantaged: disadvantaged.has(listed.code),
          },
          geometry,
        };
      }),
    ),
    neighbours: neighboursOf(sources.readCountry, lands),
    places: MAP_NAMES,
  };
}

/**
 * Former provinces laid out together, because the shapes have the borders between them wrong: Lai
 * Châu without Than Uyên and Mường Tè, the banks of the Tiền and the Hậu on one side only. Between
 * these, the communes make the border.
 */
const POOLS = [
  ['Lai Châu', 'Điện Biên', 'Lào Cai'],
  ['Đồng Tháp', 'An Giang', 'Cần Thơ', 'Hậu Giang', 'Vĩnh Long'],
];

/** The faces of all communes: the whole of an island of one commune, else a cell's share. */
function cutFaces(
  districts: OldDistrict[],
  lands: Land[],
  evidence: ReturnType<typeof findEvidence>,
): Face[] {
  const islanders = new Set(lands.flatMap((land) => land.commune ?? []));
  const numbered = lands.map((land, number) => ({ ...land, number }));
  const islands = numbered.flatMap(({ commune, ring, number }) =>
    commune ? { commune, ring, land: number } : [],
  );
  const formers = [...new Set(lands.map((land) => land.former))];
  const groups = [
    ...POOLS,
    ...formers.filter((former) => !POOLS.flat().includes(former)).map((former) => [former]),
  ];
  return [
    ...islands,
    ...groups.flatMap((group) => {
      const shared = numbered.filter((land) => group.includes(land.former) && !land.commune);
      const own = districts
        .filter((district) => group.includes(district.formerProvince))
        .map((district) => ({
          district,
          wards: district.wards.filter((ward) => !islanders.has(ward.commune)),
        }))
        .filter(({ wards }) => wards.length > 0);
      const layout = layOut(
        own,
        evidence,
        shared.map((land) => land.ring),
      );
      return cutCells(layout, shared);
    }),
  ];
}

/**
 * Land of each commune, km²: its part of the drawn province times the published area, which is what
 * the drawing is an approximation of; a special zone's is published.
 */
function landAreas(
  communes: ListedCommune[],
  shapes: Map<string, MultiPolygon>,
): Map<string, number> {
  const drawn = new Map(
    communes.map(({ code }) => [
      code,
      (shapes.get(code)?.coordinates ?? []).reduce(
        (sum, [outer]) =>
          sum + areaOf((outer ?? []).slice(0, -1).map(([lon = 0, lat = 0]): Point => [lon, lat])),
        0,
      ),
    ]),
  );
  const areas = new Map<string, number>();
  for (const province of provinces) {
    const own = communes.filter((commune) => commune.province === province.code);
    const zones = own.flatMap(({ code }) => ZONES[code]?.areaKm2 ?? []);
    const published = province.areaKm2 - zones.reduce((sum, area) => sum + area, 0);
    const shared = own.filter(({ code }) => !ZONES[code]);
    const total = shared.reduce((sum, { code }) => sum + (drawn.get(code) ?? 0), 0);
    for (const { code } of own) {
      const area = ZONES[code]?.areaKm2 ?? ((drawn.get(code) ?? 0) / total) * published;
      areas.set(code, Math.round(area * 100) / 100);
    }
  }
  return areas;
}

async function* iterate<Item>(items: Item[]): AsyncGenerator<Item> {
  yield* items;
}
