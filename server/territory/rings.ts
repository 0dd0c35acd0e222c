/**
 * First stage of a pack: boundaries as they come, unit by unit, become clean rings on the lattice.
 * Small faults are repaired and noted; what cannot be a boundary is refused by name.
 */
import type { MultiPolygon } from 'geojson';
import { GrowingInts, toSteps } from './lattice.ts';
import { doubleArea } from './outline.ts';
import { TerritoryRefused } from './refusal.ts';

/** All rings on the lattice; a ring does not repeat its first vertex. */
export interface Rings {
  x: Int32Array;
  y: Int32Array;
  /** Ring r is the vertices `start[r]` … `start[r + 1]`. */
  start: Int32Array;
  /** Unit → polygons → rings, the outer one first and counter-clockwise, holes clockwise. */
  units: number[][][];
}

/** Faults that were put right, and how many times in one unit. */
export type Repairs = Partial<Record<RepairKind, number>>;
type RepairKind =
  | 'unclosed ring closed'
  | 'duplicate point removed'
  | 'spike removed'
  | 'ring without area dropped'
  | 'repeated ring dropped';

/** Takes units one at a time; only integers are kept of them. */
export class RingCollector {
  readonly #x = new GrowingInts(1 << 16);
  readonly #y = new GrowingInts(1 << 16);
  readonly #start = new GrowingInts();
  readonly #units: number[][][] = [];
  /** Positions read, as they came, closing ones included. */
  given = 0;

  constructor() {
    this.#start.push(0);
  }

  /**
   * Adds the next unit. `who` names it in messages ("file: unit 00004 (Phường Ba Đình)").
   * Throws TerritoryRefused for positions that are not two finite degrees, and for a unit of which
   * nothing with an area remains.
   */
  add(geometry: MultiPolygon, who: string): Repairs {
    const repairs: Repairs = {};
    const polygons: number[][] = [];
    const seen = new Set<string>();
    for (const polygon of geometry.coordinates) {
      const kept: number[] = [];
      for (const [index, positions] of polygon.entries()) {
        const ring = this.#clean(positions, who, repairs);
        const area = ring.length < 6 ? 0 : doubleArea(ring);
        if (area === 0) {
          note(repairs, 'ring without area dropped');
          if (index === 0) break;
          continue;
        }
        if (area > 0 !== (index === 0)) reverse(ring);
        const mark = ringMark(ring);
        if (seen.has(mark)) {
          note(repairs, 'repeated ring dropped');
          if (index === 0) break;
          continue;
        }
        seen.add(mark);
        kept.push(this.#store(ring));
      }
      if (kept.length > 0) polygons.push(kept);
    }
    if (polygons.length === 0)
      throw new TerritoryRefused(
        `${who}: its boundary has no ring with an area (a ring needs at least three different points).`,
      );
    this.#units.push(polygons);
    return repairs;
  }

  finish(): Rings {
    return {
      x: this.#x.values(),
      y: this.#y.values(),
      start: this.#start.values(),
      units: this.#units,
    };
  }

  /** Vertices `[x, y, x, y, …]` without repeated points, spikes, or the closing point. */
  #clean(positions: readonly unknown[], who: string, repairs: Repairs): number[] {
    const ring: number[] = [];
    let previousLon = NaN;
    let previousLat = NaN;
    this.given += positions.length;
    for (const position of positions) {
      const [lon, lat] = asDegrees(position, who);
      if (lon === previousLon && lat === previousLat) note(repairs, 'duplicate point removed');
      previousLon = lon;
      previousLat = lat;
      const x = toSteps(lon);
      const y = toSteps(lat);
      const n = ring.length;
      if (n >= 2 && ring[n - 2] === x && ring[n - 1] === y) continue;
      ring.push(x, y);
      while (ring.length >= 6 && isSpike(ring, ring.length - 6)) {
        ring.length -= 4;
        note(repairs, 'spike removed');
      }
    }
    const closed = ring.length >= 4 && ring[0] === ring.at(-2) && ring[1] === ring.at(-1);
    if (closed) ring.length -= 2;
    else if (ring.length >= 6) note(repairs, 'unclosed ring closed');
    trimSeam(ring, repairs);
    return ring;
  }

  #store(ring: number[]): number {
    for (let i = 0; i < ring.length; i += 2) {
      this.#x.push(ring[i] ?? 0);
      this.#y.push(ring[i + 1] ?? 0);
    }
    this.#start.push(this.#x.length);
    return this.#start.length - 2;
  }
}

function asDegrees(position: unknown, who: string): [number, number] {
  if (Array.isArray(position)) {
    const lon: unknown = position[0];
    const lat: unknown = position[1];
    if (
      typeof lon === 'number' &&
      typeof lat === 'number' &&
      Math.abs(lon) <= 180 &&
      Math.abs(lat) <= 90
    )
      return [lon, lat];
  }
  throw new TerritoryRefused(
    `${who}: ${JSON.stringify(position)} is not a position (longitude and latitude in degrees).`,
  );
}

/** Whether the third of three vertices from `at` lies on the first: there and back again. */
function isSpike(ring: number[], at: number): boolean {
  return ring[at] === ring[at + 4] && ring[at + 1] === ring[at + 5];
}

/** Removes a spike across the place where the ring closes. */
function trimSeam(ring: number[], repairs: Repairs): void {
  let from = 0;
  while (ring.length - from >= 6) {
    const lastX = ring.at(-2);
    const lastY = ring.at(-1);
    if (ring[from + 2] === lastX && ring[from + 3] === lastY) {
      // first vertex is the tip: … last | first, second = last
      from += 2;
      ring.length -= 2;
    } else if (ring[from] === ring.at(-4) && ring[from + 1] === ring.at(-3)) {
      // last vertex is the tip: … first, last | first
      ring.length -= 4;
    } else break;
    note(repairs, 'spike removed');
  }
  if (from > 0) ring.splice(0, from);
}

function note(repairs: Repairs, kind: RepairKind): void {
  repairs[kind] = (repairs[kind] ?? 0) + 1;
}

function reverse(ring: number[]): void {
  for (let i = 0, j = ring.length - 2; i < j; i += 2, j -= 2) {
    const x = ring[i] ?? 0;
    const y = ring[i + 1] ?? 0;
    ring[i] = ring[j] ?? 0;
    ring[i + 1] = ring[j + 1] ?? 0;
    ring[j] = x;
    ring[j + 1] = y;
  }
}

/** Equal for rings with the same vertices in the same turn, wherever they begin. */
function ringMark(ring: number[]): string {
  let sumX = 0;
  let sumY = 0;
  let mix = 0;
  for (let i = 0; i < ring.length; i += 2) {
    const x = ring[i] ?? 0;
    const y = ring[i + 1] ?? 0;
    sumX += x;
    sumY += y;
    mix = (mix + Math.imul(x ^ Math.imul(y, 0x9e3779b1), 0x85ebca77)) | 0;
  }
  return `${ring.length} ${sumX} ${sumY} ${mix} ${doubleArea(ring)}`;
}
