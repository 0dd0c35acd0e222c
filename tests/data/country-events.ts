/** Arbitrary histories of a country: sequences of events that follow each other as in a real log. */
import fc from 'fast-check';
import type { Event, EventType } from '../../data/log/event.ts';
import {
  BANDS,
  HAMLET_SOLUTIONS,
  OPERATORS,
  STATION_STATUSES,
  TECHNOLOGIES,
} from '../../data/model/things.ts';
import type { Fields } from '../../data/model/table.ts';

const microdegrees = (from: number, to: number) =>
  fc.integer({ min: from * 1e6, max: to * 1e6 }).map((n) => n / 1e6);
const day = fc
  .integer({ min: 18_000, max: 21_000 })
  .map((n) => new Date(n * 86_400_000).toISOString().slice(0, 10));
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const place = {
  lon: microdegrees(102, 110),
  lat: microdegrees(8, 23),
  commune: fc.constantFrom('00004', '02317', '31825', null),
};

const station = fc.record({
  name: fc.string({ minLength: 1, maxLength: 20 }).map((s) => `T ${s.replace(/\n/g, ' ')}`),
  operator: fc.constantFrom(...OPERATORS),
  technology: fc.constantFrom(...TECHNOLOGIES),
  band: fc.constantFrom(...BANDS),
  ...place,
  heightM: fc.integer({ min: 100, max: 30_000 }).map((n) => n / 100),
  azimuth: maybe(fc.integer({ min: 0, max: 35_999 }).map((n) => n / 100)),
  status: fc.constantFrom(...STATION_STATUSES),
  plannedFor: maybe(day),
  since: maybe(day),
  document: maybe(fc.constant('Số 12/BB-NT')),
  simulated: fc.boolean(),
  source: fc.constantFrom('', 'Sở Khoa học và Công nghệ'),
});
const hamlet = fc.record({
  name: fc.constantFrom('Nậm Vì', 'Huổi Lúm', 'Pa Tết'),
  ...place,
  households: fc.nat(200),
  people: fc.nat(1_000),
  gridPower: fc.boolean(),
  speciallyDisadvantaged: fc.boolean(),
  deadline: maybe(day),
  status: fc.constant('uncovered'),
  simulated: fc.boolean(),
  source: fc.constant(''),
});

interface Wish {
  verb: 'add station' | 'add hamlet' | 'change' | 'resolve' | 'remove' | 'restore' | 'adopt';
  pick: number;
  station: Fields;
  hamlet: Fields;
  effective: string;
  solution: string;
}

const wish: fc.Arbitrary<Wish> = fc.record({
  verb: fc.constantFrom(
    'add station',
    'add station',
    'add station',
    'add hamlet',
    'change',
    'change',
    'resolve',
    'remove',
    'restore',
    'adopt',
  ) as fc.Arbitrary<Wish['verb']>,
  pick: fc.nat(),
  station: station as fc.Arbitrary<Fields>,
  hamlet: hamlet as fc.Arbitrary<Fields>,
  effective: day,
  solution: fc.constantFrom(...HAMLET_SOLUTIONS),
});

interface Thing {
  noun: 'station' | 'hamlet';
  version: number;
  simulated: boolean;
}

/** Event lists that are valid from the first to the last; adoptions are rare. */
export const histories = fc
  .array(wish, { minLength: 1, maxLength: 120 })
  .map((wishes) => eventsOf(wishes));

function eventsOf(wishes: readonly Wish[]): Event[] {
  const events: Event[] = [];
  const alive = new Map<number, Thing>();
  /** What was removed, to be restored under its own id. */
  const gone = new Map<number, Thing>();
  let adoptions = 0;
  const push = (type: EventType, id: number, version: number, on: string, fields: Fields): void => {
    const seq = events.length + 1;
    const at = new Date(Date.UTC(2025, 0, 1) + seq * 1_000).toISOString();
    events.push({ ...fields, seq, at, by: 'test', type, id, version, effective: on });
  };
  for (const one of wishes) {
    const seq = events.length + 1;
    if (one.verb === 'add station' || one.verb === 'add hamlet') {
      const noun = one.verb === 'add station' ? 'station' : 'hamlet';
      const fields = one[noun];
      alive.set(seq, { noun, version: 1, simulated: fields['simulated'] === true });
      push(`${noun}.add`, seq, 1, one.effective, fields);
      continue;
    }
    if (one.verb === 'adopt') {
      if (one.pick % 5 !== 0) continue;
      for (const [id, thing] of alive) if (thing.simulated) alive.delete(id);
      push('territory.adopted', 0, ++adoptions, one.effective, {
        hash: `h${one.pick}`,
        kind: 'official',
      });
      continue;
    }
    if (one.verb === 'restore') {
      const removed = [...gone][one.pick % Math.max(1, gone.size)];
      if (!removed) continue;
      const [id, { noun, version }] = removed;
      const fields = one[noun];
      gone.delete(id);
      alive.set(id, { noun, version: version + 1, simulated: fields['simulated'] === true });
      push(`${noun}.add`, id, version + 1, one.effective, fields);
      continue;
    }
    const ids = [...alive.keys()];
    const id = ids[one.pick % Math.max(1, ids.length)];
    const thing = id === undefined ? undefined : alive.get(id);
    if (id === undefined || !thing) continue;
    thing.version++;
    if (one.verb === 'remove') {
      alive.delete(id);
      gone.set(id, thing);
      push(`${thing.noun}.remove`, id, thing.version, one.effective, {});
    } else if (one.verb === 'resolve' && thing.noun === 'hamlet')
      push('hamlet.resolve', id, thing.version, one.effective, {
        solution: one.solution,
        resolvedOn: one.effective,
      });
    else {
      const { lon, lat, commune } = one.station;
      const change: Fields =
        thing.noun === 'station'
          ? { lon, lat, commune, status: one.station['status'], azimuth: null }
          : { people: one.hamlet['people'], deadline: null };
      push(`${thing.noun}.change`, id, thing.version, one.effective, change);
    }
  }
  return events;
}
