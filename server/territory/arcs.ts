/**
 * Third stage: rings are cut where borders meet, and a border that two units share becomes one arc
 * that both refer to. Everything after this (simplifying, drawing, dissolving) works on arcs, so
 * neighbours cannot come apart.
 */
import { GrowingInts } from './lattice.ts';
import type { Rings } from './rings.ts';
import type { Places } from './vertices.ts';

/** Lines between meeting points, both ends included; closed ones repeat their first vertex. */
export interface Arcs {
  x: Int32Array;
  y: Int32Array;
  /** Arc a is the vertices `start[a]` … `start[a + 1]`. */
  start: Int32Array;
}

/** A unit's polygons → rings → arcs; `a` is arc a forward, `~a` the same arc backward. */
export type Shape = number[][][];

export interface Topology {
  arcs: Arcs;
  shapes: Shape[];
}

export function cutIntoArcs(rings: Rings, places: Places): Topology {
  const meeting = findMeetings(rings, places);
  const cutter = new ArcCutter(rings, places);
  const shapes = rings.units.map((polygons) =>
    polygons.map((polygon) => polygon.map((ring) => cutter.cut(ring, meeting))),
  );
  return { arcs: cutter.arcs(), shapes };
}

/** For each place 1 where lines meet: rings pass through it with different neighbours. */
function findMeetings(rings: Rings, places: Places): Uint8Array {
  const { start } = rings;
  const NONE = 0xffffffff;
  const low = new Uint32Array(places.count).fill(NONE);
  const high = new Uint32Array(places.count);
  const meeting = new Uint8Array(places.count);
  for (let ring = 0; ring + 1 < start.length; ring++) {
    const first = start[ring] ?? 0;
    const end = start[ring + 1] ?? 0;
    for (let v = first; v < end; v++) {
      const place = places.of[v] ?? 0;
      const before = places.of[v === first ? end - 1 : v - 1] ?? 0;
      const after = places.of[v + 1 === end ? first : v + 1] ?? 0;
      const least = Math.min(before, after);
      const most = Math.max(before, after);
      if (low[place] === NONE) {
        low[place] = least;
        high[place] = most;
        if (least === most) meeting[place] = 1;
      } else if (low[place] !== least || high[place] !== most) meeting[place] = 1;
    }
  }
  return meeting;
}

class ArcCutter {
  readonly #rings: Rings;
  readonly #places: Places;
  readonly #x = new GrowingInts(1 << 16);
  readonly #y = new GrowingInts(1 << 16);
  readonly #start = new GrowingInts();
  /**
   * Arc by its first two places. Between meeting points a line has one way on, so these two name
   * it; entered for both directions.
   */
  readonly #known = new Map<number, number>();

  constructor(rings: Rings, places: Places) {
    this.#rings = rings;
    this.#places = places;
    this.#start.push(0);
  }

  cut(ring: number, meeting: Uint8Array): number[] {
    const first = this.#rings.start[ring] ?? 0;
    const n = (this.#rings.start[ring + 1] ?? 0) - first;
    const of = this.#places.of;
    const meets = (i: number): boolean => meeting[of[first + (i % n)] ?? 0] === 1;
    let begin = 0;
    while (begin < n && !meets(begin)) begin++;
    if (begin === n) return [this.#arc(first, n, this.#lowest(first, n), n)];
    const refs: number[] = [];
    let from = begin;
    for (let i = begin + 1; i <= begin + n; i++)
      if (meets(i)) {
        refs.push(this.#arc(first, n, from, i - from));
        from = i;
      }
    return refs;
  }

  /** Where a ring that meets nothing begins: at its south-western vertex, whoever draws it. */
  #lowest(first: number, n: number): number {
    const { x, y } = this.#rings;
    let lowest = first;
    for (let v = first + 1; v < first + n; v++) {
      const dy = (y[v] ?? 0) - (y[lowest] ?? 0);
      if (dy < 0 || (dy === 0 && (x[v] ?? 0) < (x[lowest] ?? 0))) lowest = v;
    }
    return lowest - first;
  }

  arcs(): Arcs {
    return { x: this.#x.values(), y: this.#y.values(), start: this.#start.values() };
  }

  /** The arc of `length` edges from the ring's vertex `from`, made if it is new. */
  #arc(first: number, n: number, from: number, length: number): number {
    const of = this.#places.of;
    const place = (i: number): number => of[first + ((from + i) % n)] ?? 0;
    const known = this.#known.get(pair(place(0), place(1)));
    if (known !== undefined) return known;
    const arc = this.#start.length - 1;
    for (let i = 0; i <= length; i++) {
      const v = first + ((from + i) % n);
      this.#x.push(this.#rings.x[v] ?? 0);
      this.#y.push(this.#rings.y[v] ?? 0);
    }
    this.#start.push(this.#x.length);
    this.#known.set(pair(place(length), place(length - 1)), ~arc);
    this.#known.set(pair(place(0), place(1)), arc);
    return arc;
  }
}

/** One number of two places; there are fewer than 2^26 of them. */
function pair(a: number, b: number): number {
  return a * 2 ** 26 + b;
}
