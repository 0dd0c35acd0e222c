/** Trying things out and keeping what was tried, over HTTP, on the small country. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Refusal } from '../../data/wire/commands.ts';
import type {
  Approved,
  Scenario,
  ScenarioSummary,
  WhatIfAnswer,
} from '../../data/wire/scenarios.ts';
import { freshDatabase, type TestDatabase } from '../setup/database.ts';
import { startServer, type TestServer } from '../setup/server.ts';
import { centreOfSmall } from '../setup/small-territory.ts';

let database: TestDatabase;
let server: TestServer;
beforeAll(async () => {
  database = await freshDatabase();
  server = await startServer(database);
});
afterAll(async () => {
  await server.close();
  await database.close();
});

type Sent = { method?: string; body?: unknown; cookie?: string };
async function send(path: string, { method, body, cookie = '' }: Sent = {}) {
  const response = await fetch(server.url + path, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers: { 'Content-Type': 'application/json', cookie },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as unknown };
}
async function answered<T>(path: string, sent: Sent = {}): Promise<T> {
  const { status, body } = await send(path, sent);
  expect(body).not.toHaveProperty('error');
  expect(status).toBeLessThan(300);
  return body as T;
}
async function refused(path: string, sent: Sent, status: number): Promise<Refusal> {
  const answer = await send(path, sent);
  expect(answer.body).toHaveProperty('error');
  expect(answer.status).toBe(status);
  return (answer.body as { error: Refusal }).error;
}
const tryOut = (question: object) => answered<WhatIfAnswer>('/api/what-if', { body: question });
const refuseTry = (question: unknown, status: number) =>
  refused('/api/what-if', { body: question }, status);

/** 12,000 people on 0.1° × 0.1°: about 104 on a square kilometre, which is rural. */
const [lon, lat] = centreOfSmall('00003');
const draft = (more: object = {}) => ({
  ...{ operator: 'viettel', technology: '5g', band: 'n41', lon, lat },
  ...more,
});

let keys = 0;
async function build(more: object = {}): Promise<number> {
  const key = `what-if-${++keys}`;
  const station = { name: 'Trạm thật', heightM: 35, status: 'on_air', ...draft(more) };
  const { body } = await server.post({ type: 'station.add', key, ...station });
  return (body as { id: number }).id;
}
async function clear(): Promise<void> {
  const { stations } = server.live.country.tables;
  while (stations.count > 0) {
    const record = stations.record(0);
    const { id, version: base } = record;
    await server.post({ type: 'station.remove', key: `what-if-${++keys}`, id, base });
  }
}

describe('a what-if', () => {
  beforeEach(clear);

  it('says how many people a site would reach, where, and by which method', async () => {
    const answer = await tryOut({ add: [draft()] });
    // n41 in open country reaches 2.1 km by the table of radii: π · 2.1² km² · 12,000 ÷ 115.4 km².
    const expected = (Math.PI * 2.1 ** 2 * 12_000) / 115.4;
    expect(answer.gained).toBeGreaterThan(expected * 0.97);
    expect(answer.gained).toBeLessThan(expected * 1.03);
    expect(answer).toMatchObject({
      ...{ method: 'radius', field: '5g', seq: server.live.country.seq },
      ...{ before: 0, after: answer.gained, lost: 0, switchedOff: 0 },
      places: [{ commune: '00003', surroundings: 0 }],
    });
    const { gained } = answer;
    expect(answer.units).toEqual({
      vn: { gained, lost: 0, share: gained / 122_000, shareBefore: 0 },
      '01': { gained, lost: 0, share: gained / 61_000, shareBefore: 0 },
      '00003': { gained, lost: 0, share: gained / 12_000, shareBefore: 0 },
    });
    expect(Object.keys(answer.methods)).toEqual(['radius', 'linkBudget']);
    expect(answer.methods.radius?.fields).toMatchObject({
      covered: { gained },
      '5g': { gained },
      '4g': { gained: 0 },
    });
  });

  it('is right: building it gives the estimates that it foretold, by both methods', async () => {
    const site = { heightM: 42, azimuth: 90, beamwidth: 120 };
    const answer = await tryOut({ add: [draft(site)] });
    await build(site);
    const { methods } = await answered<{ methods: Record<string, { covered: number }> }>(
      '/api/estimates/vn',
    );
    expect(methods['radius']?.covered).toBe(answer.methods.radius?.after);
    expect(methods['linkBudget']?.covered).toBe(answer.methods.linkBudget?.after);
    expect(answer.methods.linkBudget?.after).not.toBe(answer.methods.radius?.after);
  });

  it('is seen by nobody: estimates, snapshot and followers stay as they were', async () => {
    const id = await build();
    const socket = server.connect();
    const told: unknown[] = [];
    socket.on('estimates', ({ units }) => told.push(...Object.keys(units)));
    const { seq } = server.live.country;
    const caughtUp = new Promise((resolve) => socket.once('events', resolve));
    socket.emit('follow', { seq });
    await caughtUp;
    const before = await answered('/api/estimates');
    const [elsewhereLon, elsewhereLat] = centreOfSmall('03003');
    const away = { lon: elsewhereLon, lat: elsewhereLat };
    await tryOut({ add: [draft(away)], remove: [id] });
    await tryOut({ switchOff: { operator: 'viettel' } });
    await tryOut({ change: [{ id, ...away }] });
    expect(await answered('/api/estimates')).toEqual(before);
    // The next thing that really happens is told, and it moves nobody.
    const next = new Promise((resolve) => socket.once('events', resolve));
    await build({ status: 'planned' });
    await next;
    expect(told).toEqual([]);
    expect(server.live.country.seq).toBe(seq + 1);
  });

  it('tells what a station off loses, and that another one keeps its people', async () => {
    const alone = await build();
    const { covered } = (
      await answered<{ methods: { radius: { covered: number } } }>('/api/estimates/vn')
    ).methods.radius;
    expect(await tryOut({ remove: [alone] })).toMatchObject({
      ...{ before: covered, after: 0, gained: 0, lost: covered },
      units: { '00003': { lost: covered, share: 0, shareBefore: covered / 12_000 } },
    });
    await build({ operator: 'vinaphone', band: 'n78' });
    const with2 = await tryOut({ remove: [alone] });
    expect(with2.lost).toBeLessThan(covered / 2); // n78 reaches 1.7 km where n41 reached 2.1
    expect(with2.lost).toBeGreaterThan(0);
  });

  it('moves a station from one province to another', async () => {
    const id = await build();
    const [toLon, toLat] = centreOfSmall('03003');
    const { units, gained, lost } = await tryOut({ change: [{ id, lon: toLon, lat: toLat }] });
    expect(units['01']).toMatchObject({ gained: 0, lost });
    expect(units['11']).toMatchObject({ gained, lost: 0 });
  });

  it('switches off an operator, in the country or in a unit, but for what is named by hand', async () => {
    const west = await build();
    const [eastLon, eastLat] = centreOfSmall('03003');
    await build({ lon: eastLon, lat: eastLat });
    await build({ operator: 'mobifone', band: 'n77', lon: eastLon, lat: eastLat });
    const all = await tryOut({ switchOff: { operator: 'viettel' } });
    const inWest = await tryOut({ switchOff: { operator: 'viettel', unit: '01' } });
    expect([all.switchedOff, inWest.switchedOff]).toEqual([2, 1]);
    expect(all.units['01']?.lost).toBe(inWest.lost);
    expect(all.units['11']?.lost).toBe(all.lost - inWest.lost);
    expect(Object.keys(inWest.units)).toEqual(['vn', '01', '00003']);
    // The one that is turned up instead stays on.
    const change = [{ id: west, heightM: 50 }];
    const kept = await tryOut({ switchOff: { operator: 'viettel' }, change });
    expect([kept.switchedOff, kept.units['01']]).toEqual([1, undefined]);
  });

  it('counts whom it is asked to count', async () => {
    await build();
    const add = [draft({ operator: 'vinaphone', band: 'n78' })];
    expect(await tryOut({ add })).toMatchObject({ field: '5g', gained: 0 });
    const own = await tryOut({ add, field: 'vinaphone.5g' });
    expect(own.gained).toBeGreaterThan(500);
    const fourG = await tryOut({ add: [draft({ technology: '4g', band: 'b3' })] });
    expect(fourG.field).toBe('4g');
  });
});

describe('a what-if that makes no sense is refused by name', () => {
  it('fields', async () => {
    const path = async (more: object): Promise<[string, string | undefined]> => {
      const { code, path } = await refuseTry({ add: [draft(), draft(more)] }, 400);
      return [code, path];
    };
    expect(await path({ heightM: -3 })).toEqual(['invalid', 'add.1.heightM']);
    expect(await path({ beamwidth: 400 })).toEqual(['invalid', 'add.1.beamwidth']);
    expect(await path({ azimuth: 360 })).toEqual(['invalid', 'add.1.azimuth']);
    expect(await path({ band: 'b3' })).toEqual(['invalid', 'add.1.band']);
    expect(await path({ lon: 'east' })).toEqual(['invalid', 'add.1.lon']);
    expect(await path({ colour: 'red' })).toEqual(['invalid', 'add.1.colour']);
  });

  it('places and things that are not there', async () => {
    expect(await refuseTry({ add: [draft({ lon: 104.2 })] }, 422)).toMatchObject({
      ...{ code: 'outside_territory', path: 'add.0.lon' },
      message: 'add.0: 104.2, 21.05 lies in no commune.',
    });
    const gone = await refuseTry({ remove: [4_000_000] }, 404);
    expect(gone).toMatchObject({
      path: 'remove.0',
      message: 'remove.0: there is no station 4000000',
    });
    expect(await refuseTry({ change: [{ id: 4_000_000 }] }, 404)).toMatchObject({
      path: 'change.0',
    });
    expect(await refuseTry({ switchOff: { unit: '99' } }, 404)).toMatchObject({
      path: 'switchOff.unit',
    });
    expect(await refuseTry({ method: 'terrain', add: [] }, 404)).toMatchObject({ path: 'method' });
  });

  it('contradictions and nothings', async () => {
    const id = await build();
    expect(await refuseTry({ remove: [id], change: [{ id, lon }] }, 400)).toMatchObject({
      message: `change.0: station ${id} is named twice`,
    });
    expect((await refuseTry({ change: [{ id, band: 'b3' }] }, 400)).path).toBe('change.0.band');
    expect((await refuseTry({ switchOff: {} }, 400)).path).toBe('switchOff');
    expect((await refuseTry({ add: 'every hill' }, 400)).path).toBe('add');
    await refuseTry('{"add": [', 400);
  });

  it('a scenario of a million sites', async () => {
    const many = (count: number) => ({ add: Array.from({ length: count }, () => draft()) });
    expect((await tryOut(many(1_000))).places).toHaveLength(1_000);
    expect(await refuseTry(many(1_001), 413)).toMatchObject({
      code: 'too_large',
      message: expect.stringContaining(
        'names at most 1000 stations, and this one names 1001',
      ) as string,
    });
    expect(await refuseTry(many(100_000), 413)).toMatchObject({
      code: 'too_large',
      message: expect.stringContaining('at most 1000 stations') as string,
    });
    expect(await answered('/healthz')).toMatchObject({ status: 'ok' });
  });
});

describe('a scenario', () => {
  const content = { add: [draft(), draft({ name: 'Đồi Chè', lat: lat + 0.01 })] };
  const make = (more: object = {}) =>
    answered<Scenario>('/api/scenarios', {
      body: { name: 'Phương án A', content, ...more },
      cookie: server.cookie,
    });
  const at = ({ id }: { id: number }): string => `/api/scenarios/${id}`;

  it('is kept with who and when, listed newest first, and read by everyone', async () => {
    const first = await make();
    const second = await make({ name: '  Phương án B ' });
    expect(first).toMatchObject({
      ...{ version: 1, name: 'Phương án A', author: 'bientap', changedBy: 'bientap', drafts: 2 },
      approved: null,
      content: { add: [{ heightM: 35, status: 'on_air', name: '' }, { name: 'Đồi Chè' }] },
    });
    const { cookie } = server;
    expect(await answered(at(first), { cookie })).toEqual(first);
    const listed = await answered<ScenarioSummary[]>('/api/scenarios', { cookie });
    expect(listed[0]).toMatchObject({ author: 'bientap', changedBy: 'bientap' });
    expect(listed.slice(0, 2).map(({ name }) => name)).toEqual(['Phương án B', 'Phương án A']);
    expect(listed[0]).not.toHaveProperty('content');
    expect(second.id).not.toBe(first.id);
  });

  it('tells whoever is not signed in what is tried, and not by whom', async () => {
    const made = await make();
    const { seqs } = await answered<Approved>(`${at(made)}/approve`, {
      body: { base: 1 },
      cookie: server.cookie,
    });
    expect(seqs).toHaveLength(2);
    const nobody = { author: 'somebody', changedBy: 'somebody', approved: { by: 'somebody' } };
    expect(await answered(at(made))).toMatchObject({ ...nobody, name: 'Phương án A' });
    const [newest] = await answered<ScenarioSummary[]>('/api/scenarios');
    expect(newest).toMatchObject({ ...nobody, id: made.id });
  });

  it('can be asked as it is', async () => {
    await clear();
    const { content: kept } = await make();
    expect((await tryOut(kept)).gained).toBeGreaterThan(1_000);
  });

  it('is changed by whoever saw its newest version; who comes late sees what it is now', async () => {
    const made = await make();
    const change = { name: 'Phương án A2', content: { add: [] }, base: 1 };
    const { cookie } = server;
    const saved = await answered<Scenario>(at(made), { method: 'PUT', body: change, cookie });
    expect(saved).toMatchObject({ version: 2, name: 'Phương án A2', drafts: 0 });
    const late = await refused(at(made), { body: change, cookie }, 409);
    expect(late).toMatchObject({
      ...{ code: 'stale', path: 'base' },
      current: { version: 2, name: 'Phương án A2', content: { add: [] } },
    });
    const withoutBase = { name: 'x', content: {} };
    expect(await refused(at(made), { body: withoutBase, cookie }, 400)).toMatchObject({
      path: 'base',
    });
    await refused(`${at(made)}?base=1`, { method: 'DELETE', cookie }, 409);
    await answered(`${at(made)}?base=2`, { method: 'DELETE', cookie });
    await refused(at(made), {}, 404);
  });

  it('is nobody’s to write who is not signed in', async () => {
    const made = await make();
    const body = { name: 'Phương án X', content, base: 1 };
    for (const [path, method] of [
      ['/api/scenarios', 'POST'],
      [at(made), 'PUT'],
      [`${at(made)}?base=1`, 'DELETE'],
      [`${at(made)}/approve`, 'POST'],
    ] as const)
      expect((await refused(path, { method, body }, 401)).code).toBe('unauthenticated');
    expect(await answered(at(made), { cookie: server.cookie })).toEqual(made);
  });

  it('is refused by name where it makes no sense', async () => {
    const bad = async (body: unknown, status: number) =>
      (await refused('/api/scenarios', { body, cookie: server.cookie }, status)).path;
    expect(await bad({ content }, 400)).toBe('name');
    expect(await bad({ name: ' ', content }, 400)).toBe('name');
    expect(await bad({ name: 'x'.repeat(101), content }, 400)).toBe('name');
    expect(await bad({ name: 'x', content: { add: [draft({ heightM: 0 })] } }, 400)).toBe(
      'content.add.0.heightM',
    );
    expect(await bad({ name: 'x', content: { add: [draft({ lat: 24 })] } }, 422)).toBe('add.0.lon');
    await refused('/api/scenarios/0', {}, 404);
    await refused('/api/scenarios/nothing', {}, 404);
    await refused('/api/scenarios/99999999999', {}, 404);
  });

  describe('approved', () => {
    const approve = (made: Scenario, base = made.version) =>
      answered<Approved>(`${at(made)}/approve`, { body: { base }, cookie: server.cookie });

    it('puts its drafts into the plan, and the live estimate stays', async () => {
      await clear();
      const made = await make({ name: 'Bản Phủ' });
      const before = await answered<object>('/api/estimates/vn');
      const { added, seqs } = await approve(made);
      expect(added).toBe(2);
      const { stations } = server.live.country.tables;
      expect(seqs.map((id) => stations.record(stations.rowOf(id) ?? -1))).toMatchObject([
        { name: 'Bản Phủ 1', status: 'planned', source: `phương án ${made.id}: Bản Phủ` },
        { name: 'Đồi Chè', status: 'planned', band: 'n41', commune: '00003', simulated: false },
      ]);
      const after = await answered<object>('/api/estimates/vn');
      expect({ ...after, seq: 0, asOf: '' }).toEqual({ ...before, seq: 0, asOf: '' });
      const { cookie } = server;
      expect(await answered<Scenario>(at(made), { cookie })).toMatchObject({
        ...{ version: 2, drafts: 2 },
        approved: { by: 'bientap', at: expect.any(String) as string },
      });
    });

    it('twice, at once or again, adds nothing twice', async () => {
      await clear();
      const made = await make();
      const [first, second] = await Promise.all([approve(made), approve(made)]);
      expect(second).toEqual(first);
      expect(await approve(made)).toEqual(first);
      expect(server.live.country.tables.stations.count).toBe(2);
    });

    it('changes no more, and stays', async () => {
      const made = await make();
      await approve(made);
      const { cookie } = server;
      const body = { name: 'x', content, base: 2 };
      expect((await refused(at(made), { body, cookie }, 409)).code).toBe('in_use');
      const gone = { method: 'DELETE', cookie };
      expect((await refused(`${at(made)}?base=2`, gone, 409)).code).toBe('in_use');
    });

    it('is all or nothing: one draft that no longer stands keeps all of them out', async () => {
      await clear();
      const made = await make();
      // The territory under the second draft is lost, as when an official one is imported.
      await database.pool.query(
        `update scenarios set body = jsonb_set(body, '{add,1,lon}', '104.2') where id = $1`,
        [made.id],
      );
      const path = `${at(made)}/approve`;
      const body = { base: 1 };
      const refusal = await refused(path, { body, cookie: server.cookie }, 422);
      expect(refusal).toMatchObject({ code: 'outside_territory', path: 'add.1.lon' });
      expect(server.live.country.tables.stations.count).toBe(0);
      expect((await answered<Scenario>(at(made))).approved).toBeNull();
    });

    it('needs a draft, and the version that was seen', async () => {
      const { cookie } = server;
      const empty = await make({ content: {} });
      const body = { base: 1 };
      expect(await refused(`${at(empty)}/approve`, { body, cookie }, 400)).toMatchObject({
        path: 'add',
      });
      const made = await make();
      await answered(at(made), { body: { name: 'B', content, base: 1 }, cookie });
      expect((await refused(`${at(made)}/approve`, { body, cookie }, 409)).code).toBe('stale');
    });
  });
});
