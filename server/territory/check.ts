/**
 * How far a pack is from the official country: areas of provinces, and centres of communes. Centres
 * are centroids of the whole unit, on both sides.
 */
import type { MultiPolygon } from 'geojson';
import { openDataset } from './import/files.ts';
import { layOut, VIET_NAM, type Nation } from './import/layout.ts';
import { readUnitFile } from './import/unit-file.ts';
import type { Territory } from './territory.ts';
import { geometryKm2 } from './outline.ts';

export interface Comparison {
  /** Percent by which a province's measured area is off the stated one, worst first. */
  areas: { unit: string; name: string; percent: number }[];
  /** Kilometres between the centres of a commune, worst first. */
  centres: { unit: string; name: string; km: number }[];
}

/** Compares an open pack with a dataset. Throws TerritoryRefused for a dataset that is not whole. */
export async function comparePack(
  territory: Territory,
  datasetPlace: string,
  nation: Nation = VIET_NAM,
): Promise<Comparison> {
  const dataset = await openDataset(datasetPlace);
  try {
    const layout = layOut(dataset.files, nation);
    const areas: Comparison['areas'] = [];
    for (const { code, name } of nation.provinces) {
      const file = layout.provinces.get(code);
      if (!file) continue;
      const { areaKm2 } = await readUnitFile(file, { code, name });
      const measured = geometryKm2(territory.geometryOf(code));
      areas.push({ unit: code, name, percent: (Math.abs(measured - areaKm2) / areaKm2) * 100 });
    }
    const centres: Comparison['centres'] = [];
    for (const { code, name } of nation.communes) {
      const file = layout.communes.get(code)?.file;
      if (!file) continue;
      const { geometry } = await readUnitFile(file, { code, name });
      const km = distanceKm(centroid(geometry), centroid(territory.geometryOf(code)));
      centres.push({ unit: code, name, km });
    }
    return {
      areas: areas.sort((a, b) => b.percent - a.percent),
      centres: centres.sort((a, b) => b.km - a.km),
    };
  } finally {
    await dataset.close();
  }
}

/** A comparison as lines for the terminal. */
export function comparisonLines({ areas, centres }: Comparison): string[] {
  const km = centres.map((each) => each.km);
  return [
    `province areas: median ${quantile(
      areas.map((each) => each.percent),
      0.5,
    ).toFixed(1)} % off; worst ` +
      areas
        .slice(0, 5)
        .map(({ unit, name, percent }) => `${unit} ${name} ${percent.toFixed(1)} %`)
        .join(', '),
    `commune centres: median ${quantile(km, 0.5).toFixed(1)} km apart, 90th percentile ` +
      `${quantile(km, 0.9).toFixed(1)} km; worst ` +
      centres
        .slice(0, 5)
        .map(({ unit, name, km: far }) => `${unit} ${name} ${far.toFixed(0)} km`)
        .join(', '),
  ];
}

/** Nearest-rank quantile; NaN of nothing. */
function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? NaN;
}

/** Centroid of all outer rings, degrees. */
function centroid({ coordinates }: MultiPolygon): [number, number] {
  const [lon0 = 0, lat0 = 0] = coordinates[0]?.[0]?.[0] ?? [];
  let double = 0;
  let x = 0;
  let y = 0;
  for (const [ring = []] of coordinates)
    for (let i = 0; i + 1 < ring.length; i++) {
      const [ax, ay] = [(ring[i]?.[0] ?? 0) - lon0, (ring[i]?.[1] ?? 0) - lat0];
      const [bx, by] = [(ring[i + 1]?.[0] ?? 0) - lon0, (ring[i + 1]?.[1] ?? 0) - lat0];
      const cross = ax * by - bx * ay;
      double += cross;
      x += (ax + bx) * cross;
      y += (ay + by) * cross;
    }
  return [lon0 + x / (3 * double), lat0 + y / (3 * double)];
}

const EARTH_KM = 6371.0088;

/** Great-circle distance (haversine). */
function distanceKm([lon1, lat1]: [number, number], [lon2, lat2]: [number, number]): number {
  const radians = Math.PI / 180;
  const a =
    Math.sin(((lat2 - lat1) * radians) / 2) ** 2 +
    Math.cos(lat1 * radians) *
      Math.cos(lat2 * radians) *
      Math.sin(((lon2 - lon1) * radians) / 2) ** 2;
  return 2 * EARTH_KM * Math.asin(Math.sqrt(a));
}
