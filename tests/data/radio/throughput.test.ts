import { expect, it } from 'vitest';
import { demandedSnrDb, LINK_LEVELS } from '../../../data/radio/throughput.ts';

const { down, up } = LINK_LEVELS['4g'];

it('a rate demands the ratio of the attenuated Shannon bound', () => {
  // 0.6 · log2(1 + ratio) = 1.2 bit/s/Hz: ratio 2² − 1 = 3 = 4.7712 dB
  expect(demandedSnrDb(down, 1.2)).toBeCloseTo(4.7712, 4);
  // 0.4 · log2(1 + ratio) = 1.2 bit/s/Hz: ratio 2³ − 1 = 7 = 8.4510 dB
  expect(demandedSnrDb(up, 1.2)).toBeCloseTo(8.451, 4);
});

it('the lowest rates demand −10 dB: below that nothing is received', () => {
  expect(demandedSnrDb(down, 0.01)).toBe(-10);
});

it.each([
  ['4g', 'down', 4.4],
  ['4g', 'up', 2],
  ['5g', 'down', 5.98], // 0.6 · log2(1 + 10^(30/10)) = 0.6 · 9.9672
  ['5g', 'up', 2.93], // 0.4 · log2(1 + 10^(22/10)) = 0.4 · 7.3176
] as const)('%s %s carries %f bit/s in each hertz and no more', (technology, way, most) => {
  const level = LINK_LEVELS[technology][way];
  expect(demandedSnrDb(level, most)).toBeLessThan(31);
  expect(demandedSnrDb(level, most + 0.01)).toBe(Infinity);
});
