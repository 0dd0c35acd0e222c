import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rangesOf } from '../../../client/map/rows.ts';

describe('what has to be written to the graphics card', () => {
  it('is one range for rows that are near each other, and several for rows that are not', () => {
    expect(rangesOf([5, 3, 4], 100)).toEqual([[3, 6]]);
    expect(rangesOf([0, 5_000], 10_000)).toEqual([
      [0, 1],
      [5_000, 5_001],
    ]);
  });

  it('leaves out rows that are gone', () => {
    expect(rangesOf([7, 8, 9], 8)).toEqual([[7, 8]]);
    expect(rangesOf([9], 8)).toEqual([]);
  });

  it('is one range when too much changed to write it piece by piece', () => {
    const rows = Array.from({ length: 60 }, (_, i) => i * 1_000);
    expect(rangesOf(rows, 100_000)).toEqual([[0, 59_001]]);
  });

  it('always covers every changed row, in order and without overlap', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20_000), { maxLength: 400 }), fc.nat(20_000), (rows, count) => {
        const ranges = rangesOf(rows, count);
        for (const row of rows)
          if (row < count) expect(ranges.some(([from, to]) => from <= row && row < to)).toBe(true);
        ranges.forEach(([from, to], i) => {
          expect(from).toBeLessThan(to);
          expect(to).toBeLessThanOrEqual(count);
          const next = ranges[i + 1];
          if (next) expect(to).toBeLessThan(next[0]);
        });
      }),
    );
  });
});
