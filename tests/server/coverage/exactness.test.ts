/**
 * The promise of the engine: whatever happened, its numbers are those of counting anew, to the last
 * person, in every field of every unit.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ESTIMATE_FIELDS, peopleIn } from '../../../data/model/estimate.ts';
import { Table } from '../../../data/model/table.ts';
import { BANDS, OPERATORS, STATION_STATUSES, TECHNOLOGIES } from '../../../data/model/things.ts';
import { BAND_FACTS } from '../../../data/radio/bands.ts';
import { FOOTPRINT_RADIUS_M } from '../../../data/radio/footprint.ts';
import { SURROUNDINGS } from '../../../data/radio/surroundings.ts';
import { createCoverage, type Coverage } from '../../../server/coverage/engine.ts';
import { allRound, radiusFootprint } from '../../../server/coverage/reach.ts';
import { siteIn } from '../../../server/coverage/site.ts';
import { Random } from '../../../server/demo/random.ts';
import { gridOf } from './little-country.ts';

const random = new Random(11, 'country');
const METRES_PER_DEGREE = (6_371_008.8 * Math.PI) / 180;

/** Forty by forty cells 370 m apart: four communes in three provinces, town and country mixed. */
const country = gridOf(
  Array.from({ length: 1600 }, (_, index) => {
    const column = index % 40;
    const row = Math.floor(index / 40);
    const commune = row < 20 ? (column < 15 ? '01001' : '01002') : column < 30 ? '04001' : '08001';
    return {
      lon: 105 + column * 0.0035,
      lat: 21 + row * 0.0033,
      people: random.chance(0.2) ? 0 : random.below(400),
      commune,
      surroundings: random.pick(SURROUNDINGS),
    };
  }),
);

const place = {
  lon: fc.double({ min: 104.95, max: 105.2, noNaN: true }),
  lat: fc.double({ min: 20.95, max: 21.2, noNaN: true }),
};
const radio = { operator: fc.constantFrom(...OPERATORS), band: fc.constantFrom(...BANDS) };
const status = fc.constantFrom('on_air', ...STATION_STATUSES);
/** One of the stations there are, by chance. */
const which = fc.nat();

const happening = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ kind: fc.constant('add' as const), ...place, ...radio, status }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('move' as const), which, ...place }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('refit' as const), which, ...radio }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('status' as const), which, status }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('remove' as const), which }) },
);
type Happening = typeof happening extends fc.Arbitrary<infer H> ? H : never;

/** A country that lives through happenings as a server does: the table and the engine move on. */
interface Life {
  stations: Table<'stations'>;
  coverage: Coverage;
  lastId: number;
}

function beginning(): Life {
  const coverage = createCoverage(country, allRound(radiusFootprint));
  return { stations: new Table('stations'), coverage, lastId: 0 };
}

function live(life: Life, happenings: readonly Happening[]): Life {
  const { stations, coverage } = life;
  for (const next of happenings) {
    const id = next.kind === 'add' ? ++life.lastId : stations.ids[next.which % stations.count];
    if (id === undefined) continue;
    const before = siteIn(stations, stations.rowOf(id));
    if (next.kind === 'remove') stations.remove(id);
    else {
      const { kind, ...fields } = next;
      const technology = 'band' in fields ? BAND_FACTS[fields.band].technology : undefined;
      stations.put(id, kind === 'add' ? 1 : 2, { ...fields, technology });
    }
    coverage.replace(before, siteIn(stations, stations.rowOf(id)));
  }
  return life;
}

/** Counts a country the slow way: every field of every unit, cell by cell, station by station. */
function countedByHand(stations: Table<'stations'>): Map<string, number[]> {
  const { position, band, operator, technology, status } = stations.columns;
  const squareM = (row: number, cell: number): number => {
    const [lon = 0, lat = 0] = position.subarray(row * 2, row * 2 + 2);
    const metresPerLon = METRES_PER_DEGREE * Math.cos((lat * Math.PI) / 180);
    const x = ((country.lon[cell] ?? 0) - lon) * metresPerLon;
    const y = ((country.lat[cell] ?? 0) - lat) * METRES_PER_DEGREE;
    return x * x + y * y;
  };
  const covered = Array.from({ length: country.count }, () => new Set<string>());
  for (let row = 0; row < stations.count; row++) {
    if (STATION_STATUSES[status[row] ?? -1] !== 'on_air') continue;
    const distances = covered.map((_, cell) => squareM(row, cell));
    const least = Math.min(...distances);
    const nearest = country.surroundings[distances.indexOf(least)] ?? 0;
    const around = SURROUNDINGS[least <= 1000 ** 2 ? nearest : 0] ?? 'rural';
    const radiusM = FOOTPRINT_RADIUS_M[BANDS[band[row] ?? -1] ?? 'b1'][around];
    const operatorName = OPERATORS[operator[row] ?? -1] ?? '';
    const technologyName = TECHNOLOGIES[technology[row] ?? -1] ?? '';
    covered.forEach((fields, cell) => {
      if ((distances[cell] ?? Infinity) > radiusM ** 2) return;
      fields.add('covered').add(technologyName).add(operatorName);
      fields.add(`${operatorName}.${technologyName}`);
    });
  }
  const rows = new Map<string, number[]>();
  covered.forEach((fields, cell) => {
    const commune = country.communes[country.commune[cell] ?? -1] ?? '';
    for (const unit of ['vn', commune.slice(0, 2), commune]) {
      const row = rows.get(unit) ?? ESTIMATE_FIELDS.map(() => 0);
      rows.set(unit, row);
      ESTIMATE_FIELDS.forEach((field, index) => {
        if (field === 'population' || fields.has(field))
          row[index] = (row[index] ?? 0) + (country.people[cell] ?? 0);
      });
    }
  });
  return rows;
}

const lives = fc.array(happening, { minLength: 1, maxLength: 60 });

describe('after any sequence of stations added, moved, refitted, down, returned and removed', () => {
  it('the estimates are those of loading the stations anew', () => {
    fc.assert(
      fc.property(lives, (happenings) => {
        const { stations, coverage } = live(beginning(), happenings);
        const anew = createCoverage(country, allRound(radiusFootprint));
        anew.load(stations);
        expect(coverage.table()).toEqual(anew.table());
      }),
      { seed: 20_250_728, numRuns: 300 },
    );
  });

  it('the estimates are those of counting by hand', () => {
    fc.assert(
      fc.property(lives, (happenings) => {
        const { stations, coverage } = live(beginning(), happenings);
        for (const [unit, row] of countedByHand(stations))
          expect([unit, ...(coverage.row(unit) ?? [])]).toEqual([unit, ...row]);
      }),
      { seed: 20_250_729, numRuns: 40 },
    );
  });

  it('whatever was told to have changed is all that changed', () => {
    fc.assert(
      fc.property(lives, lives, (past, since) => {
        const life = beginning();
        live(life, past);
        life.coverage.takeChanged();
        const before = life.coverage.table().rows;
        live(life, since);
        const after = life.coverage.table().rows;
        const width = ESTIMATE_FIELDS.length;
        const differ = life.coverage.units.filter((_, unit) =>
          ESTIMATE_FIELDS.some(
            (_, field) => before[unit * width + field] !== after[unit * width + field],
          ),
        );
        expect(life.coverage.takeChanged()).toEqual(differ);
      }),
      { seed: 20_250_730, numRuns: 60 },
    );
  });

  it('the union over operators is never more than their sum, nor less than the best of them', () => {
    fc.assert(
      fc.property(lives, (happenings) => {
        const { coverage } = live(beginning(), happenings);
        for (const unit of coverage.units) {
          const row = coverage.row(unit) ?? [];
          const alone = OPERATORS.map((operator) => peopleIn(row, operator));
          const union = peopleIn(row, 'covered');
          expect(union).toBeLessThanOrEqual(alone.reduce((sum, people) => sum + people, 0));
          expect(union).toBeGreaterThanOrEqual(Math.max(...alone));
          expect(union).toBeLessThanOrEqual(peopleIn(row, 'population'));
        }
      }),
      { seed: 20_250_731, numRuns: 100 },
    );
  });
});
