import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { forecast, LEAST_POINTS } from '../../../data/forecast/arrival.ts';
import type { Point } from '../../../data/forecast/slope.ts';

/** Values at the ends of weeks; the last one stands on day 1000. */
function weekly(...values: number[]): Point[] {
  return values.map((value, i) => ({ day: 1_000 - 7 * (values.length - 1 - i), value }));
}
const line = (from: number, perWeek: number, weeks = 13): Point[] =>
  weekly(...Array.from({ length: weeks }, (_, week) => from + perWeek * week));

describe('the day of arrival', () => {
  it('on a straight way is exact: what is left, by the pace, from the last point', () => {
    // From 0 to 1,200 in twelve weeks; 800 are left, at 100 a week: eight weeks, 56 days.
    const { arrival, pace } = forecast(line(0, 100), 2_000, 'more');
    expect(arrival).toEqual({ state: 'arrives', day: 1_056, earliest: 1_056, latest: 1_056 });
    expect((pace?.perDay ?? 0) * 7).toBeCloseTo(100, 9);
  });

  it('of hamlets, which are to be none, is the same downwards', () => {
    // From 36 to 24, one a week: 24 weeks, 168 days.
    const { arrival } = forecast(line(36, -1), 0, 'less');
    expect(arrival).toEqual({ state: 'arrives', day: 1_168, earliest: 1_168, latest: 1_168 });
  });

  it('is the whole day on or after which it is there', () => {
    // 10 are left at 3 a week: 23.3 days.
    const { arrival } = forecast(line(0, 3), 46, 'more');
    expect(arrival).toMatchObject({ state: 'arrives', day: 1_024 });
  });

  it('knows only the last twelve weeks', () => {
    const before = Array.from({ length: 40 }, (_, week) => ({ day: 500 + week * 7, value: 0 }));
    const { arrival } = forecast([...before, ...line(0, 100)], 2_000, 'more');
    expect(arrival).toMatchObject({ state: 'arrives', day: 1_056 });
  });

  it('has an interval as wide as the pace is uneven, and no latest day when it may be no pace', () => {
    const uneven = forecast(weekly(0, 5, 20, 22, 40, 41, 60, 80, 81, 95), 200, 'more').arrival;
    expect(uneven.state).toBe('arrives');
    if (uneven.state !== 'arrives') return;
    expect(uneven.earliest).toBeLessThan(uneven.day);
    expect(uneven.latest).toBeGreaterThan(uneven.day);
    const doubtful = forecast(weekly(10, 14, 9, 15, 10, 16, 11), 30, 'more').arrival;
    expect(doubtful).toMatchObject({ state: 'arrives', latest: null });
  });

  it('is the day since which it stays reached', () => {
    const points = weekly(5, 12, 9, 10, 11, 12);
    expect(forecast(points, 10, 'more').arrival).toEqual({ state: 'reached', day: 1_000 - 14 });
    expect(forecast(weekly(0, 0, 0), 0, 'less').arrival).toEqual({ state: 'reached', day: null });
  });

  it('is not told from too little', () => {
    const unknown = (why: string) => ({ state: 'unknown', why });
    const short = line(0, 10, LEAST_POINTS - 1);
    expect(forecast(short, 500, 'more').arrival).toEqual(unknown('tooFewPoints'));
    expect(forecast([], 500, 'more').arrival).toEqual(unknown('tooFewPoints'));
    expect(forecast(line(7, 0), 500, 'more').arrival).toEqual(unknown('noChange'));
    // One step at the end is no pace.
    const step = weekly(3, 3, 3, 3, 3, 3, 3, 3, 9);
    expect(forecast(step, 500, 'more').arrival).toEqual(unknown('tooLittleChange'));
  });

  it('never comes at a pace that leads away, stands still, or takes a lifetime', () => {
    const never = (why: string) => ({ state: 'never', why });
    expect(forecast(line(100, -1), 500, 'more').arrival).toEqual(never('backwards'));
    expect(forecast(line(100, 1), 0, 'less').arrival).toEqual(never('backwards'));
    const still = weekly(5, 5, 5, 4, 5, 5, 5, 5);
    expect(forecast(still, 500, 'more').arrival).toEqual(never('standstill'));
    expect(forecast(line(0, 1), 5_000, 'more').arrival).toEqual(never('tooFar'));
  });
});

describe('properties', () => {
  const paces = fc.integer({ min: 1, max: 500 });
  const gaps = fc.integer({ min: 1, max: 10_000 });

  it('outages of two of the weeks before do not move it', () => {
    const weeks = fc.uniqueArray(fc.integer({ min: 0, max: 11 }), { maxLength: 2 });
    const depths = fc.integer({ min: 1, max: 1_000_000 });
    fc.assert(
      fc.property(paces, gaps, weeks, depths, (perWeek, gap, out, depth) => {
        const whole = line(0, perWeek);
        const broken = whole.map((point, i) =>
          out.includes(i) ? { ...point, value: point.value - depth } : point,
        );
        const target = perWeek * 12 + gap;
        const [calm, shaken] = [whole, broken].map(
          (points) => forecast(points, target, 'more').arrival,
        );
        if (calm?.state === 'arrives') expect(shaken).toMatchObject({ day: calm.day });
        else expect(shaken).toEqual(calm);
      }),
    );
  });

  it('earliest, day and latest come in this order, all after the last point', () => {
    const values = fc.array(fc.integer({ min: 0, max: 1_000 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(values, fc.integer({ min: 0, max: 2_000 }), (given, target) => {
        const { arrival } = forecast(weekly(...given), target, 'more');
        if (arrival.state !== 'arrives') return;
        expect(arrival.earliest).toBeGreaterThan(1_000);
        expect(arrival.day).toBeGreaterThanOrEqual(arrival.earliest);
        expect(arrival.latest ?? Infinity).toBeGreaterThanOrEqual(arrival.day);
      }),
    );
  });

  it('more left takes longer', () => {
    fc.assert(
      fc.property(paces, gaps, gaps, (perWeek, gap, more) => {
        const points = line(0, perWeek);
        const near = forecast(points, perWeek * 12 + gap, 'more').arrival;
        const far = forecast(points, perWeek * 12 + gap + more, 'more').arrival;
        if (near.state === 'arrives' && far.state === 'arrives')
          expect(far.day).toBeGreaterThanOrEqual(near.day);
        else expect(far.state).toBe('never');
      }),
    );
  });
});
