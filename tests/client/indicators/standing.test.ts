import { describe, expect, test } from 'vitest';
import { indicatorWords } from '../../../client/indicators/words.ts';
import { classesOf } from '../../../client/indicators/colouring.ts';
import { lineOf, MARGIN } from '../../../client/indicators/line.ts';
import { inOrder } from '../../../client/indicators/order.ts';
import { valueSaid } from '../../../client/indicators/saying.ts';
import {
  isOf,
  latenessOf,
  standingOf,
  targetSource,
  valuesIn,
  type Known,
} from '../../../client/indicators/standing.ts';
import { indicatorOf, type Indicator } from '../../../data/country/indicators.ts';
import { dayNumberOf } from '../../../data/model/scalars.ts';
import { Story } from '../live/small-country.ts';

function known(code: string): Indicator {
  const indicator = indicatorOf(code);
  if (!indicator) throw new Error(`the register has no ${code}`);
  return indicator;
}

const story = new Story();
for (const [indicator, unit, day, value, more] of [
  ['dvc.online', '11', '2025-05-31', 0.2, {}],
  ['dvc.online', '11', '2025-06-30', 0.4, { simulated: true }],
  ['crypto.commune', '11', '2025-06-30', 20, {}],
  ['id.cards', 'vn', '2025-07-10', 87e6, { source: 'Trang tin Đảng bộ TP.HCM' }],
] as const)
  story.happens('indicator.report', 0, { indicator, unit, day, value, source: '', ...more });

const country: Known = {
  definitions: story.country.tables.definitions,
  values: story.country.tables.indicators,
  counted: new Map([['11', { 'hamlets.uncovered': 3 }]]),
  shareOf: (unit) => (unit === '11' ? 0.18 : null),
  communesIn: (unit) => (unit === 'vn' ? 3_321 : 45),
  provinces: ['01', '11'],
  today: dayNumberOf('2025-07-20'),
};
const standing = (code: string, unit: string) => standingOf(known(code), unit, country);

describe('how an indicator stands', () => {
  test('is what was reported last, against the target as it holds for the unit', () => {
    expect(standing('dvc.online', '11')).toMatchObject({
      ...{ value: 0.4, day: '2025-06-30', simulated: true, target: 0.8, progress: 0.5 },
    });
    expect(standing('dvc.online', '11').series.map(({ value }) => value)).toEqual([0.2, 0.4]);
    expect(standing('dvc.online', '01')).toMatchObject({ value: null, day: null, progress: null });
    expect(standing('crypto.commune', '11')).toMatchObject({ target: 45, progress: 20 / 45 });
    expect(standing('crypto.commune', 'vn')).toMatchObject({ value: 20, summedOf: 1 });
    expect(standing('signature.adults', 'vn')).toMatchObject({ value: null, summedOf: null });
  });

  test('is counted now where it is counted, and estimated where people are', () => {
    expect(standing('hamlets.uncovered', '11')).toMatchObject({ value: 3, day: null, target: 0 });
    expect(standing('hamlets.uncovered', '01')).toMatchObject({ value: 0 });
    expect(standing('5g.population', '11')).toMatchObject({ value: 0.18, target: 0.9 });
    expect(standing('5g.population', '11').progress).toBeCloseTo(0.2);
    expect(standing('5g.population', '01')).toMatchObject({ value: null, progress: null });
    expect(standing('tslcd.communes', '11').target).toBe(45);
    // What a province plans is in its plan, not in the programme.
    expect(standing('5g.stations', '11').target).toBeNull();
  });

  test('says "about" of what its source says "about" of, and of nothing else', () => {
    expect(standing('id.cards', 'vn').bound).toBe('about');
    expect(standing('dvc.online', '11').bound).toBeUndefined();
  });

  test('is told only in the units that have it', () => {
    expect(isOf(known('id.cards'), '11')).toBe(false);
    expect(isOf(known('dvc.online'), '03127')).toBe(true);
    expect(isOf(known('hanoi.5g.communes'), '01')).toBe(true);
    expect(isOf(known('hanoi.5g.communes'), '11')).toBe(false);
  });

  test('is the same of many units at once, and so is who is late', () => {
    for (const code of ['dvc.online', 'crypto.commune', '5g.population', 'hamlets.uncovered'])
      for (const one of valuesIn(known(code), ['11', '01'], country))
        expect(standing(code, one.unit)).toMatchObject(one);
    expect(latenessOf(known('dvc.online'), country)?.units.map(({ unit }) => unit)).toEqual(['01']);
    expect(latenessOf(known('id.cards'), country)).toBeNull();
  });

  test('names who announced a target', () => {
    expect(targetSource('crypto.commune')?.asOf).toBe('2025-07-28');
    expect(targetSource('id.cards')).toBeUndefined();
  });
});

describe('a value', () => {
  const said = (value: number | null, code: string, bound?: 'about' | 'above') =>
    valueSaid(value, known(code).unit, indicatorWords(), 'vi', bound);
  test.each([
    [said(0.3951, 'dvc.online'), '39,5%'],
    [said(12_106, '5g.stations'), '12.106'],
    [said(87e6, 'id.cards', 'about'), '≈ 87 triệu'],
    [said(0.26, '5g.population', 'above'), '> 26%'],
    [said(5e8, 'danang.upgrade'), '500 triệu đồng'],
    [said(3, 'reports.oldest'), '3 ngày'],
    [said(null, 'id.cards'), '–'],
  ])('is written %s', (written, wanted) => expect(written).toBe(wanted));
});

describe('the map by an indicator', () => {
  const provinceOf = (commune: string): string => (commune === '03127' ? '11' : '01');
  const values: Record<string, number> = { '01': 0, '11': 70, '04': 34 };
  const valueOf = (unit: string): number | null => values[unit] ?? null;

  test('goes in equal steps from the least value to the most', () => {
    const classes = classesOf(known('crypto.commune'), ['01', '04', '11'], valueOf, provinceOf);
    expect(['01', '04', '11', '08'].map((unit) => classes.classOf(unit))).toEqual([0, 3, 6, -1]);
    expect([classes.least, classes.most]).toEqual([0, 70]);
    // A commune has no such indicator: it is shown with its province.
    expect(classes.classOf('03127')).toBe(6);
  });

  test('goes by the steps of the ramp for shares, a commune by its own', () => {
    const shares = classesOf(
      known('dvc.online'),
      ['01'],
      (unit) => (unit === '01' ? 0.95 : null),
      provinceOf,
    );
    expect([shares.classOf('01'), shares.classOf('00004'), shares.most]).toEqual([6, -1, 1]);
  });

  test('has one colour where all are alike', () => {
    const alike = classesOf(known('crypto.commune'), ['01', '11'], () => 5, provinceOf);
    expect([alike.classOf('01'), alike.classOf('11')]).toEqual([6, 6]);
    const none = classesOf(known('crypto.commune'), ['01', '11'], () => 0, provinceOf);
    expect(none.classOf('01')).toBe(0);
  });
});

describe('the line', () => {
  const size = { width: 300, height: 120 };
  test('goes from the first day to the last, and has the target above', () => {
    const series = [
      { day: '2025-01-31', value: 10 },
      { day: '2025-03-02', value: 20 },
    ];
    const { points, target, days, values } = lineOf(series, 40, size);
    expect(points.map(({ x }) => x)).toEqual([MARGIN.left, size.width - MARGIN.right]);
    expect(target ?? 0).toBeLessThan(points[1]?.y ?? 0);
    expect(days.map(({ day }) => day)).toEqual(['2025-01-31', '2025-02-15', '2025-03-02']);
    expect(values.map(({ value }) => value)).toEqual([0, 20, 40]);
  });

  test('puts a single value in the middle', () => {
    const { points, days } = lineOf([{ day: '2025-01-31', value: 0 }], null, size);
    expect(points[0]?.x).toBe(MARGIN.left + (size.width - MARGIN.left - MARGIN.right) / 2);
    expect(days).toHaveLength(1);
  });
});

test('units without a value come last, whichever way they are in order', () => {
  const row = (name: string, value: number | null) => ({
    ...{ unit: name, name, value, day: null, target: null, simulated: false },
  });
  const rows = [row('Huế', 2), row('An Giang', null), row('Cà Mau', 5), row('Đồng Nai', 2)];
  const names = (...by: ['name' | 'value', boolean]) =>
    inOrder(rows, ...by).map(({ name }) => name);
  expect(names('value', true)).toEqual(['Cà Mau', 'Đồng Nai', 'Huế', 'An Giang']);
  expect(names('value', false)).toEqual(['Đồng Nai', 'Huế', 'Cà Mau', 'An Giang']);
  expect(names('name', false)).toEqual(['An Giang', 'Cà Mau', 'Đồng Nai', 'Huế']);
});
