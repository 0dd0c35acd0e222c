/** The thing that a click means, of those that stand at a point. */
import type { Table } from '../../data/model/table.ts';
import type { MapPlace } from './drawing.svelte.ts';

/** How far from a thing a click still means it, CSS pixels. */
const REACH_PIXELS = 14;
/** Metres a pixel at zoom 0 on the equator, on tiles of 512 pixels. */
const METRES_AT_ZOOM_0 = 78_271.5;
const METRES_PER_DEGREE = 111_195;

/** Id of the nearest thing that `counts`, within reach of a click at a zoom; undefined for none. */
export function nearestAt(
  { columns, count, ids }: Table<'stations'> | Table<'nodes'>,
  { lon, lat }: MapPlace,
  zoom: number,
  counts: (row: number) => boolean,
): number | undefined {
  const narrow = Math.cos((lat * Math.PI) / 180);
  const metres = (METRES_AT_ZOOM_0 * narrow * REACH_PIXELS) / 2 ** zoom;
  let least = (metres / METRES_PER_DEGREE) ** 2;
  let found: number | undefined;
  for (let row = 0; row < count; row++) {
    const east = ((columns.position[row * 2] ?? NaN) - lon) * narrow;
    const north = (columns.position[row * 2 + 1] ?? NaN) - lat;
    const distance = east * east + north * north;
    if (distance > least || !counts(row)) continue;
    least = distance;
    found = ids[row];
  }
  return found;
}
