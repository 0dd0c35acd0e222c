import { describe, expect, it } from 'vitest';
import { MARGIN, pictureOf } from '../../../client/progress/chart.ts';
import type { UnitProgress } from '../../../data/forecast/answer.ts';
import { row } from './row.ts';

const SIZE = { width: 600, height: 300 };
const BOTTOM = SIZE.height - MARGIN.bottom;

function unit(more: Partial<UnitProgress> = {}): UnitProgress {
  return {
    ...row({ pacePerWeek: 7 }),
    metric: '5g.population',
    method: 'radius',
    asOf: '2025-07-27',
    simulated: true,
    national: { value: 0.9, day: '2025-12-31', asOf: '2025-07-28', source: 'nguồn' },
    paceLimits: { least: 3.5, most: 14 },
    series: [
      { day: '2025-07-13', built: 13, planned: 15 },
      { day: '2025-07-20', built: 20, planned: 25 },
      { day: '2025-07-27', built: 27, planned: 30 },
      { day: '2025-12-31', built: null, planned: 88 },
    ],
    ...more,
  };
}
/** Corners of a path. */
const corners = (path: string): number[][] =>
  path
    .split(/[MLZ]/)
    .filter(Boolean)
    .map((place) => place.split(' ').map(Number));

describe('the picture of a unit', () => {
  it('of people goes from nothing to all of them', () => {
    const { values, target } = pictureOf(unit(), SIZE);
    expect(values.map(({ value }) => value)).toEqual([0, 0.25, 0.5, 0.75, 1]);
    expect(values[0]?.at).toBe(BOTTOM);
    expect(values.at(-1)?.at).toBe(MARGIN.top);
    expect(target?.y).toBeCloseTo(MARGIN.top + 0.1 * (BOTTOM - MARGIN.top), 6);
  });

  it('draws what was built up to today, and the plan beyond it', () => {
    const picture = pictureOf(unit(), SIZE);
    expect(corners(picture.built)).toHaveLength(3);
    expect(corners(picture.planned)).toHaveLength(4);
    expect(corners(picture.built).at(-1)?.[0]).toBeCloseTo(picture.today, 1);
  });

  it('leads the forecast from where one stands to the target, with its band round it', () => {
    const picture = pictureOf(unit(), SIZE);
    const [start, end] = corners(picture.forecast);
    expect(start?.[0]).toBeCloseTo(picture.today, 1);
    expect(end?.[1]).toBeCloseTo(picture.target?.y ?? 0, 1);
    const [, earliest, latest] = corners(picture.band);
    expect(earliest?.[0]).toBeLessThan(end?.[0] ?? 0);
    expect(latest?.[0]).toBeGreaterThan(end?.[0] ?? 0);
    expect(picture.arrival).not.toBeNull();
  });

  it('never leads above the target, and leaves a late forecast at the edge', () => {
    const late = {
      state: 'arrives',
      day: '2050-01-01',
      earliest: '2027-01-01',
      latest: null,
    } as const;
    const limits = { least: -1, most: 6 };
    const picture = pictureOf(unit({ forecast: late, pacePerWeek: 0.4, paceLimits: limits }), SIZE);
    expect(picture.arrival).toBeNull();
    for (const [x = NaN, y = NaN] of [...corners(picture.forecast), ...corners(picture.band)]) {
      expect(x).toBeLessThanOrEqual(SIZE.width - MARGIN.right + 0.05);
      expect(y).toBeGreaterThanOrEqual((picture.target?.y ?? 0) - 0.05);
      expect(y).toBeLessThanOrEqual(BOTTOM);
    }
  });

  it('has no forecast where there is none', () => {
    const picture = pictureOf(
      unit({ forecast: { state: 'unknown', why: 'noChange' }, paceLimits: null }),
      SIZE,
    );
    expect([picture.forecast, picture.band, picture.arrival]).toEqual(['', '', null]);
  });

  it('of things counts in whole ones', () => {
    const things = {
      outOf: null,
      built: 3,
      target: { value: 4, day: null, basis: 'plan' as const },
    };
    const { values } = pictureOf(
      unit({
        ...things,
        metric: '5g.stations',
        series: [{ day: '2025-07-27', built: 3, planned: 2 }],
      }),
      SIZE,
    );
    expect(values.map(({ value }) => value)).toEqual([0, 2, 4]);
  });

  it('names months, as many as have room', () => {
    const { days } = pictureOf(unit(), SIZE);
    expect(days.length).toBeGreaterThan(2);
    const gaps = days.slice(1).map((tick, i) => tick.at - (days[i]?.at ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThan(70);
  });
});
