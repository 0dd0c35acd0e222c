/**
 * Drawing cells for sites by weight. Systematic sampling: the cells are walked in the order of the
 * grid, where near ones are near, and every time the weight walked over has grown by one step a cell
 * is taken. So the sites follow the weights everywhere, and spread out evenly instead of in clumps.
 */
import type { PeopleGrid } from '../territory/territory.ts';

/** Weight of each cell: its people to the power of `alpha`; 0 where nobody lives. */
export function weightsByPeople(grid: PeopleGrid, alpha: number): Float64Array {
  const most = grid.people.reduce((a, b) => Math.max(a, b), 0);
  const table = Float64Array.from({ length: most + 1 }, (_, people) =>
    people === 0 ? 0 : people ** alpha,
  );
  const weights = new Float64Array(grid.count);
  for (let cell = 0; cell < grid.count; cell++) weights[cell] = table[grid.people[cell] ?? 0] ?? 0;
  return weights;
}

/**
 * Takes `count` cells, in ascending order; a heavy cell may be taken more than once, and none is
 * taken where there is no weight. `start` (0–1) says where within the first step to begin. Cells
 * marked in `without` count as if they had no weight.
 */
export function drawCells(
  weights: Float64Array,
  count: number,
  start: number,
  without?: Uint8Array,
): Uint32Array {
  let total = 0;
  for (let cell = 0; cell < weights.length; cell++)
    if (without?.[cell] !== 1) total += weights[cell] ?? 0;
  const drawn = new Uint32Array(total > 0 ? count : 0);
  const step = total / count;
  let walked = 0;
  let taken = 0;
  for (let cell = 0; cell < weights.length && taken < drawn.length; cell++) {
    if (without?.[cell] === 1) continue;
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
