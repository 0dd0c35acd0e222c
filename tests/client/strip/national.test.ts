import { describe, expect, test } from 'vitest';
import { Counting } from '../../../client/live/counting.ts';
import type { Counts } from '../../../client/live/live.ts';
import { nationalFigures } from '../../../client/strip/national.ts';
import { ESTIMATE_FIELDS } from '../../../data/model/estimate.ts';
import { Story, UNITS } from '../live/small-country.ts';

const nothing = new Counting(new Story().country, new Map()).countsOf('vn');
const estimate = ESTIMATE_FIELDS.map((field) => (field === 'population' ? 200 : 52));

function figure(code: string, counts: Counts | null, row?: readonly number[]) {
  return nationalFigures(counts, row).find((one) => one.code === code);
}

describe('the national figures', () => {
  test('are the four of the programme, each with target, source and date', () => {
    const figures = nationalFigures(nothing, estimate);
    expect(figures.map(({ code, target }) => [code, target.value])).toEqual([
      ['5g.stations', 69_000],
      ['5g.population', 0.9],
      ['hamlets.uncovered', 0],
      ['tslcd.communes', 3_321],
    ]);
    for (const { published } of figures) {
      expect(published.source).not.toBe('');
      expect(published.asOf).toBe('2025-07-28');
    }
  });

  test('count what is in the country and compute the share from the estimate', () => {
    const story = new Story();
    story.station();
    story.station({ status: 'down' });
    story.station({ technology: '4g', band: 'b3' });
    story.hamlet();
    story.node();
    story.node({ status: 'down' });
    const counts = new Counting(story.country, UNITS).countsOf('vn');
    expect(nationalFigures(counts, estimate).map(({ value }) => value)).toEqual([1, 0.26, 1, 1]);
  });

  test('have no value before there is a country, rather than a wrong one', () => {
    expect(nationalFigures(null, undefined).map(({ value }) => value)).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });

  test('the way to the target is gone in part', () => {
    expect(figure('5g.population', nothing, estimate)?.progress).toBeCloseTo(0.26 / 0.9);
    const hamlets = { ...nothing.hamlets, uncovered: 3, resolved: 1 };
    expect(figure('hamlets.uncovered', { ...nothing, hamlets })?.progress).toBe(0.25);
  });

  test('no hamlet left without a signal is the whole way; none noted is not', () => {
    const hamlets = { ...nothing.hamlets, uncovered: 0, resolved: 4 };
    expect(figure('hamlets.uncovered', { ...nothing, hamlets })).toMatchObject({
      value: 0,
      progress: 1,
    });
    expect(figure('hamlets.uncovered', nothing)).toMatchObject({ value: null, progress: 0 });
  });

  test('the number of stations aimed for is said to be about 69,000', () => {
    expect(figure('5g.stations', nothing)?.target.about).toBe(true);
    expect(figure('5g.population', nothing)?.published.atLeast).toBe(true);
  });
});
