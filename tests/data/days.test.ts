import { describe, expect, it, test } from 'vitest';
import { dayFor, daysOf, wrongDays } from '../../data/model/days.ts';
import { dayNumberOf } from '../../data/model/scalars.ts';
import { Story } from '../client/live/small-country.ts';

/** Early on the 21st in Viet Nam, still the 20th in UTC. */
const NOW = Date.parse('2026-11-20T18:30:00Z');

test('without anything simulated every day is today, in Viet Nam', () => {
  const story = new Story();
  story.station({ since: '2025-03-04' });
  const days = daysOf(story.country, NOW);
  expect(days).toEqual({ today: dayNumberOf('2026-11-21'), simulated: null });
  expect(dayFor(true, days)).toBe(days.today);
});

test('the simulation lives on the newest day on which something simulated happened', () => {
  const story = new Story();
  story.station({ simulated: true, since: '2025-07-28' });
  story.station({ since: '2026-10-10' });
  const hamlet = story.hamlet({ simulated: true });
  story.happens('hamlet.resolve', hamlet, { resolvedOn: '2025-07-29', solution: 'station' });
  const days = daysOf(story.country, NOW);
  expect(dayFor(true, days)).toBe(dayNumberOf('2025-07-29'));
  expect(dayFor(false, days)).toBe(dayNumberOf('2026-11-21'));
});

describe('days of what has happened', () => {
  const story = new Story();
  story.station({ simulated: true, since: '2026-12-24' });
  const scene = { country: story.country, today: '2026-11-21' };
  const toCome = (field: string) => ({ field, is: 'toCome' });

  it('are not to come: neither on air, accepted, solved nor answered', () => {
    for (const field of ['since', 'acceptedOn', 'resolvedOn', 'answeredOn']) {
      expect(wrongDays({ [field]: '2026-11-22' }, {}, scene)).toEqual([toCome(field)]);
      expect(wrongDays({ [field]: '2026-11-21' }, {}, scene)).toEqual([]);
    }
    // What is planned, or due, is to come.
    expect(wrongDays({ plannedFor: '2027-01-01', deadline: '2027-01-01' }, {}, scene)).toEqual([]);
  });

  it('go as far as the simulated day for what is simulated, where that is further', () => {
    const simulated = { simulated: true };
    expect(wrongDays({ since: '2026-12-24' }, simulated, scene)).toEqual([]);
    expect(wrongDays({ since: '2026-12-25' }, simulated, scene)).toEqual([toCome('since')]);
    expect(wrongDays({ since: '2026-12-24' }, {}, scene)).toEqual([toCome('since')]);
  });

  it('come after each other: accepted on the day on which it goes on air, or later', () => {
    const early = { since: '2025-05-02', acceptedOn: '2025-05-01' };
    const wrong = [{ field: 'acceptedOn', is: 'beforeOnAir' }];
    expect(wrongDays(early, {}, scene)).toEqual(wrong);
    expect(wrongDays(early, { ...early, since: '2025-04-30' }, scene)).toEqual(wrong);
    expect(wrongDays({ ...early, acceptedOn: '2025-05-02' }, {}, scene)).toEqual([]);
    expect(wrongDays({ acceptedOn: '2025-05-01', since: null }, {}, scene)).toEqual([]);
  });

  it('are left alone where they stay as they were', () => {
    const odd = { since: '2030-01-01', acceptedOn: '2029-12-31' };
    expect(wrongDays({ ...odd, heightM: 40 }, { ...odd, heightM: 30 }, scene)).toEqual([]);
  });
});
