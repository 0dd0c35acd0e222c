/**
 * Neighbours' land around the country, for context: cut to a window, small islands left out, lines
 * made coarser where they are not Viet Nam's own border. Islands inside Hoàng Sa and Trường Sa are
 * Vietnamese (see islands.ts) and are taken out of every neighbour.
 */
import * as turf from '@turf/turf';
import type { MultiPolygon, Polygon } from 'geojson';
import { areaOf, type Land } from './formerShapes.ts';
import type { Point } from './plane.ts';

type Box = readonly [west: number, south: number, east: number, north: number];

/** What a map of the country can show, degrees. */
const WINDOW: Box = [95, 1, 120, 27];

/** Boxes around Quần đảo Hoàng Sa and Quần đảo Trường Sa, degrees. */
const ARCHIPELAGOES: readonly Box[] = [
  [111, 15.5, 113.1, 17.3],
  [111.3, 6.3, 117.4, 12.1],
];

/** Smallest neighbouring island kept, km². */
const SMALLEST_KM2 = 30;
/** How far a coarser line may be off, degrees (about 1 km). */
const TOLERANCE = 0.01;

const COUNTRIES = [
  { name: 'Trung Quốc', nameEn: 'China', iso: ['CN', 'HK', 'MO'] },
  { name: 'Lào', nameEn: 'Laos', iso: ['LA'] },
  { name: 'Campuchia', nameEn: 'Cambodia', iso: ['KH'] },
  { name: 'Thái Lan', nameEn: 'Thailand', iso: ['TH'] },
  { name: 'Myanmar', nameEn: 'Myanmar', iso: ['MM'] },
  { name: 'Malaysia', nameEn: 'Malaysia', iso: ['MY'] },
  { name: 'Brunei', nameEn: 'Brunei', iso: ['BN'] },
  { name: 'Singapore', nameEn: 'Singapore', iso: ['SG'] },
  { name: 'Indonesia', nameEn: 'Indonesia', iso: ['ID'] },
  { name: 'Philippines', nameEn: 'Philippines', iso: ['PH'] },
];

export interface Neighbour {
  name: string;
  nameEn: string;
  geometry: MultiPolygon;
}

/** The neighbours' land; vertices that it shares with `lands` stay as they are there. */
export function neighboursOf(
  readCountry: (iso: string) => Polygon | MultiPolygon,
  lands: Land[],
): Neighbour[] {
  const countries = COUNTRIES.map(({ name, nameEn, iso }) => ({
    name,
    nameEn,
    parts: iso.map((code) => ringsOf(readCountry(code))),
  }));
  const isBorder = sharedPoints([
    lands.map((land) => land.ring),
    ...countries.flatMap((country) => country.parts),
  ]);
  return countries.map(({ name, nameEn, parts }) => ({
    name,
    nameEn,
    geometry: {
      type: 'MultiPolygon',
      coordinates: parts
        .flat()
        .filter((ring) => !isVietnamese(ring) && areaOf(ring) >= SMALLEST_KM2)
        .flatMap((ring) => cutToWindow(coarser(ring, isBorder))),
    },
  }));
}

/** Outer rings; holes are lakes or enclaves too small to matter in the background. */
function ringsOf(geometry: Polygon | MultiPolygon): Point[][] {
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  return polygons.map((polygon) =>
    (polygon[0] ?? []).slice(0, -1).map(([lon = NaN, lat = NaN]): Point => [lon, lat]),
  );
}

/** Whether a point is on the border of two of the parts: both sides must keep it. */
function sharedPoints(parts: Point[][][]): (point: Point) => boolean {
  const seen = new Set<string>();
  const shared = new Set<string>();
  for (const rings of parts) {
    const own = new Set(rings.flat().map((point) => point.join()));
    for (const key of own) (seen.has(key) ? shared : seen).add(key);
  }
  return (point) => shared.has(point.join());
}

/** An island wholly inside one of the archipelagoes' boxes. */
function isVietnamese(ring: Point[]): boolean {
  return ARCHIPELAGOES.some(([west, south, east, north]) =>
    ring.every(([lon, lat]) => lon >= west && lon <= east && lat >= south && lat <= north),
  );
}

/** The ring with every vertex dropped that is not needed within the tolerance (Douglas-Peucker). */
function coarser(ring: Point[], isFixed: (point: Point) => boolean): Point[] {
  const keep = new Set<number>([0]);
  for (const [i, point] of ring.entries()) if (isFixed(point)) keep.add(i);
  if (keep.size < 2) keep.add(Math.floor(ring.length / 2));
  const fixed = [...keep].sort((a, b) => a - b);
  for (const [i, from] of fixed.entries()) thin(ring, from, fixed[i + 1] ?? ring.length, keep);
  return ring.filter((_, i) => keep.has(i));
}

function thin(ring: Point[], from: number, to: number, keep: Set<number>): void {
  const a = ring[from];
  const b = ring[to % ring.length];
  if (!a || !b) return;
  let furthest = 0;
  let at = -1;
  for (let i = from + 1; i < to; i++) {
    const distance = distanceTo(a, b, ring[i] ?? a);
    if (distance > furthest) {
      furthest = distance;
      at = i;
    }
  }
  if (at < 0 || furthest <= TOLERANCE) return;
  keep.add(at);
  thin(ring, from, at, keep);
  thin(ring, at, to, keep);
}

/** Degrees from a point to the segment a–b. */
function distanceTo(a: Point, b: Point, [x, y]: Point): number {
  const dx = b[0] - a[0];
  const dy = b[1] - a[1];
  const square = dx * dx + dy * dy;
  const along = square === 0 ? 0 : ((x - a[0]) * dx + (y - a[1]) * dy) / square;
  const t = Math.max(0, Math.min(1, along));
  return Math.hypot(x - a[0] - t * dx, y - a[1] - t * dy);
}

function cutToWindow(ring: Point[]): [number, number][][][] {
  const polygon = turf.polygon([[...ring, ...ring.slice(0, 1)].map(([lon, lat]) => [lon, lat])]);
  const cut = turf.intersect(turf.featureCollection([polygon, turf.bboxPolygon([...WINDOW])]));
  if (!cut) return [];
  const { geometry } = cut;
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  return polygons.map((rings) =>
    rings
      .slice(0, 1)
      .map((outer) =>
        outer.map(([lon = NaN, lat = NaN]): [number, number] => [
          Math.round(lon * 1e5) / 1e5,
          Math.round(lat * 1e5) / 1e5,
        ]),
      ),
  );
}
