import { describe, expect, it } from 'vitest';
import { publishedFigures } from '../../../data/country/figures.ts';
import {
  INDICATOR_GROUPS,
  indicatorOf,
  INDICATORS,
  TARGET_SOURCES,
} from '../../../data/country/indicators.ts';
import { NOTHING_COUNTED } from '../../../data/indicators/counted.ts';

describe('the register of indicators', () => {
  it('holds every published figure, with its target and its source', () => {
    for (const figure of publishedFigures) {
      const { code, unit, target, territory } = figure;
      expect(indicatorOf(code)).toMatchObject({ code, unit, published: figure });
      expect([indicatorOf(code)?.target, indicatorOf(code)?.territory]).toEqual([
        target,
        territory,
      ]);
    }
  });

  it('has a code once, in the order of the groups', () => {
    const codes = INDICATORS.map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
    const groups = INDICATORS.map(({ group }) => INDICATOR_GROUPS.indexOf(group));
    expect(groups).toEqual(groups.toSorted((a, b) => a - b));
  });

  it('says of every target who announced it', () => {
    for (const { code, target, published } of INDICATORS)
      if (target !== undefined) expect(published ?? TARGET_SOURCES[code]).toBeDefined();
  });

  it('counts all that it calls counted, but for the share of people, which is estimated', () => {
    const counted = INDICATORS.filter(({ origin }) => origin === 'counted');
    expect(counted.map(({ code }) => code).sort()).toEqual(
      ['5g.population', ...Object.keys(NOTHING_COUNTED)].sort(),
    );
  });

  it('asks reports each month of provinces only, and of nothing that is counted', () => {
    for (const { due, origin, scope, territory } of INDICATORS)
      if (due)
        expect([origin, scope.includes('province'), territory]).toEqual([
          'reported',
          true,
          undefined,
        ]);
  });

  it('knows no other codes', () => {
    expect(indicatorOf('no.such')).toBeUndefined();
    expect(indicatorOf('constructor')).toBeUndefined();
  });
});
