import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { FilmSpan, filmWithin, momentAt, momentsOf } from '../../../data/wall/film.ts';

const hanoi = (text: string): number => Date.parse(`${text}+07:00`);
const log = { from: hanoi('2024-01-10T08:00'), to: hanoi('2025-12-20T15:30') };

describe('the span of a film', () => {
  test('of days up to now ends with the last midnight', () => {
    expect(filmWithin({ days: 30 }, log)).toEqual({
      from: hanoi('2025-11-20T00:00'),
      to: hanoi('2025-12-20T00:00'),
    });
  });

  test('between two days has both of them whole', () => {
    expect(filmWithin({ from: '2025-03-01', until: '2025-03-31' }, log)).toEqual({
      from: hanoi('2025-03-01T00:00'),
      to: hanoi('2025-04-01T00:00'),
    });
  });

  test('is cut to what the log has, and is none where that is nothing', () => {
    expect(filmWithin({ days: 3_000 }, log)).toEqual({
      from: log.from,
      to: hanoi('2025-12-20T00:00'),
    });
    expect(filmWithin({ from: '2025-12-01', until: '2026-12-31' }, log)).toEqual({
      from: hanoi('2025-12-01T00:00'),
      to: log.to,
    });
    expect(filmWithin({ from: '2023-01-01', until: '2024-01-09' }, log)).toBeNull();
    expect(filmWithin({ from: '2025-12-21', until: '2026-01-01' }, log)).toBeNull();
    const young = { from: hanoi('2025-12-20T08:00'), to: hanoi('2025-12-20T15:30') };
    expect(filmWithin({ days: 30 }, young)).toBeNull();
  });

  test.each([
    ['that ends before it begins', { from: '2025-03-31', until: '2025-03-01' }],
    ['of no time', { from: '2025-03-01', until: '2025-03-01' }],
    ['of a day that is none', { from: '2025-02-30', until: '2025-03-31' }],
    ['longer than a log', { from: '1990-01-01', until: '2025-01-01' }],
    ['of a single day', { days: 1 }],
    ['of half a day more', { days: 30.5 }],
    ['longer than ten years', { days: 4_000 }],
    ['said in both ways', { days: 30, from: '2025-03-01', until: '2025-03-31' }],
    ['that has no end', { from: '2025-03-01' }],
  ])('%s is refused', (_what, wrong) => {
    expect(v.is(FilmSpan, wrong)).toBe(false);
  });
});

describe('the moments of a film', () => {
  test('lie evenly from the first to the last of its span, as many as can be seen', () => {
    const span = { from: 1_000, to: 4_000 };
    expect(momentsOf(span, 10)).toEqual([1_000, 2_000, 3_000, 4_000]);
    expect(momentsOf(span, 5)).toEqual([1_000, 4_000]);
    expect(momentsOf(span, 3_600)).toHaveLength(48);
  });

  test('are whole ms, none of them outside the log', () => {
    const moments = momentsOf({ from: 0.4, to: 10.6 }, 7.5);
    expect(moments).toEqual([1, 6, 10]);
  });

  test('are shown each for as long as the others', () => {
    expect([0, 0.24, 0.25, 0.5, 0.99, 1].map((gone) => momentAt(gone, 4))).toEqual([
      0, 0, 1, 2, 3, 3,
    ]);
  });
});
