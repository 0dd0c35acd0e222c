import { describe, expect, it } from 'vitest';
import { publishedFigures } from '../../../data/country/figures.ts';

describe('the published figures', () => {
  it('each carry a source and a day', () => {
    for (const figure of publishedFigures) {
      expect(figure.source, figure.code).not.toBe('');
      expect(figure.asOf, figure.code).toMatch(/^\d{4}-\d{2}-\d{2}$/);
      if (figure.targetDate) expect(figure.target, figure.code).toBeDefined();
    }
  });

  it('have different codes, of the form that an indicator has', () => {
    const codes = publishedFigures.map((figure) => figure.code);
    expect(new Set(codes).size).toBe(codes.length);
    for (const code of codes) expect(code).toMatch(/^[a-z0-9]+(\.[a-zA-Z0-9]+)*$/);
  });

  it('state shares from 0 to 1', () => {
    for (const figure of publishedFigures.filter(({ unit }) => unit === 'share')) {
      expect(figure.value).toBeGreaterThanOrEqual(0);
      expect(figure.value).toBeLessThanOrEqual(1);
    }
  });

  it('are those of the programme', () => {
    const figure = (code: string) => publishedFigures.find((each) => each.code === code);
    expect(figure('5g.stations')).toMatchObject({ value: 12_106, target: 69_000 });
    expect(figure('5g.population')).toMatchObject({ value: 0.26, bound: 'above', target: 0.9 });
    expect(figure('hamlets.uncovered')).toMatchObject({ value: 355, target: 0 });
    expect(figure('tslcd.communes')).toMatchObject({ value: 3_319, target: 3_321 });
    expect(figure('datacentres')).toMatchObject({ value: 41 });
  });
});
