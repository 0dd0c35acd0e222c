import { describe, expect, test } from 'vitest';
import { deadlineIn, isPressing, uncoveredHamlets } from '../../../client/panel/hamlets.ts';
import { vi } from '../../../client/words/vi.ts';
import { dayNumberOf } from '../../../data/model/scalars.ts';
import { Story } from '../live/small-country.ts';

const today = { today: dayNumberOf('2025-11-20'), simulated: dayNumberOf('2025-07-29') };
const anywhere = (): boolean => true;

describe('the hamlets without a signal', () => {
  test('the one whose deadline passed longest ago comes first, those without a deadline last', () => {
    const story = new Story();
    story.hamlet({ name: 'không hạn' });
    story.hamlet({ name: 'còn hạn', deadline: '2025-11-30' });
    story.hamlet({ name: 'quá hạn', deadline: '2025-09-15' });
    const rows = uncoveredHamlets(story.country.tables.hamlets, anywhere, today);
    expect(rows.map(({ name, daysLeft }) => [name, daysLeft])).toEqual([
      ['quá hạn', -66],
      ['còn hạn', 10],
      ['không hạn', null],
    ]);
  });

  test('the time left of a simulated one is counted from the simulated day', () => {
    const story = new Story();
    story.hamlet({ simulated: true, deadline: '2025-09-15' });
    const [row] = uncoveredHamlets(story.country.tables.hamlets, anywhere, today);
    expect(row?.daysLeft).toBe(48);
  });

  test('among equal deadlines more people come first', () => {
    const story = new Story();
    story.hamlet({ name: 'ít', people: 50, deadline: '2025-11-30' });
    story.hamlet({ name: 'nhiều', people: 500, deadline: '2025-11-30' });
    const rows = uncoveredHamlets(story.country.tables.hamlets, anywhere, today);
    expect(rows.map(({ name }) => name)).toEqual(['nhiều', 'ít']);
  });

  test('one that got its signal is gone, and so are those elsewhere', () => {
    const story = new Story();
    const id = story.hamlet({ name: 'xong' });
    story.hamlet({ name: 'chỗ khác', commune: '00004' });
    story.hamlet({ name: 'ở đây' });
    story.happens('hamlet.resolve', id, { solution: 'station', resolvedOn: '2025-11-01' });
    const rows = uncoveredHamlets(story.country.tables.hamlets, (n) => n === 3127, today);
    expect(rows.map(({ name }) => name)).toEqual(['ở đây']);
  });
});

test('a deadline is told as time left or time passed', () => {
  expect(deadlineIn(vi, 10, 'vi')).toBe('còn 10 ngày');
  expect(deadlineIn(vi, 0, 'vi')).toBe('hạn hôm nay');
  expect(deadlineIn(vi, -1200, 'vi')).toBe('quá hạn 1.200 ngày');
  expect(deadlineIn(vi, null, 'vi')).toBe('chưa có hạn');
});

test('it presses from two weeks before the day', () => {
  expect([15, 14, 0, -3, null].map(isPressing)).toEqual([false, true, true, true, false]);
});
