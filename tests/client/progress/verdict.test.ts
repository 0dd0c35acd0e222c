import { describe, expect, it } from 'vitest';
import { classOfVerdict, verdictOf } from '../../../client/progress/verdict.ts';
import type { WrittenArrival } from '../../../data/forecast/answer.ts';
import { row } from './row.ts';

const due = (forecast: WrittenArrival, asOf = '2025-07-29', day: string | null = '2025-12-31') =>
  verdictOf(row({ target: { value: 90, day, basis: 'national' }, forecast }), asOf);
const arrives = (day: string): WrittenArrival => ({
  state: 'arrives',
  day,
  earliest: day,
  latest: null,
});

describe('a forecast against the day that was set', () => {
  it('is in time up to and with that day', () => {
    expect(due(arrives('2025-12-31'))).toEqual({ kind: 'in_time' });
    expect(due(arrives('2025-12-01'))).toEqual({ kind: 'in_time' });
  });

  it('is late from the next day on, and overdue once the day has passed', () => {
    expect(due(arrives('2026-01-01'))).toEqual({ kind: 'late', late: 1, overdue: false });
    expect(due(arrives('2026-03-01'), '2026-01-10')).toMatchObject({ kind: 'late', overdue: true });
    const never: WrittenArrival = { state: 'never', why: 'standstill' };
    expect(due(never, '2026-01-10')).toEqual({ kind: 'never', overdue: true });
  });

  it('that was reached says how late', () => {
    expect(due({ state: 'reached', day: '2025-06-01' })).toEqual({ kind: 'reached', late: 0 });
    expect(due({ state: 'reached', day: '2026-01-10' })).toEqual({ kind: 'reached', late: 10 });
    expect(due({ state: 'reached', day: null })).toEqual({ kind: 'reached', late: 0 });
  });

  it('without such a day is only coming', () => {
    expect(due(arrives('2030-01-01'), '2025-07-29', null)).toEqual({ kind: 'coming' });
  });

  it('has a colour that goes from never to reached', () => {
    const late = (days: number) => ({ kind: 'late', late: days, overdue: false }) as const;
    const classes = [
      { kind: 'never', overdue: false } as const,
      ...[late(2_000), late(400), late(20)],
      { kind: 'coming' } as const,
      { kind: 'in_time' } as const,
      { kind: 'reached', late: 0 } as const,
    ].map(classOfVerdict);
    expect(classes).toEqual([0, 0, 1, 2, 4, 5, 6]);
    expect(classOfVerdict({ kind: 'unknown' })).toBe(-1);
  });
});
