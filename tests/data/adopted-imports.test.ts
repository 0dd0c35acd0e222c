import { describe, expect, it } from 'vitest';
import { applyEvent } from '../../data/log/apply.ts';
import { ONLY_ONE, type Event, type EventType } from '../../data/log/event.ts';
import { emptyCountry, type Country } from '../../data/model/country.ts';
import type { Fields } from '../../data/model/table.ts';
import { decodeSnapshot, encodeSnapshot } from '../../data/wire/snapshot.ts';

function happens(country: Country, type: EventType, fields: Fields, version = 1) {
  const noun = type.split('.')[0] as keyof typeof ONLY_ONE;
  const event: Event = {
    ...fields,
    seq: country.seq + 1,
    at: '2025-07-28T00:00:00.000Z',
    by: 'test',
    type,
    id: ONLY_ONE[noun],
    version,
    effective: '2025-07-28',
  };
  return applyEvent(country, event);
}

const official = { hash: 't1', kind: 'official' };
const people = { hash: 'p1', territory: 't1', source: 'WorldPop 2020' };
const heights = { hash: 'h1', source: 'Copernicus DEM' };

describe('people and heights that were imported', () => {
  it('are in use from their event on, with the name of their source', () => {
    const country = emptyCountry();
    expect([country.population, country.terrain]).toEqual([null, null]);
    happens(country, 'territory.adopted', official);
    expect(happens(country, 'population.adopted', people)).toEqual({ kind: 'all' });
    expect(happens(country, 'terrain.adopted', heights)).toEqual({ kind: 'all' });
    expect(country.population).toEqual({ hash: 'p1', source: 'WorldPop 2020', version: 1, seq: 2 });
    expect(country.terrain).toEqual({ hash: 'h1', source: 'Copernicus DEM', version: 1, seq: 3 });
    happens(country, 'population.adopted', { ...people, hash: 'p2' }, 2);
    expect(country.population).toMatchObject({ hash: 'p2', version: 2 });
  });

  it('travel in a snapshot', () => {
    const country = emptyCountry();
    happens(country, 'territory.adopted', official);
    happens(country, 'population.adopted', people);
    happens(country, 'terrain.adopted', heights);
    const read = decodeSnapshot(encodeSnapshot({ country, estimates: {} })).country;
    expect(read.population).toEqual(country.population);
    expect(read.terrain).toEqual(country.terrain);
  });

  it('a new territory has a grid of its own: its people are shared equally again, its heights stay', () => {
    const country = emptyCountry();
    happens(country, 'territory.adopted', official);
    happens(country, 'population.adopted', people);
    happens(country, 'terrain.adopted', heights);
    happens(country, 'territory.adopted', { ...official, hash: 't2' }, 2);
    expect(country.population).toBeNull();
    expect(country.terrain).toMatchObject({ hash: 'h1' });
  });

  it('people for a territory that was replaced meanwhile are passed over', () => {
    const country = emptyCountry();
    happens(country, 'territory.adopted', { ...official, hash: 't2' });
    expect(happens(country, 'population.adopted', people)).toEqual({ kind: 'nothing' });
    expect(country.population).toBeNull();
    expect(country.seq).toBe(2);
  });

  it('an event without hash or source is an error, not a country without people', () => {
    const country = emptyCountry();
    happens(country, 'territory.adopted', official);
    const nameless = { hash: 'p1', territory: 't1' };
    expect(() => happens(country, 'population.adopted', nameless)).toThrow(
      'event 2: population.adopted without hash or source',
    );
  });
});
