/**
 * Where a unit's name is written: the point of its largest polygon that is farthest from its edge.
 */
import polylabel from 'polylabel';
import type { Shape } from './arcs.ts';
import { ringDegrees, ringKm2, ringSteps } from './outline.ts';
import { type BandedArcs, FULL_BAND } from './simplify.ts';

/** `[lon, lat]`, degrees, five decimals. */
export function labelPoint(arcs: BandedArcs, shape: Shape): [number, number] {
  const polygon = largestPolygon(arcs, shape);
  const rings = polygon.map((ring) => ringDegrees(arcs, ring, FULL_BAND));
  const lons = rings[0]?.map(([lon]) => lon) ?? [];
  const lats = rings[0]?.map(([, lat]) => lat) ?? [];
  const width = greatest(lons) - least(lons);
  const height = greatest(lats) - least(lats);
  const [lon, lat] = polylabel(rings, Math.min(width, height) / 100);
  return [Number(lon.toFixed(5)), Number(lat.toFixed(5))];
}

function largestPolygon(arcs: BandedArcs, shape: Shape): Shape[number] {
  let largest: Shape[number] = [];
  let most = -Infinity;
  for (const polygon of shape) {
    const km2 = ringKm2(ringSteps(arcs, polygon[0] ?? []));
    if (km2 <= most) continue;
    most = km2;
    largest = polygon;
  }
  return largest;
}

function least(values: readonly number[]): number {
  return values.reduce((a, b) => Math.min(a, b), Infinity);
}

function greatest(values: readonly number[]): number {
  return values.reduce((a, b) => Math.max(a, b), -Infinity);
}
