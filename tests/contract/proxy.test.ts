/**
 * Behind a proxy that ends TLS: cookies, the address to which an identity provider sends back, and the
 * page whose requests are taken for our own.
 */
import { io } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshDatabase, type TestDatabase } from '../setup/database.ts';
import { startIdentityProvider, type TestProvider } from '../setup/identity-provider.ts';
import { startServer, TEST_PASSWORD, type TestServer } from '../setup/server.ts';

const THROUGH_PROXY = { 'X-Forwarded-Proto': 'https', 'X-Forwarded-Host': 'ban-do.example.vn' };

let database: TestDatabase;
let provider: TestProvider;
const servers: TestServer[] = [];
beforeAll(async () => {
  database = await freshDatabase();
  provider = await startIdentityProvider();
  provider.open('http://localhost');
});
afterAll(async () => {
  for (const server of servers) await server.close();
  await provider.close();
  await database.close();
});

async function start(options: Parameters<typeof startServer>[1]): Promise<TestServer> {
  const server = await startServer(database, { ...options, provider: provider.configuration });
  servers.push(server);
  return server;
}

async function cookieOf({ url }: TestServer, headers: Record<string, string>): Promise<string> {
  const response = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify({ name: 'bientap', password: TEST_PASSWORD }),
  });
  expect(response.headers.get('cache-control')).toBe('no-store');
  return response.headers.get('set-cookie') ?? '';
}

/** Leaves for the provider: the cookie, and the address to come back to. */
async function leave({ url }: TestServer, headers: Record<string, string>) {
  const response = await fetch(`${url}/api/session/oidc`, { headers, redirect: 'manual' });
  expect([response.status, response.headers.get('cache-control')]).toEqual([303, 'no-store']);
  const address = new URL(response.headers.get('location') ?? '');
  return {
    cookie: response.headers.get('set-cookie') ?? '',
    back: address.searchParams.get('redirect_uri'),
    asked: address.searchParams,
  };
}

describe('a server that trusts the proxy in front of it', () => {
  let server: TestServer;
  beforeAll(async () => (server = await start({ trustProxy: true })));

  it('gives cookies for TLS alone where the proxy says that there is TLS', async () => {
    expect(await cookieOf(server, THROUGH_PROXY)).toMatch(/; Secure/);
    expect(await cookieOf(server, {})).not.toMatch(/Secure/);
  });

  it('is come back to at the address of the proxy', async () => {
    const { cookie, back } = await leave(server, THROUGH_PROXY);
    expect(back).toBe('https://ban-do.example.vn/api/session/oidc/callback');
    for (const attribute of ['HttpOnly', 'Secure', 'SameSite=Lax', 'Path=/api/session/oidc'])
      expect(cookie).toContain(attribute);
  });
});

describe('a server that trusts nobody in front of it', () => {
  it('believes no header of whoever comes', async () => {
    const server = await start({});
    expect(await cookieOf(server, THROUGH_PROXY)).not.toMatch(/Secure/);
    expect((await leave(server, THROUGH_PROXY)).back).toBe(
      `${server.url}/api/session/oidc/callback`,
    );
  });
});

describe('a server that was told its address', () => {
  it('is come back to there, whatever a request says', async () => {
    const server = await start({ trustProxy: true, publicUrl: 'https://phusong.gov.example' });
    const { back, asked } = await leave(server, THROUGH_PROXY);
    expect(back).toBe('https://phusong.gov.example/api/session/oidc/callback');
    expect(asked.get('code_challenge_method')).toBe('S256');
    for (const name of ['state', 'nonce', 'code_challenge'])
      expect(asked.get(name)?.length).toBeGreaterThan(20);
  });

  describe('behind a proxy that does not pass Host on', () => {
    let server: TestServer;
    beforeAll(
      async () => (server = await start({ publicUrl: 'https://phusong.gov.example:8443' })),
    );

    it.each<[string, string | undefined, boolean]>([
      ['its own address', 'https://phusong.gov.example:8443', true],
      ['the host that the request names', undefined, true],
      ['another site', 'https://elsewhere.example', false],
      ['another port', 'https://phusong.gov.example', false],
      ['no address at all', 'null', false],
    ])('answers a page of %s', async (_, origin = server.url, taken) => {
      const response = await fetch(`${server.url}/api/session`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', origin },
        body: JSON.stringify({ name: 'bientap', password: TEST_PASSWORD }),
      });
      expect(response.status).toBe(taken ? 200 : 403);
      const form = await fetch(`${server.url}/bao/00001`, { method: 'POST', headers: { origin } });
      // An empty form is refused too, but for what it is.
      expect(form.status === 403).toBe(!taken);
      expect(await connects(server, origin)).toBe(taken);
    });
  });
});

/** Whether a socket of a page of that origin is let in. */
async function connects({ url }: TestServer, origin: string): Promise<boolean> {
  const socket = io(url, {
    ...{ transports: ['websocket'], forceNew: true, reconnection: false },
    extraHeaders: { origin },
  });
  try {
    return await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true));
      socket.once('connect_error', () => resolve(false));
    });
  } finally {
    socket.disconnect();
  }
}
