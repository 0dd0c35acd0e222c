import { describe, expect, it } from 'vitest';
import { Random } from '../../../server/demo/random.ts';

describe('randomness that can be had again', () => {
  it('gives the same numbers for the same seed and stream on every machine', () => {
    const numbers = (seed: number, stream: string) => {
      const random = new Random(seed, stream);
      return [random.below(1_000), random.below(1_000), random.below(1_000)];
    };
    expect(numbers(2025, 'hamlets')).toEqual([887, 555, 827]);
    expect(numbers(2025, 'hamlets')).toEqual(numbers(2025, 'hamlets'));
    expect(numbers(2026, 'hamlets')).not.toEqual(numbers(2025, 'hamlets'));
    expect(numbers(2025, 'network')).not.toEqual(numbers(2025, 'hamlets'));
  });

  it('spreads its numbers evenly, for neighbouring seeds too', () => {
    const bins = new Array<number>(20).fill(0);
    for (let seed = 0; seed < 200; seed++) {
      const random = new Random(seed, 'bins');
      for (let i = 0; i < 100; i++) {
        const bin = random.below(20);
        bins[bin] = (bins[bin] ?? 0) + 1;
      }
    }
    // 1,000 in each on average, with a standard deviation of 31.
    for (const count of bins) expect(Math.abs(count - 1_000)).toBeLessThan(140);
  });
});
