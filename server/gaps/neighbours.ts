/**
 * Which cells lie side by side. At resolution 9 the centres of neighbouring cells of H3 are at most
 * 383 m apart in our window (100–120° E, 5–25° N), those of cells with one between at least 529 m;
 * tests/server/gaps/neighbours.test.ts looks at both.
 */
import type { PeopleField } from '../coverage/field.ts';
import { METRES_PER_DEGREE, metresPerDegreeOfLongitude } from '../coverage/plane.ts';

const NEIGHBOURS_WITHIN_M = 450;
/** Of a hexagon. */
export const MOST_NEIGHBOURS = 6;
const NO_CELL = -1;

/**
 * For each of some cells of one commune its neighbours among them: `MOST_NEIGHBOURS` indexes into
 * `cells`, the last ones `NO_CELL` where there are fewer.
 */
export function neighboursOf(field: PeopleField, cells: Uint32Array): Int32Array {
  const count = cells.length;
  const neighbours = new Int32Array(count * MOST_NEIGHBOURS).fill(NO_CELL);
  const degrees = new Uint8Array(count);
  const link = (from: number, to: number): void => {
    const degree = degrees[from] ?? 0;
    if (degree === MOST_NEIGHBOURS) return;
    neighbours[from * MOST_NEIGHBOURS + degree] = to;
    degrees[from] = degree + 1;
  };

  // Squares as wide as neighbours reach, with an empty rim: all neighbours are in nine of them.
  const { x, y, columns, rows } = squaresOf(field, cells);
  const width = columns + 2;
  const last = new Int32Array(width * (rows + 2)).fill(NO_CELL);
  const before = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    const east = x[i] ?? 0;
    const north = y[i] ?? 0;
    const square = (Math.floor(north) + 1) * width + Math.floor(east) + 1;
    for (let row = square - width; row <= square + width; row += width)
      for (let at = row - 1; at <= row + 1; at++)
        for (let other = last[at] ?? NO_CELL; other >= 0; other = before[other] ?? NO_CELL) {
          const dx = east - (x[other] ?? 0);
          const dy = north - (y[other] ?? 0);
          if (dx * dx + dy * dy > 1) continue;
          link(i, other);
          link(other, i);
        }
    before[i] = last[square] ?? NO_CELL;
    last[square] = i;
  }
  return neighbours;
}

/** Places of cells from their south-western corner, as multiples of the neighbours' distance. */
function squaresOf(field: PeopleField, cells: Uint32Array) {
  const metresPerLon = metresPerDegreeOfLongitude(field.latOf(cells[cells.length >> 1] ?? 0));
  const scale = [metresPerLon / NEIGHBOURS_WITHIN_M, METRES_PER_DEGREE / NEIGHBOURS_WITHIN_M];
  const x = new Float64Array(cells.length);
  const y = new Float64Array(cells.length);
  const [west, south] = corner(field, cells);
  let columns = 1;
  let rows = 1;
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i] ?? 0;
    const east = (x[i] = (field.lonOf(cell) - west) * (scale[0] ?? 0));
    const north = (y[i] = (field.latOf(cell) - south) * (scale[1] ?? 0));
    if (east >= columns) columns = Math.floor(east) + 1;
    if (north >= rows) rows = Math.floor(north) + 1;
  }
  return { x, y, columns, rows };
}

function corner(field: PeopleField, cells: Uint32Array): [west: number, south: number] {
  let west = Infinity;
  let south = Infinity;
  for (const cell of cells) {
    west = Math.min(west, field.lonOf(cell));
    south = Math.min(south, field.latOf(cell));
  }
  return [west, south];
}
