import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readChoice, readFlag } from '../../../server/imports/choices.ts';
import { readDay } from '../../../server/imports/days.ts';
import { decimalOf, readNumber } from '../../../server/imports/numbers.ts';
import { STATION_STATUSES, BANDS, OPERATORS } from '../../../data/model/things.ts';

describe('numbers', () => {
  it.each([
    ['105,8542', 'comma', 105.8542],
    ['1.234.567,5', 'comma', 1_234_567.5],
    ['1 234', 'comma', 1_234],
    ['1.234', 'comma', 1_234],
    ['1,234.5', 'dot', 1_234.5],
    ['-12.5', 'dot', -12.5],
    ['.5', 'dot', 0.5],
    ['12a', 'dot', undefined],
    ['1.23.4', 'comma', undefined],
    ['1,2,3', 'comma', undefined],
    ['', 'dot', undefined],
  ] as const)('%s with a decimal %s', (text, decimal, value) => {
    expect(readNumber(text, decimal)).toBe(value);
  });

  it.each([
    [['42,5', '30'], false, 'comma'],
    [['1.234,5'], false, 'comma'],
    [['1,234.5'], false, 'dot'],
    [['21.03', '1.234'], false, 'dot'],
    [['1.234', '12.000'], true, 'comma'],
    [['1,234', '12,000'], true, 'dot'],
    [['1,234'], false, 'comma'],
    [['42'], false, 'dot'],
  ] as const)('the sign of %j is found', (values, whole, decimal) => {
    expect(decimalOf(values, whole)).toBe(decimal);
  });

  it('any number written in Vietnamese comes back', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e9, max: 1e9, noNaN: true }), (value) => {
        const rounded = Math.round(value * 1e4) / 1e4;
        const text = rounded.toLocaleString('vi-VN', { maximumFractionDigits: 4 });
        expect(readNumber(text, 'comma')).toBeCloseTo(rounded, 4);
      }),
    );
  });
});

describe('days', () => {
  it.each([
    ['28/07/2025', '2025-07-28'],
    ['8-7-2025', '2025-07-08'],
    ['28.7.25', '2025-07-28'],
    ['ngày 28/7/2025', '2025-07-28'],
    ['28/07/2025 08:30', '2025-07-28'],
    ['2025-07-28', '2025-07-28'],
    ['2025-07-28T17:00:00Z', '2025-07-28'],
    [45_866, '2025-07-28'],
    ['45866', '2025-07-28'],
    ['07/28/2025', undefined],
    ['30/02/2025', undefined],
    ['tháng 7', undefined],
    [12, undefined],
  ])('%s', (written, day) => {
    expect(readDay(written)).toBe(day);
  });
});

describe('words for choices', () => {
  it.each([
    ['operator', OPERATORS, 'VNPT', 'vinaphone'],
    ['operator', OPERATORS, 'Nhà mạng khác', 'other'],
    ['band', BANDS, 'Band 3', 'b3'],
    ['band', BANDS, '2600 MHz', 'n41'],
    ['band', BANDS, 'N78', 'n78'],
    ['status', STATION_STATUSES, 'Đang hoạt động', 'on_air'],
    ['status', STATION_STATUSES, 'on_air', 'on_air'],
    ['status', STATION_STATUSES, 'đã có sóng', undefined],
  ] as const)('%s of %j: %s', (field, of, word, value) => {
    expect(readChoice('stations', field, of, word)).toBe(value);
  });

  it('what is up for a line is on air for a station', () => {
    expect(readChoice('nodes', 'status', ['planned', 'up', 'down'], 'Hoạt động')).toBe('up');
  });

  it('yes and no', () => {
    expect(['Có', 'x', '1', 'TRUE', 'Không', 'chưa', '0', '?'].map(readFlag)).toEqual([
      ...[true, true, true, true, false, false, false, undefined],
    ]);
  });
});
