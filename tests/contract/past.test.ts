/** Looking back: the country and a unit as they were at any moment, and who may ask what. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Refusal } from '../../data/wire/commands.ts';
import type { PastEvents, PastState, Timeline } from '../../data/wire/past.ts';
import { decodeSnapshot } from '../../data/wire/snapshot.ts';
import { append, type NewEvent } from '../../server/log/append.ts';
import { PastCountry } from '../../server/past/past-country.ts';
import { stateBefore } from '../../server/past/kept-states.ts';
import { freshDatabase, type TestDatabase } from '../setup/database.ts';
import { estimatesIn, stateOf, type State } from '../setup/replay.ts';
import { startServer, type TestServer } from '../setup/server.ts';
import { centreOfSmall } from '../setup/small-territory.ts';

let database: TestDatabase;
let server: TestServer;
/** What the country was after each event, as it was told when it happened. */
const known = new Map<number, State>();

beforeAll(async () => {
  database = await freshDatabase();
  server = await startServer(database);
  let keys = 0;
  const happens = async (event: Omit<NewEvent, 'by' | 'key' | 'effective'>): Promise<number> => {
    const common = { by: 'bientap', key: `past-key-${++keys}`, effective: '2026-01-01' };
    const [done] = await append(database.pool, [{ ...common, ...event }]);
    if (!done) throw new Error('nothing was appended');
    server.follower.ring();
    await server.follower.reached(done.seq, 30_000);
    const { country, estimates } = server.live.snapshot();
    known.set(done.seq, stateOf(country, estimatesIn(estimates)));
    return done.id;
  };
  const station = (commune: string, status: string) => {
    const [lon, lat] = centreOfSmall(commune);
    const radio = { operator: 'viettel', technology: '5g', band: 'n41', heightM: 40 };
    const fields = { name: `Trạm ${commune}`, ...radio, lon, lat, status, simulated: false };
    return happens({ type: 'station.add', version: 1, fields });
  };
  const first = await station('00001', 'on_air');
  const second = await station('03001', 'planned');
  await happens({ type: 'station.change', id: second, version: 2, fields: { status: 'on_air' } });
  const [lon, lat] = centreOfSmall('03004');
  await happens({ type: 'station.change', id: first, version: 2, fields: { lon, lat } });
  const hamlet = await happens({
    type: 'hamlet.add',
    version: 1,
    fields: {
      ...{ name: 'Bản', lon, lat, households: 20, people: 90, status: 'uncovered' },
      ...{ gridPower: false, speciallyDisadvantaged: true, simulated: false },
    },
  });
  await happens({ type: 'hamlet.resolve', id: hamlet, version: 2, fields: { solution: 'mobile' } });
  await happens({ type: 'station.remove', id: second, version: 3, fields: {} });
});
afterAll(async () => {
  await server.close();
  await database.close();
});

const get = (path: string, cookie?: string): Promise<Response> =>
  fetch(`${server.url}/api${path}`, { headers: cookie === undefined ? {} : { cookie } });
const refusal = async (path: string): Promise<[number, Refusal]> => {
  const answer = await get(path);
  return [answer.status, ((await answer.json()) as { error: Refusal }).error];
};
const state = async (query: string): Promise<PastState> =>
  (await (await get(`/state?${query}`)).json()) as PastState;

async function shownAt(query: string): Promise<{ seq: number; shown: State }> {
  const shown: State = {};
  let seq = 0;
  for (const method of ['radius', 'linkBudget']) {
    const answer = await get(`/snapshot?${query}&method=${method}`);
    seq = Number(answer.headers.get('X-Seq'));
    const { country, estimates } = decodeSnapshot(new Uint8Array(await answer.arrayBuffer()));
    Object.assign(shown, stateOf(country, estimatesIn(estimates)));
  }
  return { seq, shown };
}

describe('a moment of the past', () => {
  it('is the country as it was told when it happened, to the last field and estimate', async () => {
    // Forwards and backwards, so that going on from where one is meets beginning anew.
    const numbers = [...known.keys()];
    for (const seq of [...numbers, ...numbers.toReversed()])
      expect((await shownAt(`seq=${seq}`)).shown).toEqual(known.get(seq));
  });

  it('is found by its instant: the last event at or before it', async () => {
    const { events } = (await (await get('/events?after=0&to=99')).json()) as PastEvents;
    for (const [i, event] of events.entries()) {
      if (events[i + 1]?.at === event.at) continue;
      expect((await state(`at=${event.at}`)).seq).toBe(event.seq);
      const before = new Date(Date.parse(event.at) - 1).toISOString();
      const earlier = events.findLast(({ at }) => at <= before);
      if (earlier) expect((await state(`at=${before}`)).seq).toBe(earlier.seq);
    }
  });

  it('is counted for every unit, with estimates by each method', async () => {
    const [first = 0, , third = 0] = known.keys();
    const then = await state(`seq=${first}&unit=01`);
    expect(then).toMatchObject({ unit: '01', seq: first, told: null });
    expect(then.counts.stations['5g'].on_air).toBe(1);
    expect(then.methods.radius?.covered).toBe(
      (known.get(first)?.['radius 01'] as number[] | undefined)?.[1],
    );
    expect(then.methods.linkBudget?.population).toBe(61_000);
    const later = await state(`seq=${third}`);
    expect(later.unit).toBe('vn');
    expect(later.counts.onAirByOperator.viettel).toBe(2);
    expect((await state(`seq=${third}&unit=03001`)).counts.stations['5g'].on_air).toBe(1);
    expect((await state(`seq=${third}&unit=03002`)).counts.stations['5g'].on_air).toBe(0);
  });

  it('that cannot be shown says why, and where', async () => {
    expect(await refusal('/state?at=2999-01-01T00:00:00Z')).toMatchObject([
      400,
      { code: 'invalid', path: 'at', reason: { is: 'to_come' } },
    ]);
    expect(await refusal('/state?at=1999-01-01')).toMatchObject([
      400,
      { path: 'at', reason: { is: 'before_log' } },
    ]);
    for (const odd of ['yesterday', '2025-02-30T00:00:00Z', '2025-13-01', "1'--", '1e9'])
      expect(await refusal(`/snapshot?at=${encodeURIComponent(odd)}`)).toMatchObject([
        400,
        { code: 'invalid', path: 'at' },
      ]);
    expect(await refusal('/state?seq=1&unit=99')).toMatchObject([
      404,
      { path: 'unit', reason: { is: 'no_such', what: 'unit', id: '99' } },
    ]);
    expect(await refusal('/state')).toMatchObject([400, { path: 'at', reason: { is: 'missing' } }]);
    expect(await refusal('/state?seq=99999')).toMatchObject([400, { path: 'seq' }]);
    expect(await refusal('/snapshot?at=2025-01-01&clock=told')).toMatchObject([
      400,
      { path: 'clock' },
    ]);
  });

  it('takes a zone as people write it, and Viet Nam where none is named', async () => {
    const first = (await state('seq=1')).at;
    const later = new Date(Date.parse(first) + 7 * 3_600_000).toISOString().slice(0, 23);
    expect((await state(`at=${later}%2B07:00`)).seq).toBe((await state(`at=${first}`)).seq);
    expect((await state(`at=${later}+07:00`)).seq).toBe((await state(`at=${first}`)).seq);
    expect((await state(`at=${later}`)).seq).toBe((await state(`at=${first}`)).seq);
  });
});

describe('the events of the past', () => {
  it('come in pages, with their communes, and with names for accounts only', async () => {
    const head = server.live.country.seq;
    const page = (await (await get('/events?after=1&to=3')).json()) as PastEvents;
    expect(page).toMatchObject({ from: 2, to: 3 });
    expect(page.events.map(({ seq }) => seq)).toEqual([2, 3]);
    expect(page.events[0]).toMatchObject({ commune: '00001', by: 'somebody' });
    const named = (await (await get('/events?after=1&to=3', server.cookie)).json()) as PastEvents;
    expect(named.events[0]?.by).toBe('bientap');
    const rest = (await (await get(`/events?after=${head}&to=${head + 50}`)).json()) as PastEvents;
    expect(rest).toEqual({ from: head + 1, to: head, events: [] });
    expect(await refusal('/events?after=-1&to=3')).toMatchObject([400, { path: 'after' }]);
  });
});

describe('the states of the past', () => {
  it('are made where they are missing, and tell the same as the log', async () => {
    const { ground, country } = server.live;
    if (!ground) throw new Error('there is no ground');
    const origin = { code: 'test', pack: ground.territory.hash };
    const make = () => new PastCountry(database.pool, origin, ground, 2);
    await make().fill(
      country.seq,
      () => true,
      async () => undefined,
    );
    for (const seq of known.keys()) {
      expect(await stateBefore(database.pool, origin, seq)).toBe(seq - (seq % 2));
      const past = make();
      const shown = await past.at(seq);
      expect(stateOf(shown, estimatesIn(past.estimates()))).toEqual(known.get(seq));
    }
  });
});

describe('the timeline', () => {
  it('goes from the first event to the last by the clock of the log', async () => {
    const timeline = (await (await get('/timeline')).json()) as Timeline;
    expect(timeline.clock).toBe('recorded');
    expect(timeline.marks[0]?.[0]).toBe(1);
    expect(timeline.marks.at(-1)).toEqual([
      server.live.country.seq,
      Date.parse(server.live.country.at),
    ]);
    expect(timeline.marks.map(([seq]) => seq)).toEqual(
      timeline.marks.map(([seq]) => seq).sort((a, b) => a - b),
    );
  });

  it('of a simulated country goes by its days, and so do instants before the first record', async () => {
    const told = ['2025-01-06', '2025-01-06', '2025-01-08', '2025-02-01'].map(
      (effective, n): NewEvent => ({
        ...{ type: 'facility.add', by: 'demo', key: `told-facility-${n}`, version: 1, effective },
        fields: { name: `Trung tâm ${n}`, simulated: true },
      }),
    );
    const done = await append(database.pool, told);
    const first = done[0]?.seq ?? 0;
    server.follower.ring();
    await server.follower.reached(first + 3, 30_000);
    const timeline = (await (await get('/timeline')).json()) as Timeline;
    expect(timeline.clock).toBe('told');
    expect(timeline.marks[0]).toEqual([first, Date.parse('2025-01-06T00:00:00+07:00')]);
    const at = async (text: string) => (await state(`at=${text}`)).seq;
    expect(await at('2025-01-06T00:00:00')).toBe(first);
    expect(await at('2025-01-06T12:00:00')).toBe(first + 1);
    expect(await at('2025-01-07T12:00:00')).toBe(first + 1);
    expect(await at('2025-01-08T23:59:59')).toBe(first + 2);
    expect(await state('at=2025-01-08')).toMatchObject({
      seq: first + 2,
      told: '2025-01-07T17:00:00.000Z',
    });
    expect(await refusal('/state?at=2025-01-05')).toMatchObject([
      400,
      { reason: { is: 'before_log' } },
    ]);
    expect(await refusal('/state?at=2025-03-01')).toMatchObject([
      400,
      { reason: { is: 'to_come' } },
    ]);
  });
});
