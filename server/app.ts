/**
 * Composes what answers requests; listens to nothing itself. Routes are grouped by subject in
 * server/http; here is the order in which a request meets them.
 */
import type { Server as HttpServer } from 'node:http';
import compression from 'compression';
import express, { json, type ErrorRequestHandler, type Express } from 'express';
import helmet from 'helmet';
import type { Pool } from 'pg';
import { Server } from 'socket.io';
import type { Down, Status, Up } from '../data/wire/stream.ts';
import type { Commands } from './commands/handle.ts';
import type { LiveCountry } from './country/live.ts';
import type { Follower } from './log/follow.ts';
import { gapRoutes } from './gaps/gap-routes.ts';
import { accountRoutes } from './http/account-routes.ts';
import { countryRoutes } from './http/country-routes.ts';
import { accountOfRequest, isSameOrigin, readersOnly } from './http/identity.ts';
import { createMetrics } from './http/metrics.ts';
import { refuse } from './http/refusal.ts';
import { sessionRoutes } from './http/session-routes.ts';
import { photoRoutes } from './photos/photo-routes.ts';
import { planRoutes } from './plans/plan-routes.ts';
import { createPlans } from './plans/plans.ts';
import { createProgress } from './progress/progress.ts';
import { progressRoutes } from './progress/routes.ts';
import type { ReportAssets } from './reports/page.ts';
import { reportPageRoutes } from './reports/page-routes.ts';
import { reportRoutes } from './reports/report-routes.ts';
import { scenarioRoutes } from './scenarios/scenario-routes.ts';
import { cutEndedSessions } from './stream/ended-sessions.ts';
import { openStream, type SocketData, type Stream } from './stream/stream.ts';
import { tileRoutes } from './territory/tiles.ts';

/** What one client may send in one message. */
const MOST_BYTES = 64 * 1024;

export interface Product {
  pool: Pool;
  live: LiveCountry;
  follower: Pick<Follower, 'ring' | 'reached'>;
  commands: Commands;
  status: () => Status;
  /** Reading without signing in. */
  public: boolean;
  trustProxy: boolean;
  /** Serves the page; comes last. */
  page: express.RequestHandler;
  /** What the small pages for reports are dressed with. */
  reportAssets: ReportAssets;
  /** Vite's own page needs inline styles, a socket and a worker; the built one nothing of the kind. */
  dev: boolean;
}

export interface App {
  express: Express;
  stream: Stream;
  close(): Promise<void>;
}

export function composeApp(http: HttpServer, product: Product): App {
  const { pool, live, follower, commands, status } = product;
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', product.trustProxy ? 1 : false);
  app.use(securityHeaders(product.dev));

  const io = new Server<Up, Down, Record<string, never>, SocketData>(http, {
    maxHttpBufferSize: MOST_BYTES,
    serveClient: false,
    pingInterval: 5_000,
    pingTimeout: 5_000,
    allowRequest: (request, answer) => answer(null, isSameOrigin(request)),
  });
  const metrics = createMetrics({
    seq: () => live.country.seq,
    clients: () => io.engine.clientsCount,
  });
  const counted: Commands = {
    async handle(input, account) {
      const answer = await commands.handle(input, account);
      if ('error' in answer) metrics.refused(answer.error.code);
      return answer;
    },
  };
  io.use((socket, next) => {
    socket.data.whoAmI = () => accountOfRequest(pool, socket.request);
    socket.data
      .whoAmI()
      .then((account) => next(account || product.public ? undefined : new Error('unauthenticated')))
      .catch(() => next(new Error('unavailable')));
  });
  const stopCutting = cutEndedSessions(pool, io);
  const stream = openStream({ io, live, commands: counted, status, onSent: metrics.sent });

  app.get('/healthz', (_request, response) => {
    response.json({ status: 'ok', seq: live.country.seq, territory: territoryOf(live) });
  });
  app.get('/metrics', async (_request, response) => {
    response.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });

  const readers = readersOnly(pool, product.public);
  app.use('/tiles', readers);
  app.use(tileRoutes(() => live.ground?.territory));
  app.use('/api', (request, response, next) => {
    if (request.method === 'GET' || isSameOrigin(request)) next();
    else refuse(response, { code: 'forbidden', message: 'The request comes from another site.' });
  });
  app.use('/api/session', sessionRoutes(pool));
  app.use(
    '/api',
    accountRoutes(pool, (code) => live.ground?.hasUnit(code) ?? false),
  );
  app.post('/api/commands', json({ limit: MOST_BYTES }), async (request, response) => {
    const account = await accountOfRequest(pool, request);
    const answer = await counted.handle(request.body, account);
    if ('error' in answer) refuse(response, answer.error);
    else response.json(answer);
  });
  // Open to everybody, on a closed system too: whoever reports has no account.
  const assets = product.reportAssets;
  app.use('/bao', compression(), reportPageRoutes({ pool, live, follower, assets, now: Date.now }));
  app.use('/api', photoRoutes(pool, live));
  app.use('/api', readers, compression());
  app.use('/api', countryRoutes(live, Date.now));
  app.use('/api', gapRoutes(live, Date.now));
  app.use('/api', scenarioRoutes({ pool, live, commands: counted }));
  const plans = createPlans(live);
  app.use('/api/plans', planRoutes(pool, plans));
  app.use('/api', reportRoutes(pool, live, Date.now));
  app.use('/api', progressRoutes(createProgress({ pool, live, now: Date.now })));
  app.use('/api', (request, response) =>
    refuse(response, { code: 'not_found', message: `There is no ${request.originalUrl}.` }),
  );
  app.use(product.page);
  app.use(refuseWhatWentWrong);
  return {
    express: app,
    stream,
    async close() {
      stopCutting();
      stream.close();
      plans.close();
      await io.close();
    },
  };
}

function territoryOf({ country, ground }: LiveCountry) {
  if (!country.territory || !ground) return null;
  const { hash, kind } = country.territory;
  const { provinces, communes } = ground.territory;
  return { kind, hash, provinces: provinces.length, communes: communes.length };
}

function securityHeaders(dev: boolean): express.RequestHandler {
  const inlineForVite = dev ? ["'unsafe-inline'"] : [];
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'", ...inlineForVite],
        styleSrc: ["'self'", ...inlineForVite],
        // MapLibre draws its images from blobs and data that it makes itself.
        imgSrc: ["'self'", 'data:', 'blob:'],
        workerSrc: ["'self'", ...(dev ? ['blob:'] : [])],
        connectSrc: ["'self'", ...(dev ? ['ws:'] : [])],
        fontSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    // TLS is ended in front of us, if at all; what ends it says so to browsers.
    strictTransportSecurity: false,
    referrerPolicy: { policy: 'same-origin' },
  });
}

/** Bodies that do not parse, and our own mistakes: an answer, never a crash, never a stack. */
const refuseWhatWentWrong: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  if (response.headersSent) {
    next(error);
    return;
  }
  const status = (error as { status?: unknown }).status;
  if (status === 413)
    refuse(response, { code: 'too_large', message: `A message may be ${MOST_BYTES} bytes long.` });
  else if (typeof status === 'number' && status < 500)
    refuse(response, { code: 'invalid', message: 'The request cannot be read.' });
  else {
    console.error(error);
    refuse(response, { code: 'unavailable', message: 'The server could not do it now.' });
  }
};
