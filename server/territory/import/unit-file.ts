/**
 * One unit's GeoJSON file: one feature, the code its name says, and a boundary in the country.
 */
import type { MultiPolygon } from 'geojson';
import { TerritoryRefused } from '../refusal.ts';
import type { DatasetFile } from './files.ts';

export interface UnitFile {
  /** `Phường Ba Đình`; NFC. Undefined when the file has none. */
  fullName: string | undefined;
  /** Stated area; NaN when there is none. */
  areaKm2: number;
  geometry: MultiPolygon;
  /** `[west, south, east, north]`, degrees. */
  box: [number, number, number, number];
}

/** All of Viet Nam, Hoàng Sa and Trường Sa included, with some sea around: degrees. */
const COUNTRY_BOX = [101.5, 5.5, 118.5, 24] as const;

/** Reads and checks a unit's file. Throws TerritoryRefused naming file and unit. */
export async function readUnitFile(
  file: DatasetFile,
  unit: { code: string; name: string },
): Promise<UnitFile> {
  const who = `${file.name}: unit ${unit.code} (${unit.name})`;
  const text = (await file.read()).toString('utf8');
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    throw new TerritoryRefused(
      `${who}: the file is not valid JSON (${error instanceof Error ? error.message : ''}); ` +
        'it may be cut off, bring it again.',
    );
  }
  const feature = onlyFeature(content, who);
  const properties = isRecord(feature.properties) ? feature.properties : {};
  const code = String(properties.code ?? feature.id ?? '');
  if (code !== unit.code)
    throw new TerritoryRefused(
      `${who}: inside, the file says it is unit "${code}"; name and content must agree.`,
    );
  const geometry = boundaryOf(feature.geometry, who);
  const box = boxOf(geometry);
  const [west, south, east, north] = COUNTRY_BOX;
  if (!(box[0] >= west && box[1] >= south && box[2] <= east && box[3] <= north))
    throw new TerritoryRefused(
      `${who}: its boundary reaches far outside the country (${box.join(', ')}); ` +
        `positions are longitude, latitude in degrees.`,
    );
  const areaKm2 = Number(properties.areaKm2 ?? NaN);
  return {
    fullName: textOf(properties.fullName),
    areaKm2: areaKm2 > 0 && areaKm2 < Infinity ? areaKm2 : NaN,
    geometry,
    box,
  };
}

function onlyFeature(content: unknown, who: string): Record<string, unknown> {
  if (isRecord(content) && content.type === 'Feature') return content;
  if (
    isRecord(content) &&
    content.type === 'FeatureCollection' &&
    Array.isArray(content.features)
  ) {
    const features: unknown[] = content.features;
    const [feature] = features;
    if (features.length === 1 && isRecord(feature)) return feature;
    throw new TerritoryRefused(`${who}: the file holds ${features.length} features, not one.`);
  }
  throw new TerritoryRefused(`${who}: the file is not a GeoJSON FeatureCollection.`);
}

/** A MultiPolygon whose lists are lists; single positions are checked where they are read. */
function boundaryOf(geometry: unknown, who: string): MultiPolygon {
  if (isRecord(geometry)) {
    const { type, coordinates } = geometry;
    const polygons = type === 'Polygon' ? [coordinates] : coordinates;
    if (
      (type === 'Polygon' || type === 'MultiPolygon') &&
      Array.isArray(polygons) &&
      polygons.every((polygon) => Array.isArray(polygon) && polygon.every(Array.isArray))
    )
      return { type: 'MultiPolygon', coordinates: polygons as MultiPolygon['coordinates'] };
  }
  throw new TerritoryRefused(`${who}: its geometry is not a Polygon or MultiPolygon.`);
}

function boxOf({ coordinates }: MultiPolygon): [number, number, number, number] {
  const box: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const polygon of coordinates)
    for (const ring of polygon)
      for (const position of ring) {
        const [lon = NaN, lat = NaN] = Array.isArray(position) ? position : [];
        box[0] = Math.min(box[0], lon);
        box[1] = Math.min(box[1], lat);
        box[2] = Math.max(box[2], lon);
        box[3] = Math.max(box[3], lat);
      }
  return box;
}

/** Names in the dataset now and then have two blanks, or a small letter in front. */
function textOf(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const text = value.trim().replace(/\s+/g, ' ').normalize('NFC');
  return text === '' ? undefined : text[0]?.toLocaleUpperCase('vi') + text.slice(1);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
