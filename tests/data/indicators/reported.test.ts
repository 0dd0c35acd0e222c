import { describe, expect, test } from 'vitest';
import { newestByUnit, reportedOf, seriesOf } from '../../../data/indicators/reported.ts';
import { Story } from '../../client/live/small-country.ts';

test('the newest day comes first, and of one day what was reported last, whatever was withdrawn', () => {
  const story = new Story();
  const report = (day: string, value: number, more: object = {}): number =>
    story.happens('indicator.report', 0, {
      ...{ indicator: 'dvc.online', unit: '11', day, value, source: '', ...more },
    });
  const values = (): number[] =>
    reportedOf(story.country.tables.indicators, 'dvc.online', '11').map(({ value }) => value);

  const first = report('2025-06-30', 0.1);
  report('2025-07-31', 0.3);
  report('2025-06-30', 0.2);
  report('2025-06-30', 0.15, { unit: 'vn' });
  report('2025-06-30', 0.16, { indicator: '5g.stations' });
  report('2025-05-31', 0.05);
  const last = report('2025-06-30', 0.25);
  expect(values()).toEqual([0.3, 0.25, 0.2, 0.1, 0.05]);
  // Its row is taken by the last one.
  story.happens('indicator.remove', first);
  expect(values()).toEqual([0.3, 0.25, 0.2, 0.05]);
  story.happens('indicator.remove', last);
  expect(values()).toEqual([0.3, 0.2, 0.05]);
});

describe('of several reports', () => {
  const story = new Story();
  for (const [unit, day, value] of [
    ['11', '2025-05-31', 0.1],
    ['11', '2025-06-30', 0.2],
    ['11', '2025-06-30', 0.25],
    ['01', '2025-04-30', 0.4],
  ] as const)
    story.happens('indicator.report', 0, {
      ...{ indicator: 'dvc.online', unit, day, value, source: 'Sở', simulated: false },
    });
  const { indicators } = story.country.tables;

  test('the series of a unit has one value a day, the last that was made, in the order of days', () => {
    const series = seriesOf(indicators, 'dvc.online', '11');
    expect(series.map(({ day, value }) => [day, value])).toEqual([
      ['2025-05-31', 0.1],
      ['2025-06-30', 0.25],
    ]);
    const span = { from: '2025-06-01', to: '2025-06-30' };
    expect(seriesOf(indicators, 'dvc.online', '11', span).map(({ value }) => value)).toEqual([
      0.25,
    ]);
    expect(seriesOf(indicators, 'dvc.online', 'vn')).toEqual([]);
  });

  test('the newest of each unit counts', () => {
    const newest = newestByUnit(indicators, 'dvc.online');
    expect([...newest].map(([unit, { value, target }]) => [unit, value, target])).toEqual([
      ['11', 0.25, null],
      ['01', 0.4, null],
    ]);
  });
});
