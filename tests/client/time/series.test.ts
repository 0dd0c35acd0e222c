import { describe, expect, test } from 'vitest';
import { indicatorsOf, MARGIN, pictureOf, reportedOf } from '../../../client/time/series.ts';
import { dayNumberOf } from '../../../data/model/scalars.ts';
import { Table } from '../../../data/model/table.ts';

describe('a figure over time', () => {
  const table = new Table('indicators');
  const report = (id: number, indicator: string, unit: string, day: string, value: number): void =>
    void table.put(id, 1, { indicator, unit, day, value, source: `nguồn ${id}`, simulated: false });
  report(1, 'dvc.online', 'vn', '2025-06-30', 0.4);
  report(2, 'dvc.online', 'vn', '2025-01-31', 0.2);
  report(3, 'dvc.online', 'vn', '2025-06-30', 0.3951);
  report(4, 'dvc.online', '01', '2025-06-30', 0.9);
  report(5, 'datacentres', 'vn', '2025-06-30', 41);

  test('is what was reported, in the order of days, the last report of a day', () => {
    expect(indicatorsOf(table, 'vn')).toEqual(['datacentres', 'dvc.online']);
    expect(reportedOf(table, 'dvc.online', 'vn')).toMatchObject([
      { day: dayNumberOf('2025-01-31'), value: 0.2, source: 'nguồn 2' },
      { day: dayNumberOf('2025-06-30'), value: 0.3951, source: 'nguồn 3' },
    ]);
  });

  test('is drawn over the span that is asked for, from nought', () => {
    const values = [0, 10, 20, 30].map((day) => ({ day, value: day }));
    const { points, values: ticks } = pictureOf(
      values,
      { from: 10, to: 30 },
      { width: 200, height: 100 },
    );
    expect(points.map(({ day }) => day)).toEqual([10, 20, 30]);
    expect(points[0]?.x).toBe(MARGIN.left);
    expect(points.at(-1)?.x).toBe(200 - MARGIN.right);
    expect(ticks[0]).toEqual({ value: 0, y: 100 - MARGIN.bottom });
    expect(ticks.map(({ value }) => value)).toEqual([0, 10, 20, 30]);
  });

  test('without a value in the span has no points', () => {
    expect(pictureOf([], { from: 0, to: 0 }, { width: 200, height: 100 }).points).toEqual([]);
  });
});
