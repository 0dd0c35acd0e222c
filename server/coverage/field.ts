/**
 * The field of people: the cells of the grid put into buckets of a hundredth of a degree, row by row
 * from south to north, so that the cells near a point are a few runs of memory. It holds arrays of
 * its own; the grid may be let go.
 *
 * Distance is measured from the centre of a cell, on the local plane of the point.
 */
import type { PeopleGrid } from '../territory/territory.ts';
import { METRES_PER_DEGREE, metresPerDegreeOfLongitude } from './plane.ts';

const BUCKET_DEGREES = 0.01;
/** Wider than the rounding at a bucket's edge, a tenth of a millimetre on the ground. */
const EDGE_DEGREES = 1e-9;

/** On land a centre of resolution 9 is at most 240 m away; beyond this there is no land near. */
const NEAR_M = 300;
const FAR_M = 1000;
const RURAL = 0;

export class PeopleField {
  readonly count: number;
  readonly people: Int32Array;
  /** Index of each cell's commune, as in the grid. */
  readonly commune: Uint16Array;
  /** The cells that `within` found last, from 0 to the number that it answered. */
  found = new Int32Array(4096);

  /** `lon` and `lat` of each cell's centre, interleaved, degrees. */
  readonly #centres: Float32Array;
  readonly #surroundings: Uint8Array;
  readonly #west: number;
  readonly #south: number;
  readonly #rows: number;
  readonly #columns: number;
  /** First cell of each bucket, and the number of cells at the end. */
  readonly #starts: Uint32Array;

  constructor(grid: PeopleGrid) {
    const { count } = grid;
    const [west, east] = rangeOf(grid.lon, count);
    const [south, north] = rangeOf(grid.lat, count);
    this.count = count;
    this.#west = west;
    this.#south = south;
    this.#columns = Math.floor((east - west) / BUCKET_DEGREES) + 1;
    this.#rows = Math.floor((north - south) / BUCKET_DEGREES) + 1;

    const starts = new Uint32Array(this.#rows * this.#columns + 1);
    for (let i = 0; i < count; i++) {
      const next = this.#bucketAt(grid.lon[i] ?? 0, grid.lat[i] ?? 0) + 1;
      starts[next] = (starts[next] ?? 0) + 1;
    }
    for (let b = 1; b < starts.length; b++) starts[b] = (starts[b] ?? 0) + (starts[b - 1] ?? 0);
    this.#starts = starts;

    this.people = new Int32Array(count);
    this.commune = new Uint16Array(count);
    this.#centres = new Float32Array(count * 2);
    this.#surroundings = new Uint8Array(count);
    const next = starts.slice();
    for (let i = 0; i < count; i++) {
      const bucket = this.#bucketAt(grid.lon[i] ?? 0, grid.lat[i] ?? 0);
      const cell = next[bucket] ?? 0;
      next[bucket] = cell + 1;
      this.people[cell] = grid.people[i] ?? 0;
      this.commune[cell] = grid.commune[i] ?? 0;
      this.#centres[cell * 2] = grid.lon[i] ?? 0;
      this.#centres[cell * 2 + 1] = grid.lat[i] ?? 0;
      this.#surroundings[cell] = grid.surroundings[i] ?? RURAL;
    }
  }

  #bucketAt(lon: number, lat: number): number {
    const row = Math.floor((lat - this.#south) / BUCKET_DEGREES);
    return row * this.#columns + Math.floor((lon - this.#west) / BUCKET_DEGREES);
  }

  /**
   * Indexes of `count` places (`lon`, `lat` interleaved) in the order of the cells in memory: work
   * done in this order finds what it needs in the processor's cache.
   */
  alongMemory(places: Float64Array, count: number): Uint32Array {
    // The bucket above, the index below, in one number that 53 bits hold.
    const keys = new Float64Array(count);
    for (let i = 0; i < count; i++) {
      const bucket = this.#bucketAt(places[i * 2] ?? 0, places[i * 2 + 1] ?? 0);
      keys[i] = Math.max(0, bucket) * count + i;
    }
    keys.sort();
    return Uint32Array.from(keys, (key) => key % count);
  }

  /**
   * Finds the cells whose centre is at most `radiusM` metres from a point; writes them to `found`
   * and answers how many they are.
   */
  within(lon: number, lat: number, radiusM: number): number {
    const centres = this.#centres;
    const metresPerLon = metresPerDegreeOfLongitude(lat);
    const limit = radiusM * radiusM;
    const reach = radiusM / METRES_PER_DEGREE + EDGE_DEGREES;
    const firstRow = Math.max(0, Math.floor((lat - reach - this.#south) / BUCKET_DEGREES));
    const lastRow = Math.min(
      this.#rows - 1,
      Math.floor((lat + reach - this.#south) / BUCKET_DEGREES),
    );
    let found = this.found;
    let count = 0;
    for (let row = firstRow; row <= lastRow; row++) {
      const rowSouth = this.#south + row * BUCKET_DEGREES;
      const gap = Math.max(0, rowSouth - lat, lat - rowSouth - BUCKET_DEGREES) * METRES_PER_DEGREE;
      const half = Math.sqrt(Math.max(0, limit - gap * gap)) / metresPerLon + EDGE_DEGREES;
      const first = Math.max(0, Math.floor((lon - half - this.#west) / BUCKET_DEGREES));
      const last = Math.min(
        this.#columns - 1,
        Math.floor((lon + half - this.#west) / BUCKET_DEGREES),
      );
      if (first > last) continue;
      const from = this.#starts[row * this.#columns + first] ?? 0;
      const to = this.#starts[row * this.#columns + last + 1] ?? 0;
      if (count + to - from > found.length) found = this.#makeRoom(count + to - from);
      for (let cell = from; cell < to; cell++) {
        const x = ((centres[cell * 2] ?? 0) - lon) * metresPerLon;
        const y = ((centres[cell * 2 + 1] ?? 0) - lat) * METRES_PER_DEGREE;
        if (x * x + y * y <= limit) found[count++] = cell;
      }
    }
    return count;
  }

  /**
   * Of the first `count` cells of `found`, keeps those in a sector seen from a point: `beamwidth`
   * degrees wide round `azimuth`, clockwise from north. Answers how many are left, in their order.
   * A cell whose centre is the point itself is in every sector.
   */
  keepSector(count: number, lon: number, lat: number, azimuth: number, beamwidth: number): number {
    const { found } = this;
    const metresPerLon = metresPerDegreeOfLongitude(lat);
    const towards = (azimuth * Math.PI) / 180;
    const east = Math.sin(towards);
    const north = Math.cos(towards);
    const leastCosine = Math.cos((beamwidth * Math.PI) / 360);
    let kept = 0;
    for (let i = 0; i < count; i++) {
      const cell = found[i] ?? 0;
      const x = ((this.#centres[cell * 2] ?? 0) - lon) * metresPerLon;
      const y = ((this.#centres[cell * 2 + 1] ?? 0) - lat) * METRES_PER_DEGREE;
      if (x * east + y * north >= leastCosine * Math.hypot(x, y)) found[kept++] = cell;
    }
    return kept;
  }

  /** Metres from a point to a cell's centre, as `within` measures them. */
  metresTo(cell: number, lon: number, lat: number): number {
    const x = (this.lonOf(cell) - lon) * metresPerDegreeOfLongitude(lat);
    const y = (this.latOf(cell) - lat) * METRES_PER_DEGREE;
    return Math.hypot(x, y);
  }

  /** `lon` of a cell's centre, degrees. */
  lonOf(cell: number): number {
    return this.#centres[cell * 2] ?? NaN;
  }

  /** `lat` of a cell's centre, degrees. */
  latOf(cell: number): number {
    return this.#centres[cell * 2 + 1] ?? NaN;
  }

  /** Index into `SURROUNDINGS` of a cell. */
  surroundingsOf(cell: number): number {
    return this.#surroundings[cell] ?? RURAL;
  }

  /** Surroundings of the nearest cell; rural, for open water, where none is within a kilometre. */
  surroundingsAt(lon: number, lat: number): number {
    const nearest = this.#nearest(lon, lat, NEAR_M) ?? this.#nearest(lon, lat, FAR_M);
    return nearest === undefined ? RURAL : (this.#surroundings[nearest] ?? RURAL);
  }

  #nearest(lon: number, lat: number, radiusM: number): number | undefined {
    const count = this.within(lon, lat, radiusM);
    const metresPerLon = metresPerDegreeOfLongitude(lat);
    let nearest: number | undefined;
    let least = Infinity;
    for (let i = 0; i < count; i++) {
      const cell = this.found[i] ?? 0;
      const x = ((this.#centres[cell * 2] ?? 0) - lon) * metresPerLon;
      const y = ((this.#centres[cell * 2 + 1] ?? 0) - lat) * METRES_PER_DEGREE;
      const distance = x * x + y * y;
      if (distance < least) {
        least = distance;
        nearest = cell;
      }
    }
    return nearest;
  }

  #makeRoom(wanted: number): Int32Array<ArrayBuffer> {
    const bigger = new Int32Array(wanted * 2);
    bigger.set(this.found);
    this.found = bigger;
    return bigger;
  }
}

function rangeOf(values: Float32Array, count: number): [number, number] {
  let least = Infinity;
  let most = -Infinity;
  for (let i = 0; i < count; i++) {
    const value = values[i] ?? 0;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return count === 0 ? [0, 0] : [least, most];
}
