import { describe, expect, it } from 'vitest';
import { FIELDS, ENTRIES, type FormNoun } from '../../../client/edit/fields.ts';
import {
  blank,
  isAsked,
  offered,
  read,
  typed,
  written,
  type Texts,
} from '../../../client/edit/form.ts';
import { emptyCountry } from '../../../data/model/country.ts';
import type { Fields } from '../../../data/model/table.ts';

const NOUNS = Object.keys(FIELDS) as FormNoun[];
const STATION: Fields = {
  ...{ name: 'Trạm Đồi Gió', operator: 'viettel', technology: '5g', band: 'n41' },
  ...{ lon: 103.016001, lat: 21.386, heightM: 42.5, azimuth: 120, beamwidth: 65 },
  ...{ status: 'on_air', since: '2025-08-02', document: 'BB-12', source: 'Sở KH&CN' },
};
const HAMLET: Fields = {
  ...{ name: 'Nậm Vì', lon: 102.46, lat: 22.18, people: 1240, households: 41, gridPower: false },
  ...{ speciallyDisadvantaged: true, deadline: '2025-11-30', status: 'uncovered', source: '' },
};
const station = (change: Texts, language: 'vi' | 'en' = 'vi') =>
  read('station', { ...written('station', STATION, language), ...change }, language);

describe('a form', () => {
  it('asks for every field that a thing has', () => {
    for (const noun of NOUNS) {
      const asked = FIELDS[noun].flatMap(({ name }) =>
        name === 'place' ? ['lon', 'lat'] : [name],
      );
      const has = Object.keys(ENTRIES[noun]).filter((name) => name !== 'simulated');
      expect([...asked].sort()).toEqual(has.sort());
    }
  });

  it.each(['vi', 'en'] as const)('says in %s what the thing is, to the last digit', (language) => {
    for (const [noun, fields] of [
      ['station', STATION],
      ['hamlet', HAMLET],
      [
        'link',
        { from: 12345, to: 7, provider: 'VNPT', bandwidthMbps: 10_000, status: 'up', source: '' },
      ],
      [
        'indicator',
        {
          indicator: 'dvc.online',
          unit: 'vn',
          day: '2025-06-30',
          value: 0.3951,
          target: 0.8,
          source: 'TTXVN',
        },
      ],
      [
        'indicator',
        {
          indicator: 'ndxp.transactions',
          unit: 'vn',
          day: '2025-06-30',
          value: 630_000_000,
          source: '',
        },
      ],
    ] as [FormNoun, Fields][])
      expect(read(noun, written(noun, fields, language), language)).toEqual({ fields, faults: {} });
  });

  it('begins with what is most often right, and lacks only what nobody can guess', () => {
    const lacking = (noun: FormNoun): string[] =>
      Object.keys(read(noun, written(noun, blank(noun, '2025-07-28'), 'vi'), 'vi').faults);
    expect(lacking('station')).toEqual(['name', 'place']);
    expect(lacking('hamlet')).toEqual(['name', 'place', 'people', 'households']);
    expect(lacking('node')).toEqual(['name', 'place', 'unit']);
    expect(lacking('link')).toEqual(['from', 'to', 'provider']);
    expect(lacking('facility')).toEqual(['name', 'place']);
    expect(lacking('indicator')).toEqual(['unit', 'value']);
    expect(lacking('programme')).toEqual(['name', 'unit', 'responsible']);
    expect(lacking('duty')).toEqual(['programme', 'unit', 'name', 'responsible', 'due']);
  });

  it('writes a share in percent', () => {
    const texts = { indicator: 'dvc.online', unit: 'vn', day: '30/6/2025', value: '39,51' };
    expect(read('indicator', texts, 'vi').fields).toMatchObject({ value: 0.3951 });
  });
});

describe('what is wrong is told at its field', () => {
  it.each([
    [{ name: ' ' }, { name: { is: 'missing' } }],
    [{ heightM: 'cao' }, { heightM: { is: 'number' } }],
    [{ heightM: '' }, { heightM: { is: 'missing' } }],
    [{ heightM: '0' }, { heightM: { is: 'range', from: 1, to: 300 } }],
    [{ azimuth: '400' }, { azimuth: { is: 'range', from: 0, to: 360 } }],
    [{ since: '31/2/2025' }, { since: { is: 'day' } }],
    [{ place: 'Bản Phủ' }, { place: { is: 'place' } }],
    [{ place: '48.85, 2.35' }, { place: { is: 'elsewhere' } }],
    [{ band: 'b3' }, { band: { is: 'band' } }],
    [{ status: 'planned' }, { since: { is: 'sinceOfPlanned' } }],
    [{ azimuth: '' }, { azimuth: { is: 'beamOnly' } }],
    [{ name: 'x'.repeat(201) }, { name: { is: 'line' } }],
    [{ since: '', document: '', beamwidth: '', azimuth: '' }, {}],
  ] as [Texts, object][])('a station with %o', (change, faults) => {
    expect(station(change).faults).toEqual(faults);
  });

  it('a hamlet that has a signal needs its solution; people are whole', () => {
    const texts = written('hamlet', HAMLET, 'vi');
    expect(read('hamlet', { ...texts, status: 'resolved' }, 'vi').faults).toEqual({
      solution: { is: 'noSolution' },
    });
    expect(read('hamlet', { ...texts, people: '3,5' }, 'vi').faults).toEqual({
      people: { is: 'whole' },
    });
  });

  it('what has happened has its day behind it; what is not touched is not asked about', () => {
    const said = (noun: FormNoun, texts: Texts, before: Fields = {}): object =>
      read(noun, texts, 'vi', { before, country: emptyCountry(), today: '2025-08-02' }).faults;
    const texts = written('station', STATION, 'vi');
    expect(said('station', texts)).toEqual({});
    expect(said('station', { ...texts, since: '3/8/2025' })).toEqual({ since: { is: 'toCome' } });
    expect(said('station', { ...texts, acceptedOn: '1/8/2025' })).toEqual({
      acceptedOn: { is: 'beforeOnAir' },
    });
    const odd = { ...STATION, since: '2030-01-01' };
    expect(said('station', written('station', odd, 'vi'), odd)).toEqual({});
    const solved = { ...written('hamlet', HAMLET, 'vi'), status: 'resolved', solution: 'station' };
    expect(said('hamlet', { ...solved, resolvedOn: '3/8/2025' })).toEqual({
      resolvedOn: { is: 'toCome' },
    });
  });

  it('a programme is not due before it starts, and done and the day of it go together', () => {
    const faults = (noun: FormNoun, texts: Texts): object => read(noun, texts, 'vi').faults;
    const programme = { name: 'Chiến dịch', unit: '01', responsible: 'UBND' };
    expect(faults('programme', { ...programme, starts: '25/7/2025', due: '24/7/2025' })).toEqual({
      due: { is: 'beforeStart' },
    });
    expect(faults('programme', { ...programme, due: '24/7/2025' })).toEqual({});
    const duty = { programme: '7', unit: '00004', name: 'Bổ sung 5G', responsible: 'UBND' };
    const state = (more: Texts): object => faults('duty', { ...duty, due: '7/9/2025', ...more });
    expect(state({ status: 'planned' })).toEqual({});
    expect(state({ status: 'done' })).toEqual({ doneOn: { is: 'notDone' } });
    expect(state({ status: 'doing', doneOn: '1/9/2025' })).toEqual({
      doneOn: { is: 'notDoneYet' },
    });
    expect(isAsked('duty', 'doneOn', { status: 'done' })).toBe(true);
    expect(isAsked('duty', 'doneOn', { status: 'doing' })).toBe(false);
  });

  it('a link joins two nodes', () => {
    const texts = { from: '7', to: '7', provider: 'VNPT', bandwidthMbps: '200', status: 'up' };
    expect(read('link', texts, 'vi').faults).toEqual({ to: { is: 'sameNode' } });
  });
});

describe('a form knows what is possible', () => {
  it('offers the bands of the operator and technology, and brings the band along', () => {
    const texts = written('station', STATION, 'vi');
    const band = FIELDS.station.find(({ name }) => name === 'band');
    if (!band) throw new Error('a station has no band');
    expect(offered('station', band, texts)).toEqual(['n28', 'n41']);
    const other = typed('station', texts, 'operator', 'mobifone');
    expect(other.band).toBe('n77');
    expect(offered('station', band, other)).toEqual(['n28', 'n77']);
    expect(typed('station', texts, 'technology', '4g').band).toBe('b3');
    expect(typed('station', { ...texts, band: 'n28' }, 'operator', 'mobifone').band).toBe('n28');
  });

  it('does not ask a plan since when it is on air, unless that is written already', () => {
    expect(isAsked('station', 'since', { status: 'planned' })).toBe(false);
    expect(isAsked('station', 'since', { status: 'on_air' })).toBe(true);
    expect(isAsked('station', 'since', { status: 'planned', since: '2/8/2025' })).toBe(true);
    expect(isAsked('hamlet', 'solution', { status: 'uncovered' })).toBe(false);
    expect(isAsked('hamlet', 'solution', { status: 'resolved' })).toBe(true);
  });
});
