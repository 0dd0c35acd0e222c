import * as v from 'valibot';
import { beforeAll, describe, expect, it } from 'vitest';
import { INDICATORS } from '../../../data/country/indicators.ts';
import { publishedFigures } from '../../../data/country/figures.ts';
import type { Country } from '../../../data/model/country.ts';
import { shareIn } from '../../../data/model/estimate.ts';
import {
  Duty,
  Facility,
  Hamlet,
  IndicatorValue,
  NetworkLink,
  NetworkNode,
  Programme,
  Station,
} from '../../../data/model/things.ts';
import { bandFits } from '../../../data/radio/bands.ts';
import { createCoverage } from '../../../server/coverage/engine.ts';
import { allRound, radiusFootprint } from '../../../server/coverage/reach.ts';
import { numbered } from '../../../server/demo/chronicle.ts';
import { generateInWorker } from '../../../server/demo/generate-in-worker.ts';
import { generateDemo, type DemoCountry } from '../../../server/demo/generate.ts';
import { countryOf, SMALL_FIGURES, smallTerritory } from './small-country.ts';
import { hamletsInFootprints, networkOf, openHamlets, stationsBy } from './what-it-shows.ts';

const territory = smallTerritory();
const input = { ...territory, batch: '1', figures: SMALL_FIGURES };

describe('a simulated country', () => {
  let demo: DemoCountry;
  let country: Country;
  beforeAll(() => {
    demo = generateDemo({ ...input, seed: 7 });
    country = countryOf(demo.events);
  });

  it('shows the figures it was asked for, and shows them on 28 July 2025', () => {
    for (const shown of [country, countryOf(demo.events, '2025-07-28')]) {
      const stations = stationsBy(shown);
      expect(stations['5g on_air']).toBe(560);
      const planned = (stations['5g planned'] ?? 0) + (stations['5g building'] ?? 0);
      expect(planned).toBe(3_940);
      expect(stations['4g on_air']).toBe(1_000);
      expect(stations['5g down']).toBeUndefined();
      expect(stations['4g down']).toBeUndefined();
      expect(shown.tables.facilities.count).toBe(9);
    }
    expect(demo.events.at(-1)?.effective).toBe('2025-07-28');
    expect(demo.events[0]?.effective).toBe('2024-01-02');
  });

  it('has a register of hamlets with power, hardship, deadlines and a solved past', () => {
    const open = openHamlets(country);
    expect(open).toHaveLength(12);
    expect(open.filter((hamlet) => hamlet['speciallyDisadvantaged'])).toHaveLength(10);
    const powered = open.filter((hamlet) => hamlet['gridPower']);
    expect(powered).toHaveLength(7);
    expect(new Set(powered.map((hamlet) => hamlet['deadline']))).toEqual(new Set(['2025-09-15']));
    const dark = open.filter((hamlet) => !hamlet['gridPower']);
    expect(new Set(dark.map((hamlet) => hamlet['deadline']))).toEqual(new Set(['2025-11-30']));
    expect(country.tables.hamlets.count).toBe(12 + 9);
    expect(openHamlets(countryOf(demo.events, '2024-02-01')).length).toBeGreaterThan(12);
  });

  it('has no hamlet without a signal inside the footprint of a station on air, then and before', () => {
    for (const day of ['2024-01-02', '2024-12-31', '2025-07-28'])
      expect(hamletsInFootprints(countryOf(demo.events, day), territory.grid)).toEqual([]);
  });

  it('gives the hamlets solved by a station a footprint over them', () => {
    const { hamlets } = country.tables;
    for (let row = 0; row < hamlets.count; row++) {
      const hamlet = hamlets.record(row);
      if (hamlet['solution'] !== 'station') continue;
      const opened = { ...hamlet, status: 'uncovered', solution: null };
      const again = countryOf(demo.events);
      again.tables.hamlets.put(hamlet.id, 99, opened);
      expect(hamletsInFootprints(again, territory.grid).length).toBeGreaterThan(0);
    }
  });

  it('connects every commune but two to its province, and every province to two centres', () => {
    const network = networkOf(country);
    expect(network.nodes).toEqual({
      'central up': 3,
      'provincial up': 3,
      'communal up': 34,
      'communal planned': 2,
    });
    expect(network.links).toMatchObject({
      'central-central up': 3,
      'provincial-central up': 6,
      'communal-provincial planned': 2,
    });
    expect(network.connected).toBe(34);
    expect(network.at200ByVnpt).toBe(28);
    expect(network.provincialHomes).toEqual([2, 2, 2]);
    expect(network.homed).toMatchObject({ elsewhere: 0, province: 36 - network.homed.neighbour });
    expect(network.homed.neighbour).toBeGreaterThan(0);
    expect(network.homed.twice).toBeGreaterThan(0);
  });

  it('reaches the calibrated shares of people, as the engine counts them', () => {
    const { stations } = country.tables;
    const coverage = createCoverage(territory.grid, allRound(radiusFootprint));
    const share = (technology: '4g' | '5g') => shareIn(coverage.row('vn') ?? [], technology);
    coverage.load(stations);
    expect(Math.abs(share('5g') - 0.27)).toBeLessThan(0.01);
    expect(Math.abs(share('5g') - demo.calibration.shareOnAir)).toBeLessThan(0.005);
    expect(share('4g')).toBeGreaterThan(0.985);
    const all = countryOf(demo.events).tables.stations;
    for (let row = 0; row < all.count; row++) all.put(all.ids[row] ?? 0, 99, { status: 'on_air' });
    coverage.load(all);
    expect(Math.abs(share('5g') - 0.9)).toBeLessThan(0.03);
  });

  it('grows: more stations on air, more communes connected, fewer hamlets, month by month', () => {
    const series = (code: string) =>
      demo.events
        .filter(({ fields }) => fields['indicator'] === code && fields['simulated'])
        .map(({ fields }) => Number(fields['value']));
    const isRising = (values: number[]) =>
      values.every((value, i) => i === 0 || value >= (values[i - 1] ?? 0));
    expect(series('5g.stations')).toHaveLength(18);
    expect(isRising(series('5g.stations'))).toBe(true);
    expect(isRising(series('5g.population'))).toBe(true);
    expect(isRising(series('tslcd.communes'))).toBe(true);
    expect(series('hamlets.uncovered').at(-1)).toBeLessThan(series('hamlets.uncovered')[0] ?? 0);
    const counted = stationsBy(countryOf(demo.events, '2024-12-31'))['5g on_air'];
    expect(series('5g.stations')[11]).toBe(counted);
  });

  it('lets its provinces report, month by month, all that is due from them', () => {
    for (const { code, due } of INDICATORS) {
      if (!due) continue;
      const values = demo.events.filter(
        ({ fields }) => fields['indicator'] === code && fields['unit'] === '01',
      );
      expect(values.length, code).toBeGreaterThanOrEqual(3);
      const days = values.map(({ fields }) => String(fields['day']));
      expect(days).toEqual([...new Set(days)].sort());
    }
  });

  it('reports the published figures as facts, with their sources', () => {
    const reported = demo.events.filter(
      ({ type, fields }) => type === 'indicator.report' && !fields['simulated'],
    );
    const here = publishedFigures.filter(
      ({ territory: unit }) => unit === undefined || unit === '01',
    );
    expect(reported.map(({ fields }) => fields['indicator']).sort()).toEqual(
      here.map(({ code }) => code).sort(),
    );
    for (const { fields } of reported) expect(fields['source']).not.toBe('');
  });

  it('has the published programme of a province, with a simulated duty for each of its communes', () => {
    const { programmes, duties } = country.tables;
    expect(programmes.count).toBe(1);
    const { id, ...programme } = programmes.record(0);
    expect(programme).toMatchObject({
      ...{ unit: '01', indicator: 'hanoi.5g.communes', starts: '2025-07-25', due: '2025-09-07' },
      ...{ decision: publishedFigures.find(({ code }) => code === 'hanoi.5g.communes')?.source },
    });
    const all = Array.from({ length: duties.count }, (_, row) => duties.record(row));
    const communes = territory.communes.filter(({ province }) => province === '01');
    expect(all.map(({ unit }) => unit)).toEqual(communes.map(({ code }) => code).sort());
    expect(new Set(all.map((duty) => duty['programme']))).toEqual(new Set([id]));
    const inOrder = all.every(
      ({ due }) => String(due) >= '2025-07-25' && String(due) <= '2025-09-07',
    );
    expect(inOrder).toBe(true);
  });

  it('consists of things that pass every check of the model, and says that they are simulated', () => {
    const { stations, hamlets, nodes, links, facilities, indicators, programmes, duties } =
      country.tables;
    const check = (
      table: { count: number; record(row: number): Record<string, unknown> },
      schema: v.GenericSchema,
    ) => {
      for (let row = 0; row < table.count; row++) {
        const { id, version, commune, ...fields } = table.record(row);
        expect([id, version, commune]).toHaveLength(3);
        const parsed = v.safeParse(schema, fields);
        if (!parsed.success)
          throw new Error(`${JSON.stringify(fields)}: ${parsed.issues[0].message}`);
        const fact = schema === IndicatorValue && fields['simulated'] === false;
        if (!fact) expect(fields).toMatchObject({ simulated: true, source: 'mô phỏng' });
      }
    };
    check(stations, Station);
    check(hamlets, Hamlet);
    check(nodes, NetworkNode);
    check(links, NetworkLink);
    check(facilities, Facility);
    check(indicators, IndicatorValue);
    check(programmes, Programme);
    check(duties, Duty);
    for (let row = 0; row < stations.count; row++) {
      const { technology, band } = stations.record(row) as unknown as Station;
      expect(bandFits(technology, band)).toBe(true);
    }
  });

  it('tells everything in the order of days, each thing before what is said of it', () => {
    let day = '';
    const versions = new Map<number, number>();
    for (const [place, event] of demo.events.entries()) {
      expect(event.effective >= day).toBe(true);
      day = event.effective;
      const thing = event.of ?? place;
      expect(event.version).toBe((versions.get(thing) ?? 0) + 1);
      versions.set(thing, event.version);
      for (const named of Object.values(event.references ?? {})) expect(named).toBeLessThan(place);
    }
    expect(new Set(demo.events.map(({ key }) => key)).size).toBe(demo.events.length);
  });

  it('takes its ids from wherever the log stands', () => {
    const later = numbered(demo.events, 1_001, '');
    const links = later.filter(({ type }) => type === 'link.add');
    const nodes = new Set(later.flatMap(({ type, id }) => (type === 'node.add' ? [id] : [])));
    expect(Math.min(...nodes)).toBeGreaterThan(1_000);
    for (const link of links) {
      expect(nodes.has(Number(link['from']))).toBe(true);
      expect(nodes.has(Number(link['to']))).toBe(true);
    }
  });

  it('is the same again from the same seed, also in a worker, and another from another', async () => {
    const written = JSON.stringify(demo.events);
    expect(JSON.stringify(generateDemo({ ...input, seed: 7 }).events) === written).toBe(true);
    const steps: string[] = [];
    const elsewhere = await generateInWorker({ ...input, seed: 7 }, (step) => steps.push(step));
    expect(JSON.stringify(elsewhere.events) === written).toBe(true);
    expect(elsewhere.calibration).toEqual(demo.calibration);
    expect(steps).toEqual(['hamlets', '5g', '4g', 'past', 'events']);
    expect(JSON.stringify(generateDemo({ ...input, seed: 8 }).events) === written).toBe(false);
  });

  it('says why when a worker cannot make it', async () => {
    const broken = { ...input, communes: input.communes.slice(1), seed: 7 };
    await expect(generateInWorker(broken)).rejects.toThrow('01000');
  });
});
