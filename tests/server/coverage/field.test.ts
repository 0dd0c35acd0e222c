import { distance } from '@turf/turf';
import { describe, expect, it } from 'vitest';
import { PeopleField } from '../../../server/coverage/field.ts';
import { Random } from '../../../server/demo/random.ts';
import { gridOf, type Cell } from './little-country.ts';

const RADII_M = [0, 250, 290, 1000, 1700, 5500, 20_000];

/** Cells scattered over some kilometres round a place; their people are their own numbers. */
function scattered(lon: number, lat: number, seed: number): Cell[] {
  const random = new Random(seed, 'cells');
  return Array.from({ length: 1500 }, (_, index) => ({
    lon: Math.fround(lon + random.between(-0.08, 0.08)),
    lat: Math.fround(lat + random.between(-0.08, 0.08)),
    people: index,
    commune: '01001',
  }));
}

describe.each([
  ['Cà Mau', 104.8, 8.6],
  ['Huế', 107.6, 16.5],
  ['Hà Giang', 105.3, 23.3],
])('the cells within some distance of a place in %s', (_, lon, lat) => {
  const cells = scattered(lon, lat, 3);
  const field = new PeopleField(gridOf(cells));
  const random = new Random(4, 'places');
  const places = Array.from({ length: 25 }, () => ({
    lon: lon + random.between(-0.12, 0.12),
    lat: lat + random.between(-0.12, 0.12),
  }));

  it('are the ones that Turf measures to be, but for a metre at the rim', () => {
    const mistakes: string[] = [];
    for (const place of places) {
      const metres = cells.map(
        (cell) => distance([place.lon, place.lat], [cell.lon, cell.lat]) * 1000,
      );
      for (const radiusM of RADII_M) {
        const count = field.within(place.lon, place.lat, radiusM);
        const found = new Set(
          Array.from(field.found.subarray(0, count), (cell) => field.people[cell]),
        );
        expect(found.size).toBe(count);
        const rimM = radiusM > 6000 ? 15 : 1;
        metres.forEach((away, number) => {
          if (Math.abs(away - radiusM) > rimM && found.has(number) !== away < radiusM)
            mistakes.push(`${radiusM} m: ${found.has(number) ? 'found' : 'missed'} at ${away} m`);
        });
      }
    }
    expect(mistakes).toEqual([]);
  });
});

it('a reach over ten thousand cells finds each of them once', () => {
  const cells = Array.from({ length: 10_000 }, (_, index) => ({
    lon: 105 + (index % 100) * 0.0035,
    lat: 18 + Math.floor(index / 100) * 0.0033,
    people: index,
    commune: '42001',
  }));
  const field = new PeopleField(gridOf(cells));
  const count = field.within(105.17, 18.16, 50_000);
  const found = Array.from(field.found.subarray(0, count), (cell) => field.people[cell] ?? -1);
  expect(found.sort((a, b) => a - b)).toEqual(cells.map(({ people }) => people));
});

it('a place beyond every cell finds none', () => {
  const field = new PeopleField(gridOf(scattered(105, 18, 3)));
  for (const [lon, lat] of [
    [105, 30],
    [105, 0],
    [150, 18],
    [60, 18],
  ] as const)
    expect(field.within(lon, lat, 5000)).toBe(0);
});

it('a country without cells has nobody to find', () => {
  const field = new PeopleField(gridOf([]));
  expect(field.within(105, 18, 5000)).toBe(0);
  expect(field.surroundingsAt(105, 18)).toBe(0);
});
