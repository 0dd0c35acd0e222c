/** A file where a province asks for approval: one proposal, accepted or returned as a whole. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Role } from '../../data/model/account.ts';
import { NATION } from '../../data/model/unit.ts';
import type { Refusal } from '../../data/wire/commands.ts';
import type {
  ApplyImport,
  ImportApplied,
  ImportRows,
  ImportSeen,
} from '../../data/wire/imports.ts';
import type {
  FileEffect,
  ProposalsAnswer,
  ProposedFile,
  WaitingProposals,
} from '../../data/wire/review.ts';
import { readEvents } from '../../server/log/read.ts';
import { freshDatabase, type TestDatabase } from '../setup/database.ts';
import { startServer, type TestServer } from '../setup/server.ts';
import { centreOfSmall } from '../setup/small-territory.ts';
import { importing } from './import-client.ts';

let database: TestDatabase;
let server: TestServer;
/** Another server on the same database. */
let other: TestServer;
let cookies: Record<'editor' | 'west' | 'east' | 'both' | 'operator', string>;
beforeAll(async () => {
  database = await freshDatabase();
  server = await startServer(database);
  other = await startServer(database);
  const person = (name: string, role: Role, units: string[]) =>
    server.signIn({ name: `tep.${name}`, role, units });
  cookies = {
    editor: await person('bientap', 'editor', ['01', '11']),
    west: await person('duyet.tay', 'approver', ['01']),
    east: await person('duyet.dong', 'approver', ['11']),
    both: await person('duyet.ca.hai', 'approver', ['01', '11']),
    operator: await person('vanhanh', 'operator', [NATION]),
  };
});
afterAll(async () => {
  await server.close();
  await other.close();
  await database.close();
});
beforeEach(() => ask('01', true));

const { send, get, post } = importing(() => server);
const elsewhere = importing(() => other);
async function request<T>(path: string, cookie: string, body?: object, at = server) {
  const response = await fetch(at.url + path, {
    method: body ? 'POST' : 'GET',
    headers: { 'Content-Type': 'application/json', cookie },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return { status: response.status, body: (await response.json()) as T };
}
const ask = (province: string, required: boolean) =>
  request(`/api/review/${province}`, cookies.operator, { required });

let made = 0;
const HEAD = 'name,operator,technology,band,lon,lat,heightM,status';
/** Stations in some communes, by names of their own. */
const fileOf = (communes: readonly string[], status = 'on_air') => [
  HEAD,
  ...communes.map((commune) => {
    const [lon, lat] = centreOfSmall(commune);
    return `Tệp ${++made},viettel,5g,n41,${lon + made * 0.0006},${lat},30,${status}`;
  }),
];
async function previewed(text: string, cookie = cookies.editor): Promise<number> {
  const { body } = await send('trạm.csv', text, {}, cookie);
  await expect.poll(async () => (await seen(body.id, cookie)).state).toBe('ready');
  return body.id;
}
const seen = (id: number, cookie = cookies.editor) => get<ImportSeen>(`${id}`, cookie);
const apply = (id: number, wish: Partial<ApplyImport> = {}, cookie = cookies.editor) =>
  post<ImportApplied & { proposal: number } & { error: Refusal }>(
    `${id}/apply`,
    { mode: 'all', ...wish },
    cookie,
  );
/** A file that waits for approval: the ids of its import and of its proposal. */
async function proposed(text = fileOf(['00001', '00002']).join('\n'), wish = {}) {
  const file = await previewed(text);
  const { status, body } = await apply(file, wish);
  expect([status, body]).toEqual([202, { proposal: expect.any(Number) as number }]);
  return { file, id: body.proposal };
}
const decide = (id: number, what: string, cookie = cookies.west, body = {}, at = server) =>
  request<Record<string, unknown> & { error: Refusal }>(
    `/api/proposals/${id}/${what}`,
    cookie,
    body,
    at,
  );
const listed = async (query = '', cookie = cookies.west) =>
  (await request<ProposalsAnswer>(`/api/proposals?${query}`, cookie)).body.proposals;
async function shown(id: number, query = '', cookie = cookies.west): Promise<ProposedFile> {
  const found = (await listed(query, cookie)).find((one) => one.id === id);
  if (found?.what !== 'file') throw new Error(`proposal ${id} is not in the list as a file`);
  return found;
}
const covered = (): number => server.live.coverage?.by('radius')?.row(NATION)?.[1] ?? NaN;
const effectOf = async (id: number, method = 'radius') =>
  (await request<FileEffect>(`/api/proposals/${id}/effect?method=${method}`, cookies.west)).body
    .effect;

describe('a file of an editor where approval is asked for', () => {
  it('is read like any other, and says beforehand that it will be proposed', async () => {
    const id = await previewed(fileOf(['00001', '03001']).join('\n'));
    expect(await seen(id)).toMatchObject({ rows: { new: 2, refused: 0 }, asking: ['01'] });
    const elsewhere = await previewed(fileOf(['03001']).join('\n'));
    expect((await seen(elsewhere)).asking).toEqual([]);
    expect((await apply(elsewhere)).status).toBe(200);
  });

  it('becomes one proposal with all its rows, those of other provinces too, and nothing happens', async () => {
    const before = server.live.country.seq;
    const { file, id } = await proposed(fileOf(['00001', '00002', '03001']).join('\n'), {
      say: 'Đợt tháng bảy.',
    });
    expect(server.live.country.seq).toBe(before);
    expect(await seen(file)).toMatchObject({
      state: 'proposed',
      proposal: { id, state: 'open', author: 'tep.bientap', say: 'Đợt tháng bảy.' },
      may: { withdraw: true, decide: false },
    });
    expect(await shown(id, '', cookies.both)).toMatchObject({
      ...{ state: 'open', author: 'tep.bientap', units: ['01', '11'], may: { decide: true } },
      file: { import: file, name: 'trạm.csv', kind: 'stations', adds: 3, changes: 0, mode: 'all' },
    });
    // Asked for again, it is the same.
    expect((await apply(file)).body).toEqual({ proposal: id });
    expect((await post(`${file}/mapping`, {}, cookies.editor)).status).toBe(409);
    const { status } = await fetch(`${server.url}/api/imports/${file}`, {
      method: 'DELETE',
      headers: { cookie: cookies.editor },
    });
    expect(status).toBe(409);
  });

  it('is counted among what waits, and told to whom it concerns', async () => {
    const waiting = async (cookie: string) =>
      (await request<WaitingProposals>('/api/proposals/waiting', cookie)).body;
    const before = await waiting(cookies.west);
    const socket = other.connect(cookies.west);
    const heard: (number | null)[] = [];
    await new Promise((resolve) => socket.once('status', resolve));
    socket.on('proposals', (news) => heard.push(news.id));
    const { id } = await proposed();
    await expect.poll(() => heard).toContain(id);
    expect(await waiting(cookies.west)).toEqual({ ...before, toDecide: before.toDecide + 1 });
  });

  it('of an approver there is applied at once', async () => {
    const id = await previewed(fileOf(['00001']).join('\n'), cookies.west);
    expect((await apply(id, {}, cookies.west)).body).toMatchObject({ applied: 1 });
  });
});

describe('the approver', () => {
  it('sees the rows as the editor saw them, and so does nobody else', async () => {
    const { file } = await proposed(fileOf(['00001', '03001']).join('\n'));
    for (const cookie of [cookies.west, cookies.both])
      expect((await get<ImportRows>(`${file}/rows`, cookie)).total).toBe(2);
    const stranger = await server.signIn({ name: 'tep.xa', role: 'editor', units: ['00004'] });
    expect(await get(`${file}/rows`, stranger)).toMatchObject({ error: { code: 'forbidden' } });
    const imports = await get<ImportSeen[]>('', cookies.west);
    expect(imports.find((one) => one.id === file)?.may).toEqual({
      ...{ change: false, undo: false, decide: false, withdraw: false },
    });
  });

  it('accepts it in the name of its author, in one go, and the log names both', async () => {
    const people = covered();
    const { file, id } = await proposed(fileOf(['00001', '00002']).join('\n'));
    const { status, body } = await decide(id, 'accept', cookies.west, { word: 'Đúng.' });
    expect([status, body]).toMatchObject([200, { applied: 2 }]);
    const seq = Number(body['seq']);
    expect(server.live.country.seq).toBeGreaterThanOrEqual(seq);
    const events = await readEvents(database.pool, seq - 2, 2);
    for (const event of events)
      expect(event).toMatchObject({ by: 'tep.bientap', approvedBy: 'tep.duyet.tay' });
    expect(covered()).toBeGreaterThanOrEqual(people);
    expect(await shown(id, 'list=closed')).toMatchObject({
      ...{ state: 'accepted', decidedBy: 'tep.duyet.tay', word: 'Đúng.', seq },
    });
    expect(await seen(file)).toMatchObject({
      state: 'applied',
      proposal: { state: 'accepted', decidedBy: 'tep.duyet.tay', word: 'Đúng.' },
    });
    // Once more it is the same.
    expect((await decide(id, 'accept')).body).toEqual(body);
    expect((await decide(id, 'return', cookies.west, { word: 'Không.' })).status).toBe(409);
  });

  it('must hold every place in it, and is never its author', async () => {
    const { id } = await proposed(fileOf(['00001', '03001']).join('\n'));
    const editor = await server.signIn({ name: 'tep.bientap2', role: 'editor', units: ['vn'] });
    for (const [cookie, status] of [
      ['', 401],
      [cookies.editor, 403],
      [editor, 403],
      [cookies.west, 403],
      [cookies.east, 403],
    ] as const)
      for (const what of ['accept', 'return'])
        expect([what, (await decide(id, what, cookie, { word: 'x' })).status]).toEqual([
          ...[what, status],
        ]);
    expect((await shown(id)).may.decide).toBe(false);
    expect((await decide(id, 'accept', cookies.both)).status).toBe(200);
  });

  it('is never its author, whatever that has become since', async () => {
    const cookie = await server.signIn({ name: 'tep.len.chuc', role: 'editor', units: ['01'] });
    const file = await previewed(fileOf(['00001']).join('\n'), cookie);
    const { body } = await apply(file, {}, cookie);
    await database.pool.query(`update accounts set role = 'approver' where name = 'tep.len.chuc'`);
    expect((await decide(body.proposal, 'accept', cookie)).status).toBe(403);
  });

  it('returns it with a word, and it is its author’s again', async () => {
    const { file, id } = await proposed();
    expect((await decide(id, 'return')).status).toBe(400);
    expect((await decide(id, 'return', cookies.west, { word: 'Sai độ cao.' })).status).toBe(200);
    expect(await seen(file)).toMatchObject({
      state: 'ready',
      proposal: { state: 'returned', word: 'Sai độ cao.', decidedBy: 'tep.duyet.tay' },
    });
    expect((await decide(id, 'accept')).status).toBe(409);
    const again = await apply(file);
    expect(again.body.proposal).toBeGreaterThan(id);
    expect((await decide(again.body.proposal, 'accept')).status).toBe(200);
  });

  it('accepts it once, when two do it at the same moment on two servers', async () => {
    const { file, id } = await proposed();
    const answers = await Promise.all([
      decide(id, 'accept'),
      decide(id, 'accept', cookies.operator, {}, other),
    ]);
    expect(answers.map(({ status }) => status)).toContain(200);
    const { rows } = await database.pool.query(`select from events where key like $1`, [
      `import:${file}:%`,
    ]);
    expect(rows).toHaveLength(2);
  });
});

describe('its author', () => {
  it('takes it back, and applies it where nobody asks any more', async () => {
    const { file, id } = await proposed();
    expect((await decide(id, 'withdraw')).status).toBe(403);
    expect((await decide(id, 'withdraw', cookies.editor)).status).toBe(200);
    expect((await decide(id, 'accept')).status).toBe(409);
    await ask('01', false);
    expect((await apply(file)).body).toMatchObject({ applied: 2 });
  });
});

describe('where something was changed while it waited', () => {
  /** A file that changes two stations, of which somebody changes the first meanwhile. */
  async function overtaken(mode: 'all' | 'good') {
    const built = await previewed(fileOf(['00001', '00002']).join('\n'), cookies.west);
    const { from } = (await apply(built, {}, cookies.west)).body;
    const [first, second] = [from, from + 1];
    const text = `id,heightM\n${first},60\n${second},60\n`;
    const waits = await proposed(text, { mode });
    const command = { type: 'station.change', key: `overtaken-${++made}`, heightM: 44 };
    await server.post({ ...command, id: first, base: 1 }, cookies.west);
    const heights = () => {
      const { stations } = server.live.country.tables;
      return [first, second].map((id) => stations.record(stations.rowOf(id) ?? -1)['heightM']);
    };
    return { ...waits, heights };
  }

  it('nothing of it is done, if all or nothing was proposed: its author sees which rows', async () => {
    const { file, id, heights } = await overtaken('all');
    expect((await decide(id, 'accept')).body).toEqual({ outdated: true });
    expect(heights()).toEqual([44, 30]);
    expect(await shown(id, 'list=closed')).toMatchObject({ state: 'outdated' });
    expect(await seen(file)).toMatchObject({
      ...{ state: 'ready', rows: { changed: 1, refused: 1 } },
      proposal: { state: 'outdated', decidedBy: 'tep.duyet.tay' },
    });
    const again = await apply(file, { mode: 'good' });
    expect((await decide(again.body.proposal, 'accept')).body).toMatchObject({ applied: 1 });
    expect(heights()).toEqual([44, 60]);
  });

  it('the other rows are done, if the good rows were proposed', async () => {
    const { id, heights } = await overtaken('good');
    expect((await decide(id, 'accept')).body).toMatchObject({ applied: 1 });
    expect(heights()).toEqual([44, 60]);
  });
});

describe('what it does to coverage', () => {
  it('is foretold for all of its rows together', async () => {
    const people = covered();
    const { id } = await proposed(fileOf(['00003', '00004', '03003']).join('\n'));
    const effect = await effectOf(id);
    expect(effect).toMatchObject([{ method: 'radius', field: '5g', when: 'now', lost: 0 }]);
    const gained = typeof effect === 'object' ? (effect[0]?.gained ?? NaN) : NaN;
    expect(gained).toBeGreaterThan(500);
    expect((await decide(id, 'accept', cookies.both)).status).toBe(200);
    expect(covered()).toBe(people + gained);
    expect(await effectOf(id, 'linkBudget')).toBe('unknown');
  });

  it('is told for the day on which what is planned is on air', async () => {
    const { id } = await proposed(fileOf(['00004'], 'planned').join('\n'));
    expect(await effectOf(id)).toMatchObject([{ field: '5g', when: 'on_air' }]);
    const stranger = await request(`/api/proposals/${id}/effect`, cookies.east);
    expect(stranger.status).toBe(404);
    await decide(id, 'return', cookies.west, { word: 'Chưa.' });
  });

  it('is told as nothing where it has nothing to do with it', async () => {
    const [lon, lat] = centreOfSmall('00001');
    const text = `name,level,unit,lon,lat,status\nNút tệp,communal,00001,${lon},${lat},up\n`;
    const { body } = await send('nút.csv', text, { kind: 'nodes' }, cookies.editor);
    await expect.poll(async () => (await seen(body.id)).state).toBe('ready');
    const { proposal } = (await apply(body.id)).body;
    expect(await effectOf(proposal)).toBe('none');
  });
});

describe('undoing one that was accepted', () => {
  it('takes it back as a whole, for an approver; its author would need an approval', async () => {
    const { file, id } = await proposed();
    await decide(id, 'accept');
    const before = server.live.country.tables.stations.count;
    expect((await seen(file)).may.undo).toBe(false);
    const own = await post<{ error: Refusal }>(`${file}/undo`, {}, cookies.editor);
    expect(own.status).toBe(403);
    expect((await seen(file)).state).toBe('applied');
    expect((await post(`${file}/undo`, {}, cookies.west)).body).toMatchObject({ undone: 2 });
    expect(server.live.country.tables.stations.count).toBe(before - 2);
  });
});

describe('a server that ends while it applies a proposal', () => {
  it('leaves a proposal, which another goes on with', async () => {
    const { file, id } = await proposed();
    await database.pool.query(
      `update imports set state = 'applying', touched = now() - interval '1 hour' where id = $1`,
      [file],
    );
    expect((await seen(file)).state).toBe('proposed');
    expect((await apply(file)).body).toEqual({ proposal: id });
    expect((await elsewhere.get<ImportSeen>(`${file}`, cookies.west)).may.decide).toBe(true);
    expect((await decide(id, 'accept', cookies.west, {}, other)).status).toBe(200);
  });
});
