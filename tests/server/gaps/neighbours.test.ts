import { cellToLatLng, gridDisk, gridRing, latLngToCell } from 'h3-js';
import { describe, expect, it } from 'vitest';
import { PeopleField } from '../../../server/coverage/field.ts';
import { MOST_NEIGHBOURS, neighboursOf } from '../../../server/gaps/neighbours.ts';
import { gridOf } from '../coverage/little-country.ts';

/** The corners of the window in which things may stand, and places between. */
const PLACES = [100, 104, 107, 110, 115, 120].flatMap((lon) =>
  [5, 8.5, 12, 16, 20, 23.5, 25].map((lat) => ({ lon, lat })),
);

describe('cells side by side', () => {
  it.each(PLACES)('are those that H3 has round a cell at $lon° E, $lat° N', ({ lon, lat }) => {
    const middle = latLngToCell(lat, lon, 9);
    const indexes = gridDisk(middle, 4);
    const cells = indexes.map((index) => {
      const [y, x] = cellToLatLng(index);
      return { lon: x, lat: y, people: 1, commune: '00001' };
    });
    const field = new PeopleField(gridOf(cells));
    const all = Uint32Array.from({ length: cells.length }, (_, i) => i);
    const nameOf = (cell: number): string => latLngToCell(field.latOf(cell), field.lonOf(cell), 9);
    const neighbours = neighboursOf(field, all);
    const inside = new Set(gridDisk(middle, 3));
    for (const cell of all) {
      if (!inside.has(nameOf(cell))) continue;
      const from = cell * MOST_NEIGHBOURS;
      const found = [...neighbours.subarray(from, from + MOST_NEIGHBOURS)].map(nameOf);
      expect(found.sort()).toEqual(gridRing(nameOf(cell), 1).sort());
    }
  });
});
