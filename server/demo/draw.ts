/**
 * Drawing cells for sites by weight. Systematic sampling: the cells are walked in the order of the
 * grid, where near ones are near, and every time the weight walked over has grown by one step a cell
 * is taken. So the sites follow the weights everywhere, and spread out evenly instead of in clumps.
 */
import type { PeopleGrid } from '../territory/territory.ts';

/** Weight of each cell: its people to the power of `alpha`; 0 where nobody lives. */
export function weightsByPeople({ people, count }: PeopleGrid, alpha: number): Float32Array {
  let most = 0;
  for (let cell = 0; cell < count; cell++) most = Math.max(most, people[cell] ?? 0);
  const table = new Float32Array(most + 1);
  for (let n = 1; n <= most; n++) table[n] = n ** alpha;
  const weights = new Float32Array(count);
  for (let cell = 0; cell < count; cell++) weights[cell] = table[people[cell] ?? 0] ?? 0;
  return weights;
}

/** The same weights without those of the cells that are marked (1). */
export function weightsWithout(weights: Float32Array, marked: Uint8Array): Float32Array {
  const left = new Float32Array(weights.length);
  for (let cell = 0; cell < left.length; cell++)
    if (marked[cell] === 0) left[cell] = weights[cell] ?? 0;
  return left;
}

/**
 * Takes `count` cells, in ascending order; a heavy cell may be taken more than once, and none is
 * taken where there is no weight. `start` (0–1) says where within the first step to begin.
 */
export function drawCells(weights: Float32Array, count: number, start: number): Uint32Array {
  let total = 0;
  for (let cell = 0; cell < weights.length; cell++) total += weights[cell] ?? 0;
  const drawn = new Uint32Array(total > 0 ? count : 0);
  const step = total / count;
  let walked = 0;
  let taken = 0;
  for (let cell = 0; cell < weights.length && taken < drawn.length; cell++) {
    walked += weights[cell] ?? 0;
    while (taken < drawn.length && walked > (taken + start) * step) drawn[taken++] = cell;
  }
  // Rounding of the sums can leave the last one over.
  for (; taken < drawn.length; taken++) drawn[taken] = drawn[taken - 1] ?? 0;
  return drawn;
}

/** The one of some cells in ascending order that is nearest to `cell` in the grid's order. */
export function nearestInOrder(cells: Uint32Array, cell: number): number {
  let low = 0;
  let high = cells.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((cells[middle] ?? 0) < cell) low = middle + 1;
    else high = middle;
  }
  const above = cells[low];
  const below = cells[low - 1];
  if (above === undefined) return below ?? cell;
  return below !== undefined && cell - below < above - cell ? below : above;
}
