import { describe, expect, it } from 'vitest';
import { elementIn, wishIn } from '../../../client/network/choices.ts';
import {
  availabilityQuery,
  availabilitySaid,
  inOrder,
  lengthSaid,
  outageQuery,
  type NamedAvailability,
} from '../../../client/network/log.ts';
import { cutClass } from '../../../client/network/weak.ts';

const NOW = Date.parse('2026-11-26T10:03:20.000Z');
const wish = (choices: Record<string, string> = {}) => wishIn(choices);

describe('what is asked of the log', () => {
  it('ends now, and keeps its address for five minutes', () => {
    const query = outageQuery('01', wish(), NOW);
    expect(query).toBe('unit=01&from=2026-11-25T10%3A00%3A00.000Z');
    expect(outageQuery('01', wish(), NOW + 60_000)).toBe(query);
    expect(outageQuery('vn', wish({ span: '7d' }), NOW)).toContain('from=2026-11-19');
  });

  it('is any days, where days are chosen', () => {
    const chosen = wish({ span: 'days', from: '2026-11-01', to: '2026-11-10' });
    expect(outageQuery('vn', chosen, NOW)).toBe('from=2026-11-01&to=2026-11-10');
  });

  it('is of the provinces in the nation, and of the communes in a province', () => {
    expect(availabilityQuery('vn', null, wish(), NOW)).toContain('level=province');
    const province = availabilityQuery('01', '01', wish({ target: '99.95' }), NOW);
    expect(province).toContain('level=commune&province=01');
    expect(province).toContain('target=0.9995');
    expect(availabilityQuery('00001', '01', wish(), NOW)).toContain('province=01');
  });
});

describe('the address', () => {
  it.each(['node', 'node-', 'node-0', 'station-4', 'node-1x', 'node-99999999999'])(
    '%s names no node and no link',
    (text) => {
      expect(elementIn(text)).toBeNull();
    },
  );

  it('of nonsense is the ordinary view', () => {
    const odd = { show: 'x', span: '2d', from: 'today', target: '101', km: '7', at: '105_21' };
    expect(wish(odd)).toEqual(wish());
  });
});

describe('in words', () => {
  const units = { day: 'ngày', hour: 'giờ', minute: 'phút', second: 'giây' };
  it.each([
    [0, '0 giây'],
    [59.6, '1 phút'],
    [61, '1 phút 1 giây'],
    [3_600, '1 giờ'],
    [4_805, '1 giờ 20 phút'],
    [90_061, '1 ngày 1 giờ'],
    [-3, '0 giây'],
  ])('%s seconds are %s', (seconds, said) => {
    expect(lengthSaid(seconds, units)).toBe(said);
  });

  it('an availability never says more than holds', () => {
    expect(availabilitySaid(0.999_999, 'vi')).toBe('99,999%');
    expect(availabilitySaid(0.9999999, 'vi')).toBe('99,999%');
    expect(availabilitySaid(1, 'vi')).toBe('100,000%');
    expect(availabilitySaid(0.999, 'en')).toBe('99.900%');
    expect(availabilitySaid(null, 'en')).toBe('–');
  });
});

describe('the table', () => {
  const row = (name: string, availability: number | null, outages = 0): NamedAvailability => ({
    ...{ unit: name, name, communes: availability === null ? 0 : 1, availability, met: 1, outages },
    ...{ downSeconds: outages * 60, longestSeconds: 60 },
  });
  const rows = [row('B', 0.9, 4), row('A', null), row('Đ', 0.99, 1), row('C', 0.99, 9)];

  it('is in the order of a column, and what does not count is last either way', () => {
    const names = (column: Parameters<typeof inOrder>[1], descending: boolean) =>
      inOrder(rows, column, descending).map(({ name }) => name);
    expect(names('availability', false)).toEqual(['B', 'C', 'Đ', 'A']);
    expect(names('availability', true)).toEqual(['C', 'Đ', 'B', 'A']);
    expect(names('outages', true)).toEqual(['C', 'B', 'Đ', 'A']);
    expect(names('name', false)).toEqual(['A', 'B', 'C', 'Đ']);
  });
});

it('a unit is coloured by the share of its communes that is cut off', () => {
  expect([0, 1, 3, 20, 50, 100].map((cut) => cutClass(cut, 100))).toEqual([5, 4, 3, 2, 1, 0]);
  expect(cutClass(1, 1)).toBe(0);
  expect(cutClass(0, 0)).toBe(5);
});
