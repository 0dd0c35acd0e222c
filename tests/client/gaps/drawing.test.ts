import { describe, expect, it } from 'vitest';
import { distance } from '../../../client/gaps/distance.ts';
import { radiusOf } from '../../../client/gaps/drawing.ts';

describe('a gap on the map', () => {
  it('four times the people have twice the radius: the area is as the people', () => {
    const sight = { zoom: 8, scale: 1 };
    expect(radiusOf(40_000, sight)).toBeCloseTo(2 * radiusOf(10_000, sight));
  });

  it('is never too small to be seen, nor larger than a thumb', () => {
    expect(radiusOf(1, { zoom: 5, scale: 1 })).toBe(2);
    expect(radiusOf(10_000_000, { zoom: 14, scale: 1 })).toBe(40);
  });

  it('grows with the wall', () => {
    expect(radiusOf(10_000, { zoom: 8, scale: 2 })).toBe(
      2 * radiusOf(10_000, { zoom: 8, scale: 1 }),
    );
  });
});

describe('a distance', () => {
  it('is told in metres below a kilometre, else in kilometres', () => {
    expect([380, 999, 1000, 4_060].map((metres) => distance(metres, 'vi'))).toEqual([
      '380 m',
      '999 m',
      '1 km',
      '4,1 km',
    ]);
  });
});
