/** The promise of a what-if: exact to the last person, and nobody ever notices that it was asked. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ESTIMATE_FIELDS, type EstimateField } from '../../../data/model/estimate.ts';
import { Table } from '../../../data/model/table.ts';
import { BANDS, OPERATORS, type Operator, type Technology } from '../../../data/model/things.ts';
import { BAND_FACTS } from '../../../data/radio/bands.ts';
import { SURROUNDINGS } from '../../../data/radio/surroundings.ts';
import { createCoverage, type Coverage } from '../../../server/coverage/engine.ts';
import { allRound, inSector, radiusFootprint } from '../../../server/coverage/reach.ts';
import { siteIn, type Site } from '../../../server/coverage/site.ts';
import { FIELDS_OF_MASK, layerOf } from '../../../server/coverage/tally.ts';
import { Random } from '../../../server/demo/random.ts';
import { tryOut, type Moves, type SiteChange } from '../../../server/scenarios/try-out.ts';
import { gridOf, site } from '../coverage/little-country.ts';

/** Cells a hundredth of a degree (1.06 km) apart; the border of two provinces is in the middle. */
const road = gridOf([
  { lon: 105.0, lat: 18, people: 1, commune: '40001' },
  { lon: 105.01, lat: 18, people: 10, commune: '40001' },
  { lon: 105.02, lat: 18, people: 100, commune: '40001' },
  { lon: 105.03, lat: 18, people: 1_000, commune: '42001' },
  { lon: 105.04, lat: 18, people: 10_000, commune: '42001' },
]);
const oneCellEachSide = allRound(() => 1200);

function onRoad(...sites: Site[]): Coverage {
  const coverage = createCoverage(road, oneCellEachSide);
  for (const one of sites) coverage.add(one);
  coverage.takeChanged();
  return coverage;
}

/** Gained and lost of a field, in the order nation, provinces, communes. */
function moved(moves: Moves, field: EstimateField): [gained: number[], lost: number[]] {
  const at = ESTIMATE_FIELDS.indexOf(field);
  const of = (rows: Int32Array): number[] =>
    Array.from({ length: rows.length / ESTIMATE_FIELDS.length }, (_, unit) =>
      Number(rows[unit * ESTIMATE_FIELDS.length + at]),
    );
  return [of(moves.gained), of(moves.lost)];
}

const NOBODY = [0, 0, 0, 0, 0];
const viettel = (lon: number): Site => site('viettel', 'n41', lon, 18);
const layer = (operator: Operator, technology: Technology): number =>
  1 << layerOf({ operator: OPERATORS.indexOf(operator), technology: technology === '5g' ? 1 : 0 });

describe('on a road of five cells', () => {
  it('a new site gains the people who had none, and not those another site has already', () => {
    const coverage = onRoad(viettel(105.01)); // 1 + 10 + 100
    const changes = [{ before: null, after: viettel(105.03) }]; // 100 + 1,000 + 10,000
    const moves = tryOut(coverage, road, { changes, layersOff: 0 });
    expect(moved(moves, '5g')).toEqual([[11_000, 0, 11_000, 0, 11_000], NOBODY]);
    expect(moved(moves, 'viettel.5g')[0]).toEqual([11_000, 0, 11_000, 0, 11_000]);
    expect(moved(moves, 'vinaphone.5g')).toEqual([NOBODY, NOBODY]);
  });

  it('a second operator gains no one who is covered already, but all of them as its own', () => {
    const coverage = onRoad(viettel(105.01));
    const after = site('mobifone', 'n77', 105.01, 18);
    const moves = tryOut(coverage, road, { changes: [{ before: null, after }], layersOff: 0 });
    expect(moved(moves, 'covered')).toEqual([NOBODY, NOBODY]);
    expect(moved(moves, 'mobifone')[0]).toEqual([111, 111, 0, 111, 0]);
  });

  it('a site that moves gains some, loses some, and says both', () => {
    const coverage = onRoad(viettel(105.01));
    const changes = [{ before: viettel(105.01), after: viettel(105.04) }]; // to 1,000 + 10,000
    const moves = tryOut(coverage, road, { changes, layersOff: 0 });
    expect(moved(moves, '5g')).toEqual([
      [11_000, 0, 11_000, 0, 11_000],
      [111, 111, 0, 111, 0],
    ]);
  });

  it('one operator’s site for another’s loses nobody a signal', () => {
    const coverage = onRoad(viettel(105.01));
    const after = site('vinaphone', 'n78', 105.01, 18);
    const changes = [{ before: viettel(105.01), after }];
    const moves = tryOut(coverage, road, { changes, layersOff: 0 });
    expect(moved(moves, '5g')).toEqual([NOBODY, NOBODY]);
    expect(moved(moves, 'viettel')[1]).toEqual([111, 111, 0, 111, 0]);
  });

  it('a whole operator down takes those who have no other, and a new site of it counts', () => {
    const coverage = onRoad(viettel(105.01), viettel(105.03), site('other', 'b3', 105, 18));
    const layersOff = layer('viettel', '5g');
    const down = tryOut(coverage, road, { changes: [], layersOff });
    expect(moved(down, 'covered')).toEqual([NOBODY, [11_100, 100, 11_000, 100, 11_000]]);
    expect(moved(down, '5g')[1]).toEqual([11_111, 111, 11_000, 111, 11_000]);
    const changes = [{ before: null, after: viettel(105.04) }];
    const withOne = tryOut(coverage, road, { changes, layersOff });
    expect(moved(withOne, '5g')[1]).toEqual([111, 111, 0, 111, 0]);
  });

  it('a site that comes and goes within the same scenario is nothing', () => {
    const coverage = onRoad(viettel(105.01));
    const changes: SiteChange[] = [
      { before: null, after: viettel(105.03) },
      { before: viettel(105.03), after: null },
    ];
    const moves = tryOut(coverage, road, { changes, layersOff: 0 });
    expect(moved(moves, '5g')).toEqual([NOBODY, NOBODY]);
  });

  it('a site that never was there cannot be taken out, and trying leaves no trace', () => {
    const coverage = onRoad(viettel(105.01));
    const before = coverage.table().rows;
    const changes: SiteChange[] = [
      { before: null, after: viettel(105.02) },
      { before: viettel(105.04), after: null },
    ];
    expect(() => tryOut(coverage, road, { changes, layersOff: 0 })).toThrow('never put in');
    expect(coverage.table().rows).toEqual(before);
    expect(coverage.takeChanged()).toEqual([]);
    expect(moved(tryOut(coverage, road, { changes: [], layersOff: 0 }), '5g')).toEqual([
      NOBODY,
      NOBODY,
    ]);
  });
});

const random = new Random(7, 'country');
/** Thirty by thirty cells 370 m apart in three communes of two provinces. */
const country = gridOf(
  Array.from({ length: 900 }, (_, index) => ({
    lon: 105 + (index % 30) * 0.0035,
    lat: 21 + Math.floor(index / 30) * 0.0033,
    people: random.chance(0.2) ? 0 : random.below(400),
    commune: index < 450 ? (index % 30 < 12 ? '01001' : '01002') : '04001',
    surroundings: random.pick(SURROUNDINGS),
  })),
);
const station = fc
  .record({
    lon: fc.double({ min: 104.97, max: 105.14, noNaN: true }),
    lat: fc.double({ min: 20.97, max: 21.12, noNaN: true }),
    operator: fc.constantFrom(...OPERATORS),
    band: fc.constantFrom(...BANDS),
    azimuth: fc.integer({ min: 0, max: 359 }),
    beamwidth: fc.constantFrom(65, 120, 360),
    heightM: fc.constant(35),
    status: fc.constantFrom('on_air', 'on_air', 'down'),
  })
  .map((one) => ({ ...one, technology: BAND_FACTS[one.band].technology }));
const scenario = fc.record({
  stations: fc.array(station, { maxLength: 25 }),
  added: fc.array(station, { maxLength: 8 }),
  /** What happens to the stations in order: stays, goes, or becomes another. */
  fates: fc.array(fc.oneof(fc.constantFrom('stays', 'goes' as const), station), { maxLength: 25 }),
  layersOff: fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, fc.integer({ min: 0, max: 255 })),
});
const METHODS = [
  { name: 'all round', reach: allRound(radiusFootprint) },
  { name: 'in sectors', reach: inSector(radiusFootprint) },
];

describe.each(METHODS)('whatever a scenario does, reaching $name', ({ reach }) => {
  it('comes to what counting anew comes to, and leaves the live estimate alone', () => {
    fc.assert(
      fc.property(scenario, ({ stations, added, fates, layersOff }) => {
        const now = new Table('stations');
        const then = new Table('stations');
        stations.forEach((one, index) => now.put(index + 1, 1, one));
        const changes: SiteChange[] = stations.flatMap((one, index) => {
          const fate = fates[index] ?? 'stays';
          const before = siteIn(now, now.rowOf(index + 1));
          if (fate === 'stays') {
            const isOff = before && (layersOff & (1 << layerOf(before))) !== 0;
            if (!isOff) then.put(index + 1, 1, one);
            return [];
          }
          if (fate === 'goes') return [{ before, after: null }];
          return [{ before, after: siteIn(then, then.put(index + 1, 2, fate)) }];
        });
        added.forEach((one, index) => {
          const after = siteIn(then, then.put(100 + index, 1, one));
          changes.push({ before: null, after });
        });
        const live = createCoverage(country, reach);
        live.load(now);
        live.takeChanged();
        const rows = live.table().rows;
        const masks = live.masks.slice();

        const { gained, lost } = tryOut(live, country, { changes, layersOff });

        const anew = createCoverage(country, reach, live.field);
        anew.load(then);
        expect(rows.map((people, at) => people + (gained[at] ?? 0) - (lost[at] ?? 0))).toEqual(
          anew.table().rows,
        );
        ESTIMATE_FIELDS.forEach((_, field) => {
          expect(gained[field]).toBe(newlyIn(field, live, anew));
          expect(lost[field]).toBe(newlyIn(field, anew, live));
        });
        expect(live.table().rows).toEqual(rows);
        expect(live.masks).toEqual(masks);
        expect(live.takeChanged()).toEqual([]);
      }),
      { numRuns: 300, seed: 5 },
    );
  });
});

/** People of the nation who count in a field by one engine's cells and not by the other's. */
function newlyIn(field: number, before: Coverage, after: Coverage): number {
  const has = ({ masks }: Coverage, cell: number): boolean =>
    ((FIELDS_OF_MASK[masks[cell] ?? 0] ?? 0) & (1 << field)) !== 0;
  let people = 0;
  for (let cell = 0; cell < country.count; cell++)
    if (has(after, cell) && !has(before, cell)) people += after.field.people[cell] ?? 0;
  return people;
}
