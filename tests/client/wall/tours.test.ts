import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { codeOf, freshScene, moved, roundOf, SHOWS } from '../../../client/tours/draft.ts';
import { Scenes, TourCode, type Scene } from '../../../data/wall/tour.ts';

const [a, b, c] = [freshScene('nation', 10), freshScene('worst', 5), freshScene('provinces', 7)];

describe('a tour being written', () => {
  test('begins each view with something that the server takes', () => {
    for (const show of SHOWS)
      expect([show, v.is(Scenes, [freshScene(show)])]).toEqual([show, true]);
  });

  test('moves a view one place, and no farther than the ends', () => {
    const scenes = [a, b, c];
    expect(moved(scenes, 0, 1)).toEqual([b, a, c]);
    expect(moved(scenes, 2, -1)).toEqual([a, c, b]);
    expect(moved(scenes, 0, -1)).toEqual(scenes);
    expect(moved(scenes, 2, 1)).toEqual(scenes);
  });

  test('counts how long a round takes with as many provinces as there are', () => {
    expect(roundOf([a, b, c] satisfies Scene[], 34)).toBe(10 + 10 * 5 + 34 * 7);
  });

  test.each([
    ['Phòng họp, tầng 2', 'phong-hop-tang-2'],
    ['Điện Biên', 'dien-bien'],
    ['  —  ', ''],
  ])('is called %s in words and %s in an address', (name, code) => {
    expect(codeOf(name)).toBe(code);
    if (code) expect(v.is(TourCode, code)).toBe(true);
  });

  test('has an address of at most 60 letters that ends with one', () => {
    expect(v.is(TourCode, codeOf('mười hai chữ '.repeat(20)))).toBe(true);
  });
});
