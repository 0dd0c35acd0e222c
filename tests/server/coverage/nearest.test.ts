import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NearestPlace } from '../../../server/coverage/nearest.ts';
import { METRES_PER_DEGREE, metresPerDegreeOfLongitude } from '../../../server/coverage/plane.ts';

const place = fc.tuple(
  fc.double({ min: 102, max: 117, noNaN: true }),
  fc.double({ min: 7, max: 24, noNaN: true }),
);

/** Within 11 km or so, where places lie in the same square and in those beside it. */
const near = fc.tuple(
  fc.double({ min: 105, max: 105.1, noNaN: true }),
  fc.double({ min: 21, max: 21.1, noNaN: true }),
);

describe('the nearest place', () => {
  it.each([
    ['all over the country', place],
    ['near each other', near],
  ])('is as far as looking at every one of them says: %s', (_, somewhere) => {
    const some = fc.array(somewhere, { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(some, somewhere, (places, [lon, lat]) => {
        const perLon = metresPerDegreeOfLongitude(lat);
        const all = places.map(([x, y]) =>
          Math.hypot((x - lon) * perLon, (y - lat) * METRES_PER_DEGREE),
        );
        const nearest = new NearestPlace(Float64Array.from(places.flat()));
        expect(nearest.distanceM(lon, lat)).toBeCloseTo(Math.min(...all), 3);
      }),
      { numRuns: 500 },
    );
  });

  it('is none where there are no places', () => {
    expect(new NearestPlace(new Float64Array(0)).distanceM(105, 21)).toBeNull();
  });

  it('a thousandth of a degree of latitude is 111 metres', () => {
    const nearest = new NearestPlace(Float64Array.of(105, 21.001));
    expect(nearest.distanceM(105, 21)).toBeCloseTo(111.2, 1);
  });
});
