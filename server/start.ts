/**
 * Brings the whole product up, step by step, and takes it down again. Whatever a person has to put
 * right comes out as a `StartError` with one sentence. `signal` stops it between two steps.
 */
import { createServer, type RequestListener, type Server } from 'node:http';
import path from 'node:path';
import pg from 'pg';
import { makeFirstAccounts, type Login } from './accounts/first-accounts.ts';
import { openIdentityProvider } from './accounts/identity-provider.ts';
import { ORDINARY_RULES } from './alerts/ordinary-rules.ts';
import { furnish } from './alerts/rules.ts';
import { composeApp } from './app.ts';
import type { Configuration } from './configuration.ts';
import { openCore } from './core.ts';
import type { Refusal } from '../data/wire/commands.ts';
import type { LiveCountry } from './country/live.ts';
import { statusOf } from './country/status.ts';
import { openDatabase } from './database/open.ts';
import { freeMBOf, noDisk, watchDisk, type DiskWatch } from './disk/watch.ts';
import { runDemo, type Demo } from './demo/run.ts';
import { codeOf, StartError } from './errors.ts';
import { headOf } from './log/read.ts';
import { migrate } from './log/schema.ts';
import { codeHash, EVENTS_PER_STATE, keepState, readState } from './log/states.ts';
import { ensurePage, sourcesHash } from './page/build.ts';
import { builtPage, builtReportAssets, livePage } from './page/serve.ts';
import { adoptions, adoptPack } from './territory/adopt.ts';
import { readApproximatePack } from './territory/approximate.ts';
import { loadGrid } from './territory/grid.ts';
import { openPack } from './territory/pack.ts';

export interface Running {
  url: string;
  /** Accounts that a person can sign in with, where the system made them itself. */
  logins: readonly Login[];
  live: LiveCountry;
  pool: pg.Pool;
  /** Rejects when the product cannot go on, with the reason. */
  failed: Promise<never>;
  stop(): Promise<void>;
}

const CATCH_UP_MS = 600_000;

export async function startProduct(
  configuration: Configuration,
  say: (message: string) => void,
  signal: AbortSignal = new AbortController().signal,
): Promise<Running> {
  const cleanUp: (() => Promise<unknown>)[] = [];
  async function stop(): Promise<void> {
    for (let step = cleanUp.pop(); step; step = cleanUp.pop()) await step();
  }
  let fail: (error: unknown) => void = () => undefined;
  const failed = new Promise<never>((_, reject) => (fail = reject));
  failed.catch(() => undefined);

  try {
    const http = createServer();
    let answer: RequestListener = answerStarting;
    http.on('request', (request, response) => answer(request, response));
    const port = await listen(http, configuration.port);
    cleanUp.push(() => closeHttp(http));

    const build = await sourcesHash();
    const page = configuration.dev ? livePage(http) : ensureBuiltPage(build, say);
    // It is awaited below; until then a failure must not end the process unheard.
    page.catch(() => undefined);

    const { databaseUrl, dataDir } = configuration;
    const database = await openDatabase({
      ...(databaseUrl === undefined ? {} : { databaseUrl }),
      dataDir,
      onProgress: say,
    });
    cleanUp.push(() => database.close());
    const { home } = database;
    const disk = home === undefined ? noDisk : await watchDisk(() => freeMBOf(home));
    cleanUp.push(async () => disk.close());
    void database.lost.then(fail);
    const pool = new pg.Pool({ connectionString: database.url, max: 16 });
    pool.on('error', () => undefined);
    cleanUp.push(() => pool.end());
    await migrate(pool);
    signal.throwIfAborted();
    const logins = await makeFirstAccounts(pool, configuration.demo);
    await furnish(pool, ORDINARY_RULES);

    if ((await adoptions(pool)) === 0) {
      say('taking the approximate territory into use');
      const bytes = await readApproximatePack();
      const { hash } = openPack(bytes);
      await adoptPack(pool, { bytes, hash, kind: 'approximate' }, 'system');
    }

    const code = await codeHash();
    const { live, follower, commands, review, presence, close } = await openCore({
      pool,
      url: database.url,
      country: await readState(pool, code),
      async loadGrid(territory) {
        say('unpacking the territory and its people');
        return loadGrid(territory, path.join(dataDir, 'cache'));
      },
      failed: fail,
    });
    cleanUp.push(close);
    signal.throwIfAborted();
    keepStates(pool, code, live, disk);
    const head = await headOf(pool);
    if (head - live.country.seq > 1_000) say(`reading ${head - live.country.seq} events`);
    await Promise.race([follower.reached(head, CATCH_UP_MS), failed]);
    signal.throwIfAborted();

    let demo: Demo | undefined;
    if (configuration.demo) {
      const { demoSeed: seed, demoSpeed: speed } = configuration;
      const held = (): boolean => disk.refusal() !== undefined;
      demo = await runDemo({ pool, follower, live, seed, speed, held, say, failed: fail });
      cleanUp.push(() => demo?.stop() ?? Promise.resolve());
    }

    const served = await page;
    const app = composeApp(http, {
      pool,
      databaseUrl: database.url,
      live,
      follower,
      commands,
      status: () => statusOf(live, build, demo?.state ?? 'off', Date.now(), disk.disk),
      disk,
      review,
      presence,
      public: configuration.public,
      trustProxy: configuration.trustProxy,
      publicUrl: configuration.publicUrl,
      provider: configuration.provider && openIdentityProvider(configuration.provider, Date.now),
      page: served.handler,
      reportAssets: served.reportAssets,
      dev: configuration.dev,
    });
    cleanUp.push(() => app.close());
    // Before the sockets: Vite's own would keep them from closing.
    if (served.close) cleanUp.push(served.close);
    answer = app.express;
    app.warm().catch((error: unknown) => console.error('Gaps are made when asked for.', error));
    return { url: `http://localhost:${port}`, logins, live, pool, failed, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function ensureBuiltPage(build: string, say: (message: string) => void) {
  const made = await ensurePage(build);
  if (made === 'built') say('the client is built');
  return { handler: builtPage(), reportAssets: await builtReportAssets(), close: undefined };
}

/** What is answered while the steps above go on. */
const answerStarting: RequestListener = (_request, response) => {
  response.writeHead(503, { 'Content-Type': 'application/json', 'Retry-After': '2' });
  const error: Refusal = { code: 'unavailable', message: 'The server is starting.' };
  response.end(JSON.stringify({ status: 'starting', error }));
};

function listen(http: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    http.once('error', (error) => {
      const why: Record<string, string> = {
        EADDRINUSE: `Port ${port} is taken: stop what listens there, or set PORT to another.`,
        EACCES: `Port ${port} needs more rights than this user has: set PORT to 1024 or more.`,
      };
      const sentence = why[codeOf(error) ?? ''];
      reject(sentence ? new StartError(sentence, { cause: error }) : error);
    });
    http.listen(port, () => {
      const address = http.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}

function closeHttp(http: Server): Promise<void> {
  return new Promise((resolve) => {
    http.close(() => resolve());
    http.closeAllConnections();
  });
}

function keepStates(pool: pg.Pool, code: string, live: LiveCountry, disk: DiskWatch): void {
  let keptAt = live.country.seq;
  live.onApplied(() => {
    if (live.country.seq - keptAt < EVENTS_PER_STATE || disk.refusal()) return;
    keptAt = live.country.seq;
    keepState(pool, code, live.country).catch((error: unknown) =>
      console.error('The state could not be kept; the log is whole, a start takes longer.', error),
    );
  });
}
