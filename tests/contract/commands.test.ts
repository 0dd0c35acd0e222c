import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EventType } from '../../data/log/event.ts';
import { NATION } from '../../data/model/unit.ts';
import { peopleIn } from '../../data/model/estimate.ts';
import { DEFAULT_LINK_BUDGET } from '../../data/radio/link-budget.ts';
import type { Accepted, Refusal } from '../../data/wire/commands.ts';
import { append } from '../../server/log/append.ts';
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
const key = (): string => `test-key-${++keys}`;
const [lon, lat] = centreOfSmall('00001');
const figure = (more: object = {}) => ({
  type: 'indicator.report',
  key: key(),
  ...{ indicator: 'signature.adults', unit: '01', day: '2025-07-28', value: 0.35, ...more },
});
const station = (more: object = {}) => ({
  type: 'station.add',
  key: key(),
  name: 'Trạm thử',
  operator: 'viettel',
  technology: '5g',
  band: 'n41',
  lon,
  lat,
  heightM: 42,
  status: 'planned',
  ...more,
});

async function done(command: object, at = server, cookie = at.cookie): Promise<Accepted> {
  const { status, body } = await at.post(command, cookie);
  expect(body).not.toHaveProperty('error');
  expect(status).toBe(200);
  return body as Accepted;
}

async function refused(command: unknown, status: number, cookie = server.cookie): Promise<Refusal> {
  const answer = await server.post(command, cookie);
  expect(answer.body).toHaveProperty('error');
  expect(answer.status).toBe(status);
  return (answer.body as { error: Refusal }).error;
}

const record = (id: number, at = server): unknown => {
  const { stations } = at.live.country.tables;
  return stations.record(stations.rowOf(id) ?? -1);
};

describe('a command', () => {
  it('is durable and applied when it is answered: the writer reads its own write', async () => {
    const { seq, id, version } = await done(station());
    expect([id, version]).toEqual([seq, 1]);
    expect(record(id)).toMatchObject({ name: 'Trạm thử', commune: '00001', simulated: false });
  });

  it('is done once, however often its key is sent', async () => {
    const command = station();
    const answers = await Promise.all(Array.from({ length: 5 }, () => done(command)));
    expect(new Set(answers.map((answer) => answer.seq)).size).toBe(1);
    expect(await done(command, second)).toEqual(answers[0]);
  });

  it('changes only what it names, and says the new version', async () => {
    const { id } = await done(station());
    const change = { type: 'station.change', key: key(), id, base: 1, status: 'on_air' };
    expect(await done(change)).toMatchObject({ id, version: 2 });
    expect(record(id)).toMatchObject({ version: 2, status: 'on_air', heightM: 42 });
  });

  it('moves people between estimates in the moment it is answered', async () => {
    const share = async (unit: string): Promise<number> => {
      const response = await fetch(`${server.url}/api/estimates/${unit}`);
      const estimate = (await response.json()) as {
        methods: { radius: { byTechnology: { '5g': { covered: number } } } };
      };
      return estimate.methods.radius.byTechnology['5g'].covered;
    };
    const [x, y] = centreOfSmall('03001');
    expect(await share('03001')).toBe(0);
    const { id } = await done(station({ lon: x, lat: y, status: 'on_air' }));
    const covered = await share('03001');
    expect(covered).toBeGreaterThan(0);
    expect(await share('11')).toBe(covered);
    await done({ type: 'station.remove', key: key(), id, base: 1 });
    expect(await share('03001')).toBe(0);
  });

  it('based on a stale version is refused with the thing as it is now', async () => {
    const { id } = await done(station());
    await done({ type: 'station.change', key: key(), id, base: 1, status: 'building' });
    const stale = { type: 'station.change', key: key(), id, base: 1, heightM: 60 };
    const refusal = await refused(stale, 409);
    expect(refusal).toMatchObject({ code: 'stale', current: { version: 2, status: 'building' } });
  });

  it('loses a race against another server and is shown who won', async () => {
    const { id } = await done(station());
    await expect.poll(() => second.live.country.tables.stations.rowOf(id)).toBeDefined();
    const change = (heightM: number) => ({
      type: 'station.change',
      key: key(),
      id,
      base: 1,
      heightM,
    });
    const answers = await Promise.all([server.post(change(50)), second.post(change(60))]);
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409]);
    const loser = answers.find((answer) => answer.status === 409)?.body as { error: Refusal };
    expect(loser.error).toMatchObject({ code: 'stale', current: { version: 2 } });
    await expect.poll(() => record(id, second)).toEqual(record(id));
  });

  it('clears an optional field with null, and never one that is needed', async () => {
    const { id } = await done(station({ plannedFor: '2025-12-31' }));
    await done({ type: 'station.change', key: key(), id, base: 1, plannedFor: null });
    expect(record(id)).not.toHaveProperty('plannedFor');
    const change = { type: 'station.change', key: key(), id, base: 2, operator: null };
    expect(await refused(change, 400)).toMatchObject({ code: 'invalid', path: 'operator' });
  });

  it('takes the day in Viet Nam as the day on which it takes effect, or the one it is given', async () => {
    const today = new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10);
    const { seq } = await done(station());
    const { seq: dated } = await done(station({ effective: '2025-03-01' }));
    const effective = (n: number): string | undefined =>
      server.live.recent.find(({ event }) => event.seq === n)?.event.effective;
    expect(effective(seq)).toBe(today);
    expect(effective(dated)).toBe('2025-03-01');
  });

  it('resolves a hamlet', async () => {
    const { id } = await done({
      type: 'hamlet.add',
      key: key(),
      name: 'Nậm Vì',
      lon,
      lat,
      households: 40,
      people: 180,
      gridPower: false,
      speciallyDisadvantaged: true,
      status: 'uncovered',
    });
    await done({ type: 'hamlet.resolve', key: key(), id, base: 1, solution: 'satellite' });
    const { hamlets } = server.live.country.tables;
    expect(hamlets.record(hamlets.rowOf(id) ?? -1)).toMatchObject({
      status: 'resolved',
      version: 2,
    });
  });
});

describe('a command is refused, in words, and nothing is lost', () => {
  const wrong: [string, () => unknown, number, Partial<Refusal>][] = [
    ['no JSON', () => '{"type":', 400, { code: 'invalid' }],
    ['a type that there is not', () => station({ type: 'station.explode' }), 400, { path: 'type' }],
    ['a key that is too short', () => station({ key: 'x' }), 400, { path: 'key' }],
    ['an unknown field', () => station({ colour: 'red' }), 400, { path: 'colour' }],
    ['a person saying simulated', () => station({ simulated: true }), 400, { path: 'simulated' }],
    ['an unknown operator', () => station({ operator: 'acme' }), 400, { path: 'operator' }],
    ['a band of another technology', () => station({ band: 'b3' }), 400, { path: 'band' }],
    ['a negative height', () => station({ heightM: -3 }), 400, { path: 'heightM' }],
    ['a beamwidth of 400°', () => station({ beamwidth: 400 }), 400, { path: 'beamwidth' }],
    [
      'a day that is none',
      () => station({ plannedFor: '2025-02-30' }),
      400,
      { path: 'plannedFor' },
    ],
    ['a place in another country', () => station({ lon: 2.35, lat: 48.85 }), 400, { path: 'lon' }],
    ['a place in no commune', () => station({ lon: 107 }), 422, { code: 'outside_territory' }],
    ['two lines as a name', () => station({ name: 'a\nb' }), 400, { path: 'name' }],
    [
      'a change of nothing',
      () => ({ type: 'station.change', key: key(), id: 1, base: 1 }),
      404,
      { code: 'not_found' },
    ],
    [
      'a thing that is not there',
      () => ({ type: 'station.remove', key: key(), id: 999_999, base: 1 }),
      404,
      { code: 'not_found', path: 'id' },
    ],
    [
      'a link between nodes that are not there',
      () => ({
        type: 'link.add',
        key: key(),
        from: 1,
        to: 2,
        provider: 'VNPT',
        bandwidthMbps: 200,
        status: 'up',
      }),
      400,
      { path: 'from' },
    ],
    [
      'a value for a unit that is not there',
      () => ({
        type: 'indicator.report',
        key: key(),
        indicator: '5g.stations',
        unit: '99',
        day: '2025-07-28',
        value: 3,
      }),
      400,
      { path: 'unit' },
    ],
    [
      'a value of an indicator that is not in the register',
      () => figure({ indicator: 'no.such' }),
      400,
      { path: 'indicator', reason: { is: 'no_such', what: 'indicator', id: 'no.such' } },
    ],
    [
      'a value of an indicator that its unit has not',
      () => figure({ unit: '00001' }),
      400,
      { path: 'unit', reason: { is: 'scope' } },
    ],
    [
      'a share of more than all',
      () => figure({ value: 35.48 }),
      400,
      { path: 'value', reason: { is: 'share' } },
    ],
    [
      'fewer than none',
      () => figure({ indicator: '5g.stations', value: -1 }),
      400,
      { path: 'value', reason: { is: 'least', limit: 0 } },
    ],
    [
      'a value of a day that is to come',
      () => figure({ day: '2098-01-01' }),
      400,
      { path: 'day', reason: { is: 'to_come' } },
    ],
    [
      'on air from a day that is to come',
      () => station({ status: 'on_air', since: '2098-01-01' }),
      400,
      { path: 'since', reason: { is: 'to_come' } },
    ],
    [
      'accepted on a day that is to come',
      () => station({ status: 'on_air', acceptedOn: '2098-01-01' }),
      400,
      { path: 'acceptedOn', reason: { is: 'to_come' } },
    ],
    [
      'accepted before it was on air',
      () => station({ status: 'on_air', since: '2025-05-02', acceptedOn: '2025-05-01' }),
      400,
      { path: 'acceptedOn', reason: { is: 'sense' } },
    ],
    ['a list', () => [station()], 400, { code: 'invalid' }],
    ['nothing', () => null, 400, { code: 'invalid' }],
  ];
  it.each(wrong)('%s', async (_what, command, status, refusal) => {
    const { seq } = server.live.country;
    const error = await refused(command(), status);
    expect(error).toMatchObject(refusal);
    expect(error.message).toMatch(/\S/);
    expect(server.live.country.seq).toBe(seq);
  });

  it('when a hamlet would have its signal on a day that is to come', async () => {
    const people = { households: 40, people: 180, gridPower: false, speciallyDisadvantaged: true };
    const { id } = await done({
      ...{ type: 'hamlet.add', key: key(), name: 'Nậm Vì', lon, lat, status: 'uncovered' },
      ...people,
    });
    const resolve = { type: 'hamlet.resolve', id, base: 1, solution: 'satellite' };
    const refusal = { path: 'resolvedOn', reason: { is: 'to_come' } };
    for (const day of [{ resolvedOn: '2098-01-01' }, { effective: '2098-01-01' }])
      expect(await refused({ ...resolve, ...day, key: key() }, 400)).toMatchObject(refusal);
  });

  it('not for a day that was wrong before and is not touched', async () => {
    const { type, key: added, ...fields } = station({ status: 'on_air', since: '2098-01-01' });
    const [{ id } = { id: 0 }] = await append(database.pool, [
      {
        ...{ type: type as EventType, by: 'bientap', key: added },
        ...{ effective: '2025-07-28', version: 1 },
        fields: { ...fields, simulated: false, source: '' },
      },
    ]);
    server.follower.ring();
    await server.follower.reached(id, 10_000);
    const change = { type: 'station.change', id };
    await done({ ...change, key: key(), base: 1, heightM: 50 });
    expect(
      await refused({ ...change, key: key(), base: 2, since: '2098-01-02' }, 400),
    ).toMatchObject({ path: 'since' });
    await done({ ...change, key: key(), base: 2, since: '2025-07-28' });
  });

  it('without signing in', async () => {
    const { status, body } = await server.post(station(), '');
    expect(status).toBe(401);
    expect(body).toMatchObject({ error: { code: 'unauthenticated' } });
  });

  it('from another site', async () => {
    const response = await fetch(`${server.url}/api/commands`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        cookie: server.cookie,
        origin: 'https://elsewhere.example',
      },
      body: JSON.stringify(station()),
    });
    expect(response.status).toBe(403);
  });

  it('when it is longer than a message may be', async () => {
    expect(await refused(station({ source: 'x'.repeat(100_000) }), 413)).toMatchObject({
      code: 'too_large',
    });
  });

  it('when a node would leave its links behind', async () => {
    const node = (name: string) => ({
      type: 'node.add',
      key: key(),
      name,
      level: 'communal',
      unit: '00001',
      lon,
      lat,
      status: 'up',
    });
    const from = (await done(node('A'))).id;
    const to = (await done(node('B'))).id;
    const link = await done({
      type: 'link.add',
      key: key(),
      from,
      to,
      provider: 'VNPT',
      bandwidthMbps: 200,
      status: 'up',
    });
    const remove = { type: 'node.remove', key: key(), id: from, base: 1 };
    expect(await refused(remove, 409)).toMatchObject({ code: 'in_use' });
    await done({ type: 'link.remove', key: key(), id: link.id, base: 1 });
    await done({ ...remove, key: key() });
  });
});

describe('the node of a commune', () => {
  const node = (unit: string, more: object = {}) => ({
    ...{ type: 'node.add', key: key(), name: 'Nút', level: 'communal', unit, lon, lat },
    ...{ status: 'up', ...more },
  });

  it('stands anywhere while the boundaries are approximate', async () => {
    await done(node('03001'));
  });

  it('stands in its commune, or on the border of it, once they are official', async () => {
    const other = await freshDatabase();
    const { bytes, hash } = await buildPack(smallTerritory('official'));
    await adoptPack(other.pool, { bytes, hash, kind: 'official' }, 'test');
    const official = await startServer(other);
    const added = (more: object, unit = '00001') => official.post(node(unit, more));
    expect((await added({})).status).toBe(200);
    // 300 m beyond the border with 00002, and 3 km.
    const east = lon + 0.05;
    expect((await added({ lon: east + 0.003 })).status).toBe(200);
    expect(await added({ lon: east + 0.03 })).toMatchObject({
      status: 400,
      body: { error: { path: 'unit', reason: { is: 'sense' } } },
    });
    // Those of a province or of the nation stand where they are kept.
    expect((await added({ level: 'provincial' }, '11')).status).toBe(200);
    await official.close();
    await other.close();
  });
});

describe('the parameters of the link budget', () => {
  const configure = (base: number, more: object = {}) => ({
    type: 'coverage.configure',
    key: key(),
    base,
    linkBudget: { ...DEFAULT_LINK_BUDGET, ...more },
  });
  let cookie: string;
  beforeAll(async () => {
    cookie = await server.signIn({ name: 'quyhoach', role: 'planner', units: [NATION] });
  });
  const coveredBy = (method: 'radius' | 'linkBudget', at = server): number =>
    peopleIn(at.live.coverage?.rowsOf('vn')?.[method] ?? [], '5g');

  it('are changed by a command like any other, and every server counts anew', async () => {
    await done(station({ status: 'on_air' }));
    const before = { radius: coveredBy('radius'), linkBudget: coveredBy('linkBudget') };
    const { seq, version } = await done(configure(0, { edgeProbability: 0.99 }), server, cookie);
    expect(version).toBe(1);
    await second.follower.reached(seq, 10_000);
    for (const at of [server, second]) {
      expect(at.live.country.coverage.linkBudget.edgeProbability).toBe(0.99);
      expect(coveredBy('linkBudget', at)).toBeLessThan(before.linkBudget);
      expect(coveredBy('radius', at)).toBe(before.radius);
    }
  });

  it('have a version: who did not see the last one is shown it', async () => {
    const { code, current } = await refused(configure(0), 409, cookie);
    expect(code).toBe('stale');
    expect(current).toMatchObject({ version: 1, linkBudget: { edgeProbability: 0.99 } });
  });

  it.each([
    ['edgeProbability', { edgeProbability: 1.5 }],
    ['terminalHeightM', { terminalHeightM: -3 }],
    ['powerDbm.n41', { powerDbm: { ...DEFAULT_LINK_BUDGET.powerDbm, n41: 900 } }],
    ['bandwidthMHz.b1', { bandwidthMHz: { ...DEFAULT_LINK_BUDGET.bandwidthMHz, b1: 100 } }],
  ])('are refused where they make no sense, by name: %s', async (path, wrong) => {
    expect(await refused(configure(1, wrong), 400)).toMatchObject({
      code: 'invalid',
      path: `linkBudget.${path}`,
    });
  });
});
