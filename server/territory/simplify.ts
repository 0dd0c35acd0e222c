/**
 * Fourth stage: each arc's vertices are ranked by how much of the shape they hold (Visvalingam and
 * Whyatt 1993: the area of the triangle a vertex makes with its neighbours, least first), and sorted
 * into bands of zoom. Arcs are shared, so neighbours lose the same vertices. Ends of arcs stay.
 */
import type { Arcs } from './arcs.ts';
import { GrowingInts, STEPS_PER_DEGREE } from './lattice.ts';

/** Zooms are drawn in bands; a band holds the vertices of those before it and its own. */
const BANDS = [
  { lastZoom: 5 },
  { lastZoom: 7 },
  { lastZoom: 9 },
  { lastZoom: 11 },
  { lastZoom: 14 },
] as const;

/** The band that holds everything kept. */
export const FULL_BAND = BANDS.length - 1;

/** The band a zoom is drawn from. */
export function bandOf(zoom: number): number {
  const band = BANDS.findIndex((each) => zoom <= each.lastZoom);
  return band < 0 ? FULL_BAND : band;
}

/** Arcs with, for each vertex, the first band in which it is drawn. */
export interface BandedArcs extends Arcs {
  band: Uint8Array;
}

const METRES_PER_DEGREE = 111_195;
const EQUATOR_METRES = 40_075_017;

/**
 * Square metres a vertex must hold to be drawn in each band: one pixel of a 512-pixel tile at the
 * zoom after the band's last, as a map is drawn between two whole zooms. The last band's is 25 m²,
 * a triangle some 7 m a side, below what a tile at zoom 14 can show well.
 */
const LEAST_AREA = BANDS.map(({ lastZoom }, band) =>
  band === FULL_BAND ? 25 : (EQUATOR_METRES / (512 * 2 ** (lastZoom + 1))) ** 2,
);

/** Ranks and thins arcs; what no band draws is left out for good. */
export function simplifyArcs(arcs: Arcs): BandedArcs {
  const x = new GrowingInts(1 << 16);
  const y = new GrowingInts(1 << 16);
  const band = new GrowingInts(1 << 16);
  const start = new GrowingInts();
  start.push(0);
  const ranking = new Ranking();
  for (let arc = 0; arc + 1 < arcs.start.length; arc++) {
    const first = arcs.start[arc] ?? 0;
    const n = (arcs.start[arc + 1] ?? 0) - first;
    const area = ranking.rank(arcs, first, n);
    for (let i = 0; i < n; i++) {
      const found = LEAST_AREA.findIndex((least) => (area[i] ?? 0) >= least);
      if (found < 0) continue;
      x.push(arcs.x[first + i] ?? 0);
      y.push(arcs.y[first + i] ?? 0);
      band.push(found);
    }
    start.push(x.length);
  }
  return {
    x: x.values(),
    y: y.values(),
    start: start.values(),
    band: Uint8Array.from(band.values()),
  };
}

/** Computes effective areas of one arc after another in buffers that are used again. */
class Ranking {
  #area = new Float64Array(0);
  #before = new Int32Array(0);
  #after = new Int32Array(0);
  /** Heap of vertices by area, and where in it each vertex is. */
  #heap = new Int32Array(0);
  #at = new Int32Array(0);
  #size = 0;

  /** Effective area of each of the n vertices, m²; valid until the next call. Ends are Infinity. */
  rank(arcs: Arcs, first: number, n: number): Float64Array {
    this.#reserve(n);
    const area = this.#area;
    const { x, y } = arcs;
    const stepMetres = METRES_PER_DEGREE / STEPS_PER_DEGREE;
    const middle = ((y[first] ?? 0) / STEPS_PER_DEGREE) * (Math.PI / 180);
    const half = (stepMetres * stepMetres * Math.cos(middle)) / 2;
    const triangle = (a: number, b: number, c: number): number => {
      const bx = x[first + b] ?? 0;
      const by = y[first + b] ?? 0;
      const ax = (x[first + a] ?? 0) - bx;
      const ay = (y[first + a] ?? 0) - by;
      const cx = (x[first + c] ?? 0) - bx;
      const cy = (y[first + c] ?? 0) - by;
      return Math.abs(ax * cy - cx * ay) * half;
    };

    area[0] = Infinity;
    area[n - 1] = Infinity;
    this.#size = 0;
    for (let i = 1; i + 1 < n; i++) {
      this.#before[i] = i - 1;
      this.#after[i] = i + 1;
      area[i] = triangle(i - 1, i, i + 1);
      this.#push(i);
    }
    const closed = x[first] === x[first + n - 1] && y[first] === y[first + n - 1];
    const mustStay = closed ? 2 : 0; // a closed line keeps a triangle
    let largest = 0;
    while (this.#size > mustStay) {
      const i = this.#pop();
      largest = Math.max(largest, area[i] ?? 0);
      area[i] = largest;
      const before = this.#before[i] ?? 0;
      const after = this.#after[i] ?? 0;
      this.#after[before] = after;
      this.#before[after] = before;
      if (before > 0) this.#update(before, triangle(this.#before[before] ?? 0, before, after));
      if (after < n - 1) this.#update(after, triangle(before, after, this.#after[after] ?? 0));
    }
    while (this.#size > 0) area[this.#pop()] = Infinity;
    return area;
  }

  #reserve(n: number): void {
    if (this.#area.length >= n) return;
    const size = Math.max(1024, n * 2);
    this.#area = new Float64Array(size);
    this.#before = new Int32Array(size);
    this.#after = new Int32Array(size);
    this.#heap = new Int32Array(size);
    this.#at = new Int32Array(size);
  }

  #push(i: number): void {
    this.#place(i, this.#size);
    this.#up(this.#size++);
  }

  #pop(): number {
    const top = this.#heap[0] ?? 0;
    const last = this.#heap[--this.#size] ?? 0;
    if (this.#size > 0) {
      this.#place(last, 0);
      this.#down(0);
    }
    return top;
  }

  #update(i: number, area: number): void {
    this.#area[i] = area;
    this.#up(this.#at[i] ?? 0);
    this.#down(this.#at[i] ?? 0);
  }

  #place(i: number, at: number): void {
    this.#heap[at] = i;
    this.#at[i] = at;
  }

  /** Equal areas go by position, so that a line always loses the same vertices. */
  #less(i: number, j: number): boolean {
    const a = this.#area[i] ?? 0;
    const b = this.#area[j] ?? 0;
    return a < b || (a === b && i < j);
  }

  #up(from: number): void {
    let at = from;
    const i = this.#heap[at] ?? 0;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = this.#heap[parent] ?? 0;
      if (!this.#less(i, above)) break;
      this.#place(above, at);
      at = parent;
    }
    this.#place(i, at);
  }

  #down(from: number): void {
    let at = from;
    const i = this.#heap[at] ?? 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= this.#size) break;
      if (child + 1 < this.#size && this.#less(this.#heap[child + 1] ?? 0, this.#heap[child] ?? 0))
        child++;
      const below = this.#heap[child] ?? 0;
      if (!this.#less(below, i)) break;
      this.#place(below, at);
      at = child;
    }
    this.#place(i, at);
  }
}
