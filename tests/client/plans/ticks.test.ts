import { expect, it } from 'vitest';
import { ticksTo } from '../../../client/plans/ticks.ts';

it.each([
  [20, [0, 5, 10, 15, 20]],
  [156_970, [0, 50_000, 100_000, 150_000]],
  [2_000, [0, 500, 1_000, 1_500, 2_000]],
  [7, [0, 2, 4, 6]],
  [1, [0, 1]],
  [0, [0]],
])('an axis to %d is told in round numbers', (most, ticks) => {
  expect(ticksTo(most, 4)).toEqual(ticks);
});
