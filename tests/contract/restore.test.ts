import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Fields } from '../../data/model/table.ts';
import type { Accepted, Refusal } from '../../data/wire/commands.ts';
import type { History } from '../../data/wire/history.ts';
import { emptyCountry } from '../../data/model/country.ts';
import { TABLE_OF, type Noun } from '../../data/log/event.ts';
import { applyEvent } from '../../data/log/apply.ts';
import { encodeSnapshot } from '../../data/wire/snapshot.ts';
import { append } from '../../server/log/append.ts';
import { readEvents } from '../../server/log/read.ts';
import { adoptPack } from '../../server/territory/adopt.ts';
import { buildPack } from '../../server/territory/pack.ts';
import { freshDatabase, type TestDatabase } from '../setup/database.ts';
import { startServer, type TestServer } from '../setup/server.ts';
import { centreOfSmall, smallTerritory } from '../setup/small-territory.ts';

let database: TestDatabase;
let server: TestServer;
let second: TestServer;
beforeAll(async () => {
  database = await freshDatabase();
  server = await startServer(database);
  second = await startServer(database);
});
afterAll(async () => {
  await server.close();
  await second.close();
  await database.close();
});

let keys = 0;
const key = (): string => `restore-${++keys}`;
const [lon, lat] = centreOfSmall('00001');
const origin = { source: 'Sở KH&CN' };
const STATION = {
  ...{ name: 'Trạm Đồi Gió', operator: 'viettel', technology: '5g', band: 'n41', lon, lat },
  ...{ heightM: 42, status: 'on_air', since: '2025-08-02', ...origin },
};
const HAMLET = {
  ...{ name: 'Nậm Vì', lon, lat, households: 40, people: 180, gridPower: false },
  ...{ speciallyDisadvantaged: true, status: 'uncovered', ...origin },
};
const NODE = { name: 'Nút', level: 'communal', unit: '00001', lon, lat, status: 'up', ...origin };
const FACILITY = {
  ...{ name: 'TTDL 1', kind: 'data_centre', owner: 'national', lon, lat, status: 'up', ...origin },
};

async function done(command: object, at = server): Promise<Accepted> {
  const { status, body } = await at.post({ key: key(), ...command });
  expect(body).not.toHaveProperty('error');
  expect(status).toBe(200);
  return body as Accepted;
}
async function refused(command: object, status: number, at = server): Promise<Refusal> {
  const answer = await at.post({ key: key(), ...command });
  expect(answer.body).toHaveProperty('error');
  expect(answer.status).toBe(status);
  return (answer.body as { error: Refusal }).error;
}
function thing(noun: Noun, id: number, at = server): Fields | undefined {
  const table = at.live.country.tables[TABLE_OF[noun]];
  const row = table.rowOf(id);
  return row === undefined ? undefined : table.record(row);
}
async function history(id: number | string, query = '', at = server): Promise<History> {
  const headers = { cookie: at.cookie };
  return (await (
    await fetch(`${at.url}/api/history/${id}${query}`, { headers })
  ).json()) as History;
}

describe('restoring a thing that is there', () => {
  it('brings back what it was at that version, and nothing else is said', async () => {
    const { id } = await done({ type: 'station.add', ...STATION });
    const [east, north] = centreOfSmall('03001');
    await done({
      ...{ type: 'station.change', id, base: 1, lon: east, lat: north, azimuth: 120 },
      since: null,
    });
    await done({ type: 'station.change', id, base: 2, status: 'down' });
    expect(thing('station', id)).toMatchObject({ commune: '03001', status: 'down' });
    const { version } = await done({ type: 'station.restore', id, base: 3, version: 1 });
    expect(version).toBe(4);
    expect(thing('station', id)).toEqual({
      ...STATION,
      ...{ id, version: 4, commune: '00001', simulated: false },
    });
    const [newest] = (await history(id)).entries;
    expect(newest).toMatchObject({
      type: 'station.change',
      fields: { lon, lat, azimuth: null, since: '2025-08-02', status: 'on_air' },
      before: { azimuth: 120, status: 'down' },
    });
  });

  it('moves the people back in the same moment', async () => {
    const covered = async (): Promise<number> => {
      const answer = await fetch(`${server.url}/api/estimates/00004`);
      const { methods } = (await answer.json()) as {
        methods: { radius: { covered: number } };
      };
      return methods.radius.covered;
    };
    const [x, y] = centreOfSmall('00004');
    const { id } = await done({ type: 'station.add', ...STATION, lon: x, lat: y });
    const before = await covered();
    expect(before).toBeGreaterThan(0);
    await done({ type: 'station.remove', id, base: 1 });
    expect(await covered()).toBe(0);
    await done({ type: 'station.restore', id, base: 2, version: 1 });
    expect(await covered()).toBe(before);
  });

  it('is refused when it is that already, and for a version that it never had', async () => {
    const { id } = await done({ type: 'station.add', ...STATION });
    await done({ type: 'station.change', id, base: 1, heightM: 50 });
    await done({ type: 'station.change', id, base: 2, heightM: 42 });
    for (const version of [1, 3, 9])
      expect(await refused({ type: 'station.restore', id, base: 3, version }, 400)).toMatchObject({
        code: 'invalid',
        path: 'version',
      });
  });

  it('is refused with the thing as it is now when somebody else was later', async () => {
    const { id } = await done({ type: 'station.add', ...STATION });
    await done({ type: 'station.change', id, base: 1, heightM: 50 });
    await done({ type: 'station.change', id, base: 2, heightM: 60 });
    expect(await refused({ type: 'station.restore', id, base: 2, version: 1 }, 409)).toMatchObject({
      code: 'stale',
      current: { version: 3, heightM: 60 },
    });
  });
});

describe('restoring a thing that was removed', () => {
  const cases: [Noun, object][] = [
    ['station', STATION],
    ['hamlet', HAMLET],
    ['node', NODE],
    ['facility', FACILITY],
  ];
  it.each(cases)('a %s comes back under its own id, on every server', async (noun, fields) => {
    const { id } = await done({ type: `${noun}.add`, ...fields });
    const was = thing(noun, id);
    await done({ type: `${noun}.remove`, id, base: 1 });
    expect(thing(noun, id)).toBeUndefined();
    const { seq, version } = await done({ type: `${noun}.restore`, id, base: 2, version: 1 });
    expect(version).toBe(3);
    expect(thing(noun, id)).toEqual({ ...was, version: 3 });
    await second.follower.reached(seq, 10_000);
    expect(thing(noun, id, second)).toEqual(thing(noun, id));
    await done({ type: `${noun}.change`, id, base: 3, name: 'Tên mới' });
    expect(thing(noun, id)).toMatchObject({ name: 'Tên mới', version: 4 });
  });

  it('a link comes back only while its nodes are there', async () => {
    const from = (await done({ type: 'node.add', ...NODE })).id;
    const to = (await done({ type: 'node.add', ...NODE })).id;
    const link = { from, to, provider: 'VNPT', bandwidthMbps: 200, status: 'up' };
    const { id } = await done({ type: 'link.add', ...link });
    await done({ type: 'link.remove', id, base: 1 });
    await done({ type: 'node.remove', id: to, base: 1 });
    const restore = { type: 'link.restore', id, base: 2, version: 1 };
    expect(await refused(restore, 400)).toMatchObject({ code: 'invalid', path: 'to' });
    await done({ type: 'node.restore', id: to, base: 2, version: 1 });
    await done(restore);
    expect(thing('link', id)).toMatchObject({ ...link, version: 3 });
  });

  it('what was simulated comes back as simulated: the person did not make it real', async () => {
    const [one] = await append(database.pool, [
      {
        ...{ type: 'station.add', by: 'demo', key: key(), effective: '2025-08-01', version: 1 },
        fields: { ...STATION, simulated: true },
      },
    ]);
    if (!one) throw new Error('nothing was appended');
    server.follower.ring();
    await server.follower.reached(one.seq, 10_000);
    await done({ type: 'station.remove', id: one.id, base: 1 });
    await done({ type: 'station.restore', id: one.id, base: 2, version: 1 });
    expect(thing('station', one.id)).toMatchObject({ simulated: true });
    expect((await history(one.id)).entries[0]).toMatchObject({
      by: 'bientap',
      type: 'station.add',
    });
  });

  it('is done once, however often its key is sent, and of two at once only one is done', async () => {
    const { id } = await done({ type: 'hamlet.add', ...HAMLET });
    await done({ type: 'hamlet.remove', id, base: 1 });
    const restore = { type: 'hamlet.restore', id, base: 2, version: 1 };
    const answers = await Promise.all([
      server.post({ ...restore, key: 'restore-race-1' }),
      second.post({ ...restore, key: 'restore-race-2' }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const again = answers[0]?.status === 200 ? 'restore-race-1' : 'restore-race-2';
    expect(await done({ ...restore, key: again })).toMatchObject({ id, version: 3 });
    await expect.poll(() => thing('hamlet', id, second)).toEqual(thing('hamlet', id));
    expect((await fetch(`${second.url}/healthz`)).status).toBe(200);
  });

  it('on the base of an earlier removal is shown that it is gone, or back', async () => {
    const { id } = await done({ type: 'hamlet.add', ...HAMLET });
    await done({ type: 'hamlet.remove', id, base: 1 });
    const restore = { type: 'hamlet.restore', id, base: 1, version: 1 };
    expect(await refused(restore, 409)).toMatchObject({
      code: 'stale',
      current: { id, version: 2, removed: true },
    });
  });

  it('never was: refused', async () => {
    const { id } = await done({ type: 'hamlet.add', ...HAMLET });
    for (const wrong of [
      { type: 'hamlet.restore', id: 4_000_000, base: 2, version: 1 },
      { type: 'station.restore', id, base: 1, version: 1 },
    ])
      expect(await refused(wrong, 404)).toMatchObject({ code: 'not_found', path: 'id' });
  });

  it('is refused outside of the territory, and to nobody', async () => {
    const restore = { type: 'station.restore', key: key(), id: 1, base: 1, version: 1 };
    const { status, body } = await server.post(restore, '');
    expect(status).toBe(401);
    expect(body).toMatchObject({ error: { code: 'unauthenticated' } });
    const [one] = await append(database.pool, [
      {
        ...{ type: 'station.add', by: 'demo', key: key(), effective: '2025-08-01', version: 1 },
        fields: { ...STATION, lon: 110, simulated: false },
      },
    ]);
    if (!one) throw new Error('nothing was appended');
    server.follower.ring();
    await server.follower.reached(one.seq, 10_000);
    await done({ type: 'station.remove', id: one.id, base: 1 });
    expect(
      await refused({ type: 'station.restore', id: one.id, base: 2, version: 1 }, 422),
    ).toMatchObject({ code: 'outside_territory' });
  });
});

describe('restoring and territory', () => {
  it('is for whoever keeps the place where it was, and the one where it is', async () => {
    const [east, north] = centreOfSmall('03001');
    const keeper = await server.signIn({ name: 'tinhdong', role: 'editor', units: ['11'] });
    const { id } = await done({ type: 'station.add', ...STATION });
    await done({ type: 'station.change', id, base: 1, lon: east, lat: north });
    // Back to the west, out of the keeper's province.
    const west = { type: 'station.restore', id, base: 2, version: 1 };
    const answer = await server.post({ ...west, key: key() }, keeper);
    expect(answer.status).toBe(403);
    expect(answer.body).toMatchObject({ error: { code: 'forbidden' } });
    await done({ type: 'station.remove', id, base: 2 });
    const gone = { type: 'station.restore', id, base: 3 };
    expect((await server.post({ ...gone, version: 1, key: key() }, keeper)).status).toBe(403);
    expect((await server.post({ ...gone, version: 2, key: key() }, keeper)).status).toBe(200);
    expect(thing('station', id)).toMatchObject({ commune: '03001', version: 4 });
  });
});

describe('the history of a thing', () => {
  it('tells who did what, from what to what, newest first, in pages', async () => {
    const { id } = await done({ type: 'hamlet.add', ...HAMLET });
    await done({ type: 'hamlet.change', id, base: 1, people: 190, deadline: '2025-11-30' });
    await done({
      type: 'hamlet.resolve',
      id,
      base: 2,
      solution: 'station',
      resolvedOn: '2025-09-01',
    });
    await done({ type: 'hamlet.remove', id, base: 3 });
    const { entries, more } = await history(id);
    expect(more).toBe(false);
    expect(entries.map(({ type, version, by }) => [type, version, by])).toEqual([
      ['hamlet.remove', 4, 'bientap'],
      ['hamlet.resolve', 3, 'bientap'],
      ['hamlet.change', 2, 'bientap'],
      ['hamlet.add', 1, 'bientap'],
    ]);
    expect(entries[1]).toMatchObject({
      fields: { status: 'resolved', solution: 'station', resolvedOn: '2025-09-01' },
      before: { status: 'uncovered', solution: null, resolvedOn: null },
    });
    expect(entries[2]).toMatchObject({
      fields: { people: 190, deadline: '2025-11-30' },
      before: { people: 180, deadline: null },
    });
    expect(entries[0]).toMatchObject({ fields: {}, before: {} });
    expect(entries[3]?.fields).toMatchObject({ name: 'Nậm Vì', people: 180 });

    const first = await history(id, '?limit=3');
    expect([first.entries.length, first.more]).toEqual([3, true]);
    const rest = await history(id, `?limit=3&before=${first.entries.at(-1)?.version}`);
    expect(rest.entries.map(({ version }) => version)).toEqual([1]);
    expect(rest.more).toBe(false);
  });

  it('says what happened and not who did it to whoever is not signed in, as the latest changes do', async () => {
    const { id } = await done({ type: 'hamlet.add', ...HAMLET });
    const authors = async (path: string, cookie: string): Promise<string[]> => {
      const response = await fetch(`${server.url}/api/${path}`, { headers: { cookie } });
      expect(response.headers.get('cache-control')).toBe('no-store');
      const answer = (await response.json()) as History | { by: string }[];
      return (Array.isArray(answer) ? answer : answer.entries).map(({ by }) => by);
    };
    for (const path of [`history/${id}`, 'changes?limit=1']) {
      expect(await authors(path, server.cookie)).toEqual(['bientap']);
      expect(await authors(path, '')).toEqual(['somebody']);
    }
  });

  it('is refused in words where there is none', async () => {
    for (const [id, status] of [
      [4_000_000, 404],
      [0, 400],
      ['abc', 400],
      ['1?limit=0', 400],
      ['1?before=x', 400],
    ] as const) {
      const response = await fetch(`${server.url}/api/history/${id}`);
      expect(response.status).toBe(status);
      expect(await response.json()).toHaveProperty('error.message');
    }
  });
});

describe('where a point lies', () => {
  it('is told: its commune and province, or that it is outside', async () => {
    const at = async (query: string): Promise<unknown> =>
      (await fetch(`${server.url}/api/at?${query}`)).json();
    expect(await at(`lon=${lon}&lat=${lat}`)).toEqual({ commune: '00001', province: '01' });
    expect(await at('lon=110&lat=10')).toEqual({ commune: null, province: null });
    expect(await at('lon=x&lat=10')).toMatchObject({ error: { code: 'invalid', path: 'lon' } });
    expect(await at('')).toMatchObject({ error: { code: 'invalid' } });
  });
});

describe('the log with things that came back', () => {
  it('replays to the same country, also over a territory adopted meanwhile', async () => {
    const [one] = await append(database.pool, [
      {
        ...{ type: 'station.add', by: 'demo', key: key(), effective: '2025-08-01', version: 1 },
        fields: { ...STATION, simulated: true },
      },
    ]);
    if (!one) throw new Error('nothing was appended');
    const { bytes, hash } = await buildPack(smallTerritory('official'));
    const { seq } = await adoptPack(database.pool, { bytes, hash, kind: 'official' }, 'test');
    server.follower.ring();
    await server.follower.reached(seq, 10_000);
    expect(thing('station', one.id)).toBeUndefined();
    await done({ type: 'station.restore', id: one.id, base: 1, version: 1 });
    expect(thing('station', one.id)).toMatchObject({ version: 2, simulated: true });
    await done({ type: 'station.change', id: one.id, base: 2, heightM: 30 });

    const replayed = emptyCountry();
    for (const event of await readEvents(database.pool, 0, 5_000)) applyEvent(replayed, event);
    // The commune is not in the log.
    for (const table of ['stations', 'hamlets', 'nodes', 'facilities'] as const) {
      const { columns } = replayed.tables[table];
      columns.commune.set(
        server.live.country.tables[table].columns.commune.subarray(0, columns.commune.length),
      );
    }
    expect(Buffer.from(encodeSnapshot({ country: replayed, estimates: {} }))).toEqual(
      Buffer.from(encodeSnapshot({ country: server.live.country, estimates: {} })),
    );
  });
});
