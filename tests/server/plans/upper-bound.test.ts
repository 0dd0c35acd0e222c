import fc from 'fast-check';
import { expect, it } from 'vitest';
import { PeopleField } from '../../../server/coverage/field.ts';
import { UpperBound } from '../../../server/plans/upper-bound.ts';
import { gridOf } from '../coverage/little-country.ts';

const cells = Array.from({ length: 2_500 }, (_, i) => ({
  lon: 105 + (i % 50) * 0.0037,
  lat: 18 + Math.floor(i / 50) * 0.0031,
  people: 1 + ((i * 7919) % 50),
  commune: '40001',
}));
const field = new PeopleField(gridOf(cells));
const weights = Float64Array.from(field.people);
/** Evenly: `fc.double` draws mostly tiny numbers. */
const evenly = (least: number, most: number) =>
  fc.nat(1e9).map((drawn) => least + (drawn / 1e9) * (most - least));
const bound = new UpperBound(field, weights);

it('is never below what a footprint is worth, wherever it lies, and not far above a wide one', () => {
  const near = evenly(-0.05, 0.25);
  const radii = evenly(0, 9_000);
  fc.assert(
    fc.property(near, near, radii, (east, north, radiusM) => {
      const [lon, lat] = [105 + east, 18 + north];
      const count = field.within(lon, lat, radiusM);
      let worth = 0;
      for (let i = 0; i < count; i++) worth += weights[field.found[i] ?? 0] ?? 0;
      const atMost = bound.within(lon, lat, radiusM);
      expect(atMost).toBeGreaterThanOrEqual(worth);
      const wider = field.within(lon, lat, radiusM + 3_400);
      let most = 0;
      for (let i = 0; i < wider; i++) most += weights[field.found[i] ?? 0] ?? 0;
      expect(atMost).toBeLessThanOrEqual(most);
    }),
    { numRuns: 500 },
  );
});

it('counts every single cell that is within reach, also at the very edge', () => {
  const weights = new Float64Array(field.count);
  fc.assert(
    fc.property(
      fc.nat(field.count - 1),
      evenly(0, 2 * Math.PI),
      evenly(500, 9_000),
      (cell, angle, radiusM) => {
        const lat = field.latOf(cell) + ((radiusM * 0.999) / 111_195) * Math.sin(angle);
        const metresPerLon = 111_195 * Math.cos((lat * Math.PI) / 180);
        const lon = field.lonOf(cell) + ((radiusM * 0.999) / metresPerLon) * Math.cos(angle);
        weights.fill(0);
        weights[0] = weights[field.count - 1] = 1;
        weights[cell] = 5;
        expect(new UpperBound(field, weights).within(lon, lat, radiusM)).toBeGreaterThanOrEqual(5);
      },
    ),
    { numRuns: 300 },
  );
});

it('is nothing where nothing weighs anything', () => {
  expect(new UpperBound(field, new Float64Array(field.count)).within(105, 18, 5_000)).toBe(0);
});
