/**
 * Seventh stage: the land of each site. The cell of a site in the power diagram of its former
 * province, cut along the province's own outline.
 */
import * as turf from '@turf/turf';
import { areaOf } from './formerShapes.ts';
import type { Layout, Site } from './layout.ts';
import { ringHolds, type Point } from './plane.ts';

/** One piece of a commune: a ring in degrees without a closing vertex, on one piece of land. */
export interface Face {
  commune: string;
  ring: Point[];
  /** Number of the piece of land it is on. */
  land: number;
}

/** Least land of a commune, km²: less is a slip of the layout. */
const LEAST_KM2 = 0.1;

/** The faces of a layout on its land. */
export function cutCells(layout: Layout, lands: { ring: Point[]; number: number }[]): Face[] {
  return layout.sites.flatMap((site) => {
    const cell = powerCell(site, layout.sites).map((point) => layout.plane.toDegrees(point));
    const faces = lands.flatMap((land) =>
      cutAlong(cell, land.ring).map((ring) => ({
        commune: site.commune,
        ring,
        land: land.number,
      })),
    );
    const area = faces.reduce((sum, face) => sum + areaOf(face.ring), 0);
    if (area < LEAST_KM2)
      throw new Error(`The commune ${site.commune} gets only ${area.toFixed(3)} km² of land.`);
    return faces;
  });
}

/** Kilometres beyond every former province. */
const FAR = 1e5;

/** The convex cell of a site: what is left of the plane by each other site's half-plane. */
function powerCell(site: Site, sites: Site[]): Point[] {
  let cell: Point[] = [
    [site.x - FAR, site.y - FAR],
    [site.x + FAR, site.y - FAR],
    [site.x + FAR, site.y + FAR],
    [site.x - FAR, site.y + FAR],
  ];
  for (const other of sites) {
    if (other === site) continue;
    const dx = other.x - site.x;
    const dy = other.y - site.y;
    // Points p with dx·(p − middle) ≤ 0 are nearer the site, powers counted.
    const shift = (site.power - other.power) / 2 + (dx * dx + dy * dy) / 2;
    const beyond = ([x, y]: Point) => dx * (x - site.x) + dy * (y - site.y) - shift;
    cell = keepBefore(cell, beyond);
    if (cell.length === 0) break;
  }
  return cell;
}

function keepBefore(ring: Point[], beyond: (point: Point) => number): Point[] {
  return ring.flatMap((point, i) => {
    const previous = ring[(i + ring.length - 1) % ring.length] ?? point;
    const here = beyond(point);
    const before = beyond(previous);
    const crossing = (): Point => {
      const t = before / (before - here);
      return [
        previous[0] + (point[0] - previous[0]) * t,
        previous[1] + (point[1] - previous[1]) * t,
      ];
    };
    if (here <= 0) return before > 0 ? [crossing(), point] : [point];
    return before < 0 ? [crossing()] : [];
  });
}

function cutAlong(cell: Point[], land: Point[]): Point[][] {
  if (cell.length < 3) return [];
  // Most cells touch no shore; asking first spares the exact cut.
  if (!linesMeet(cell, land)) return ringHolds(land, cell[0] ?? [NaN, NaN]) ? [cell] : [];
  const shared = turf.intersect(
    turf.featureCollection([turf.polygon([closed(cell)]), turf.polygon([closed(land)])]),
  );
  if (!shared) return [];
  const { geometry } = shared;
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  return polygons.map((polygon) =>
    (polygon[0] ?? []).slice(0, -1).map(([lon = NaN, lat = NaN]): Point => [lon, lat]),
  );
}

/** Whether the line of a ring comes into a convex cell. */
function linesMeet(cell: Point[], ring: Point[]): boolean {
  return ring.some((from, i) => {
    // What is left of the segment, from 0 to 1, after each side of the cell cut it off.
    const to = ring[(i + 1) % ring.length] ?? from;
    let start = 0;
    let end = 1;
    for (const [k, a] of cell.entries()) {
      const b = cell[(k + 1) % cell.length] ?? a;
      const leftOf = ([x, y]: Point) => (b[0] - a[0]) * (y - a[1]) - (b[1] - a[1]) * (x - a[0]);
      const atFrom = leftOf(from);
      const atTo = leftOf(to);
      if (atFrom < 0 && atTo < 0) return false;
      if (atFrom < 0) start = Math.max(start, atFrom / (atFrom - atTo));
      else if (atTo < 0) end = Math.min(end, atFrom / (atFrom - atTo));
    }
    return start <= end;
  });
}

function closed(ring: Point[]): [number, number][] {
  return [...ring, ...ring.slice(0, 1)].map(([x, y]) => [x, y]);
}
