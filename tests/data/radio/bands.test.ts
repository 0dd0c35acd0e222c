import { describe, expect, it } from 'vitest';
import { BANDS, OPERATORS } from '../../../data/model/things.ts';
import { BAND_FACTS, bandFits, MCC_MNC } from '../../../data/radio/bands.ts';

describe('bands', () => {
  it('carry 4G when their name begins with b, 5G when it begins with n', () => {
    for (const band of BANDS) {
      expect(bandFits('4g', band)).toBe(band.startsWith('b'));
      expect(bandFits('5g', band)).toBe(band.startsWith('n'));
    }
  });

  it('of 5G in the middle of the spectrum belong to one operator each', () => {
    expect(BAND_FACTS.n41.operators).toEqual(['viettel']);
    expect(BAND_FACTS.n78.operators).toEqual(['vinaphone']);
    expect(BAND_FACTS.n77.operators).toEqual(['mobifone']);
  });
});

it('the three operators have their network codes, the small ones together none', () => {
  expect(OPERATORS.map((operator) => MCC_MNC[operator])).toEqual([
    '452-04',
    '452-02',
    '452-01',
    null,
  ]);
});
