import { beforeAll, describe, expect, it } from 'vitest';
import type { Country } from '../../../data/model/country.ts';
import { shareIn } from '../../../data/model/estimate.ts';
import { createCoverage } from '../../../server/coverage/engine.ts';
import { allRound, radiusFootprint } from '../../../server/coverage/reach.ts';
import { demoTerritory } from '../../../server/demo/generate-in-worker.ts';
import { generateDemo, type DemoCountry } from '../../../server/demo/generate.ts';
import { readApproximatePack } from '../../../server/territory/approximate.ts';
import { unpackGrid } from '../../../server/territory/grid.ts';
import { openPack } from '../../../server/territory/pack.ts';
import type { PeopleGrid, Territory } from '../../../server/territory/territory.ts';
import { countryOf } from './small-country.ts';
import { hamletsInFootprints, networkOf, openHamlets, stationsBy } from './what-it-shows.ts';

describe('the simulated country on the territory that comes with the product', () => {
  let territory: Territory;
  let grid: PeopleGrid;
  let demo: DemoCountry;
  let country: Country;
  beforeAll(async () => {
    territory = openPack(await readApproximatePack());
    grid = unpackGrid(territory);
    demo = generateDemo({ ...demoTerritory(territory, grid), seed: 2025, batch: '1' });
    country = countryOf(demo.events);
  });

  it('shows the figures published for 28 July 2025', () => {
    const stations = stationsBy(country);
    expect(stations['5g on_air']).toBe(12_106);
    const all = Object.entries(stations).reduce(
      (sum, [kind, count]) => sum + (kind.startsWith('5g') ? count : 0),
      0,
    );
    expect(all).toBe(69_000);
    expect(stations['4g on_air']).toBe(25_000);
    const open = openHamlets(country);
    expect(open).toHaveLength(355);
    expect(open.filter((hamlet) => hamlet['speciallyDisadvantaged'])).toHaveLength(349);
    expect(open.filter((hamlet) => hamlet['gridPower'])).toHaveLength(238);
    expect(country.tables.facilities.count).toBe(41);
    expect(demo.events.length).toBeLessThan(200_000);
  });

  it('joins the communes to the data network as published', () => {
    const network = networkOf(country);
    expect(network.nodes).toEqual({
      'central up': 3,
      'provincial up': 34,
      'communal up': 3_319,
      'communal planned': 2,
    });
    expect(network.links).toMatchObject({
      'central-central up': 3,
      'provincial-central up': 68,
      'communal-provincial planned': 2,
    });
    expect(network.connected).toBe(3_319);
    expect(network.at200ByVnpt).toBe(2_943);
    expect(network.provincialHomes).toEqual(new Array(34).fill(2));
    // Most hang on one line to their province, as is told; some are behind a neighbour or have two.
    const { province, neighbour, elsewhere, twice } = network.homed;
    expect([province + neighbour, elsewhere]).toEqual([3_321, 0]);
    expect(neighbour).toBeGreaterThan(60);
    expect(neighbour).toBeLessThan(400);
    expect(twice).toBeGreaterThan(600);
    expect(twice).toBeLessThan(1_000);
  });

  it('reaches more than 26 % of the people with 5G, within two points, and nearly all with 4G', () => {
    const coverage = createCoverage(grid, allRound(radiusFootprint));
    coverage.load(country.tables.stations);
    const nation = coverage.row('vn') ?? [];
    expect(shareIn(nation, '5g')).toBeGreaterThan(0.26);
    expect(shareIn(nation, '5g')).toBeLessThan(0.28);
    expect(shareIn(nation, '4g')).toBeGreaterThan(0.997);
    expect(shareIn(nation, '4g')).toBeLessThan(0.999);
    const { stations } = countryOf(demo.events).tables;
    for (let row = 0; row < stations.count; row++)
      stations.put(stations.ids[row] ?? 0, 9, { status: 'on_air' });
    coverage.load(stations);
    const all = shareIn(coverage.row('vn') ?? [], '5g');
    expect(all).toBeGreaterThan(0.87);
    expect(all).toBeLessThan(0.93);
  });

  it('has no hamlet without a signal inside the footprint of a station on air', () => {
    expect(hamletsInFootprints(country, grid)).toEqual([]);
  });

  it('stands on land: every station, hamlet, node and data centre lies in a commune', () => {
    for (const name of ['stations', 'hamlets', 'nodes', 'facilities'] as const) {
      const { columns, count } = country.tables[name];
      let outside = 0;
      for (let row = 0; row < count; row++) {
        const { position } = columns;
        if (!territory.communeAt(position[row * 2] ?? NaN, position[row * 2 + 1] ?? NaN)) outside++;
      }
      expect(outside, name).toBe(0);
    }
  });
});
