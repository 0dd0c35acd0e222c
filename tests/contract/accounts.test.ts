/** Accounts, sessions and displays, as an operator keeps them and as everybody meets them. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { NATION } from '../../data/model/unit.ts';
import type {
  AccountAct,
  AccountAnswer,
  DisplayAnswer,
  NewDisplayAnswer,
  OneTimePassword,
  OpenSession,
  SessionAnswer,
} from '../../data/wire/accounts.ts';
import type { Refusal } from '../../data/wire/commands.ts';
import { makeFirstAccounts } from '../../server/accounts/first-accounts.ts';
import { freshDatabase, type TestDatabase } from '../setup/database.ts';
import { startServer, TEST_PASSWORD, type TestServer } from '../setup/server.ts';

let database: TestDatabase;
let server: TestServer;
let operator: string;
beforeAll(async () => {
  database = await freshDatabase();
  server = await startServer(database, { public: false });
  operator = await server.signIn({ name: 'truc', role: 'operator', units: [NATION] });
});
beforeEach(() => database.pool.query('delete from sign_in_failures'));
afterAll(async () => {
  await server.close();
  await database.close();
});

interface Answer<T> {
  status: number;
  body: T & { error: Refusal };
  cookie: string;
  setCookie: string;
}
async function ask<T>(
  method: string,
  path: string,
  {
    body,
    cookie = operator,
    headers = {},
  }: { body?: unknown; cookie?: string; headers?: object } = {},
): Promise<Answer<T>> {
  const response = await fetch(server.url + path, {
    method,
    headers: {
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      cookie,
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const setCookie = response.headers.get('set-cookie') ?? '';
  return {
    status: response.status,
    body: (await response.json().catch(() => null)) as Answer<T>['body'],
    cookie: setCookie.split(';')[0] ?? '',
    setCookie,
  };
}
const signIn = (name: string, password: string) =>
  ask<SessionAnswer>('POST', '/api/session', { body: { name, password }, cookie: '' });

let people = 0;
/** Somebody new, whom the operator made; they have changed their password. */
async function somebody(more: object = {}): Promise<{ name: string; cookie: string }> {
  const name = `nguoi-${++people}`;
  const made = await ask<OneTimePassword>('POST', '/api/accounts', {
    body: { name, role: 'editor', units: ['01'], ...more },
  });
  expect(made.status).toBe(201);
  const { cookie } = await signIn(name, made.body.password);
  const changed = await ask('POST', '/api/session/password', {
    body: { current: made.body.password, password: TEST_PASSWORD },
    cookie,
  });
  expect(changed.status).toBe(200);
  return { name, cookie };
}
const reads = async (cookie: string): Promise<boolean> =>
  (await ask('GET', '/api/units?level=nation', { cookie })).status === 200;

describe('signing in', () => {
  it('gives a cookie that scripts and other sites cannot use, and says who one is', async () => {
    const { name } = await somebody({ fullName: 'Lò Thị Mai' });
    const { body, setCookie } = await signIn(name.toUpperCase(), TEST_PASSWORD);
    expect(body).toEqual({
      ...{ name, fullName: 'Lò Thị Mai', role: 'editor', units: ['01'] },
      ...{ mustChange: false, display: false, external: false },
    });
    expect(setCookie).toMatch(/HttpOnly/);
    expect(setCookie).toMatch(/SameSite=Strict/);
  });

  it('answers an unknown name exactly like a wrong password', async () => {
    const { name } = await somebody();
    const wrong = await signIn(name, 'không phải mật khẩu này');
    const unknown = await signIn('khong-co-ai', 'không phải mật khẩu này');
    expect([unknown.status, unknown.body]).toEqual([wrong.status, wrong.body]);
    expect(wrong.status).toBe(401);
  });

  it('slows down who guesses, whether the name is known or not; the right password too', async () => {
    const { name } = await somebody();
    for (const tried of [name, 'khong-co-ai']) {
      for (let i = 0; i < 8; i++) expect((await signIn(tried, `sai ${i}`)).status).toBe(401);
      expect((await signIn(tried, TEST_PASSWORD)).status).toBe(429);
    }
  });

  it('is refused to a page of another site', async () => {
    const { status } = await ask('POST', '/api/session', {
      body: { name: 'truc', password: TEST_PASSWORD },
      headers: { origin: 'https://elsewhere.example' },
    });
    expect(status).toBe(403);
  });
});

describe('a one-time password', () => {
  it('opens nothing but the change of the password', async () => {
    const name = `nguoi-${++people}`;
    const made = await ask<OneTimePassword>('POST', '/api/accounts', {
      body: { name, role: 'operator', units: [NATION] },
    });
    const { cookie, body } = await signIn(name, made.body.password);
    expect(body.mustChange).toBe(true);
    expect(await reads(cookie)).toBe(false);
    expect((await ask('GET', '/api/accounts', { cookie })).status).toBe(401);
    const change = (password: string) =>
      ask('POST', '/api/session/password', {
        body: { current: made.body.password, password },
        cookie,
      });
    expect((await change('ngắn')).body.error).toMatchObject({ code: 'invalid', path: 'password' });
    expect((await change(made.body.password)).body.error.path).toBe('password');
    expect((await change('một mật khẩu đủ dài')).status).toBe(200);
    expect(await reads(cookie)).toBe(true);
  });
});

describe('a session', () => {
  it('ends where somebody signs out, and no other of theirs', async () => {
    const { name, cookie } = await somebody();
    const other = await signIn(name, TEST_PASSWORD);
    expect((await ask('DELETE', '/api/session', { cookie })).status).toBe(204);
    expect([await reads(cookie), await reads(other.cookie)]).toEqual([false, true]);
  });

  it('ends with a change of the password, but for the one that changed it', async () => {
    const { name, cookie } = await somebody();
    const other = await signIn(name, TEST_PASSWORD);
    const body = { current: TEST_PASSWORD, password: 'một mật khẩu khác hẳn' };
    await ask('POST', '/api/session/password', { body, cookie });
    expect([await reads(cookie), await reads(other.cookie)]).toEqual([true, false]);
  });

  it.each([
    ['lies idle for three days', `update sessions set seen = now() - interval '73 hours'`],
    ['is two weeks old', `update sessions set expires = now() - interval '1 second'`],
  ])('ends when it %s', async (_, aged) => {
    const { name, cookie } = await somebody();
    await database.pool.query(`${aged} where account = $1`, [name]);
    expect(await reads(cookie)).toBe(false);
  });

  it('is listed for an operator and ended by one, and the line that it holds is cut', async () => {
    const { name, cookie } = await somebody();
    const socket = server.connect(cookie);
    await new Promise<void>((resolve) => socket.once('connect', resolve));
    const cut = new Promise((resolve) => socket.once('disconnect', resolve));
    const sessions = (await ask<OpenSession[]>('GET', '/api/sessions')).body;
    expect(sessions.filter(({ own }) => own)).toHaveLength(1);
    const theirs = sessions.find(({ account }) => account === name);
    expect(theirs).toMatchObject({
      own: false,
      address: expect.stringContaining('127.0.0.1') as string,
    });
    expect((await ask('DELETE', `/api/sessions/${theirs?.id}`)).status).toBe(200);
    expect(await reads(cookie)).toBe(false);
    await cut;
  });
});

describe('accounts', () => {
  it('are kept by operators alone', async () => {
    const { cookie } = await somebody();
    for (const [method, path] of [
      ['GET', '/api/accounts'],
      ['POST', '/api/accounts'],
      ['POST', '/api/accounts/truc'],
      ['POST', '/api/accounts/truc/password'],
      ['GET', '/api/sessions'],
      ['DELETE', '/api/sessions/1'],
      ['GET', '/api/displays'],
      ['POST', '/api/displays'],
      ['DELETE', '/api/displays/1'],
      ['GET', '/api/account-acts'],
    ] as const) {
      expect([path, (await ask(method, path, { cookie })).status]).toEqual([path, 403]);
      expect([path, (await ask(method, path, { cookie: '' })).status]).toEqual([path, 401]);
    }
  });

  it('are listed with role, units and when they were last here; never with a password', async () => {
    const { name } = await somebody({ role: 'reporter', units: ['00002', '00001'] });
    const { body } = await ask<AccountAnswer[]>('GET', '/api/accounts');
    expect(body.find((account) => account.name === name)).toMatchObject({
      ...{ role: 'reporter', units: ['00001', '00002'], disabled: false, external: false },
      ...{ mustChange: false, sessions: 1, lastSeen: expect.any(String) as string },
    });
    expect(JSON.stringify(body)).not.toMatch(/argon2|password/);
  });

  it('are changed: the next command meets the new role and units', async () => {
    const { name, cookie } = await somebody();
    await ask('POST', `/api/accounts/${name}`, { body: { role: 'viewer', units: ['11'] } });
    const session = await ask<SessionAnswer>('GET', '/api/session', { cookie });
    expect(session.body).toMatchObject({ role: 'viewer', units: ['11'] });
  });

  it('are disabled, which ends their sessions, and enabled again', async () => {
    const { name, cookie } = await somebody();
    await ask('POST', `/api/accounts/${name}`, { body: { disabled: true } });
    expect(await reads(cookie)).toBe(false);
    expect((await signIn(name, TEST_PASSWORD)).status).toBe(401);
    await ask('POST', `/api/accounts/${name}`, { body: { disabled: false } });
    expect((await signIn(name, TEST_PASSWORD)).status).toBe(200);
  });

  it('get a new one-time password from an operator; the old one and its sessions end', async () => {
    const { name, cookie } = await somebody();
    const { body } = await ask<OneTimePassword>('POST', `/api/accounts/${name}/password`);
    expect(await reads(cookie)).toBe(false);
    expect((await signIn(name, TEST_PASSWORD)).status).toBe(401);
    expect((await signIn(name, body.password)).body.mustChange).toBe(true);
  });

  it('never lose their last operator', async () => {
    const others = (await ask<AccountAnswer[]>('GET', '/api/accounts')).body.filter(
      ({ name, role }) => role === 'operator' && name !== 'truc',
    );
    for (const { name } of others)
      await ask('POST', `/api/accounts/${name}`, { body: { role: 'viewer' } });
    for (const body of [{ disabled: true }, { role: 'viewer' }])
      expect((await ask('POST', '/api/accounts/truc', { body })).body.error).toMatchObject({
        code: 'in_use',
        path: 'role',
      });
  });

  it.each([
    ['a name that is none', { name: 'Có dấu', role: 'editor', units: ['01'] }, 'name'],
    ['a name that the log keeps', { name: 'public', role: 'editor', units: ['01'] }, 'name'],
    ['a role that is none', { name: 'ai-do', role: 'king', units: ['01'] }, 'role'],
    ['no unit', { name: 'ai-do', role: 'editor', units: [] }, 'units'],
    ['a unit that is not there', { name: 'ai-do', role: 'editor', units: ['77'] }, 'units'],
    ['a name that is taken', { name: 'truc', role: 'editor', units: ['01'] }, 'name'],
  ])('are refused by name with %s', async (_, body, path) => {
    expect((await ask('POST', '/api/accounts', { body })).body.error.path).toBe(path);
  });

  it('leave a trace of who did what to whom', async () => {
    const { name } = await somebody();
    await ask('POST', `/api/accounts/${name}`, { body: { disabled: true } });
    const { body } = await ask<AccountAct[]>('GET', '/api/account-acts');
    expect(body.slice(0, 3).map(({ by, what, about }) => [by, what, about])).toEqual([
      ['truc', 'account.changed', name],
      [name, 'password.changed', name],
      ['truc', 'account.made', name],
    ]);
  });
});

describe('a display token', () => {
  it('signs a wall in, which can look and nothing else, until it is removed', async () => {
    const made = (
      await ask<NewDisplayAnswer>('POST', '/api/displays', { body: { name: 'Tường A' } })
    ).body;
    const { body, cookie } = await ask<SessionAnswer>('POST', '/api/session', {
      body: { token: made.token },
      cookie: '',
    });
    expect(body).toMatchObject({ name: 'Tường A', role: 'viewer', display: true });
    expect(await reads(cookie)).toBe(true);
    const command = { type: 'station.remove', key: 'tuong-thu-1', id: 1, base: 1 };
    expect((await server.post(command, cookie)).status).toBe(403);
    const listed = (await ask<DisplayAnswer[]>('GET', '/api/displays')).body;
    expect(listed).toMatchObject([{ name: 'Tường A', madeBy: 'truc' }]);
    expect(JSON.stringify(listed)).not.toContain(made.token);
    await ask('DELETE', `/api/displays/${made.id}`);
    expect(await reads(cookie)).toBe(false);
    const again = await ask('POST', '/api/session', { body: { token: made.token }, cookie: '' });
    expect(again.status).toBe(401);
  });
});

describe('a new system', () => {
  it('makes one operator with a password to be changed, shown once', async () => {
    const fresh = await freshDatabase();
    const [login, ...more] = await makeFirstAccounts(fresh.pool, false);
    expect([login?.name, more]).toEqual(['operator', []]);
    expect(await makeFirstAccounts(fresh.pool, false)).toEqual([]);
    await fresh.close();
  });

  it('has besides in the demo an editor for each of the 34 provinces', async () => {
    const fresh = await freshDatabase();
    await makeFirstAccounts(fresh.pool, true);
    const { rows } = await fresh.pool.query<{ units: string[] }>(
      `select units from accounts where role = 'editor' and units <> '{vn}'`,
    );
    expect(new Set(rows.map(({ units }) => units.join())).size).toBe(34);
    await fresh.close();
  });
});
