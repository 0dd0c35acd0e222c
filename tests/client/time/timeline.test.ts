import { describe, expect, test } from 'vitest';
import {
  around,
  densityOf,
  instantIn,
  msOf,
  seqOf,
  speedFor,
  ticksOf,
  written,
  type Mark,
} from '../../../client/time/timeline.ts';

const DAY = 86_400_000;
const START = Date.parse('2025-01-01T00:00:00+07:00');
/** A quiet day, a night of 2,000 events, a quiet day. */
const marks: Mark[] = [
  [1, START],
  [11, START + DAY],
  [2_011, START + 1.5 * DAY],
  [2_021, START + 2.5 * DAY],
];

describe('the timeline', () => {
  test('goes from numbers to instants and back', () => {
    for (const seq of [1, 6, 11, 500, 2_011, 2_021])
      expect(seqOf(marks, msOf(marks, seq))).toBe(seq);
    expect(msOf(marks, 6)).toBe(START + DAY / 2);
  });

  test('ends at its ends', () => {
    expect(seqOf(marks, 0)).toBe(1);
    expect(seqOf(marks, START + 99 * DAY)).toBe(2_021);
  });

  test('knows when much happened', () => {
    const span = { from: START, to: START + 2.5 * DAY };
    expect(densityOf(marks, span, 5).map(Math.round)).toEqual([5, 5, 2_000, 5, 5]);
  });

  test('shows a span around an instant, within the whole', () => {
    const whole = { from: START, to: START + 100 * DAY };
    expect(around(START + 50 * DAY, 10 * DAY, whole)).toEqual({
      from: START + 45 * DAY,
      to: START + 55 * DAY,
    });
    expect(around(START, 10 * DAY, whole)).toEqual({ from: START, to: START + 10 * DAY });
    expect(around(START, 999 * DAY, whole)).toEqual(whole);
  });

  test('takes about a minute or two to play, however long it is', () => {
    for (const days of [0.05, 1, 30, 365, 570]) {
      const seconds = (days * DAY) / speedFor({ from: 0, to: days * DAY });
      expect(seconds).toBeGreaterThan(15);
      expect(seconds).toBeLessThan(600);
    }
  });

  test('has its marks at midnights and firsts of months in Viet Nam', () => {
    const year = ticksOf({ from: START, to: START + 364 * DAY }, 6);
    expect(year.map((ms) => new Date(ms + 7 * 3_600_000).toISOString().slice(0, 10))).toEqual([
      '2025-01-01',
      '2025-03-01',
      '2025-05-01',
      '2025-07-01',
      '2025-09-01',
      '2025-11-01',
    ]);
    const days = ticksOf({ from: START + 1, to: START + 3 * DAY }, 4);
    expect(days).toEqual([START + DAY, START + 2 * DAY, START + 3 * DAY]);
  });

  test('holds an instant in the address, to the second', () => {
    const ms = Date.parse('2025-07-28T10:20:30Z');
    expect(written(ms)).toBe('2025-07-28T102030Z');
    expect(instantIn(written(ms))).toBe(ms);
    for (const odd of [undefined, '', 'now', '2025-07-28', '2025-99-28T102030Z'])
      expect(instantIn(odd)).toBeUndefined();
  });
});
