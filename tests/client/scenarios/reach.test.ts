import { booleanPointInPolygon, point, polygon } from '@turf/turf';
import { describe, expect, it } from 'vitest';
import { marksOf } from '../../../client/scenarios/drawing.ts';
import { outlineOf, reachOf } from '../../../client/scenarios/reach.ts';
import { BANDS } from '../../../data/model/things.ts';
import { FOOTPRINT_RADIUS_M } from '../../../data/radio/footprint.ts';
import { DEFAULT_LINK_BUDGET, linkBudgetRangeM } from '../../../data/radio/link-budget.ts';
import { SURROUNDINGS } from '../../../data/radio/surroundings.ts';
import type { Draft } from '../../../data/wire/scenarios.ts';
import { createCoverage } from '../../../server/coverage/engine.ts';
import { inSector, linkBudgetFootprint } from '../../../server/coverage/reach.ts';
import { gridOf, site, type Cell } from '../../server/coverage/little-country.ts';

const PLACE = { lon: 105, lat: 21 };
const draft = (more: Partial<Draft> = {}): Draft => ({
  ...{ name: '', operator: 'viettel', technology: '5g', band: 'n28', heightM: 35, ...PLACE },
  ...{ status: 'on_air', simulated: false, source: '' },
  ...more,
});
const RURAL = SURROUNDINGS.indexOf('rural');
const URBAN = SURROUNDINGS.indexOf('urban');
const by = (method: 'radius' | 'linkBudget' | 'terrain', one: Draft, around = RURAL) =>
  reachOf(one, around, method, DEFAULT_LINK_BUDGET);

describe('what is drawn round a draft', () => {
  it('by radius is the circle of the table, whatever its height and direction', () => {
    const sector = draft({ heightM: 80, azimuth: 90, beamwidth: 65 });
    for (const one of [draft(), sector]) {
      expect(by('radius', one)).toEqual({ radiusM: FOOTPRINT_RADIUS_M.n28.rural, sector: null });
      expect(by('radius', one, URBAN).radiusM).toBe(FOOTPRINT_RADIUS_M.n28.urban);
    }
  });

  it('by link budget is its range for height and surroundings, in the sector where there is one', () => {
    const range = (heightM: number, around: number) =>
      linkBudgetRangeM(BANDS.indexOf('n28'), around, heightM, DEFAULT_LINK_BUDGET);
    expect(by('linkBudget', draft())).toEqual({ radiusM: range(35, RURAL), sector: null });
    expect(by('linkBudget', draft({ heightM: 80 })).radiusM).toBe(range(80, RURAL));
    expect(by('linkBudget', draft(), URBAN).radiusM).toBe(range(35, URBAN));
    expect(by('linkBudget', draft({ azimuth: 90, beamwidth: 65 })).sector).toEqual({
      azimuth: 90,
      beamwidth: 65,
    });
    // A width without a direction, or all round: no sector.
    for (const more of [{ beamwidth: 65 }, { azimuth: 90 }, { azimuth: 90, beamwidth: 360 }])
      expect(by('linkBudget', draft(more)).sector).toBeNull();
  });

  it('by terrain is what it could reach at the most: the link budget', () => {
    const one = draft({ azimuth: 10, beamwidth: 120 });
    expect(by('terrain', one)).toEqual(by('linkBudget', one));
  });

  it.each([
    [30, 65],
    [180, 120],
    [347, 200],
  ])(
    'in a sector towards %i°, %i° wide, is just where people are counted',
    (azimuth, beamwidth) => {
      const cells = Array.from({ length: 101 * 101 }, (_, index): Cell => ({
        lon: PLACE.lon + ((index % 101) - 50) * 0.001,
        lat: PLACE.lat + (Math.floor(index / 101) - 50) * 0.001,
        ...{ people: 1, commune: '00001' },
      }));
      const reach = inSector(linkBudgetFootprint(DEFAULT_LINK_BUDGET));
      const engine = createCoverage(gridOf(cells), reach);
      const found = engine.reach({
        ...site('viettel', 'n28', PLACE.lon, PLACE.lat),
        azimuth,
        beamwidth,
      });
      const { field } = engine;
      const counted = new Set(field.found.subarray(0, found));
      const { radiusM, sector } = by('linkBudget', draft({ azimuth, beamwidth }));
      if (!sector) throw new Error('a sector was given');
      const outline = outlineOf(PLACE, radiusM, sector);
      const shape = polygon([[...outline, outline[0] ?? [0, 0]]]);
      const other = [...field.people.keys()].filter(
        (cell) =>
          booleanPointInPolygon(point([field.lonOf(cell), field.latOf(cell)]), shape) !==
          counted.has(cell),
      );
      expect(counted.size).toBeGreaterThan(100);
      // Those that the border itself goes through.
      expect(other.length / counted.size).toBeLessThan(0.02);
    },
  );
});

it('a draft of which no answer has come yet stands on the map without a reach', () => {
  const content = { add: [draft(), draft({ lon: 105.1 })], remove: [], change: [] };
  const marks = marksOf(
    content,
    () => undefined,
    (one, index) => (index === 0 ? by('radius', one) : null),
  );
  expect(marks.map(({ label, reach }) => [label, reach?.radiusM])).toEqual([
    ['1', FOOTPRINT_RADIUS_M.n28.rural],
    ['2', undefined],
  ]);
});
