/**
 * What a footprint can be worth at most, without looking at its cells: their weights are summed in
 * squares of a hundredth of a degree, and along each row of squares the sums run on, so that a row
 * under a circle is one subtraction. Some squares stick out of the circle, so it may be too much, but
 * never too little.
 */
import type { PeopleField } from '../coverage/field.ts';
import { METRES_PER_DEGREE, metresPerDegreeOfLongitude } from '../coverage/plane.ts';

const SQUARE_DEGREES = 0.01;
/** Wider than what rounding may do at the edge of a square. */
const EDGE_DEGREES = 1e-6;

export class UpperBound {
  readonly #west: number;
  readonly #south: number;
  readonly #rows: number;
  readonly #columns: number;
  /** Row by row, each with one number more than it has squares: the weight west of every square. */
  readonly #before: Float64Array;

  /** `weights` by cell of the field. */
  constructor(field: PeopleField, weights: Float64Array) {
    let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
    for (let cell = 0; cell < weights.length; cell++) {
      if (weights[cell] === 0) continue;
      west = Math.min(west, field.lonOf(cell));
      east = Math.max(east, field.lonOf(cell));
      south = Math.min(south, field.latOf(cell));
      north = Math.max(north, field.latOf(cell));
    }
    this.#west = west;
    this.#south = south;
    this.#rows = Math.max(0, Math.floor((north - south) / SQUARE_DEGREES) + 1);
    this.#columns = Math.max(0, Math.floor((east - west) / SQUARE_DEGREES) + 1);
    const width = this.#columns + 1;
    const before = new Float64Array(this.#rows * width);
    for (let cell = 0; cell < weights.length; cell++) {
      const weight = weights[cell] ?? 0;
      if (weight === 0) continue;
      const row = Math.floor((field.latOf(cell) - south) / SQUARE_DEGREES);
      const at = row * width + Math.floor((field.lonOf(cell) - west) / SQUARE_DEGREES) + 1;
      before[at] = (before[at] ?? 0) + weight;
    }
    for (let at = 1; at < before.length; at++)
      if (at % width !== 0) before[at] = (before[at] ?? 0) + (before[at - 1] ?? 0);
    this.#before = before;
  }

  /** No less than the weight of the cells whose centre is at most `radiusM` metres from a point. */
  within(lon: number, lat: number, radiusM: number): number {
    const reach = radiusM / METRES_PER_DEGREE + EDGE_DEGREES;
    const metresPerLon = metresPerDegreeOfLongitude(lat);
    const firstRow = Math.max(0, Math.floor((lat - reach - this.#south) / SQUARE_DEGREES));
    const lastRow = Math.min(
      this.#rows - 1,
      Math.floor((lat + reach - this.#south) / SQUARE_DEGREES),
    );
    const limit = (radiusM + EDGE_DEGREES * METRES_PER_DEGREE) ** 2;
    let sum = 0;
    for (let row = firstRow; row <= lastRow; row++) {
      const rowSouth = this.#south + row * SQUARE_DEGREES;
      const gap = Math.max(0, rowSouth - lat, lat - rowSouth - SQUARE_DEGREES) * METRES_PER_DEGREE;
      const half = Math.sqrt(Math.max(0, limit - gap * gap)) / metresPerLon + EDGE_DEGREES;
      const first = Math.max(0, Math.floor((lon - half - this.#west) / SQUARE_DEGREES));
      const last = Math.min(
        this.#columns - 1,
        Math.floor((lon + half - this.#west) / SQUARE_DEGREES),
      );
      if (first > last) continue;
      const start = row * (this.#columns + 1);
      sum += (this.#before[start + last + 1] ?? 0) - (this.#before[start + first] ?? 0);
    }
    return sum;
  }
}
