import fc from 'fast-check';
import { bearing } from '@turf/turf';
import { describe, expect, it } from 'vitest';
import { peopleIn } from '../../../data/model/estimate.ts';
import { footprintRadiusM } from '../../../data/radio/footprint.ts';
import { DEFAULT_LINK_BUDGET, linkBudgetRangeM } from '../../../data/radio/link-budget.ts';
import { PeopleField } from '../../../server/coverage/field.ts';
import { CoverageByMethod } from '../../../server/coverage/methods.ts';
import type { Site } from '../../../server/coverage/site.ts';
import { Random } from '../../../server/demo/random.ts';
import { gridOf, site } from './little-country.ts';

const METRES_PER_DEGREE = 111_195;
const [LON, LAT] = [106, 10];

/** A village every 100 m along the meridian of a mast, ten people in each, up to 6 km north. */
const villages = Array.from({ length: 60 }, (_, i) => ({
  lon: LON,
  lat: LAT + ((i + 1) * 100) / METRES_PER_DEGREE,
  people: 10,
  commune: '91001',
}));
const country = gridOf(villages);
const mast = site('viettel', 'n41', LON, LAT);

function villagesWithin(metres: number): number {
  return Math.floor(metres / 100);
}

describe('one mast, estimated by each method', () => {
  const coverage = new CoverageByMethod(country, DEFAULT_LINK_BUDGET);
  coverage.replace(null, mast);
  const rows = coverage.rowsOf('vn');

  it('reaches by radius as far as the table says', () => {
    const radiusM = footprintRadiusM(mast.band, 0);
    expect(peopleIn(rows?.radius ?? [], '5g')).toBe(10 * villagesWithin(radiusM));
  });

  it('reaches by link budget as far as the budget allows', () => {
    const rangeM = linkBudgetRangeM(mast.band, 0, mast.heightM, DEFAULT_LINK_BUDGET);
    expect(peopleIn(rows?.linkBudget ?? [], '5g')).toBe(10 * villagesWithin(rangeM));
  });

  it('is told by both methods, and by none that is not available', () => {
    expect(coverage.methods).toEqual(['radius', 'linkBudget']);
    expect(coverage.by('terrain')).toBeUndefined();
  });

  it('reaches farther from higher up, by link budget alone', () => {
    const higher = new CoverageByMethod(country, DEFAULT_LINK_BUDGET);
    higher.replace(null, { ...mast, heightM: 100 });
    const after = higher.rowsOf('vn');
    expect(after?.radius).toEqual(rows?.radius);
    expect(peopleIn(after?.linkBudget ?? [], '5g')).toBeGreaterThan(
      peopleIn(rows?.linkBudget ?? [], '5g'),
    );
  });

  it('with a sector reaches only that way, by link budget alone', () => {
    const south = new CoverageByMethod(country, DEFAULT_LINK_BUDGET);
    south.replace(null, { ...mast, azimuth: 180, beamwidth: 120 });
    expect(south.rowsOf('vn')?.radius).toEqual(rows?.radius);
    expect(peopleIn(south.rowsOf('vn')?.linkBudget ?? [], '5g')).toBe(0);
    const north = new CoverageByMethod(country, DEFAULT_LINK_BUDGET);
    north.replace(null, { ...mast, azimuth: 300, beamwidth: 121 });
    expect(north.rowsOf('vn')?.linkBudget).toEqual(rows?.linkBudget);
  });

  it('with other parameters is counted anew, by link budget alone', () => {
    const strict = new CoverageByMethod(country, { ...DEFAULT_LINK_BUDGET, edgeProbability: 0.99 });
    strict.replace(null, mast);
    expect(strict.rowsOf('vn')?.radius).toEqual(rows?.radius);
    expect(peopleIn(strict.rowsOf('vn')?.linkBudget ?? [], '5g')).toBeLessThan(
      peopleIn(rows?.linkBudget ?? [], '5g'),
    );
  });
});

describe('a sector', () => {
  const random = new Random(7, 'sector');
  const cells = Array.from({ length: 800 }, () => ({
    lon: Math.fround(LON + random.between(-0.03, 0.03)),
    lat: Math.fround(LAT + random.between(-0.03, 0.03)),
    people: 1,
    commune: '91001',
  }));
  const field = new PeopleField(gridOf(cells));

  it('holds the cells whose bearing is within half the beamwidth, as Turf measures it', () => {
    const azimuths = fc.integer({ min: 0, max: 359 });
    const beamwidths = fc.integer({ min: 10, max: 350 });
    fc.assert(
      fc.property(azimuths, beamwidths, (azimuth, beamwidth) => {
        const count = field.within(LON, LAT, 3_000);
        const near = [...field.found.subarray(0, count)];
        const kept = new Set(
          field.found.subarray(0, field.keepSector(count, LON, LAT, azimuth, beamwidth)),
        );
        for (const cell of near) {
          const towards = bearing([LON, LAT], [field.lonOf(cell), field.latOf(cell)]);
          const off = Math.abs(((towards - azimuth + 540) % 360) - 180);
          // A tenth of a degree is what the plane and the sphere may differ by at this distance.
          if (Math.abs(off - beamwidth / 2) > 0.1) expect(kept.has(cell)).toBe(off < beamwidth / 2);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('after any changes', () => {
  const sites: fc.Arbitrary<Site> = fc.record({
    lon: fc.constant(LON),
    lat: fc.integer({ min: 0, max: 60 }).map((i) => LAT + (i * 100) / METRES_PER_DEGREE),
    operator: fc.constantFrom(0, 1, 2),
    technology: fc.constant(1),
    band: fc.constantFrom(mast.band, mast.band + 1),
    heightM: fc.constantFrom(20, 35, 60),
    azimuth: fc.constantFrom(NaN, 0, 180),
    beamwidth: fc.constantFrom(NaN, 65, 360),
  });

  it('both methods are what counting anew gives, to the last person', () => {
    fc.assert(
      fc.property(
        fc.array(sites, { maxLength: 8 }),
        fc.array(fc.nat(), { maxLength: 8 }),
        (all, gone) => {
          const moved = new CoverageByMethod(country, DEFAULT_LINK_BUDGET);
          const left = [...all];
          for (const each of all) moved.replace(null, each);
          for (const which of gone) {
            const [out] = left.length > 0 ? left.splice(which % left.length, 1) : [];
            if (out) moved.replace(out, null);
          }
          const anew = new CoverageByMethod(country, DEFAULT_LINK_BUDGET);
          for (const each of left) anew.replace(null, each);
          expect(moved.tables()).toEqual(anew.tables());
        },
      ),
    );
  });
});
