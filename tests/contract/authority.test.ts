/** Who may do what, where: every role, every command, on one's own ground and on somebody else's. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROLES, type Role } from '../../data/model/account.ts';
import { NATION } from '../../data/model/unit.ts';
import { DEFAULT_LINK_BUDGET } from '../../data/radio/link-budget.ts';
import type { Accepted, CommandAnswer, Refusal } from '../../data/wire/commands.ts';
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
  ...{ indicator: 'dvc.online', unit, day: '2025-07-01', value: 40 },
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

/** Every command there is, made ready to be sent in a commune. */
const COMMANDS: Record<string, (commune: string) => Promise<object>> = {
  'station.add': async (commune) => station(commune),
  'station.change': changing(station, { heightM: 45 }),
  'station.remove': changing(station),
  'hamlet.add': async (commune) => hamlet(commune),
  'hamlet.change': changing(hamlet, { people: 95 }),
  'hamlet.resolve': changing(hamlet, { solution: 'station' }),
  'hamlet.remove': changing(hamlet),
  'node.add': async (commune) => node(commune),
  'node.change': changing(node, { status: 'down' }),
  'node.remove': changing(node),
  'link.add': (commune) => link(commune, commune),
  'link.change': changing((commune) => link(commune, commune), { bandwidthMbps: 1000 }),
  'link.remove': changing((commune) => link(commune, commune)),
  'facility.add': async (commune) => facility(commune),
  'facility.change': changing(facility, { status: 'down' }),
  'facility.remove': changing(facility),
  'indicator.report': async (commune) => indicator(commune),
};
function changing(make: (commune: string) => object | Promise<object>, fields: object = {}) {
  return async function (this: void, commune: string): Promise<object> {
    const { id, version } = await made(await make(commune));
    return { id, base: version, ...fields };
  };
}

const THINGS = Object.keys(COMMANDS);
/** What each role may do on its own ground; on other ground, nobody anything. */
const MAY: Record<Role, readonly string[]> = {
  viewer: [],
  reporter: ['station.change'],
  editor: THINGS,
  approver: THINGS,
  planner: ['station.add', 'station.change', 'station.remove'],
  operator: THINGS,
};

describe('every command', () => {
  it.each(ROLES)(
    'is done for a %s on their own ground alone, and only what the role may',
    async (role) => {
      const cookie = await server.signIn({ name: `${role}-01`, role, units: ['01'] });
      for (const commune of [HOME, ABROAD])
        for (const [type, ready] of Object.entries(COMMANDS)) {
          const answer = await send({ type, ...(await ready(commune)) }, cookie);
          const allowed = commune === HOME && MAY[role].includes(type);
          const code = 'error' in answer ? answer.error.code : 'done';
          expect([role, type, commune, code]).toEqual([
            ...[role, type, commune],
            allowed ? 'done' : 'forbidden',
          ]);
        }
    },
  );

  it('is refused to who is not signed in', async () => {
    for (const [type, ready] of Object.entries(COMMANDS)) {
      const answer = await server.post({ key: key(), type, ...(await ready(HOME)) }, '');
      expect([type, answer.status]).toEqual([type, 401]);
    }
  });

  it('meets the same rule over the socket', async () => {
    const cookie = await server.signIn({ name: 'editor-01', role: 'editor', units: ['01'] });
    const socket = server.connect(cookie);
    const over = (command: object): Promise<CommandAnswer> =>
      socket.emitWithAck('command', { key: key(), ...command } as never);
    expect(await over(station(HOME))).toHaveProperty('seq');
    expect(await over(station(ABROAD))).toMatchObject({ error: { code: 'forbidden' } });
  });

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

  it('reports figures of the province, not of the nation', async () => {
    const cookie = await signIn();
    expect(await send(indicator('01'), cookie)).toHaveProperty('seq');
    expect(await send(indicator(NATION), cookie)).toMatchObject({ error: { code: 'forbidden' } });
  });
});

describe('the parameters of the methods', () => {
  const configure = (base: number) => ({
    type: 'coverage.configure',
    base,
    linkBudget: DEFAULT_LINK_BUDGET,
  });

  it('are changed by planners and operators of the nation, and by nobody else', async () => {
    let base = 0;
    for (const role of ROLES)
      for (const units of [[NATION], ['01']]) {
        const cookie = await server.signIn({ name: `${role}-of-${units[0]}`, role, units });
        const answer = await send(configure(base), cookie);
        const may = units[0] === NATION && (role === 'planner' || role === 'operator');
        expect([role, units, 'error' in answer]).toEqual([role, units, !may]);
        if (may) base++;
      }
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
