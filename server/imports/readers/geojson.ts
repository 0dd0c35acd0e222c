/** GeoJSON (RFC 7946, and the older form that names its coordinate system). */
import { readFile } from 'node:fs/promises';
import { ImportRefused } from '../refused.ts';
import { tooManyColumns, tooManyRows } from '../head.ts';
import { MOST_CELL, MOST_COLUMNS, MOST_ROWS } from '../limits.ts';
import { headersOf, type Cell, type RawRow } from '../sheet.ts';
import { GEOMETRY, placeCells } from './geometry.ts';

export interface GeoTable {
  headers: string[];
  known: Record<string, string>;
  rows: RawRow[];
  crs?: string;
  /** Texts, by which its letters are judged. */
  texts: string;
}

type Plain = Record<string, unknown>;

export async function readGeoJson(file: string, needsPlace: boolean): Promise<GeoTable> {
  const text = await readFile(file);
  let content: unknown;
  try {
    content = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(text));
  } catch (error) {
    const why = error instanceof Error ? error.message : '';
    throw new ImportRefused('not_json', `The file is not whole JSON in UTF-8 (${why}).`);
  }
  const features = featuresIn(content);
  if (features.length > MOST_ROWS) throw tooManyRows();
  const names = new Set<string>();
  for (const { properties } of features)
    for (const name of Object.keys(properties)) names.add(name);
  const hasId = !names.has('id') && features.some(({ id }) => id !== undefined);
  if (names.size > MOST_COLUMNS) throw tooManyColumns();
  const headers = headersOf([...(hasId ? ['id'] : []), ...names, ...GEOMETRY]);
  const rows = features.map(({ properties, geometry, id }, index): RawRow => {
    const { cells: place, reason } = placeCells(pointIn(geometry), needsPlace);
    return {
      row: index + 1,
      cells: [
        ...(hasId ? [cellOf(id)] : []),
        ...[...names].map((name) =>
          // Every object has a `constructor`; a feature has only what its file says.
          Object.hasOwn(properties, name) ? cellOf(properties[name]) : null,
        ),
        ...place,
      ],
      ...(reason ? { reason } : {}),
    };
  });
  const crs = crsIn(content);
  return {
    headers,
    known: { [GEOMETRY[0]]: 'lon', [GEOMETRY[1]]: 'lat', ...(hasId ? { id: 'id' } : {}) },
    rows,
    texts: rows
      .slice(0, 500)
      .flatMap(({ cells }) => cells.filter((cell) => typeof cell === 'string'))
      .join(' '),
    ...(crs === undefined ? {} : { crs }),
  };
}

interface Feature {
  id?: unknown;
  properties: Plain;
  geometry: unknown;
}

function featuresIn(content: unknown): Feature[] {
  const list = isPlain(content)
    ? content['type'] === 'FeatureCollection'
      ? content['features']
      : [content]
    : undefined;
  if (!Array.isArray(list) || !list.every((one) => isPlain(one) && one['type'] === 'Feature'))
    throw new ImportRefused('not_geojson', 'The JSON is not a GeoJSON FeatureCollection.');
  return (list as Plain[]).map(({ id, properties, geometry }) => ({
    id,
    properties: isPlain(properties) ? properties : {},
    geometry,
  }));
}

/** A point, or a MultiPoint of one. */
function pointIn(geometry: unknown): [number, number] | 'none' | 'other' {
  if (!isPlain(geometry)) return 'none';
  const { type, coordinates } = geometry;
  if (!Array.isArray(coordinates)) return 'other';
  const list: unknown[] = coordinates;
  const position =
    type === 'Point' ? list : type === 'MultiPoint' && list.length === 1 ? list[0] : [];
  const [x, y] = Array.isArray(position) ? (position as unknown[]) : [];
  return typeof x === 'number' && typeof y === 'number' ? [x, y] : 'other';
}

function cellOf(value: unknown): Cell {
  if (typeof value === 'string') return value.slice(0, MOST_CELL);
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (value === null || value === undefined) return null;
  try {
    return JSON.stringify(value).slice(0, MOST_CELL);
  } catch {
    throw new ImportRefused('damaged', 'An attribute holds lists within lists without an end.');
  }
}

/** `urn:ogc:def:crs:EPSG::3405`, `EPSG:3405`; CRS84 is WGS 84. */
function crsIn(content: unknown): string | undefined {
  const crs =
    isPlain(content) && isPlain(content['crs']) ? content['crs']['properties'] : undefined;
  const name = isPlain(crs) ? crs['name'] : undefined;
  if (typeof name !== 'string') return undefined;
  if (/CRS84$/.test(name)) return 'EPSG:4326';
  const code = /EPSG:+(?:[\d.]*:)?(\d{4,5})$/.exec(name)?.[1];
  return code ? `EPSG:${code}` : 'unknown';
}

function isPlain(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
