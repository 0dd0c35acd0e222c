import { describe, expect, it } from 'vitest';
import { dayNumberOf } from '../../../data/model/scalars.ts';
import { ToldDays } from '../../../server/past/told-days.ts';

const day = (text: string): number => dayNumberOf(text);
const noon = (text: string): number => Date.parse(`${text}T12:00:00+07:00`);
const midnight = (text: string): number => Date.parse(`${text}T00:00:00+07:00`);

describe('the clock of a simulation', () => {
  const days = new ToldDays([
    { day: day('2025-01-06'), seq: 11 },
    { day: day('2025-01-07'), seq: 111 },
    { day: day('2025-01-10'), seq: 211 },
  ]);
  const head = 300;

  it('spreads the events of a day evenly over it', () => {
    expect(days.msOf(11, head)).toBe(midnight('2025-01-06'));
    expect(days.msOf(61, head)).toBe(noon('2025-01-06'));
    expect(days.seqAt(noon('2025-01-06'), head)).toBe(61);
  });

  it('answers of the instant of an event that very event', () => {
    for (let seq = 11; seq <= head; seq++)
      expect(days.seqAt(Math.ceil(days.msOf(seq, head)), head)).toBe(seq);
  });

  it('stands still where nothing was told, and knows nothing before its first day', () => {
    expect(days.seqAt(noon('2025-01-09'), head)).toBe(210);
    expect(days.seqAt(midnight('2025-01-06') - 1, head)).toBeUndefined();
  });

  it('lets the day that is not over yet have as many events as an ordinary one', () => {
    expect(days.msOf(211 + 450, 211 + 450)).toBe(noon('2025-01-10'));
    expect(days.seqAt(noon('2025-01-10'), head)).toBe(head);
  });

  it('begins a day with the first event of it or of a later one', () => {
    const odd = new ToldDays([
      { day: day('2025-01-06'), seq: 1 },
      { day: day('2025-01-07'), seq: 90 },
      { day: day('2025-01-08'), seq: 50 },
    ]);
    expect(odd.days.map(({ seq }) => seq)).toEqual([1, 50]);
  });

  it('takes the days that follow, of the simulation alone', () => {
    const going = new ToldDays([{ day: day('2025-01-06'), seq: 1 }]);
    going.take({ by: 'bientap', effective: '2026-01-01', seq: 2 });
    going.take({ by: 'feed', effective: '2025-01-07', seq: 3 });
    going.take({ by: 'feed', effective: '2025-01-07', seq: 4 });
    expect(going.days).toEqual([
      { day: day('2025-01-06'), seq: 1 },
      { day: day('2025-01-07'), seq: 3 },
    ]);
  });
});
