import { expect, test } from 'vitest';
import { insideOf, parentOf, pathTo } from '../../../client/panel/inside.ts';
import { UNITS } from '../live/small-country.ts';

test('a commune is inside itself, its province and the nation, and nothing else', () => {
  for (const unit of ['00004', '01', 'vn']) expect(insideOf(unit, UNITS)(4), unit).toBe(true);
  for (const unit of ['00008', '11']) expect(insideOf(unit, UNITS)(4), unit).toBe(false);
});

test('what stands outside every commune is in the nation only', () => {
  expect(insideOf('vn', UNITS)(0)).toBe(true);
  expect(insideOf('01', UNITS)(0)).toBe(false);
});

test('the way up leads from commune to province to nation', () => {
  expect(pathTo('03127', UNITS)).toEqual(['vn', '11', '03127']);
  expect(pathTo('vn', UNITS)).toEqual(['vn']);
  expect(parentOf('vn', UNITS)).toBeNull();
});

test('above a unit that the territory does not know lies the nation', () => {
  expect(pathTo('99999', UNITS)).toEqual(['vn', '99999']);
});
