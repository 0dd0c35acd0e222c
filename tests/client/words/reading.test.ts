import { describe, expect, it } from 'vitest';
import { number, upTo } from '../../../client/words/format.ts';
import { readDay, readNumber, typedDay } from '../../../client/words/reading.ts';

describe('a number that somebody typed', () => {
  it.each([
    ['35', 'vi', 35],
    ['35,5', 'vi', 35.5],
    ['35.5', 'vi', 35.5],
    ['1.240', 'vi', 1240],
    ['1.240,5', 'vi', 1240.5],
    ['863.000.000', 'vi', 863_000_000],
    ['1 240', 'vi', 1240],
    ['1,240', 'en', 1240],
    ['35,5', 'en', 35.5],
    ['−3', 'vi', -3],
    ['', 'vi', undefined],
    ['cao', 'vi', undefined],
    ['1e5', 'vi', undefined],
    ['3,5,7', 'vi', undefined],
  ] as const)('“%s” in %s is %s', (text, language, value) => {
    expect(readNumber(text, language)).toBe(value);
  });

  it('is read as it was written, in both languages', () => {
    for (const language of ['vi', 'en'] as const)
      for (const value of [0, 7, 35.25, 1234, 1234.5, 1_000_000, 0.3951]) {
        expect(readNumber(upTo(value, language, 6), language)).toBe(value);
        expect(readNumber(number(Math.round(value), language), language)).toBe(Math.round(value));
      }
  });
});

describe('a day that somebody typed', () => {
  it.each([
    ['28/7/2025', '2025-07-28'],
    ['28-07-2025', '2025-07-28'],
    ['28.7.2025', '2025-07-28'],
    ['28 7 2025', '2025-07-28'],
    ['28072025', '2025-07-28'],
    ['2025-07-28', '2025-07-28'],
    ['7/28/2025', undefined],
    ['30/2/2025', undefined],
    ['28/7', undefined],
    ['hôm nay', undefined],
    ['', undefined],
  ] as const)('“%s” is %s', (text, day) => {
    expect(readDay(text)).toBe(day);
  });

  it('is read as it was written', () => {
    expect(typedDay('2025-07-08')).toBe('8/7/2025');
    expect(readDay(typedDay('2025-07-08'))).toBe('2025-07-08');
  });
});
