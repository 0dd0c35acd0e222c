import fc from 'fast-check';
import { expect, it } from 'vitest';
import { gridDisk, latLngToCell, cellToLatLng } from 'h3-js';
import { BANDS, OPERATORS, type Band, type Operator } from '../../../data/model/things.ts';
import { BAND_FACTS } from '../../../data/radio/bands.ts';
import { createCoverage } from '../../../server/coverage/engine.ts';
import { allRound, radiusFootprint } from '../../../server/coverage/reach.ts';
import { newSite, type Wanted } from '../../../server/gaps/wanted.ts';
import { placeOf } from '../../../server/gaps/cell-place.ts';
import { gridOf, site, type Cell } from '../coverage/little-country.ts';
import { peopleIn, type EstimateField } from '../../../data/model/estimate.ts';
import { ANY_5G, gapsOf, keptOver } from './little-gaps.ts';

/** About 2,600 real hexagons, 20 km wide, in four communes, every fifth without people. */
const CENTRE = { lon: 105, lat: 21 };
const hexagons: Cell[] = gridDisk(latLngToCell(CENTRE.lat, CENTRE.lon, 9), 29).map((index, i) => {
  const [lat, lon] = cellToLatLng(index);
  const commune = `0000${1 + Number(lon > CENTRE.lon) + 2 * Number(lat > CENTRE.lat)}`;
  return {
    lon,
    lat,
    commune,
    people: i % 5 === 0 ? 0 : 1 + ((i * 7919) % 50),
    surroundings: 'suburban',
  };
});
const grid = gridOf(hexagons);

const placed = fc.record({
  lon: fc.double({ min: 104.9, max: 105.1, noNaN: true }),
  lat: fc.double({ min: 20.9, max: 21.1, noNaN: true }),
  operator: fc.constantFrom<Operator>(...OPERATORS),
  band: fc.constantFrom<Band>(...BANDS),
});
const wishes: Wanted[] = [
  ANY_5G,
  { operator: 'viettel', technology: '5g' },
  { operator: undefined, technology: '4g' },
];

it('after any edits what is kept is what would be made from nothing', () => {
  fc.assert(
    fc.property(fc.array(fc.array(placed, { maxLength: 4 }), { maxLength: 5 }), (rounds) => {
      const coverage = createCoverage(grid, allRound(radiusFootprint));
      const kept = keptOver(coverage, grid);
      const on: ReturnType<typeof site>[] = [];
      for (const [index, round] of rounds.entries()) {
        for (const { operator, band, lon, lat } of round) {
          const added = site(operator, band, lon, lat);
          coverage.add(added);
          on.push(added);
        }
        const [first] = on;
        if (index % 2 === 1 && first) coverage.remove(on.shift() ?? first);
        kept.follow();
        for (const wanted of wishes)
          expect(gapsOf(kept, grid, wanted)).toEqual(
            gapsOf(keptOver(coverage, grid), grid, wanted),
          );
      }
    }),
    { numRuns: 25 },
  );
});

it('only the communes where something changed are made anew', () => {
  const coverage = createCoverage(grid, allRound(radiusFootprint));
  const kept = keptOver(coverage, grid);
  gapsOf(kept, grid);
  // In the south-west, 4 km from the others.
  coverage.add(site('viettel', 'n41', 104.95, 20.95));
  kept.follow();
  const known = grid.communes.filter((_, commune) => kept.known(ANY_5G, commune) !== undefined);
  expect(known).toEqual(['00002', '00003', '00004']);
});

it('a single cell is enough, wherever it is', () => {
  const oneCell = createCoverage(grid, (field, { lon, lat }) => field.within(lon, lat, 50));
  const kept = keptOver(oneCell, grid);
  const { field } = oneCell;
  // The last ones too, which are no whole word.
  for (const cell of [0, 1, 2, 3, 1000, ...[1, 2, 3, 4, 5].map((i) => field.count - i)]) {
    gapsOf(kept, grid);
    oneCell.add(site('viettel', 'n41', field.lonOf(cell), field.latOf(cell)));
    kept.follow();
    const stale = [...grid.communes.keys()].filter((i) => kept.known(ANY_5G, i) === undefined);
    expect(stale).toEqual([field.commune[cell]]);
  }
});

it('another technology changes nothing for those who miss 5G', () => {
  const coverage = createCoverage(grid, allRound(radiusFootprint));
  const kept = keptOver(coverage, grid);
  gapsOf(kept, grid);
  coverage.add(site('viettel', 'b3', 105, 21));
  kept.follow();
  expect(grid.communes.map((_, commune) => kept.known(ANY_5G, commune) !== undefined)).toEqual(
    grid.communes.map(() => true),
  );
});

it('nobody is lost and nobody counted twice: people in gaps are those without the signal', () => {
  const fields: EstimateField[] = ['5g', 'viettel.5g', '4g'];
  fc.assert(
    fc.property(fc.array(placed, { maxLength: 12 }), (stations) => {
      const coverage = createCoverage(grid, allRound(radiusFootprint));
      for (const { operator, band, lon, lat } of stations)
        coverage.add(site(operator, band, lon, lat));
      const kept = keptOver(coverage, grid);
      wishes.forEach((wanted, index) => {
        const gaps = gapsOf(kept, grid, wanted);
        for (const unit of grid.communes) {
          const row = coverage.row(unit) ?? [];
          const missing = peopleIn(row, 'population') - peopleIn(row, fields[index] ?? '5g');
          const here = gaps.filter(({ commune }) => commune === unit);
          expect(here.reduce((sum, { people }) => sum + people, 0)).toBe(missing);
        }
      });
    }),
    { numRuns: 40 },
  );
});

it('a new site at the place of a gap reaches everybody in it', () => {
  fc.assert(
    fc.property(fc.array(placed, { maxLength: 8 }), (stations) => {
      const coverage = createCoverage(grid, allRound(radiusFootprint));
      for (const { operator, band, lon, lat } of stations)
        coverage.add(site(operator, band, lon, lat));
      const kept = keptOver(coverage, grid);
      gapsOf(kept, grid);
      const covered = (): number => peopleIn(coverage.row('vn') ?? [], '5g');
      for (const commune of grid.communes.keys())
        for (const { cell, people } of kept.known(ANY_5G, commune)?.list ?? []) {
          const { lon, lat } = placeOf(coverage.field, cell);
          const tried = newSite(ANY_5G, lon, lat);
          const before = covered();
          coverage.replace(null, tried);
          expect(covered() - before).toBeGreaterThanOrEqual(people);
          coverage.replace(tried, null);
        }
    }),
    { numRuns: 10 },
  );
});

it('the id of a gap is its most populous cell', () => {
  const coverage = createCoverage(grid, allRound(radiusFootprint));
  const kept = keptOver(coverage, grid);
  gapsOf(kept, grid);
  const { field } = coverage;
  for (const commune of grid.communes.keys()) {
    const { list = [], numbers } = kept.known(ANY_5G, commune) ?? { numbers: [] };
    const cells = [...field.commune.keys()].filter((cell) => field.commune[cell] === commune);
    list.forEach((cluster, index) => {
      const members = cells.filter((_, place) => numbers[place] === index + 1);
      expect(members).toHaveLength(cluster.cells);
      expect(members).toContain(cluster.cell);
      const most = Math.max(...members.map((cell) => field.people[cell] ?? 0));
      expect(field.people[cluster.cell]).toBe(most);
    });
  }
});

it('the clusters of a wish that nobody had for long are let go, and made again when asked', () => {
  const coverage = createCoverage(grid, allRound(radiusFootprint));
  const kept = keptOver(coverage, grid);
  const first = gapsOf(kept, grid);
  for (const operator of OPERATORS) {
    const { technology } = BAND_FACTS.b8;
    gapsOf(kept, grid, { operator, technology });
  }
  expect(kept.known(ANY_5G, 0)).toBeUndefined();
  expect(gapsOf(kept, grid)).toEqual(first);
});
