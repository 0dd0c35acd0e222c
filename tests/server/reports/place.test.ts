/** Where a report is: as people write a point, and as much of it as everybody may see. */
import { describe, expect, it } from 'vitest';
import { coarsened, pointIn } from '../../../server/reports/place.ts';

describe('a point that was typed', () => {
  it.each([
    '21.386, 103.016',
    '21.386,103.016',
    '103.016 21.386',
    '21,386 103,016',
    '(21.386; 103.016)',
    '21.386° N, 103.016° Đ',
  ])('%s', (text) => {
    expect(pointIn(text)).toEqual({ lat: 21.386, lon: 103.016 });
  });

  it.each(['', 'thôn Nậm Vì', '21.386', '48.85, 2.35', '21.386, 103.016, 5', '999, 999'])(
    '%s is none',
    (text) => {
      expect(pointIn(text)).toBeUndefined();
    },
  );
});

describe('what everybody sees of a point', () => {
  it('is rounded to about a hundred metres', () => {
    const coarse = coarsened({ lon: 103.016_789, lat: 21.386_123 }, () => '00001');
    expect(coarse).toEqual({ lon: 103.017, lat: 21.386 });
  });

  it('stays in its commune, however near the border it is', () => {
    const border = 103.016_8;
    const communeAt = (lon: number) => (lon < border ? '00001' : '00002');
    const { lon } = coarsened({ lon: 103.016_789, lat: 21.386_123 }, communeAt);
    expect(lon).toBe(103.016_79);
  });
});
