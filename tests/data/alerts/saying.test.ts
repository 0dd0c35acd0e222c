/** An alert in a sentence, as people read it. */
import { describe, expect, it } from 'vitest';
import { sayAlert, type Sayable } from '../../../data/alerts/saying.ts';

const nameOf = (unit: string): string => `Xã ${unit}`;
const station = { noun: 'station', id: 7, name: 'Ba Đình V5-12', place: null } as const;
const hamlet = { noun: 'hamlet', id: 8, name: 'Bản Na', place: null } as const;
const since = '2025-07-28T07:03:22.000Z';
const down = { what: 'station_down', hours: 24 } as const;
const fallen = { what: 'coverage_falling', field: '5g', points: 1, hours: 24 } as const;
const deadline = { what: 'deadline', of: 'hamlets' } as const;

describe('an alert is one sentence in either language', () => {
  it.each<[string, Omit<Sayable, 'unit'>, vi: string, en: string]>([
    [
      'a commune cut off, and what is broken',
      {
        watch: { what: 'commune_cut', minutes: 5 },
        thing: null,
        facts: { people: 12_345, since, causes: ['Nút A', 'Nút B', 'C – D', 'E – F', 'Nút G'] },
      },
      'mất kết nối mạng truyền số liệu chuyên dùng từ 14:03 28/7/2025, 12.345 người; hỏng: Nút A, Nút B, C – D và 2 chỗ khác',
      'cut off from the data network since 14:03 28 Jul 2025, 12,345 people; broken: Nút A, Nút B, C – D and 2 more',
    ],
    [
      'a commune cut off of which nothing else is known',
      { watch: { what: 'commune_cut', minutes: 5 }, thing: null, facts: {} },
      'mất kết nối mạng truyền số liệu chuyên dùng',
      'cut off from the data network',
    ],
    [
      'the last station of a commune',
      { watch: { ...down, alone: true }, thing: station, facts: { people: 900, since } },
      'không còn trạm nào phát sóng, 900 người; trạm “Ba Đình V5-12” ngừng phát từ 14:03 28/7/2025',
      'no station is on air any more, 900 people; station “Ba Đình V5-12” is down since 14:03 28 Jul 2025',
    ],
    [
      'any station',
      { watch: { ...down, alone: false }, thing: station, facts: { since } },
      'trạm “Ba Đình V5-12” ngừng phát sóng từ 14:03 28/7/2025',
      'station “Ba Đình V5-12” is down since 14:03 28 Jul 2025',
    ],
    [
      'coverage that falls',
      { watch: fallen, thing: null, facts: { was: 0.2734, is: 0.2511, people: 28_000 } },
      'dân số có 5G giảm từ 27,3% xuống 25,1% trong 24 giờ, 28.000 người mất sóng',
      'people with 5G fell from 27.3% to 25.1% within 24 hours, 28,000 people lost it',
    ],
    [
      'a deadline that has passed',
      {
        watch: { ...deadline, daysBefore: 0 },
        thing: hamlet,
        facts: { day: '2025-06-30', people: 120 },
      },
      'Bản Na chưa có sóng, quá hạn 30/6/2025, 120 người',
      'Bản Na has no signal and was due on 30 Jun 2025, 120 people',
    ],
    [
      'a deadline that comes',
      { watch: { ...deadline, daysBefore: 7 }, thing: hamlet, facts: { day: '2025-09-01' } },
      'Bản Na chưa có sóng, hạn là 1/9/2025',
      'Bản Na has no signal and is due on 1 Sept 2025',
    ],
    [
      'a province that is silent',
      { watch: { what: 'silent', hours: 24 }, thing: null, facts: { since } },
      'không có dữ liệu mới trong 24 giờ, lần cuối lúc 14:03 28/7/2025',
      'nothing new for 24 hours, the last at 14:03 28 Jul 2025',
    ],
    [
      'a rule that found too much',
      { watch: { ...down, alone: false }, thing: null, facts: { found: 1_234_567 } },
      '1.234.567 trạm cùng ngừng phát sóng',
      '1,234,567 stations down at once',
    ],
  ])('%s', (_what, alert, vi, en) => {
    const whole = { ...alert, unit: '00004' };
    expect(sayAlert(whole, nameOf, 'vi')).toBe(`Xã 00004: ${vi}.`);
    expect(sayAlert(whole, nameOf, 'en')).toBe(`Xã 00004: ${en}.`);
  });
});
