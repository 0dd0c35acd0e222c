/**
 * A commune's people over its cells: equal shares in whole persons, by largest remainder. All cells
 * have the same remainder, so who gets the extra person is free; they are spread evenly along the
 * cells' order (as Bresenham's line is), never all at one end.
 */

/** People in the cell at `index` of `cells`; the sum over all is exactly `people`. */
export function shareOf(people: number, index: number, cells: number): number {
  return Math.floor(((index + 1) * people) / cells) - Math.floor((index * people) / cells);
}
