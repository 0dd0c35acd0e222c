import { bboxPolygon } from '@turf/turf';
import { cellToLatLng, polygonToCells } from 'h3-js';
import { describe, expect, it } from 'vitest';
import { peopleIn, shareIn } from '../../../data/model/estimate.ts';
import { OPERATORS } from '../../../data/model/things.ts';
import { createCoverage } from '../../../server/coverage/engine.ts';
import { PeopleField } from '../../../server/coverage/field.ts';
import { allRound, radiusFootprint } from '../../../server/coverage/reach.ts';
import { Random } from '../../../server/demo/random.ts';
import { exactShare } from './exact-share.ts';
import { gridOf, site } from './little-country.ts';

/** Two communes of a hundred square kilometres side by side, people spread evenly in each. */
const communes = [
  { code: '42001', ground: bboxPolygon([105.4, 18.3, 105.5, 18.4]), surroundings: 'rural' },
  { code: '42002', ground: bboxPolygon([105.5, 18.3, 105.6, 18.4]), surroundings: 'suburban' },
] as const;
const grid = gridOf(
  communes.flatMap(({ code, ground, surroundings }) =>
    polygonToCells(ground.geometry.coordinates, 9, true).map((cell) => {
      const [lat, lon] = cellToLatLng(cell);
      return { lon, lat, people: 100, commune: code, surroundings };
    }),
  ),
);

describe.each([1, 2, 3, 4, 5])('stations strewn over two communes (seed %i)', (seed) => {
  const random = new Random(seed, 'stations');
  const sites = Array.from({ length: 12 }, () =>
    site(
      random.pick(OPERATORS),
      random.pick(['n28', 'n41', 'n77', 'n78'] as const),
      random.between(105.38, 105.62),
      random.between(18.28, 18.42),
    ),
  );
  const coverage = createCoverage(grid, allRound(radiusFootprint));
  for (const each of sites) coverage.add(each);
  const field = new PeopleField(grid);
  const circles = sites.map((each) => ({
    ...each,
    radiusM: radiusFootprint(each, field.surroundingsAt(each.lon, each.lat)),
  }));

  it.each(communes)(
    'cover of $code what the exact polygons cover, within 1.5 points',
    (commune) => {
      const exact = exactShare(commune.ground.geometry, circles);
      const row = coverage.row(commune.code) ?? [];
      expect(Math.abs(shareIn(row, 'covered') - exact)).toBeLessThan(0.015);
    },
  );

  it('are counted for each operator as its own polygons are', () => {
    OPERATORS.forEach((operator, index) => {
      const own = circles.filter((each) => each.operator === index);
      const exact = communes.reduce(
        (people, { code, ground }) =>
          people +
          exactShare(ground.geometry, own) * peopleIn(coverage.row(code) ?? [], 'population'),
        0,
      );
      const row = coverage.row('vn') ?? [];
      expect(Math.abs(peopleIn(row, operator) - exact) / peopleIn(row, 'population')).toBeLessThan(
        0.015,
      );
    });
  });
});
