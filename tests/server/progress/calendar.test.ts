import { describe, expect, it } from 'vitest';
import { dayNumberOf } from '../../../data/model/scalars.ts';
import { Calendar } from '../../../server/progress/calendar.ts';

const AT = '2026-11-22T02:00:00.000Z';
const event = (by: string, effective: string, id = 1, at = AT) => ({ by, effective, id, at });
const day = dayNumberOf;

describe('the day of an event in the history', () => {
  it('is its effective day, where nothing is simulated', () => {
    const calendar = new Calendar(undefined);
    expect(calendar.dayOf(event('lan', '2026-05-01'))).toBe(day('2026-05-01'));
    expect(calendar.simulated).toBeUndefined();
  });

  it('is never later than the day in Viet Nam on which the log took it', () => {
    const calendar = new Calendar(undefined);
    expect(calendar.dayOf(event('lan', '2099-01-01'))).toBe(day('2026-11-22'));
    const lateEvening = event('lan', '2026-12-31', 2, '2026-11-22T18:00:00.000Z');
    expect(calendar.dayOf(lateEvening)).toBe(day('2026-11-23'));
  });

  it('is in the simulation the simulated day, also for what a person does on another one', () => {
    const calendar = new Calendar(day('2024-01-02'));
    calendar.dayOf(event('demo', '2025-07-28', 1));
    calendar.dayOf(event('feed', '2025-08-03', 2));
    expect(calendar.dayOf(event('lan', '2026-11-22', 3))).toBe(day('2025-08-03'));
    expect(calendar.dayOf(event('lan', '2025-06-01', 4))).toBe(day('2025-06-01'));
    expect(calendar.simulated).toBe(day('2025-08-03'));
  });

  it('draws back to the first simulated day what was there before', () => {
    const calendar = new Calendar(day('2024-01-02'));
    expect(calendar.dayOf(event('lan', '2026-11-01'))).toBe(day('2024-01-02'));
  });

  it('keeps the order of the changes of one thing', () => {
    const calendar = new Calendar(undefined);
    calendar.dayOf(event('lan', '2026-05-10', 7));
    expect(calendar.dayOf(event('lan', '2026-05-01', 7))).toBe(day('2026-05-10'));
    expect(calendar.dayOf(event('lan', '2026-05-01', 8))).toBe(day('2026-05-01'));
  });

  it('knows a simulation that begins unannounced', () => {
    expect(new Calendar(undefined).isSurprisedBy({ by: 'demo' })).toBe(true);
    expect(new Calendar(undefined).isSurprisedBy({ by: 'lan' })).toBe(false);
    expect(new Calendar(19_000).isSurprisedBy({ by: 'feed' })).toBe(false);
  });
});
