import { expect, test } from 'vitest';
import { reportedValues } from '../../../client/edit/reported.ts';
import { Story } from '../live/small-country.ts';

test('the newest day comes first, and of one day what was reported last, whatever was withdrawn', () => {
  const story = new Story();
  const report = (day: string, value: number, more: object = {}): number =>
    story.happens('indicator.report', 0, {
      ...{ indicator: 'dvc.online', unit: '11', day, value, source: '', ...more },
    });
  const values = (): number[] =>
    reportedValues(story.country.tables.indicators, 'dvc.online', '11').map(({ value }) => value);

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
