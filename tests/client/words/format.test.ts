import { describe, expect, test } from 'vitest';
import {
  ago,
  area,
  atLeast,
  clockTime,
  coordinates,
  day,
  instant,
  number,
  percent,
  upTo,
} from '../../../client/words/format.ts';

describe('numbers', () => {
  test('are written the Vietnamese way in Vietnamese and the English way in English', () => {
    expect(number(12106, 'vi')).toBe('12.106');
    expect(number(12106, 'en')).toBe('12,106');
    expect(number(1234.5, 'vi', 1)).toBe('1.234,5');
    expect(number(1234.5, 'en', 1)).toBe('1,234.5');
  });

  test('a number that is none is a dash', () => {
    expect(number(NaN, 'vi')).toBe('–');
    expect(percent(NaN, 'vi')).toBe('–');
  });

  test('decimals appear only where there are any', () => {
    expect(upTo(200, 'vi', 2)).toBe('200');
    expect(upTo(2.5, 'vi', 2)).toBe('2,5');
    expect(upTo(90.00000000000001, 'en', 1)).toBe('90');
  });

  test('a large area has no decimals, a small one has', () => {
    expect(area(9539.93, 'vi')).toBe('9.540 km²');
    expect(area(8.53, 'vi')).toBe('8,5 km²');
  });
});

describe('shares', () => {
  test('that are only promised, or not yet reached, are never rounded up', () => {
    expect(atLeast(0.999, 'vi')).toBe('99%');
    expect(atLeast(1, 'vi')).toBe('100%');
    expect(atLeast(0.29, 'en')).toBe('29%');
  });

  test('have one decimal', () => {
    expect(percent(0.264, 'vi')).toBe('26,4%');
    expect(percent(0.264, 'en')).toBe('26.4%');
    expect(percent(0.9, 'vi')).toBe('90,0%');
  });

  test('say all only when it is all, and nothing only when it is nothing', () => {
    expect(percent(1, 'vi')).toBe('100%');
    expect(percent(0.99999, 'vi')).toBe('99,9%');
    expect(percent(0, 'vi')).toBe('0%');
    expect(percent(0.00001, 'vi')).toBe('< 0,1%');
  });
});

describe('days and instants', () => {
  const noonInHanoi = Date.parse('2025-07-28T05:00:09Z');

  test('a day is 28/7/2025 in Vietnamese and 28 Jul 2025 in English', () => {
    expect(day('2025-07-28', 'vi')).toBe('28/7/2025');
    expect(day('2025-07-28', 'en')).toBe('28 Jul 2025');
    expect(day('soon', 'vi')).toBe('soon');
  });

  test('an instant is told in the time of Viet Nam, wherever the reader sits', () => {
    expect(clockTime(noonInHanoi)).toBe('12:00:09');
    expect(instant(Date.parse('2025-07-28T18:30:00Z'), 'vi')).toBe('01:30:00 29/7/2025');
  });

  test('the past is told in its largest whole measure', () => {
    expect(ago(0, 'vi')).toBe('1 giây trước');
    expect(ago(59_999, 'vi')).toBe('59 giây trước');
    expect(ago(5 * 60_000, 'vi')).toBe('5 phút trước');
    expect(ago(26 * 3_600_000, 'en')).toBe('1 day ago');
  });

  test('a clock that runs ahead never makes the future of the past', () => {
    expect(ago(-5_000, 'en')).toBe('1 second ago');
  });
});

test('coordinates are written as maps are asked for: latitude, longitude', () => {
  expect(coordinates(103.016, 21.386)).toBe('21.38600, 103.01600');
});
