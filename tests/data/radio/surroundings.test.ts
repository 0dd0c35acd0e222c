import { expect, it } from 'vitest';
import { SURROUNDINGS, surroundingsOf } from '../../../data/radio/surroundings.ts';

it.each([
  [0, 'rural'],
  [299, 'rural'],
  [300, 'suburban'],
  [1_499, 'suburban'],
  [1_500, 'urban'],
  [9_999, 'urban'],
  [10_000, 'dense_urban'],
  [60_000, 'dense_urban'],
] as const)('%i people per km² are %s surroundings', (density, surroundings) => {
  expect(SURROUNDINGS[surroundingsOf(density)]).toBe(surroundings);
});
