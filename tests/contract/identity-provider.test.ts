/** Signing in through an identity provider, against a real one, walked as a browser walks it. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { NATION } from '../../data/model/unit.ts';
import type { AccountAct, AccountAnswer, SessionAnswer } from '../../data/wire/accounts.ts';
import { freshDatabase, type TestDatabase } from '../setup/database.ts';
import { startIdentityProvider, type TestProvider } from '../setup/identity-provider.ts';
import { startServer, type TestServer } from '../setup/server.ts';
import { Visitor, type Place } from '../setup/visitor.ts';

let database: TestDatabase;
let provider: TestProvider;
let server: TestServer;
let operator: string;
let whileItWasDown: Place;
beforeAll(async () => {
  database = await freshDatabase();
  provider = await startIdentityProvider();
  server = await startServer(database, { public: false, provider: provider.configuration });
  operator = await server.signIn({ name: 'truc', role: 'operator', units: [NATION] });
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  whileItWasDown = await leave(new Visitor());
  provider.open(server.url);
});
afterAll(async () => {
  vi.restoreAllMocks();
  await server.close();
  await provider.close();
  await database.close();
});

const leave = (visitor: Visitor, to = '/'): Promise<Place> =>
  visitor.go(`${server.url}/api/session/oidc?to=${encodeURIComponent(to)}`);
const pathOf = ({ url }: Place): string => url.slice(server.url.length);

let subjects = 0;
/** Somebody whom the provider knows, with these claims over the ordinary ones. */
function somebody(claims: Record<string, unknown> = {}): string {
  const subject = `subject-${++subjects}`;
  provider.people.set(subject, {
    name: 'Lò Thị Mai',
    preferred_username: `mai.${subjects}`,
    phusong_role: 'editor',
    phusong_units: ['01'],
    ...claims,
  });
  return subject;
}

/** Walks the whole way; answers where it ended and who one is there. */
async function signIn(subject: string, to?: string) {
  const visitor = new Visitor();
  const login = await leave(visitor, to);
  const place = await visitor.go(login.url, { login: subject });
  const answer = await visitor.fetch(`${server.url}/api/session`);
  return { path: pathOf(place), session: (await answer.json()) as SessionAnswer | null, visitor };
}

const ask = async <T>(path: string, body?: object): Promise<T> => {
  const response = await fetch(server.url + path, {
    headers: { cookie: operator, ...(body ? { 'Content-Type': 'application/json' } : {}) },
    ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}),
  });
  return (await response.json()) as T;
};
const accounts = () => ask<AccountAnswer[]>('/api/accounts');

describe('a provider that is down', () => {
  it('keeps nothing from starting; a sign-in tells of it on the page, and works once it is up', async () => {
    const told = await ask<{ name: string }>('/api/session/provider');
    expect(told).toEqual({ name: 'Danh tính thử' });
    expect(pathOf(whileItWasDown)).toBe('/?refused=unreachable');
    expect((await leave(new Visitor())).text).toContain('name="login"');
  });
});

describe('a first sign-in', () => {
  it('makes the account that the claims tell of, and leads back to where one was', async () => {
    const subject = somebody({ preferred_username: 'Mai@So-TTTT.vn', phusong_units: '01 00004' });
    const { path, session } = await signIn(
      subject,
      '/?unit=11&task=gaps#map=7.00/21.00000/103.00000',
    );
    expect(path).toBe('/?unit=11&task=gaps#map=7.00/21.00000/103.00000');
    expect(session).toEqual({
      ...{ name: 'mai@so-tttt.vn', fullName: 'Lò Thị Mai', role: 'editor' },
      ...{ units: ['00004', '01'], mustChange: false, display: false, external: true },
    });
    const [act] = await ask<AccountAct[]>('/api/account-acts');
    expect(act).toMatchObject({
      by: 'Danh tính thử',
      what: 'account.made',
      about: 'mai@so-tttt.vn',
    });
  });

  it('gives a cookie like any other, and takes away the one of the way', async () => {
    const visitor = new Visitor();
    const login = await leave(visitor);
    const jar = visitor.cookies.get(server.url);
    expect([...(jar?.keys() ?? [])]).toEqual(['phusong_departure']);
    await visitor.go(login.url, { login: somebody() });
    expect([...(jar?.keys() ?? [])]).toEqual(['phusong_session']);
  });

  it.each([
    'https://elsewhere.example/',
    '//elsewhere.example',
    '/\\elsewhere.example',
    '/.//elsewhere.example',
  ])('never leads elsewhere: %s', async (to) => {
    expect((await signIn(somebody(), to)).path).toBe('/');
  });
});

describe('a second sign-in', () => {
  it('finds the same account, under its name, with the role and the units of now', async () => {
    const subject = somebody();
    const { session: first } = await signIn(subject);
    somebodyElseNow(subject, {
      preferred_username: 'ten-moi',
      phusong_role: 'viewer',
      phusong_units: ['11'],
    });
    const { session } = await signIn(subject);
    expect(session).toMatchObject({ name: first?.name, role: 'viewer', units: ['11'] });
    expect((await ask<AccountAct[]>('/api/account-acts'))[0]?.what).toBe('account.changed');
    expect((await accounts()).map(({ name }) => name)).not.toContain('ten-moi');
  });

  function somebodyElseNow(subject: string, claims: Record<string, unknown>): void {
    provider.people.set(subject, { ...provider.people.get(subject), ...claims });
  }
});

describe('what the provider says is checked', () => {
  it.each([
    ['no role', { phusong_role: undefined }, 'role'],
    ['a role that is none', { phusong_role: 'king' }, 'role'],
    ['two roles', { phusong_role: ['editor', 'operator'] }, 'role'],
    ['no units', { phusong_units: undefined }, 'units'],
    ['an empty list of units', { phusong_units: [] }, 'units'],
    ['units that are no codes', { phusong_units: [1, { a: 1 }] }, 'units'],
    ['a unit that is not there', { phusong_units: ['01', '77'] }, 'units'],
    ['a name that cannot be one', { preferred_username: 'Lò Thị Mai' }, 'name'],
    ['the name of an account of ours', { preferred_username: 'truc' }, 'taken'],
  ])('%s is told on the page, and nothing is made', async (_, claims, why) => {
    const before = await accounts();
    const { path, session } = await signIn(somebody(claims));
    expect([path, session]).toEqual([`/?refused=${why}`, null]);
    expect((await accounts()).length).toBe(before.length);
  });

  it('a role in a list among others of no meaning here is taken, and an e-mail as the name', async () => {
    const { session } = await signIn(
      somebody({
        preferred_username: undefined,
        email: 'lan@so-tttt.vn',
        phusong_role: ['offline_access', 'planner'],
      }),
    );
    expect(session).toMatchObject({ name: 'lan@so-tttt.vn', role: 'planner' });
  });
});

describe('nobody gets in', () => {
  it('who gave up at the provider', async () => {
    const visitor = new Visitor();
    const login = await leave(visitor);
    expect(pathOf(await visitor.go(login.url, { login: '' }))).toBe('/?refused=denied');
  });

  it('whose account is disabled here, until it is enabled', async () => {
    const subject = somebody();
    const { session } = await signIn(subject);
    await ask(`/api/accounts/${session?.name}`, { disabled: true });
    expect(await signIn(subject)).toMatchObject({ path: '/?refused=disabled', session: null });
    await ask(`/api/accounts/${session?.name}`, { disabled: false });
    expect((await signIn(subject)).session?.name).toBe(session?.name);
  });

  it('with an answer that was used, that another browser asked for, or that was made up', async () => {
    const visitor = new Visitor();
    const login = await leave(visitor);
    const kept = new Map(visitor.cookies.get(server.url));
    const answer = await returnOf(visitor, login, somebody());
    expect(pathOf(await new Visitor().go(answer))).toBe('/?refused=expired');
    expect(pathOf(await visitor.go(answer.replace(/state=[^&]+/, 'state=made-up')))).toBe(
      '/?refused=expired',
    );
    visitor.cookies.set(server.url, new Map(kept));
    expect(pathOf(await visitor.go(answer))).toBe('/');
    // The browser that kept a copy of its cookie meets the provider, which takes a code once.
    visitor.cookies.set(server.url, new Map(kept));
    expect(pathOf(await visitor.go(answer))).toBe('/?refused=expired');
    expect(pathOf(await visitor.go(`${server.url}/api/session/oidc/callback`))).toBe(
      '/?refused=expired',
    );
  });

  it('with a password: an account of the provider has none here', async () => {
    const { session } = await signIn(somebody());
    for (const password of ['null', 'undefined', 'một mật khẩu bất kỳ']) {
      const response = await fetch(`${server.url}/api/session`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ name: session?.name, password }),
      });
      expect(response.status).toBe(401);
    }
  });

  /** The address to which the provider sends a browser back, not yet gone to. */
  async function returnOf(visitor: Visitor, login: Place, subject: string): Promise<string> {
    const body = new URLSearchParams({ login: subject });
    let next = (await visitor.fetch(login.url, { method: 'POST', body })).headers.get('location');
    while (next !== null && !next.startsWith(server.url))
      next = (await visitor.fetch(next)).headers.get('location');
    return next ?? '';
  }
});
