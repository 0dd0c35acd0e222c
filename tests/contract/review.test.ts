/** The review: where a province asks for approval, an editor's changes wait for an approver. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ROLES, type Account, type Role } from '../../data/model/account.ts';
import { NATION } from '../../data/model/unit.ts';
import type { Accepted, Proposed, Refusal } from '../../data/wire/commands.ts';
import type {
  ProposalsAnswer,
  ProposedChange,
  RequiredReview,
  WaitingProposals,
} from '../../data/wire/review.ts';
import { append } from '../../server/log/append.ts';
import { readEvents } from '../../server/log/read.ts';
import { freshDatabase, type TestDatabase } from '../setup/database.ts';
import { startServer, type TestServer } from '../setup/server.ts';
import { centreOfSmall } from '../setup/small-territory.ts';

let database: TestDatabase;
let server: TestServer;
/** Another server on the same database. */
let other: TestServer;
let cookies: Record<'editor' | 'approver' | 'stranger' | 'operator', string>;

const EDITOR: Account = { name: 'bientap-01', role: 'editor', units: ['01'] };
const APPROVER: Account = { name: 'duyet-01', role: 'approver', units: ['01'] };
const STRANGER: Account = { name: 'duyet-11', role: 'approver', units: ['11'] };
const OPERATOR: Account = { name: 'vanhanh', role: 'operator', units: [NATION] };

beforeAll(async () => {
  database = await freshDatabase();
  server = await startServer(database);
  other = await startServer(database);
  cookies = {
    editor: await server.signIn(EDITOR),
    approver: await server.signIn(APPROVER),
    stranger: await server.signIn(STRANGER),
    operator: await server.signIn(OPERATOR),
  };
});
afterAll(async () => {
  await server.close();
  await other.close();
  await database.close();
});

type Sent = { body?: unknown; cookie?: string; at?: TestServer };
async function send(path: string, { body, cookie = '', at = server }: Sent = {}) {
  const response = await fetch(at.url + path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { 'Content-Type': 'application/json', cookie },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as unknown };
}
async function answered<T>(path: string, sent: Sent): Promise<T> {
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

async function ask(province: string, required: boolean): Promise<void> {
  await answered(`/api/review/${province}`, { body: { required }, cookie: cookies.operator });
}
beforeEach(() => ask('01', true));
afterEach(() => ask('11', false));

/** In the province that asks, and in the one that does not. */
const ASKING = '00003';
const FREE = '03003';
const at = (commune: string) => {
  const [lon, lat] = centreOfSmall(commune);
  return { lon, lat };
};
let keys = 0;
const key = (): string => `review-${++keys}`;
const station = (commune = ASKING, more: object = {}) => ({
  ...{ type: 'station.add', key: key(), name: `Trạm ${keys}`, operator: 'viettel' },
  ...{ technology: '5g', band: 'n41', heightM: 30, status: 'on_air', ...at(commune) },
  ...more,
});
const sentBy = async (cookie: string, command: object, where = server): Promise<unknown> =>
  (await where.post(command, cookie)).body;
/** The approver, who asks nobody, makes a station. */
async function built(more: object = {}): Promise<Accepted> {
  const answer = await sentBy(cookies.approver, station(ASKING, more));
  expect(answer).toHaveProperty('seq');
  return answer as Accepted;
}
async function proposed(command: object = station()): Promise<number> {
  const answer = await sentBy(cookies.editor, command);
  expect(answer).toEqual({ proposal: expect.any(Number) as number });
  return (answer as Proposed).proposal;
}
const decide = (
  id: number,
  what: string,
  { body = {}, cookie = cookies.approver, at }: Sent = {},
) => send(`/api/proposals/${id}/${what}`, { body, cookie, ...(at ? { at } : {}) });
async function accepted(id: number, sent: Sent = {}): Promise<Accepted> {
  const { body } = await decide(id, 'accept', sent);
  expect(body).toHaveProperty('seq');
  return body as Accepted;
}
const listed = (query = '', cookie = cookies.approver): Promise<ProposalsAnswer> =>
  answered<ProposalsAnswer>(`/api/proposals?${query}`, { cookie });
async function shown(id: number, query = '', cookie = cookies.approver): Promise<ProposedChange> {
  const { proposals } = await listed(query, cookie);
  const found = proposals.find((proposal) => proposal.id === id);
  if (found?.what !== 'change') throw new Error(`proposal ${id} is not in the list`);
  return found;
}
const covered = (): number => server.live.coverage?.by('radius')?.row(NATION)?.[1] ?? NaN;

describe('whether a province asks for approval', () => {
  it('is off until its approvers or an operator say so, and is told to whoever reads', async () => {
    expect(await sentBy(server.cookie, station(FREE))).toHaveProperty('seq');
    const { approver } = cookies;
    const asking = await answered<RequiredReview[]>('/api/review', { cookie: approver });
    expect(asking).toMatchObject([{ province: '01', by: 'vanhanh' }]);
    // Who is not signed in is told that, and not by whom.
    const told = await answered<RequiredReview[]>('/api/review', {});
    expect(told).toMatchObject([{ province: '01', by: 'somebody' }]);
  });

  it('is said by nobody else, and of no other province', async () => {
    for (const role of ROLES)
      for (const unit of ['01', '11', NATION, '00001']) {
        const cookie = await server.signIn({ name: `${role}-of-${unit}`, role, units: [unit] });
        const { status } = await send('/api/review/01', { body: { required: true }, cookie });
        const may = (role === 'approver' || role === 'operator') && /^(01|vn)$/.test(unit);
        expect([role, unit, status]).toEqual([role, unit, may ? 200 : 403]);
      }
    const cookie = cookies.operator;
    await refused('/api/review/99', { body: { required: true }, cookie }, 404);
    await refused('/api/review/01', { body: { required: 'yes' }, cookie }, 400);
    await refused('/api/review/01', { body: { required: true } }, 401);
  });

  it('counts at once on every server, and leaves a trail of who said what', async () => {
    await ask('11', true);
    const editor = await server.signIn({ name: 'bientap-11', role: 'editor', units: ['11'] });
    expect(await sentBy(editor, station(FREE), other)).toHaveProperty('proposal');
    await ask('11', false);
    expect(await sentBy(editor, station(FREE), other)).toHaveProperty('seq');
    const { rows } = await database.pool.query<{ by: string; required: boolean }>(
      `select by, required from review_settings where province = '11' order by id desc limit 2`,
    );
    expect(rows).toEqual([
      { by: 'vanhanh', required: false },
      { by: 'vanhanh', required: true },
    ]);
  });
});

describe('what becomes of a command', () => {
  const BECOMES: Record<Role, string> = {
    viewer: 'error',
    reporter: 'proposal',
    editor: 'proposal',
    approver: 'seq',
    planner: 'seq',
    operator: 'seq',
  };

  it.each(ROLES)('of a %s, where approval is asked for and where not', async (role) => {
    const cookie = await server.signIn({ name: `${role}-vn`, role, units: [NATION] });
    for (const commune of [ASKING, FREE]) {
      const made = await sentBy(cookies.operator, station(commune, { status: 'planned' }));
      const { id } = made as Accepted;
      // What even a reporter and a planner may: to say where it is.
      const change = { type: 'station.change', key: key(), id, base: 1, ...at(commune) };
      const answer = await sentBy(cookie, change);
      const expected = commune === ASKING || role === 'viewer' ? BECOMES[role] : 'seq';
      expect([role, commune, Object.keys(answer as object)]).toEqual([
        ...[role, commune],
        expected === 'seq' ? ['seq', 'id', 'version'] : [expected],
      ]);
    }
  });

  it('goes by where a thing was and by where it would be', async () => {
    const editor = await server.signIn({ name: 'bientap-vn', role: 'editor', units: [NATION] });
    for (const [from, to] of [
      [ASKING, FREE],
      [FREE, ASKING],
    ] as const) {
      const { id } = (await sentBy(cookies.operator, station(from))) as Accepted;
      const move = { type: 'station.change', key: key(), id, base: 1, ...at(to) };
      expect(await sentBy(editor, move)).toHaveProperty('proposal');
    }
  });

  it('is decided after the same checks as for doing it', async () => {
    const { id } = await built();
    const change = { type: 'station.change', id, base: 1 };
    const wrong: [object, string][] = [
      [{ ...change, key: key(), heightM: -3 }, 'invalid'],
      [{ ...change, key: key(), band: 'b3' }, 'invalid'],
      [{ ...change, key: key(), base: 7, heightM: 31 }, 'stale'],
      [{ ...change, key: key(), ...at(FREE) }, 'forbidden'],
      [station(ASKING, { lon: 119, lat: 6 }), 'forbidden'],
    ];
    for (const [command, code] of wrong)
      expect(await sentBy(cookies.editor, command)).toMatchObject({ error: { code } });
  });

  it('is nothing yet: no event, no estimate', async () => {
    const before = [server.live.country.seq, covered()];
    await proposed();
    expect([server.live.country.seq, covered()]).toEqual(before);
  });

  it('is the same for a key that comes again, on any server, over the socket, and afterwards', async () => {
    const command = station();
    const id = await proposed(command);
    expect(await sentBy(cookies.editor, command, other)).toEqual({ proposal: id });
    const socket = server.connect(cookies.editor);
    expect(await socket.emitWithAck('command', command as never)).toEqual({ proposal: id });
    await accepted(id);
    await ask('01', false);
    expect(await sentBy(cookies.editor, command)).toEqual({ proposal: id });
    const { proposals } = await listed('list=own', cookies.editor);
    expect(proposals.filter((one) => one.id === id)).toHaveLength(1);
  });

  it('cannot be forestalled: keys of the review are nobody else’s', async () => {
    const command = { ...station(), key: 'proposal:1' };
    expect(await sentBy(cookies.approver, command)).toMatchObject({
      error: { code: 'invalid', path: 'key' },
    });
  });

  it('over HTTP is 202, for nothing has happened yet', async () => {
    expect((await server.post(station(), cookies.editor)).status).toBe(202);
  });
});

describe('accepting', () => {
  it('does it in the name of its author, and says who approved it', async () => {
    const people = covered();
    const id = await proposed(station('00001'));
    const { seq, version } = await accepted(id, { body: { word: 'Đúng.' } });
    expect(version).toBe(1);
    expect(covered()).toBeGreaterThan(people);
    const [event] = await readEvents(database.pool, seq - 1, 1);
    expect(event).toMatchObject({ type: 'station.add', by: 'bientap-01', approvedBy: 'duyet-01' });
    expect(await shown(id, 'list=own', cookies.editor)).toMatchObject({
      ...{ state: 'accepted', decidedBy: 'duyet-01', word: 'Đúng.', seq },
      may: { decide: false, withdraw: false, renew: false },
    });
  });

  it('is for who holds the place, never the author, and no editor', async () => {
    const id = await proposed();
    for (const [cookie, status] of [
      ['', 401],
      [cookies.editor, 403],
      [cookies.stranger, 403],
      [await server.signIn({ name: 'bientap-2', role: 'editor', units: ['01'] }), 403],
      [await server.signIn({ name: 'duyet-xa', role: 'approver', units: ['00001'] }), 403],
    ] as const)
      for (const what of ['accept', 'return'])
        expect((await decide(id, what, { body: { word: 'x' }, cookie })).status).toBe(status);
    await accepted(id, {
      cookie: await server.signIn({ name: 'duyet-xa-3', role: 'approver', units: ['00003'] }),
    });
  });

  it('is never for one’s own, whatever one has become since', async () => {
    const cookie = await server.signIn({ name: 'len-chuc', role: 'editor', units: ['01'] });
    const { proposal } = (await sentBy(cookie, station())) as Proposed;
    await database.pool.query(`update accounts set role = 'approver' where name = 'len-chuc'`);
    expect((await decide(proposal, 'accept', { cookie })).status).toBe(403);
    expect((await shown(proposal, 'list=own', cookie)).may.decide).toBe(false);
  });

  it('happens once, when two accept at the same moment on two servers', async () => {
    const id = await proposed();
    const [here, there] = await Promise.all([
      accepted(id),
      accepted(id, { cookie: cookies.operator, at: other }),
    ]);
    expect(here).toEqual(there);
    expect(await accepted(id)).toEqual(here);
    const { rows } = await database.pool.query(`select from events where key = $1`, [
      `proposal:${id}`,
    ]);
    expect(rows).toHaveLength(1);
  });

  it('comes too late where the thing was changed: it is outdated, and says by what', async () => {
    const { id: subject } = await built({ status: 'planned' });
    const id = await proposed({
      ...{ type: 'station.change', key: key(), id: subject, base: 1, heightM: 44 },
    });
    await sentBy(cookies.operator, {
      ...{ type: 'station.change', key: key(), id: subject, base: 1, heightM: 36 },
    });
    expect(await shown(id)).toMatchObject({ state: 'open', stale: true });
    expect((await decide(id, 'accept')).body).toEqual({ outdated: true });
    expect(await shown(id, 'list=own', cookies.editor)).toMatchObject({
      ...{ state: 'outdated', outdatedBy: { by: 'vanhanh', version: 2 } },
      may: { renew: true },
    });
    expect((await decide(id, 'accept')).status).toBe(409);

    const renewal = { body: { base: 2 }, cookie: cookies.editor };
    expect((await decide(id, 'renew', { ...renewal, cookie: cookies.approver })).status).toBe(403);
    expect((await decide(id, 'renew', { body: { base: 1 }, cookie: cookies.editor })).status).toBe(
      409,
    );
    for (const again of [1, 2])
      expect([again, (await decide(id, 'renew', renewal)).body]).toEqual([again, { proposal: id }]);
    expect(await shown(id)).toMatchObject({
      ...{ state: 'open', stale: false, fields: { heightM: 44 }, before: { heightM: 36 } },
    });
    expect(await accepted(id)).toMatchObject({ id: subject, version: 3 });
  });

  it('of what has left the place is outdated, though its approvers hold it no longer', async () => {
    const { id: subject } = await built();
    const change = { type: 'station.change', key: key(), id: subject, base: 1, heightM: 44 };
    const id = await proposed(change);
    const move = { type: 'station.change', key: key(), id: subject, base: 1, ...at(FREE) };
    await sentBy(cookies.operator, move);
    expect((await decide(id, 'accept')).body).toEqual({ outdated: true });
  });

  it('of what is gone is outdated too', async () => {
    const { id: subject } = await built();
    const change = { type: 'station.change', key: key(), id: subject, base: 1, heightM: 44 };
    const id = await proposed(change);
    await sentBy(cookies.approver, { type: 'station.remove', key: key(), id: subject, base: 1 });
    expect((await decide(id, 'accept')).body).toEqual({ outdated: true });
    const renewal = { body: { base: 1 }, cookie: cookies.editor };
    expect((await decide(id, 'renew', renewal)).body).toHaveProperty('error');
  });

  it('is found in the log by whoever comes after a server that died in between', async () => {
    /** What such a server leaves behind: the event, and a proposal that is still open. */
    async function dying(): Promise<{ id: number; seq: number }> {
      const { id: subject } = await built({ status: 'planned' });
      const change = { type: 'station.change', key: key(), id: subject, base: 1, heightM: 44 };
      const id = await proposed(change);
      const event = { type: 'station.change', by: 'bientap-01', id: subject, version: 2 } as const;
      const fields = { heightM: 44, approvedBy: 'duyet-01' };
      const effective = '2025-07-28';
      const [done] = await append(database.pool, [
        { ...event, key: `proposal:${id}`, effective, fields },
      ]);
      return { id, seq: done?.seq ?? NaN };
    }
    const first = await dying();
    const word = { word: 'Không.' };
    const answer = await decide(first.id, 'return', { body: word, cookie: cookies.operator });
    expect(answer.status).toBe(409);
    const second = await dying();
    expect(await accepted(second.id, { cookie: cookies.operator })).toMatchObject({
      seq: second.seq,
    });
    for (const { id, seq } of [first, second])
      expect(await shown(id, 'list=closed')).toMatchObject({
        ...{ state: 'accepted', seq, decidedBy: 'duyet-01' },
      });
  });
});

describe('returning and taking back', () => {
  it('returns with a word, which the author reads', async () => {
    const id = await proposed();
    expect((await decide(id, 'return')).status).toBe(400);
    expect((await decide(id, 'return', { body: { word: '  ' } })).status).toBe(400);
    const body = { word: 'Sai toạ độ, xem lại.' };
    for (const again of [1, 2])
      expect([again, (await decide(id, 'return', { body })).status]).toEqual([again, 200]);
    expect(await shown(id, 'list=own', cookies.editor)).toMatchObject({
      ...{ state: 'returned', word: 'Sai toạ độ, xem lại.', decidedBy: 'duyet-01' },
    });
    expect((await decide(id, 'accept')).status).toBe(409);
  });

  it('is taken back by its author alone', async () => {
    const id = await proposed();
    expect((await decide(id, 'withdraw')).status).toBe(403);
    expect((await decide(id, 'withdraw', { cookie: cookies.editor })).status).toBe(200);
    expect((await decide(id, 'accept')).status).toBe(409);
    expect((await decide(id, 'renew', { body: { base: 1 }, cookie: cookies.editor })).status).toBe(
      409,
    );
  });

  it('refuses what is no proposal', async () => {
    expect((await decide(999_999, 'accept')).status).toBe(404);
    const nonsense = { body: {}, cookie: cookies.approver };
    await refused('/api/proposals/first/accept', nonsense, 404);
    await refused('/api/proposals?list=all', { cookie: cookies.approver }, 400);
    await refused('/api/proposals', {}, 401);
  });
});

describe('the list', () => {
  it('is for the author and for approvers of the place, by unit', async () => {
    const id = await proposed();
    const ids = async (query: string, cookie: string): Promise<boolean> =>
      (await listed(query, cookie)).proposals.some((one) => one.id === id);
    const colleague = await server.signIn({ name: 'bientap-3', role: 'editor', units: ['01'] });
    expect(await ids('', cookies.editor)).toBe(true);
    expect(await ids('', cookies.approver)).toBe(true);
    expect(await ids('unit=01', cookies.approver)).toBe(true);
    expect(await ids('unit=00003', cookies.operator)).toBe(true);
    expect(await ids('unit=00001', cookies.operator)).toBe(false);
    expect(await ids('unit=11', cookies.operator)).toBe(false);
    expect(await ids('', cookies.stranger)).toBe(false);
    expect(await ids('', colleague)).toBe(false);
    expect(await ids('list=own', cookies.approver)).toBe(false);
    expect(await ids('list=closed', cookies.approver)).toBe(false);
  });

  it('says what would change, and tells how many wait', async () => {
    const { id: subject } = await built({ status: 'planned', heightM: 30 });
    const waiting = (cookie: string) =>
      answered<WaitingProposals>('/api/proposals/waiting', { cookie });
    const before = await waiting(cookies.approver);
    const own = await waiting(cookies.editor);
    const id = await proposed({
      ...{ type: 'station.change', key: key(), id: subject, base: 1, heightM: 45, azimuth: null },
    });
    expect(await shown(id)).toMatchObject({
      ...{ type: 'station.change', noun: 'station', subject, author: 'bientap-01' },
      ...{ before: { heightM: 30, status: 'planned' }, fields: { heightM: 45, azimuth: null } },
      ...{ units: ['00003'], may: { decide: true, withdraw: false } },
    });
    expect(await waiting(cookies.approver)).toEqual({ ...before, toDecide: before.toDecide + 1 });
    expect(await waiting(cookies.editor)).toEqual({ ...own, own: own.own + 1 });
  });

  it('foretells what a proposal does to coverage, by the method asked for', async () => {
    const id = await proposed(station('00002'));
    const people = { radius: covered(), id };
    const { effect } = await shown(id);
    expect(effect).toMatchObject({ method: 'radius', field: '5g', lost: 0, when: 'now' });
    const gained = typeof effect === 'object' && effect ? effect.gained : NaN;
    expect(gained).toBeGreaterThan(500);
    expect((await shown(id, 'method=linkBudget')).effect).toMatchObject({ method: 'linkBudget' });
    expect((await shown(id, 'method=terrain')).effect).toBe('unknown');
    const { id: subject } = await accepted(id);
    expect(covered()).toBe(people.radius + gained);

    const removal = { type: 'station.remove', key: key(), id: subject, base: 1 };
    expect((await shown(await proposed(removal))).effect).toMatchObject({
      gained: 0,
      lost: gained,
    });
    const planned = await proposed(station('00004', { status: 'planned' }));
    expect((await shown(planned)).effect).toMatchObject({ when: 'on_air' });
    const hamlet = await proposed({
      ...{ type: 'hamlet.add', key: key(), name: 'Thôn', households: 20, people: 90 },
      ...{ gridPower: false, speciallyDisadvantaged: true, status: 'uncovered', ...at(ASKING) },
    });
    expect((await shown(hamlet)).effect).toBe('none');
  });
});

describe('who is concerned', () => {
  it('hears of it over the socket, on every server; others do not', async () => {
    const heard: string[] = [];
    const listen = async (who: string, cookie: string): Promise<void> => {
      const socket = other.connect(cookie);
      await new Promise((resolve) => socket.once('status', resolve));
      socket.on('proposals', ({ id }) => heard.push(`${who} ${id}`));
    };
    await listen('author', cookies.editor);
    await listen('approver', cookies.approver);
    await listen('stranger', cookies.stranger);
    await listen('nobody', '');
    const id = await proposed();
    await expect.poll(() => heard.toSorted()).toEqual([`approver ${id}`, `author ${id}`]);
    heard.length = 0;
    await decide(id, 'return', { body: { word: 'Chưa đủ hồ sơ.' } });
    await expect.poll(() => heard.toSorted()).toEqual([`approver ${id}`, `author ${id}`]);
    heard.length = 0;
    // Which provinces ask is told to all who are signed in.
    await ask('11', true);
    await expect
      .poll(() => heard.toSorted())
      .toEqual(['approver null', 'author null', 'stranger null']);
  });
});

describe('what cannot be proposed as a whole', () => {
  it('is refused to whom approval is asked of, and done by an approver', async () => {
    const draft = { operator: 'viettel', technology: '5g', band: 'n41', ...at(ASKING) };
    const body = { name: 'Thử', content: { add: [draft] } };
    const scenario = await answered<{ id: number }>('/api/scenarios', {
      ...{ body, cookie: cookies.editor },
    });
    const path = `/api/scenarios/${scenario.id}/approve`;
    const wish = { base: 1 };
    const refusal = await refused(path, { body: wish, cookie: cookies.editor }, 403);
    expect(refusal).toMatchObject({ code: 'forbidden', path: 'review' });
    expect(refusal.message).toContain('Province 01 asks for approval');
    expect(await answered(path, { body: wish, cookie: cookies.approver })).toMatchObject({
      added: 1,
    });
  });
});

describe('restoring an earlier state, where approval is asked for', () => {
  it('is proposed as the change that it comes to, and done when it is accepted', async () => {
    const { id } = await built();
    await sentBy(cookies.approver, { ...heightOf(id, 1, 60) });
    const restore = { type: 'station.restore', key: key(), id, base: 2, version: 1 };
    const proposal = await proposed(restore);
    expect(await shown(proposal)).toMatchObject({
      ...{ type: 'station.change', fields: { heightM: 30 }, before: { heightM: 60 } },
      ...{ stale: false, effect: { method: 'radius' } },
    });
    const { version } = await accepted(proposal);
    expect(version).toBe(3);
    const { stations } = server.live.country.tables;
    expect(stations.record(stations.rowOf(id) ?? -1)['heightM']).toBe(30);
  });

  it('of what was removed says what would be there again, and brings it back', async () => {
    const { id } = await built({ name: 'Trạm đã gỡ' });
    await sentBy(cookies.approver, { type: 'station.remove', key: key(), id, base: 1 });
    const restore = { type: 'station.restore', key: key(), id, base: 2, version: 1 };
    const proposal = await proposed(restore);
    expect(await shown(proposal)).toMatchObject({
      ...{ type: 'station.restore', fields: { name: 'Trạm đã gỡ' }, before: null, stale: false },
    });
    expect(await accepted(proposal)).toMatchObject({ id, version: 3 });
    expect(server.live.country.tables.stations.rowOf(id)).toBeDefined();
  });
});

function heightOf(id: number, base: number, heightM: number) {
  return { type: 'station.change', key: key(), id, base, heightM };
}
