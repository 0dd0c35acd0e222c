/** The people grid with its people from a source instead of shared equally. */
import { cellAt } from '../territory/cells.ts';
import { seeSurroundings } from '../territory/grid.ts';
import type { PeopleGrid } from '../territory/territory.ts';

/**
 * A grid with these people (in its order) and the surroundings that follow from them; the one given is
 * not changed, and the arrays that stay are shared. Under a second for the country. Throws a RangeError
 * when there is not one number for each cell.
 */
export function withPopulation(grid: PeopleGrid, people: Int32Array): PeopleGrid {
  if (people.length !== grid.count)
    throw new RangeError(`people of ${people.length} cells for a grid of ${grid.count}`);
  const { count, lon, lat } = grid;
  const shared = new Int32Array(new SharedArrayBuffer(4 * count));
  shared.set(people);
  const surroundings = new Uint8Array(new SharedArrayBuffer(count));
  const next = { ...grid, people: shared, surroundings };
  seeSurroundings(next, (i) => cellAt(lon[i] ?? 0, lat[i] ?? 0));
  return next;
}
