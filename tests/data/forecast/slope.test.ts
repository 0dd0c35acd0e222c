import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { slopeOf, type Point } from '../../../data/forecast/slope.ts';

const pointsOf = (values: readonly number[]): Point[] =>
  values.map((value, day) => ({ day, value }));

describe('the robust slope', () => {
  it('is the median of the slopes of all pairs', () => {
    // 0, 2, 3, 7: the pairs rise by 2, 3/2, 7/3, 1, 5/2 and 4 a day; in order 1, 1.5, 2, 2.33, 2.5, 4.
    expect(slopeOf(pointsOf([0, 2, 3, 7]))?.perDay).toBeCloseTo((2 + 7 / 3) / 2, 12);
  });

  it('has the limits of Sen at 90 %', () => {
    // Squares: the pair of days i and j rises by i + j. Of the 45 sums of two days of 0–9, 1 and 2
    // come once each, 3 and 4 twice, 5 and 6 three times, 7 and 8 four times, 9 five times, and so
    // down to 17. Variance of S: 10·9·25 / 18 = 125; 1.6449·√125 = 18.39; ranks (45 − 18.39) / 2 =
    // 13.3, outwards 13, and (45 + 18.39) / 2 + 1 = 32.7, outwards 33. The 13th is 7 (1+1+2+2+3+3 =
    // 12 lie below), the 23rd, in the middle, 9, the 33rd 11 (29 lie below).
    const squares = Array.from({ length: 10 }, (_, day) => day * day);
    expect(slopeOf(pointsOf(squares))).toEqual({ perDay: 9, least: 7, most: 11 });
  });

  it('counts equal values as ties, which narrow the limits', () => {
    // Seven days of 0, then 1, 2, 3: variance 125 − 7·6·19 / 18 = 80.67; 1.6449·√80.67 = 14.77; ranks
    // (45 − 14.77) / 2 = 15.1, outwards 15, and (45 + 14.77) / 2 + 1 = 30.9, outwards 31. The first 21
    // are level; then come 1/7, 1/6, 1/5, 1/4 twice, 2/7, 1/3 three times, and as the 31st 3/8.
    const slope = slopeOf(pointsOf([0, 0, 0, 0, 0, 0, 0, 1, 2, 3]));
    expect(slope?.least).toBe(0);
    expect(slope?.most).toBeCloseTo(3 / 8, 12);
  });

  it('says nothing of a single day', () => {
    expect(slopeOf([])).toBeUndefined();
    expect(slopeOf([{ day: 3, value: 1 }])).toBeUndefined();
    expect(slopeOf([1, 2].map((value) => ({ day: 3, value })))).toBeUndefined();
  });

  it('of a line is the line’s, however much three of thirteen points are off', () => {
    const slopes = fc.integer({ min: -1_000, max: 1_000 });
    const off = fc.dictionary(
      fc.integer({ min: 0, max: 12 }).map(String),
      fc.integer({ min: -1e6, max: 1e6 }),
      { maxKeys: 3 },
    );
    fc.assert(
      fc.property(slopes, off, (perDay, wild) => {
        const values = Array.from({ length: 13 }, (_, day) => wild[day] ?? 5 + perDay * day);
        expect(slopeOf(pointsOf(values))?.perDay).toBeCloseTo(perDay, 9);
      }),
    );
  });

  it('lies between its limits, and turns with the values', () => {
    const values = fc.array(fc.integer({ min: 0, max: 10_000 }), { minLength: 2, maxLength: 20 });
    fc.assert(
      fc.property(values, (given) => {
        const slope = slopeOf(pointsOf(given));
        const turned = slopeOf(pointsOf(given.map((value) => -value)));
        expect(slope).toBeDefined();
        if (!slope || !turned) return;
        expect(slope.least).toBeLessThanOrEqual(slope.perDay);
        expect(slope.perDay).toBeLessThanOrEqual(slope.most);
        expect(turned.perDay).toBeCloseTo(-slope.perDay, 9);
        expect(turned.least).toBeCloseTo(-slope.most, 9);
      }),
    );
  });
});
