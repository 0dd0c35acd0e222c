import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEvent, type Touched } from '../../data/log/apply.ts';
import type { Event } from '../../data/log/event.ts';
import { TABLE_NAMES } from '../../data/model/columns.ts';
import { emptyCountry, type Country } from '../../data/model/country.ts';
import type { Table } from '../../data/model/table.ts';
import { decodeSnapshot, encodeSnapshot } from '../../data/wire/snapshot.ts';
import { histories } from './country-events.ts';

/** Everything a country holds, in words. */
function inWords(country: Country): unknown {
  const tables = TABLE_NAMES.map((name) => {
    const table: Table = country.tables[name];
    return [name, Array.from({ length: table.count }, (_, row) => table.record(row))];
  });
  return { seq: country.seq, at: country.at, territory: country.territory, tables };
}

function replay(events: readonly Event[], onto = emptyCountry()): Country {
  for (const event of events) applyEvent(onto, event);
  return onto;
}

const event = (more: Partial<Event>): Event => ({
  seq: 1,
  at: '2025-07-28T00:00:00.000Z',
  by: 'test',
  type: 'station.add',
  id: 1,
  version: 1,
  effective: '2025-07-28',
  ...more,
});

const mast: Partial<Event> = {
  name: 'Cột Mường Nhé 1',
  operator: 'viettel',
  technology: '5g',
  band: 'n41',
  lon: 102.467123,
  lat: 22.187654,
  commune: '03158',
  heightM: 42.5,
  status: 'planned',
  plannedFor: '2025-12-31',
  simulated: false,
  source: '',
};

describe('applying events', () => {
  it('adds, changes and removes a thing, each with its version', () => {
    const country = replay([
      event(mast),
      event({ seq: 2, type: 'station.change', version: 2, status: 'on_air', since: '2025-08-01' }),
    ]);
    const { stations } = country.tables;
    const row = stations.rowOf(1) ?? -1;
    expect(stations.record(row)).toEqual({
      id: 1,
      version: 2,
      name: 'Cột Mường Nhé 1',
      operator: 'viettel',
      technology: '5g',
      band: 'n41',
      lon: 102.467123,
      lat: 22.187654,
      commune: '03158',
      heightM: 42.5,
      status: 'on_air',
      plannedFor: '2025-12-31',
      since: '2025-08-01',
      simulated: false,
      source: '',
    });
    applyEvent(country, event({ seq: 3, type: 'station.remove', version: 3 }));
    expect(stations.rowOf(1)).toBeUndefined();
    expect(stations.count).toBe(0);
  });

  it('clears an optional field that is set to null', () => {
    const country = replay([
      event(mast),
      event({ seq: 2, type: 'station.change', version: 2, plannedFor: null }),
    ]);
    expect(country.tables.stations.record(0)).not.toHaveProperty('plannedFor');
  });

  it('resolves a hamlet', () => {
    const country = replay([
      event({ type: 'hamlet.add', name: 'Nậm Vì', lon: 102.5, lat: 22.2, status: 'uncovered' }),
      event({
        seq: 2,
        type: 'hamlet.resolve',
        version: 2,
        solution: 'station',
        resolvedOn: '2025-09-01',
      }),
    ]);
    expect(country.tables.hamlets.record(0)).toMatchObject({
      status: 'resolved',
      solution: 'station',
      resolvedOn: '2025-09-01',
    });
  });

  it('drops what was simulated when a territory is adopted, and keeps what is real', () => {
    const country = replay([
      event({ ...mast, simulated: true }),
      event({ ...mast, seq: 2, id: 2 }),
      event({ ...mast, seq: 3, id: 3, simulated: true }),
      event({ seq: 4, id: 0, type: 'territory.adopted', hash: 'abc', kind: 'official' }),
    ]);
    const { stations } = country.tables;
    expect(Array.from(stations.ids.subarray(0, stations.count))).toEqual([2]);
    expect(country.territory).toEqual({ hash: 'abc', kind: 'official', version: 1, seq: 4 });
  });

  it('passes over a change of something that went with the territory before', () => {
    const country = replay([
      event({ ...mast, simulated: true }),
      event({ seq: 2, id: 0, type: 'territory.adopted', hash: 'abc', kind: 'official' }),
    ]);
    const late = event({ seq: 3, type: 'station.change', version: 2, status: 'down' });
    expect(applyEvent(country, late)).toEqual({ kind: 'nothing' });
    expect(applyEvent(country, event({ seq: 4, type: 'station.remove', version: 3 }))).toEqual({
      kind: 'nothing',
    });
    expect(country.seq).toBe(4);
  });

  it('refuses an event that does not follow, and one about a thing that is not there', () => {
    const country = emptyCountry();
    expect(() => applyEvent(country, event({ seq: 2 }))).toThrow('event 2 does not follow 0');
    expect(() => applyEvent(country, event({ type: 'station.change' }))).toThrow('is not there');
    expect(() => applyEvent(country, event({ type: 'station.remove' }))).toThrow('is not there');
    applyEvent(country, event(mast));
    expect(() => applyEvent(country, event({ ...mast, seq: 2 }))).toThrow('is there already');
  });

  it('tells which row it touched, so that a map can patch it', () => {
    const country = emptyCountry();
    const touched = (e: Event): Touched => applyEvent(country, e);
    expect(touched(event(mast))).toEqual({ kind: 'row', table: 'stations', row: 0, added: true });
    expect(touched(event({ ...mast, seq: 2, id: 2 }))).toMatchObject({ row: 1, added: true });
    expect(touched(event({ seq: 3, type: 'station.remove', version: 2 }))).toEqual({
      kind: 'removed',
      table: 'stations',
      row: 0,
    });
    expect(country.tables.stations.rowOf(2)).toBe(0);
  });
});

describe('snapshot and tail', () => {
  it('equal the replay, wherever the log is cut', () => {
    fc.assert(
      fc.property(histories, fc.nat(), (events, cut) => {
        const at = cut % (events.length + 1);
        const snapshot = encodeSnapshot({ country: replay(events.slice(0, at)), estimates: {} });
        const { country } = decodeSnapshot(snapshot);
        expect(inWords(replay(events.slice(at), country))).toEqual(inWords(replay(events)));
      }),
      { numRuns: 200, seed: 20250728 },
    );
  });

  it('carry a number that is too large for whole numbers, as an old log may hold it', () => {
    const value = (id: number, number: number): Event =>
      event({
        ...{ seq: id, id, type: 'indicator.report', indicator: 'id.cards', unit: 'vn' },
        ...{ day: '2025-07-28', value: number, source: '', simulated: false },
      });
    const values = [87e6, 0.123456, 1e300, 2 ** 53];
    const country = replay(values.map((number, index) => value(index + 1, number)));
    const decoded = decodeSnapshot(encodeSnapshot({ country, estimates: {} })).country;
    expect(inWords(decoded)).toEqual(inWords(country));
  });

  it('carry the estimates of that moment', () => {
    const rows = Int32Array.from({ length: 2 * 16 }, (_, i) => (i * 7_919) % 1_000_003);
    const estimates = { radius: { units: ['vn', '01'], rows } };
    const decoded = decodeSnapshot(encodeSnapshot({ country: emptyCountry(), estimates }));
    expect(decoded.estimates).toEqual(estimates);
  });

  it('are refused in words when they are of another kind, format or length', () => {
    const bytes = encodeSnapshot({ country: emptyCountry(), estimates: {} });
    expect(() => decodeSnapshot(new Uint8Array(20))).toThrow('does not begin with PHSG');
    expect(() => decodeSnapshot(bytes.subarray(0, bytes.length))).not.toThrow();
    const longer = new Uint8Array(bytes.length + 1);
    longer.set(bytes);
    expect(() => decodeSnapshot(longer)).toThrow(`its header says ${bytes.length}`);
    const other = Buffer.from(
      Buffer.from(bytes)
        .toString('latin1')
        .replace(/"format":\d+/, '"format":9'),
      'latin1',
    );
    expect(() => decodeSnapshot(other)).toThrow('snapshot of format 9');
  });
});
