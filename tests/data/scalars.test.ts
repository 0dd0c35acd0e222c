import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import {
  Day,
  dayInVietnam,
  dayNumberOf,
  dayOf,
  Latitude,
  Line,
  Longitude,
} from '../../data/model/scalars.ts';

describe('days', () => {
  it('are calendar days that exist', () => {
    expect(v.is(Day, '2024-02-29')).toBe(true);
    for (const wrong of ['2025-02-29', '2025-13-01', '28/07/2025', '1850-01-01', ''])
      expect(v.is(Day, wrong)).toBe(false);
  });

  it('begin at 17:00 UTC, midnight in Hà Nội', () => {
    expect(dayInVietnam(Date.parse('2025-07-28T16:59:59Z'))).toBe('2025-07-28');
    expect(dayInVietnam(Date.parse('2025-07-28T17:00:00Z'))).toBe('2025-07-29');
  });

  it('are numbers and text, the same both ways', () => {
    expect(dayNumberOf('1970-01-02')).toBe(1);
    expect(dayOf(dayNumberOf('2025-07-28'))).toBe('2025-07-28');
  });
});

describe('text', () => {
  it('is trimmed and composed, however it was typed', () => {
    const decomposed = ' Đie\u0323\u0302n Bie\u0302n ';
    expect(v.parse(Line, decomposed)).toBe('Điện Biên');
  });

  it('is one line of whole characters', () => {
    expect(v.is(Line, 'Trạm 🗼')).toBe(true);
    for (const wrong of ['', '  ', 'a\nb', 'a\u2028b', 'a\u0000', 'a\ud800', 'x'.repeat(201)])
      expect(v.is(Line, wrong)).toBe(false);
  });
});

describe('places', () => {
  it('are kept to the micro-degree', () => {
    expect(v.parse(Longitude, 105.123456789)).toBe(105.123457);
    expect(v.parse(Latitude, 21.0000004)).toBe(21);
  });

  it('lie in the window of Viet Nam and its seas, Hoàng Sa and Trường Sa included', () => {
    for (const [lon, lat] of [
      [112, 16.5],
      [114.3, 8.6],
      [102.2, 22.4],
      [104.7, 8.4],
    ] as const)
      expect(v.is(Longitude, lon) && v.is(Latitude, lat)).toBe(true);
    expect(v.is(Longitude, 21)).toBe(false);
    expect(v.is(Latitude, NaN)).toBe(false);
  });
});
