/**
 * A server of the small country on a database of its own: what `startProduct` starts, without the
 * page, the demo and the big territory.
 */
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { io, type Socket } from 'socket.io-client';
import type { Account } from '../../data/model/account.ts';
import { emptyCountry } from '../../data/model/country.ts';
import { NATION } from '../../data/model/unit.ts';
import type { Down, Up } from '../../data/wire/stream.ts';
import { ensureAccounts } from '../../server/accounts/accounts.ts';
import { openIdentityProvider } from '../../server/accounts/identity-provider.ts';
import type { Pace } from '../../server/alerts/alerts.ts';
import { composeApp } from '../../server/app.ts';
import type { ProviderConfiguration } from '../../server/configuration.ts';
import { openCore } from '../../server/core.ts';
import type { LiveCountry } from '../../server/country/live.ts';
import { statusOf } from '../../server/country/status.ts';
import { noDisk, type DiskWatch } from '../../server/disk/watch.ts';
import type { Limits } from '../../server/http/throttle.ts';
import type { Follower } from '../../server/log/follow.ts';
import { headOf } from '../../server/log/read.ts';
import { adoptions, adoptPack } from '../../server/territory/adopt.ts';
import { unpackGrid } from '../../server/territory/grid.ts';
import { buildPack } from '../../server/territory/pack.ts';
import type { TestDatabase } from './database.ts';
import { smallTerritory } from './small-territory.ts';

export type TestSocket = Socket<Down, Up>;

export interface TestServer {
  url: string;
  live: LiveCountry;
  follower: Follower;
  /** A cookie of the editor of the whole nation, `bientap`. */
  cookie: string;
  /** Makes an account where there is none, and signs in; answers the cookie. */
  signIn(account: Account): Promise<string>;
  connect(cookie?: string): TestSocket;
  post(command: unknown, cookie?: string): Promise<{ status: number; body: unknown }>;
  close(): Promise<void>;
}

export const TEST_PASSWORD = 'mật khẩu thử';
const EDITOR: Account = { name: 'bientap', role: 'editor', units: [NATION] };

export async function startServer(
  { pool, url: databaseUrl }: TestDatabase,
  options: {
    public?: boolean;
    trustProxy?: boolean;
    publicUrl?: string;
    disk?: DiskWatch;
    limits?: Limits;
    pace?: Pace;
    provider?: ProviderConfiguration;
  } = {},
): Promise<TestServer> {
  if ((await adoptions(pool)) === 0) {
    const { bytes, hash } = await buildPack(smallTerritory());
    await adoptPack(pool, { bytes, hash, kind: 'approximate' }, 'system');
  }
  const { live, follower, commands, review, presence, close } = await openCore({
    pool,
    url: databaseUrl,
    country: emptyCountry(),
    loadGrid: unpackGrid,
    failed: (error) => console.error(error),
  });
  await follower.reached(await headOf(pool), 30_000);
  const { disk = noDisk } = options;
  const http = createServer();
  // Before the sockets, as in the product: they take their own requests out of what is there.
  let answer: RequestListener = () => undefined;
  http.on('request', (request, response) => answer(request, response));
  const app = composeApp(http, {
    pool,
    databaseUrl,
    live,
    follower,
    commands,
    status: () => statusOf(live, 'test', 'off', Date.now(), disk.disk),
    disk,
    review,
    presence,
    public: options.public ?? true,
    trustProxy: options.trustProxy ?? false,
    publicUrl: options.publicUrl,
    provider: options.provider && openIdentityProvider(options.provider, Date.now),
    ...(options.limits ? { limits: options.limits } : {}),
    ...(options.pace ? { pace: options.pace } : {}),
    page: (_request, response) => void response.status(404).end(),
    reportAssets: { style: null, script: null },
    dev: false,
  });
  answer = app.express;
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  async function signIn(account: Account): Promise<string> {
    await ensureAccounts(pool, [account], TEST_PASSWORD);
    const session = await fetch(`${url}/api/session`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ name: account.name, password: TEST_PASSWORD }),
    });
    return session.headers.get('set-cookie')?.split(';')[0] ?? '';
  }
  const cookie = await signIn(EDITOR);
  const sockets: TestSocket[] = [];

  return {
    url,
    live,
    follower,
    cookie,
    signIn,
    connect(withCookie) {
      const socket: TestSocket = io(url, {
        transports: ['websocket'],
        forceNew: true,
        reconnectionDelay: 20,
        reconnectionDelayMax: 100,
        ...(withCookie === undefined ? {} : { extraHeaders: { cookie: withCookie } }),
      });
      sockets.push(socket);
      return socket;
    },
    async post(command, withCookie = cookie) {
      const response = await fetch(`${url}/api/commands`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', cookie: withCookie },
        body: typeof command === 'string' ? command : JSON.stringify(command),
      });
      return { status: response.status, body: await response.json() };
    },
    async close() {
      for (const socket of sockets) socket.disconnect();
      await app.close();
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
      await close();
    },
  };
}
