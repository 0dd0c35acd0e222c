import { describe, expect, it } from 'vitest';
import {
  peopleIn,
  shareIn,
  type EstimateField,
  type EstimateRow,
} from '../../../data/model/estimate.ts';
import { Table } from '../../../data/model/table.ts';
import { STATION_STATUSES } from '../../../data/model/things.ts';
import { createCoverage, type Coverage } from '../../../server/coverage/engine.ts';
import { allRound, radiusFootprint } from '../../../server/coverage/reach.ts';
import { siteIn } from '../../../server/coverage/site.ts';
import { gridOf, site } from './little-country.ts';

/**
 * Five cells along a road, each a hundredth of a degree (about 1.06 km) east of the last; the middle
 * of the road is the border of two communes in two provinces.
 */
const road = gridOf([
  { lon: 105.0, lat: 18, people: 1, commune: '40001' },
  { lon: 105.01, lat: 18, people: 10, commune: '40001' },
  { lon: 105.02, lat: 18, people: 100, commune: '40001' },
  { lon: 105.03, lat: 18, people: 1_000, commune: '42001' },
  { lon: 105.04, lat: 18, people: 10_000, commune: '42001' },
]);
const ONE_CELL_EACH_SIDE_M = 1200;

/** The row of a unit that is there. */
function row(coverage: Coverage, unit: string): EstimateRow {
  const found = coverage.row(unit);
  if (!found) throw new Error(`no unit ${unit}`);
  return found;
}

function people(coverage: Coverage, unit: string, field: EstimateField): number {
  return peopleIn(row(coverage, unit), field);
}

describe('a country where nothing is on air', () => {
  const coverage = createCoverage(road, allRound(radiusFootprint));

  it('has its nation, provinces and communes, with their population and nobody covered', () => {
    expect(coverage.units).toEqual(['vn', '40', '42', '40001', '42001']);
    const populations = coverage.units.map((unit) => people(coverage, unit, 'population'));
    expect(populations).toEqual([11_111, 111, 11_000, 111, 11_000]);
    expect(coverage.units.map((unit) => people(coverage, unit, 'covered'))).toEqual([
      0, 0, 0, 0, 0,
    ]);
  });

  it('knows no unit that the territory has not', () => {
    expect(coverage.row('99')).toBeUndefined();
  });
});

describe('a station', () => {
  it('reaches the people whose cell has its centre within its radius', () => {
    const coverage = createCoverage(
      road,
      allRound(() => ONE_CELL_EACH_SIDE_M),
    );
    coverage.add(site('viettel', 'n41', 105.01, 18));
    expect(people(coverage, '40001', 'covered')).toBe(111);
    expect(people(coverage, 'vn', 'covered')).toBe(111);
    expect(people(coverage, '42', 'covered')).toBe(0);
  });

  it('counts in its operator, its technology and both together, and nowhere else', () => {
    const coverage = createCoverage(
      road,
      allRound(() => ONE_CELL_EACH_SIDE_M),
    );
    coverage.add(site('vinaphone', 'n78', 105.01, 18));
    const counted = (
      ['4g', '5g', 'viettel', 'vinaphone', 'vinaphone.4g', 'vinaphone.5g'] as const
    ).map((field) => [field, people(coverage, 'vn', field)]);
    expect(counted).toEqual([
      ['4g', 0],
      ['5g', 111],
      ['viettel', 0],
      ['vinaphone', 111],
      ['vinaphone.4g', 0],
      ['vinaphone.5g', 111],
    ]);
  });

  it('between two communes covers people of both, in both provinces', () => {
    const coverage = createCoverage(
      road,
      allRound(() => ONE_CELL_EACH_SIDE_M),
    );
    coverage.add(site('mobifone', 'n77', 105.025, 18));
    expect(people(coverage, '40001', 'covered')).toBe(100);
    expect(people(coverage, '42001', 'covered')).toBe(1_000);
    expect(people(coverage, '40', '5g')).toBe(100);
    expect(people(coverage, '42', '5g')).toBe(1_000);
    expect(people(coverage, 'vn', 'mobifone')).toBe(1_100);
  });

  it('at sea covers what it reaches of the land, as far as in the open country', () => {
    const coverage = createCoverage(road, allRound(radiusFootprint));
    coverage.add(site('viettel', 'n41', 105.055, 18)); // 1.6 km off; n41 in the open reaches 2.1
    expect(people(coverage, 'vn', 'covered')).toBe(10_000);
    coverage.add(site('viettel', 'n41', 107, 18));
    coverage.add(site('viettel', 'n41', 105, 12));
    expect(people(coverage, 'vn', 'covered')).toBe(10_000);
  });

  it('reaches as far as the surroundings of the cell nearest to it let it', () => {
    const edgeOfTown = gridOf([
      { lon: 105, lat: 18, people: 1, commune: '40001', surroundings: 'dense_urban' },
      { lon: 105.004, lat: 18, people: 10, commune: '40001', surroundings: 'rural' },
      { lon: 105.012, lat: 18, people: 100, commune: '40001', surroundings: 'rural' },
    ]);
    const inTown = createCoverage(edgeOfTown, allRound(radiusFootprint));
    inTown.add(site('viettel', 'n41', 105.0015, 18));
    expect(people(inTown, 'vn', 'covered')).toBe(11);
    const outside = createCoverage(edgeOfTown, allRound(radiusFootprint));
    outside.add(site('viettel', 'n41', 105.0025, 18));
    expect(people(outside, 'vn', 'covered')).toBe(111);
  });

  it('that is switched off takes its people with it, but not those another still reaches', () => {
    const coverage = createCoverage(
      road,
      allRound(() => ONE_CELL_EACH_SIDE_M),
    );
    const near = site('viettel', 'n41', 105.01, 18);
    coverage.add(near);
    coverage.add(site('viettel', 'n41', 105.03, 18));
    expect(people(coverage, 'vn', 'covered')).toBe(11_111);
    coverage.remove(near);
    expect(people(coverage, 'vn', 'covered')).toBe(11_100);
    expect(people(coverage, '40001', 'viettel.5g')).toBe(100);
  });

  it('that was never put in cannot be taken out, and nothing is changed by trying', () => {
    const coverage = createCoverage(
      road,
      allRound(() => ONE_CELL_EACH_SIDE_M),
    );
    coverage.add(site('viettel', 'n41', 105.01, 18));
    const before = coverage.table().rows;
    expect(() => coverage.remove(site('viettel', 'n41', 105.03, 18))).toThrow(
      'the site at 18, 105.03 is taken out but was never put in',
    );
    expect(coverage.table().rows).toEqual(before);
  });
});

describe('several operators over the same people', () => {
  const coverage = createCoverage(
    road,
    allRound(() => ONE_CELL_EACH_SIDE_M),
  );
  coverage.add(site('viettel', 'n41', 105.01, 18)); // 1 + 10 + 100
  coverage.add(site('vinaphone', 'n78', 105.02, 18)); // 10 + 100 + 1,000
  coverage.add(site('vinaphone', 'b3', 105.03, 18)); // 100 + 1,000 + 10,000

  it('cover each person once', () => {
    expect(people(coverage, 'vn', '5g')).toBe(1_111);
    expect(people(coverage, 'vn', 'covered')).toBe(11_111);
    expect(shareIn(row(coverage, 'vn'), 'covered')).toBe(1);
  });

  it('are told apart', () => {
    expect(people(coverage, 'vn', 'viettel')).toBe(111);
    expect(people(coverage, 'vn', 'vinaphone')).toBe(11_110);
    expect(people(coverage, 'vn', 'vinaphone.4g')).toBe(11_100);
    expect(people(coverage, 'vn', 'vinaphone.5g')).toBe(1_110);
    expect(people(coverage, 'vn', '4g')).toBe(11_100);
  });
});

describe('a table of stations', () => {
  const stations = new Table('stations');
  STATION_STATUSES.forEach((status, index) => {
    stations.put(index + 1, 1, {
      operator: 'viettel',
      technology: '5g',
      band: 'n41',
      lon: 105 + index / 100,
      lat: 18,
      status,
    });
  });

  it('counts where it is on air, and only there', () => {
    const coverage = createCoverage(
      road,
      allRound(() => 500),
    );
    coverage.load(stations);
    expect(STATION_STATUSES[2]).toBe('on_air');
    expect(people(coverage, 'vn', 'covered')).toBe(100);
  });

  it('loaded again replaces what was there, whatever was there', () => {
    const coverage = createCoverage(
      road,
      allRound(() => 500),
    );
    coverage.add(site('mobifone', 'b8', 105, 18));
    coverage.load(stations);
    coverage.load(stations);
    expect(people(coverage, 'vn', 'covered')).toBe(100);
    coverage.load(new Table('stations'));
    expect(people(coverage, 'vn', 'covered')).toBe(0);
    expect(people(coverage, 'vn', 'population')).toBe(11_111);
  });

  it('and an event on it change the estimates from before to after', () => {
    const coverage = createCoverage(
      road,
      allRound(() => 500),
    );
    coverage.load(stations);
    const change = (id: number, fields: Record<string, string | number>): void => {
      const before = siteIn(stations, stations.rowOf(id));
      stations.put(id, 2, fields);
      coverage.replace(before, siteIn(stations, stations.rowOf(id)));
    };
    change(3, { status: 'down' });
    expect(people(coverage, 'vn', 'covered')).toBe(0);
    change(3, { status: 'on_air' });
    expect(people(coverage, 'vn', 'covered')).toBe(100);
    change(3, { lon: 105.03 });
    expect(people(coverage, 'vn', 'covered')).toBe(1_000);
    change(3, { lat: 18.1 });
    expect(people(coverage, 'vn', 'covered')).toBe(0);
    change(3, { lat: 18 });
    change(3, { operator: 'mobifone', band: 'n77' });
    expect(people(coverage, 'vn', 'mobifone.5g')).toBe(1_000);
    expect(people(coverage, 'vn', 'viettel')).toBe(0);
  });
});

describe('the units that changed', () => {
  it('are the commune, its province and the nation, told once', () => {
    const coverage = createCoverage(
      road,
      allRound(() => ONE_CELL_EACH_SIDE_M),
    );
    expect(coverage.takeChanged()).toEqual([]);
    coverage.add(site('viettel', 'n41', 105.005, 18));
    expect(coverage.takeChanged()).toEqual(['vn', '40', '40001']);
    expect(coverage.takeChanged()).toEqual([]);
  });

  it('are none when a station comes and goes in between, or moves nobody', () => {
    const coverage = createCoverage(
      road,
      allRound(() => ONE_CELL_EACH_SIDE_M),
    );
    const mast = site('viettel', 'n41', 105.005, 18);
    coverage.add(mast);
    coverage.takeChanged();
    coverage.add(site('viettel', 'n41', 105.005, 18));
    coverage.remove(mast);
    const other = site('mobifone', 'n77', 105.03, 18);
    coverage.add(other);
    coverage.remove(other);
    expect(coverage.takeChanged()).toEqual([]);
  });

  it('are all whose people are counted otherwise after a load', () => {
    const coverage = createCoverage(
      road,
      allRound(() => ONE_CELL_EACH_SIDE_M),
    );
    coverage.add(site('viettel', 'n41', 105.005, 18));
    coverage.takeChanged();
    coverage.load(new Table('stations'));
    expect(coverage.takeChanged()).toEqual(['vn', '40', '40001']);
  });
});

describe('more stations over one place than 16 bits count', () => {
  it('are still counted, so that the last one alone takes the signal with it', () => {
    const coverage = createCoverage(
      road,
      allRound(() => 500),
    );
    const mast = site('viettel', 'n41', 105, 18);
    for (let i = 0; i < 65_540; i++) coverage.add(mast);
    expect(people(coverage, 'vn', 'covered')).toBe(1);
    for (let i = 0; i < 65_539; i++) coverage.remove(mast);
    expect(people(coverage, 'vn', 'covered')).toBe(1);
    coverage.remove(mast);
    expect(people(coverage, 'vn', 'covered')).toBe(0);
    expect(() => coverage.remove(mast)).toThrow('never put in');
  });

  it('are forgotten by a load like all others', () => {
    const coverage = createCoverage(
      road,
      allRound(() => 500),
    );
    const mast = site('viettel', 'n41', 105, 18);
    for (let i = 0; i < 65_540; i++) coverage.add(mast);
    coverage.load(new Table('stations'));
    for (let i = 0; i < 65_535; i++) coverage.add(mast);
    for (let i = 0; i < 65_535; i++) coverage.remove(mast);
    expect(people(coverage, 'vn', 'covered')).toBe(0);
  });
});

it('a snapshot of the rows stays as it was while the country goes on', () => {
  const coverage = createCoverage(
    road,
    allRound(() => 500),
  );
  const { units, rows } = coverage.table();
  coverage.add(site('viettel', 'n41', 105, 18));
  expect(units).toEqual(coverage.units);
  expect(rows[1]).toBe(0);
});
