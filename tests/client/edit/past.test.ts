import { expect, it } from 'vitest';
import { standingAt } from '../../../client/edit/past.ts';
import type { HistoryEntry } from '../../../data/wire/history.ts';

const entry = (
  version: number,
  type: HistoryEntry['type'],
  before: HistoryEntry['before'],
): HistoryEntry => ({
  ...{ seq: version, at: '2025-07-28T00:00:00Z', by: 'bientap', type, version },
  ...{ effective: '2025-07-28', fields: {}, before },
});
/** Raised to 41, then turned, then raised to 46. */
const entries = [
  entry(4, 'station.change', { heightM: 41 }),
  entry(3, 'station.change', { azimuth: null }),
  entry(2, 'station.change', { heightM: 30 }),
  entry(1, 'station.add', { heightM: null }),
];
const now = { heightM: 46, azimuth: 90 };

it('what a thing was is what it is, without what later versions made different', () => {
  expect(standingAt(4, entries, now)).toEqual(now);
  expect(standingAt(3, entries, now)).toEqual({ heightM: 41, azimuth: 90 });
  expect(standingAt(1, entries, now)).toEqual({ heightM: 30 });
});

it('what it was is not known of one that is gone, was gone since, or whose history ends before', () => {
  expect(standingAt(1, entries, null)).toBeNull();
  const back = [entry(6, 'station.add', {}), entry(5, 'station.remove', {}), ...entries];
  expect(standingAt(4, back, now)).toBeNull();
  expect(standingAt(5, back, now)).toEqual(now);
  expect(standingAt(1, entries.slice(0, 2), now)).toBeNull();
});
