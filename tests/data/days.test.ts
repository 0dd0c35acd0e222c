import { expect, test } from 'vitest';
import { dayFor, daysOf } from '../../data/model/days.ts';
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
