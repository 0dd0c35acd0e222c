import { describe, expect, test } from 'vitest';
import { indicatorOf } from '../../../data/country/indicators.ts';
import { lateOf, monthDue } from '../../../data/indicators/late.ts';
import { dayNumberOf } from '../../../data/model/scalars.ts';

const due = (day: string) => monthDue(dayNumberOf(day));

describe('the month that is due', () => {
  test.each([
    ['2025-08-10', '2025-06', '2025-07-10'],
    ['2025-08-11', '2025-07', '2025-08-10'],
    ['2025-08-31', '2025-07', '2025-08-10'],
    ['2026-01-05', '2025-11', '2025-12-10'],
    ['2026-01-11', '2025-12', '2026-01-10'],
    ['2024-03-11', '2024-02', '2024-03-10'],
  ])('on %s is %s, by %s', (today, month, dueOn) => {
    expect(due(today)).toEqual({ month, dueOn });
  });
});

describe('who is late', () => {
  const online = indicatorOf('dvc.online');
  const newest = new Map([
    ['01', { day: '2025-07-31' }],
    ['04', { day: '2025-05-31' }],
    ['08', { day: '2025-08-02' }],
    ['vn', { day: '2025-06-30' }],
  ]);
  const lateOn = (day: string) =>
    online && lateOf(online, newest, ['vn', '01', '04', '08', '11'], dayNumberOf(day));

  test('are provinces without a value of that month or a later one, the longest silent first', () => {
    expect(lateOn('2025-08-13')).toEqual({
      month: '2025-07',
      dueOn: '2025-08-10',
      units: [
        { unit: '11', lastDay: null, daysLate: 3 },
        { unit: '04', lastDay: '2025-05-31', daysLate: 3 },
      ],
    });
  });

  test('is nobody for an indicator that nobody has to report', () => {
    const cards = indicatorOf('id.cards');
    expect(cards && lateOf(cards, new Map(), ['01'], dayNumberOf('2025-08-13'))).toBeNull();
  });
});
