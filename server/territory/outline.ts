/**
 * Reading shapes off arcs: the vertices of a ring, its area, whether it holds a point, its box.
 */
import type { MultiPolygon } from 'geojson';
import type { Arcs } from './arcs.ts';
import { STEPS_PER_DEGREE, toDegrees, toSteps } from './lattice.ts';
import type { BandedArcs } from './simplify.ts';

/** `[west, south, east, north]`, in whichever unit the context says. */
export type Box = [number, number, number, number];

/** Vertices of a ring `[x, y, x, y, …]` in lattice steps, without the closing one. */
export function ringSteps(arcs: Arcs, ring: readonly number[]): number[] {
  const out: number[] = [];
  for (const ref of ring) eachVertex(arcs, ref, (v) => out.push(arcs.x[v] ?? 0, arcs.y[v] ?? 0));
  return out;
}

/** Closed GeoJSON ring in degrees, with the vertices drawn in `band`; may come to a line or a point. */
export function ringDegrees(
  arcs: BandedArcs,
  ring: readonly number[],
  band: number,
): [number, number][] {
  const out: [number, number][] = [];
  for (const ref of ring)
    eachVertex(arcs, ref, (v) => {
      if ((arcs.band[v] ?? 0) <= band)
        out.push([toDegrees(arcs.x[v] ?? 0), toDegrees(arcs.y[v] ?? 0)]);
    });
  if (out[0]) out.push([...out[0]]);
  return out;
}

/** A line of arcs in degrees, both ends included, with the vertices drawn in `band`. */
export function lineDegrees(
  arcs: BandedArcs,
  refs: readonly number[],
  band: number,
): [number, number][] {
  const line = ringDegrees(arcs, refs, band);
  const last = refs.at(-1) ?? 0;
  const v = last < 0 ? (arcs.start[~last] ?? 0) : (arcs.start[last + 1] ?? 0) - 1;
  line[line.length - 1] = [toDegrees(arcs.x[v] ?? 0), toDegrees(arcs.y[v] ?? 0)];
  return line;
}

/** Visits an arc's vertices in the direction of `ref`, all but the last (the next arc's first). */
function eachVertex(arcs: Arcs, ref: number, visit: (vertex: number) => void): void {
  const arc = ref < 0 ? ~ref : ref;
  const first = arcs.start[arc] ?? 0;
  const last = (arcs.start[arc + 1] ?? 0) - 1;
  if (ref >= 0) for (let v = first; v < last; v++) visit(v);
  else for (let v = last; v > first; v--) visit(v);
}

/** Twice the signed area of `[x, y, …]` in square steps; positive when counter-clockwise. */
export function doubleArea(ring: readonly number[]): number {
  const originX = ring[0] ?? 0;
  const originY = ring[1] ?? 0;
  let sum = 0;
  let beforeX = (ring.at(-2) ?? 0) - originX;
  let beforeY = (ring.at(-1) ?? 0) - originY;
  for (let i = 0; i < ring.length; i += 2) {
    const x = (ring[i] ?? 0) - originX;
    const y = (ring[i + 1] ?? 0) - originY;
    sum += beforeX * y - x * beforeY;
    beforeX = x;
    beforeY = y;
  }
  return sum;
}

/** WGS 84: semi-major axis (km) and eccentricity. */
const AXIS_KM = 6378.137;
const E2 = 0.00669437999014;
const E = Math.sqrt(E2);

/** Snyder, Map Projections: A Working Manual (1987), equation 3-12: area from the equator. */
function q(latitude: number): number {
  const s = Math.sin(latitude);
  return (1 - E2) * (s / (1 - E2 * s * s) - Math.log((1 - E * s) / (1 + E * s)) / (2 * E));
}

/** Signed area in km² on the ellipsoid (Lambert's cylindrical equal-area projection, Snyder 10). */
export function ringKm2(ring: readonly number[]): number {
  const radians = Math.PI / 180 / STEPS_PER_DEGREE;
  const originX = ring[0] ?? 0;
  const originY = q((ring[1] ?? 0) * radians);
  let sum = 0;
  let beforeX = 0;
  let beforeY = 0;
  for (let i = 2; i < ring.length; i += 2) {
    const x = ((ring[i] ?? 0) - originX) * radians;
    const y = q((ring[i + 1] ?? 0) * radians) - originY;
    sum += beforeX * y - x * beforeY;
    beforeX = x;
    beforeY = y;
  }
  return (sum * AXIS_KM * AXIS_KM) / 4;
}

/** Area in km² of a boundary in degrees, holes taken off. */
export function geometryKm2({ coordinates }: MultiPolygon): number {
  return coordinates
    .flatMap((polygon) => polygon.map((ring, i) => ({ ring, isHole: i > 0 })))
    .reduce((sum, { ring, isHole }) => {
      const steps = ring
        .slice(0, -1)
        .flatMap(([lon = NaN, lat = NaN]) => [toSteps(lon), toSteps(lat)]);
      return sum + Math.abs(ringKm2(steps)) * (isHole ? -1 : 1);
    }, 0);
}

/** Box of every arc, four numbers an arc, in steps. */
export function arcBoxes(arcs: Arcs): Int32Array {
  const boxes = new Int32Array((arcs.start.length - 1) * 4);
  for (let arc = 0; arc + 1 < arcs.start.length; arc++) {
    let west = Infinity;
    let south = Infinity;
    let east = -Infinity;
    let north = -Infinity;
    for (let v = arcs.start[arc] ?? 0; v < (arcs.start[arc + 1] ?? 0); v++) {
      const x = arcs.x[v] ?? 0;
      const y = arcs.y[v] ?? 0;
      if (x < west) west = x;
      if (x > east) east = x;
      if (y < south) south = y;
      if (y > north) north = y;
    }
    boxes.set([west, south, east, north], arc * 4);
  }
  return boxes;
}

/** Box around the given arcs (either direction), in steps. */
export function boxAround(boxes: Int32Array, refs: Iterable<number>): Box {
  const box: Box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const ref of refs) {
    const at = (ref < 0 ? ~ref : ref) * 4;
    box[0] = Math.min(box[0], boxes[at] ?? 0);
    box[1] = Math.min(box[1], boxes[at + 1] ?? 0);
    box[2] = Math.max(box[2], boxes[at + 2] ?? 0);
    box[3] = Math.max(box[3], boxes[at + 3] ?? 0);
  }
  return box;
}

/**
 * Whether the rings hold the point (in steps, fractions allowed), by counting the edges to its
 * right. Edges are looked at in their arc's own direction whichever unit asks, so that of two
 * neighbours exactly one holds a point on their border.
 */
export function ringsHold(
  arcs: Arcs,
  boxes: Int32Array,
  refs: Iterable<number>,
  px: number,
  py: number,
): boolean {
  let inside = false;
  for (const ref of refs) {
    const arc = ref < 0 ? ~ref : ref;
    const box = arc * 4;
    if (py < (boxes[box + 1] ?? 0) || py >= (boxes[box + 3] ?? 0) || px > (boxes[box + 2] ?? 0))
      continue;
    const last = (arcs.start[arc + 1] ?? 0) - 1;
    for (let v = arcs.start[arc] ?? 0; v < last; v++) {
      const ay = arcs.y[v] ?? 0;
      const by = arcs.y[v + 1] ?? 0;
      if (ay > py === by > py) continue;
      const ax = arcs.x[v] ?? 0;
      const bx = arcs.x[v + 1] ?? 0;
      if (px < ax + ((py - ay) * (bx - ax)) / (by - ay)) inside = !inside;
    }
  }
  return inside;
}
