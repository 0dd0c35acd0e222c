import { describe, expect, it } from 'vitest';
import type { Unit } from '../../../client/live/live.ts';
import { boundsOfUnit, fittingPadding, freeShape, offsetOf } from '../../../client/map/camera.ts';

function unit(code: string, fields: Partial<Unit>): [string, Unit] {
  const level = code.length === 2 ? 'province' : 'commune';
  const rest = { name: code, nameEn: code, population: 1, areaKm2: 1, parent: 'vn', type: '' };
  return [code, { code, level, centre: [0, 0], bounds: [0, 0, 0, 0], ...rest, ...fields }];
}

const UNITS = new Map([
  unit('48', { centre: [107.9, 15.6], bounds: [107.1, 14.9, 112.9, 17.2] }),
  unit('20194', { parent: '48', centre: [108.2, 16.1], bounds: [108, 16, 108.3, 16.2] }),
  unit('20333', {
    parent: '48',
    type: 'special_zone',
    centre: [112, 16.5],
    bounds: [111, 15.7, 112.9, 17.2],
  }),
  unit('20707', { parent: '48', centre: [107.3, 15], bounds: [107.1, 14.9, 107.6, 15.3] }),
]);

describe('where the map looks', () => {
  it('shows Hoàng Sa and Trường Sa with the whole country on a wide screen', () => {
    const [west, south, east, north] = boundsOfUnit('vn', UNITS, 1.6) ?? [0, 0, 0, 0];
    for (const [lon, lat] of [
      [102.15, 22.4],
      [105.3, 23.39],
      [104.8, 8.6],
      [112.3, 16.5],
      [117.3, 11.5],
      [111.6, 7.0],
    ] as const) {
      expect(lon > west && lon < east, `${lon}`).toBe(true);
      expect(lat > south && lat < north, `${lat}`).toBe(true);
    }
  });

  it('shows the land large on an upright phone', () => {
    const [west, south, east, north] = boundsOfUnit('vn', UNITS, 0.5) ?? [0, 0, 0, 0];
    expect(east - west).toBeLessThan(9);
    expect(south).toBeLessThan(8.4);
    expect(north).toBeGreaterThan(23.3);
  });

  it('shows a province without its far island zone, and the zone by itself', () => {
    expect(boundsOfUnit('48', UNITS, 1)).toEqual([107.1, 14.9, 108.3, 16.2]);
    expect(boundsOfUnit('20333', UNITS, 1)).toEqual([111, 15.7, 112.9, 17.2]);
  });

  it('does not know where a unit is that is not there', () => {
    expect(boundsOfUnit('99', UNITS, 1)).toBeNull();
  });

  it('keeps panels clear of what it shows, as far as the window allows', () => {
    const padding = { top: 0, right: 300, bottom: 0, left: 400 };
    const wide = fittingPadding(padding, 1_400, 800);
    expect(wide.left).toBeGreaterThan(400);
    expect(wide.right).toBeGreaterThan(300);
    const narrow = fittingPadding(padding, 500, 800);
    expect(narrow.left + narrow.right).toBeLessThan(360);
    expect(freeShape(padding, 1_400, 800)).toBeGreaterThan(0.7);
    expect(freeShape({ top: 0, right: 0, bottom: 0, left: 0 }, 390, 760)).toBeLessThan(0.7);
  });

  it('shows a place in the middle of the map, and beside a panel that covers the middle', () => {
    const beside = { top: 0, right: 300, bottom: 0, left: 400 };
    expect(offsetOf(beside, 1_440, 820)).toEqual([0, 0]);
    const [right, below] = offsetOf({ ...beside, left: 928 }, 1_440, 820);
    expect(720 + right).toBeCloseTo((928 + 1_140) / 2, 5);
    expect(below).toBe(0);
    // A panel of a wall that ends just before the middle.
    const wide = { top: 0, right: 1_690, bottom: 0, left: 0 };
    expect(offsetOf(wide, 3_840, 1_660)).toEqual([-845, 0]);
    const sheet = { top: 0, right: 0, bottom: 500, left: 0 };
    expect(offsetOf(sheet, 390, 780)).toEqual([0, -250]);
  });
});
