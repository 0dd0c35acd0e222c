/** Who may do what, where: every role, every command, on one's own ground and on somebody else's. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROLES, type Role } from '../../data/model/account.ts';
import { NATION } from '../../data/model/unit.ts';
import { DEFAULT_LINK_BUDGET } from '../../data/radio/link-budget.ts';
import {
  Command,
  type Accepted,
  type CommandAnswer,
  type Refusal,
} from '../../data/wire/commands.ts';
import { append } from '../../server/log/append.ts';
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

/** A commune of one's own province, `01`, and one of the other, `11`. */
const HOME = '00001';
const ABROAD = '03001';
const NEXT_DOOR = '00002';

let keys = 0;
const key = (): string => `authority-${++keys}`;
const at = (commune: string) => {
  const [lon, lat] = centreOfSmall(commune);
  return { lon, lat };
};
const station = (commune: string) => ({
  type: 'station.add',
  ...{ name: 'Trạm', operator: 'viettel', technology: '5g', band: 'n41', heightM: 30 },
  ...{ status: 'planned', ...at(commune) },
});
const hamlet = (commune: string) => ({
  type: 'hamlet.add',
  ...{ name: 'Thôn', households: 20, people: 90, gridPower: false, speciallyDisadvantaged: true },
  ...{ status: 'uncovered', ...at(commune) },
});
const node = (commune: string) => ({
  type: 'node.add',
  ...{ name: 'Nút', level: 'communal', unit: commune, status: 'up', ...at(commune) },
});
const facility = (commune: string) => ({
  type: 'facility.add',
  ...{ name: 'Trung tâm', kind: 'data_centre', owner: 'enterprise', status: 'up', ...at(commune) },
});
const indicator = (unit: string) => ({
  type: 'indicator.report',
  ...{ indicator: 'dvc.online', unit, day: '2025-07-01', value: 0.4 },
});

const programme = (unit: string) => ({
  type: 'programme.add',
  ...{ name: 'Chương trình', unit, responsible: 'UBND' },
});
let defined = 0;
const definition = (unit: string) => ({
  type: 'definition.add',
  ...{ indicatorCode: `thu.${++defined}`, name: 'Chỉ số thử', unit, scope: 'unit' },
  ...{ measure: 'people', direction: 'more', group: 'local' },
});
const duty = async (unit: string) => ({
  type: 'duty.add',
  ...{ programme: (await made(programme(NATION))).id, unit, name: 'Nhiệm vụ' },
  ...{ responsible: 'UBND xã', due: '2026-06-30', status: 'planned' },
});

async function send(command: object, cookie: string): Promise<CommandAnswer> {
  const { body } = await server.post({ key: key(), ...command }, cookie);
  return body as CommandAnswer;
}
/** The editor of the whole nation makes a thing. */
async function made(command: object): Promise<Accepted> {
  const answer = await send(command, server.cookie);
  expect(answer).not.toHaveProperty('error');
  return answer as Accepted;
}
async function link(from: string, to: string): Promise<object> {
  const ends = [await made(node(from)), await made(node(to))];
  return {
    type: 'link.add',
    ...{ from: ends[0]?.id, to: ends[1]?.id, provider: 'VNPT', bandwidthMbps: 200, status: 'up' },
  };
}

/** Somebody without an account reports from the field. */
async function reported(commune: string): Promise<number> {
  const fields = { ...at(commune), approximatePlace: false, status: 'received' };
  const [done] = await append(database.pool, [
    {
      ...{ type: 'report.add', by: 'public', key: key(), effective: '2025-07-28', version: 1 },
      fields: { ...fields, receivedOn: '2025-07-28', simulated: false, source: '' },
    },
  ]);
  server.follower.ring();
  await server.follower.reached(done?.seq ?? 0, 10_000);
  return done?.id ?? 0;
}

type CommandType = Command['type'];
/** Every command there is: one that is thought of tomorrow is among them. */
const TYPES = Command.options.map(({ entries }) => entries.type.literal);

/** What is to be sent of each, on something that is there in a commune. */
const READY: Record<CommandType, (commune: string) => Promise<object>> = {
  'station.add': async (commune) => station(commune),
  'station.change': changing(station, { heightM: 45 }),
  'station.remove': changing(station),
  'station.restore': restoring('station', station, { heightM: 45 }),
  'hamlet.add': async (commune) => hamlet(commune),
  'hamlet.change': changing(hamlet, { people: 95 }),
  'hamlet.resolve': changing(hamlet, { solution: 'station' }),
  'hamlet.remove': changing(hamlet),
  'hamlet.restore': restoring('hamlet', hamlet, { people: 95 }),
  'node.add': async (commune) => node(commune),
  'node.change': changing(node, { status: 'down' }),
  'node.remove': changing(node),
  'node.restore': restoring('node', node, { status: 'down' }),
  'link.add': (commune) => link(commune, commune),
  'link.change': changing((commune) => link(commune, commune), { bandwidthMbps: 1000 }),
  'link.remove': changing((commune) => link(commune, commune)),
  'link.restore': restoring('link', (commune) => link(commune, commune), { bandwidthMbps: 1000 }),
  'facility.add': async (commune) => facility(commune),
  'facility.change': changing(facility, { status: 'down' }),
  'facility.remove': changing(facility),
  'facility.restore': restoring('facility', facility, { status: 'down' }),
  'indicator.report': async (commune) => indicator(commune),
  'indicator.remove': changing(indicator),
  'programme.add': async (commune) => programme(commune),
  'programme.change': changing(programme, { name: 'Chương trình mới' }),
  'programme.remove': changing(programme),
  'programme.restore': restoring('programme', programme, { name: 'Chương trình mới' }),
  'duty.add': duty,
  'duty.change': changing(duty, { status: 'doing' }),
  'duty.remove': changing(duty),
  'duty.restore': restoring('duty', duty, { status: 'doing' }),
  'definition.add': async (commune) => definition(commune),
  'definition.change': changing(definition, { name: 'Chỉ số khác' }),
  'definition.remove': changing(definition),
  'definition.restore': restoring('definition', definition, { name: 'Chỉ số khác' }),
  'report.change': async (commune) => ({
    ...{ id: await reported(commune), base: 1, status: 'checking' },
  }),
  'coverage.configure': async () => ({
    base: server.live.country.coverage.version,
    linkBudget: DEFAULT_LINK_BUDGET,
  }),
};
function changing(make: (commune: string) => object | Promise<object>, fields: object = {}) {
  return async function (this: void, commune: string): Promise<object> {
    const { id, version } = await made(await make(commune));
    return { id, base: version, ...fields };
  };
}
function restoring(
  noun: string,
  make: (commune: string) => object | Promise<object>,
  fields: object,
) {
  return async function (this: void, commune: string): Promise<object> {
    const { id, version } = await made(await make(commune));
    const change = await made({ type: `${noun}.change`, id, base: version, ...fields });
    return { id, base: change.version, version };
  };
}

const OF_THE_NATION: readonly CommandType[] = ['coverage.configure'];
const THINGS = TYPES.filter((type) => !OF_THE_NATION.includes(type));
/** What each role may do on its own ground; on other ground, nobody anything. */
const MAY: Record<Role, readonly CommandType[]> = {
  viewer: [],
  // Restoring what is seen in the field is changing it.
  reporter: ['station.change', 'station.restore', 'report.change'],
  editor: THINGS,
  approver: THINGS,
  planner: [
    ...(['station.add', 'station.change', 'station.remove', 'station.restore'] as const),
    'coverage.configure',
  ],
  operator: TYPES,
};

/** Whose account it is, and where the thing is that they try: on their own ground or not. */
const GROUNDS = [
  { whose: 'own province', unit: '01', where: HOME, isOwn: true },
  { whose: 'other province', unit: '01', where: ABROAD, isOwn: false },
  { whose: 'own commune', unit: HOME, where: HOME, isOwn: true },
  { whose: 'other commune', unit: HOME, where: NEXT_DOOR, isOwn: false },
  { whose: 'nation', unit: NATION, where: ABROAD, isOwn: true },
] as const;

/**
 * By which ways a command comes in, for whoever the cookie says. What is decided behind them is the same:
 * over the second one it is tried where it matters most, on one's own province and on another.
 */
const ENTRANCES = [
  {
    name: 'over HTTP',
    grounds: GROUNDS,
    enter: (cookie: string) => (command: object) => send(command, cookie),
  },
  {
    name: 'over the socket',
    grounds: GROUNDS.slice(0, 2),
    enter: (cookie: string) => {
      const socket = server.connect(cookie);
      return (command: object): Promise<CommandAnswer> =>
        socket.emitWithAck('command', { key: key(), ...command } as never);
    },
  },
];

describe.each(ENTRANCES)('every command $name', ({ grounds, enter }) => {
  /** What nobody was allowed to do yet can be tried by the next. */
  const ready = new Map<string, object>();
  async function isReady(type: CommandType, commune: string): Promise<object> {
    const known = ready.get(`${type} ${commune}`) ?? (await READY[type](commune));
    ready.set(`${type} ${commune}`, known);
    return { type, ...known };
  }

  it.each(ROLES)(
    'is done for a %s on their own ground alone, and only what the role may',
    async (role) => {
      for (const { whose, unit, where, isOwn } of grounds) {
        const trying = enter(
          await server.signIn({ name: `${role}-of-${unit}`, role, units: [unit] }),
        );
        for (const type of TYPES) {
          const answer = await trying(await isReady(type, where));
          const isThere = isOwn && (unit === NATION || !OF_THE_NATION.includes(type));
          const expected = isThere && MAY[role].includes(type) ? 'done' : 'forbidden';
          const code = 'error' in answer ? answer.error.code : 'done';
          if (code === 'done') ready.delete(`${type} ${where}`);
          expect([role, whose, type, code]).toEqual([role, whose, type, expected]);
        }
      }
    },
    60_000,
  );

  it('is refused to who is not signed in', async () => {
    const trying = enter('');
    for (const type of TYPES)
      expect([type, await trying(await isReady(type, HOME))]).toMatchObject([
        type,
        { error: { code: 'unauthenticated' } },
      ]);
  });
});

describe('a refusal', () => {
  it('says why not: whose role it is not, or whose place', async () => {
    const reporter = await server.signIn({ name: 'reporter-01', role: 'reporter', units: ['01'] });
    const editor = await server.signIn({ name: 'editor-01', role: 'editor', units: ['01'] });
    expect(await send(hamlet(HOME), reporter)).toMatchObject({
      error: { path: 'role', message: 'hamlet.add: reporter-01 is reporter, who may not do that.' },
    });
    expect(await send(hamlet(ABROAD), editor)).toMatchObject({
      error: { path: 'units', message: 'hamlet.add: it happens in 03001; editor-01 keeps 01.' },
    });
  });
});

describe('an account bound to a commune', () => {
  it('keeps that commune and not its neighbour', async () => {
    const cookie = await server.signIn({ name: 'xa-00001', role: 'editor', units: ['00001'] });
    expect(await send(station('00001'), cookie)).toHaveProperty('seq');
    expect(await send(station('00002'), cookie)).toMatchObject({ error: { code: 'forbidden' } });
    expect(await send(indicator('01'), cookie)).toMatchObject({ error: { code: 'forbidden' } });
  });
});

describe('an editor of a province', () => {
  const signIn = () => server.signIn({ name: 'editor-01', role: 'editor', units: ['01'] });

  it('can neither push a station over the border nor pull one in', async () => {
    const cookie = await signIn();
    const own = await made(station(HOME));
    const others = await made(station(ABROAD));
    const out = { type: 'station.change', id: own.id, base: 1, ...at(ABROAD) };
    const into = { type: 'station.change', id: others.id, base: 1, ...at(HOME) };
    expect(await send(out, cookie)).toMatchObject({ error: { code: 'forbidden' } });
    expect(await send(into, cookie)).toMatchObject({ error: { code: 'forbidden' } });
  });

  it('keeps the lines that end there, and no others', async () => {
    const cookie = await signIn();
    expect(await send(await link(HOME, ABROAD), cookie)).toHaveProperty('seq');
    expect(await send(await link(ABROAD, ABROAD), cookie)).toMatchObject({
      error: { code: 'forbidden' },
    });
  });

  it('does not take a line between others to a node of their own, nor give theirs away', async () => {
    const cookie = await signIn();
    const own = await made(node(HOME));
    const other = await made(node(ABROAD));
    const forbidden = { error: { code: 'forbidden', path: 'units' } };
    const change = (id: number, ends: object, base = 1) =>
      send({ type: 'link.change', id, base, ...ends }, cookie);

    const theirs = await made(await link(ABROAD, ABROAD));
    expect(await change(theirs.id, { from: own.id })).toMatchObject(forbidden);
    expect(await change(theirs.id, { from: own.id, to: own.id })).toMatchObject(forbidden);
    expect(await send({ type: 'link.remove', id: theirs.id, base: 1 }, cookie)).toMatchObject(
      forbidden,
    );

    const shared = await made(await link(HOME, ABROAD));
    expect(await change(shared.id, { from: other.id })).toMatchObject(forbidden);
    expect(await change(shared.id, { from: own.id })).toMatchObject({ version: 2 });

    // Theirs once, and then handed over: it does not come back by being restored.
    const handed = await made(await link(HOME, ABROAD));
    await made({ type: 'link.change', id: handed.id, base: 1, from: other.id });
    const back = { type: 'link.restore', id: handed.id, base: 2, version: 1 };
    expect(await send(back, cookie)).toMatchObject(forbidden);
  });

  it('reports figures of the province, not of the nation', async () => {
    const cookie = await signIn();
    expect(await send(indicator('01'), cookie)).toHaveProperty('seq');
    expect(await send(indicator(NATION), cookie)).toMatchObject({ error: { code: 'forbidden' } });
  });
});

describe('a planner', () => {
  it('moves what is planned, and leaves alone what is built', async () => {
    const cookie = await server.signIn({ name: 'planner-01', role: 'planner', units: ['01'] });
    const { id } = await made({ ...station(HOME), status: 'on_air' });
    const change = { type: 'station.change', id, base: 1, heightM: 50 };
    expect(await send(change, cookie)).toMatchObject({ error: { path: 'role' } });
    expect(await send({ ...station(HOME), status: 'on_air' }, cookie)).toHaveProperty('error');
  });

  it('keeps scenarios, which a viewer and a reporter only try out', async () => {
    const keep = async (role: Role): Promise<number> => {
      const cookie = await server.signIn({ name: `${role}-01`, role, units: ['01'] });
      const { type, ...draft } = station(HOME);
      void type;
      const response = await fetch(`${server.url}/api/scenarios`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', cookie },
        body: JSON.stringify({ name: 'Thử', content: { add: [draft] } }),
      });
      return response.status;
    };
    expect(await keep('planner')).toBe(201);
    expect(await keep('viewer')).toBe(403);
    expect(await keep('reporter')).toBe(403);
  });
});

describe('a reporter', () => {
  it('tells how a station is, and changes nothing that cannot be seen in the field', async () => {
    const cookie = await server.signIn({ name: 'reporter-01', role: 'reporter', units: ['01'] });
    const { id } = await made(station(HOME));
    const onAir = { type: 'station.change', id, base: 1, status: 'on_air', since: '2025-07-20' };
    expect(await send(onAir, cookie)).toMatchObject({ id, version: 2 });
    const answer = await send(
      { type: 'station.change', id, base: 2, operator: 'mobifone' },
      cookie,
    );
    expect((answer as { error: Refusal }).error.code).toBe('forbidden');
  });
});
