import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import {
  ORDINARY_TOUR,
  positionAt,
  Scenes,
  stopsOf,
  TourCode,
  type Scene,
} from '../../../data/wall/tour.ts';

const scenes: Scene[] = [
  { show: 'nation', seconds: 30 },
  { show: 'provinces', seconds: 10 },
  { show: 'worst', count: 2, seconds: 5 },
  { show: 'unit', unit: '00004', seconds: 20 },
  { show: 'indicator', code: 'dvc.online', seconds: 15 },
  { show: 'film', unit: '01', span: { days: 90 }, seconds: 40 },
  { show: 'alerts', count: 6, seconds: 10 },
];
const stops = stopsOf(scenes, ['04', '01']);

describe('a tour', () => {
  test('shows one view after the other, each of several for its own time', () => {
    expect(stops).toEqual([
      { stop: { show: 'unit', unit: 'vn' }, seconds: 30 },
      { stop: { show: 'unit', unit: '04' }, seconds: 10 },
      { stop: { show: 'unit', unit: '01' }, seconds: 10 },
      { stop: { show: 'worst', rank: 0, of: 2 }, seconds: 5 },
      { stop: { show: 'worst', rank: 1, of: 2 }, seconds: 5 },
      { stop: { show: 'unit', unit: '00004' }, seconds: 20 },
      { stop: { show: 'indicator', code: 'dvc.online' }, seconds: 15 },
      { stop: { show: 'film', unit: '01', span: { days: 90 } }, seconds: 40 },
      { stop: { show: 'alerts', count: 6 }, seconds: 10 },
    ]);
  });

  test('is where the clock says, round and round, on every wall alike', () => {
    // A round of these is 145 seconds.
    const start = 145_000 * 12_000_000;
    const at = (seconds: number) => positionAt(stops, start + seconds * 1000);
    expect(at(0)).toEqual({ index: 0, gone: 0, until: start + 30_000 });
    expect(at(29.999).index).toBe(0);
    expect(at(30).index).toBe(1);
    expect(at(35)).toEqual({ index: 1, gone: 0.5, until: start + 40_000 });
    expect([at(50).index, at(55).index, at(60).index, at(80).index]).toEqual([3, 4, 5, 6]);
    expect(at(94.999).index).toBe(6);
    expect([at(95).index, at(134.999).index, at(135).index]).toEqual([7, 7, 8]);
    expect([at(144.999).index, at(145).index]).toEqual([8, 0]);
  });

  test('without a view is nowhere, and stays there', () => {
    expect(positionAt(stopsOf([{ show: 'provinces', seconds: 10 }], []), 5)).toMatchObject({
      index: -1,
    });
  });

  test('that nobody named shows the country, its worst communes and every province', () => {
    expect(v.is(Scenes, [...ORDINARY_TOUR])).toBe(true);
    expect(stopsOf(ORDINARY_TOUR, ['01'])).toHaveLength(13);
  });

  test.each([
    ['no view at all', []],
    ['an unknown view', [{ show: 'weather', seconds: 10 }]],
    ['a view too short to be seen', [{ show: 'nation', seconds: 1 }]],
    ['no time', [{ show: 'nation' }]],
    ['half a second more', [{ show: 'nation', seconds: 10.5 }]],
    ['a unit that is none', [{ show: 'unit', unit: 'hanoi', seconds: 10 }]],
    ['what no indicator is called', [{ show: 'indicator', code: 'Mã lạ', seconds: 10 }]],
    ['more alerts than can be read', [{ show: 'alerts', count: 13, seconds: 10 }]],
    ['too many communes', [{ show: 'worst', count: 51, seconds: 10 }]],
    [
      'a film of no time',
      [
        {
          show: 'film',
          unit: 'vn',
          span: { from: '2025-03-01', until: '2025-03-01' },
          seconds: 40,
        },
      ],
    ],
    ['a film of nothing', [{ show: 'film', span: { days: 30 }, seconds: 40 }]],
    ['a field that is none', [{ show: 'nation', seconds: 10, colour: 'red' }]],
    ['more views than anybody sees', Array(61).fill({ show: 'nation', seconds: 10 })],
  ])('of %s is refused', (_what, wrong) => {
    expect(v.is(Scenes, wrong)).toBe(false);
  });

  test('has a code that an address can hold', () => {
    expect(['phong-hop-2', 'a', '2'].every((code) => v.is(TourCode, code))).toBe(true);
    for (const code of ['', 'Phòng họp', '-a', 'a-', 'a--b', 'a/b', 'x'.repeat(61)])
      expect([code, v.is(TourCode, code)]).toEqual([code, false]);
  });
});
