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
import type { IdentityProvider } from './accounts/identity-provider.ts';
import { alertRoutes } from './alerts/alert-routes.ts';
import { keepAlerts, PACE, type Pace } from './alerts/alerts.ts';
import { countWaiting } from './alerts/outbox.ts';
import { ruleRoutes } from './alerts/rule-routes.ts';
import { countAllOpen } from './alerts/store.ts';
import { webhookRoutes } from './alerts/webhook-routes.ts';
import type { Commands } from './commands/handle.ts';
import type { LiveCountry } from './country/live.ts';
import type { DiskWatch } from './disk/watch.ts';
import { indicatorRoutes } from './indicators/indicator-routes.ts';
import { GapFinder } from './gaps/finder.ts';
import { exportRoutes } from './export/export-routes.ts';
import { gapRoutes } from './gaps/gap-routes.ts';
import { keepGapsWarm } from './gaps/warm.ts';
import { accountRoutes } from './http/account-routes.ts';
import { countryRoutes } from './http/country-routes.ts';
import { historyRoutes } from './http/history-routes.ts';
import { accountOfRequest, isSameOrigin, readersOnly } from './http/identity.ts';
import { isWorthCompressing } from './http/long-answer.ts';
import { createMetrics } from './http/metrics.ts';
import { providerRoutes } from './http/provider-routes.ts';
import { refuse } from './http/refusal.ts';
import { sessionRoutes } from './http/session-routes.ts';
import { importRoutes } from './imports/import-routes.ts';
import { createImports } from './imports/imports.ts';
import { proposedFiles } from './imports/proposed-files.ts';
import type { Follower } from './log/follow.ts';
import { LIMITS, type Limits } from './http/throttle.ts';
import { openPast } from './past/past.ts';
import { pastRoutes } from './past/past-routes.ts';
import { createLedger } from './network/ledger.ts';
import { createNetwork } from './network/network.ts';
import { networkRoutes } from './network/network-routes.ts';
import { photoRoutes } from './photos/photo-routes.ts';
import { planRoutes } from './plans/plan-routes.ts';
import { createPlans } from './plans/plans.ts';
import { createProgress } from './progress/progress.ts';
import { progressRoutes } from './progress/routes.ts';
import { registerRoutes } from './register/register-routes.ts';
import type { Review } from './review/review.ts';
import type { ReportAssets } from './reports/page.ts';
import { reportPageRoutes } from './reports/page-routes.ts';
import { reportRoutes } from './reports/report-routes.ts';
import { reviewRoutes } from './review/review-routes.ts';
import { tellProposals } from './review/telling.ts';
import { scenarioRoutes } from './scenarios/scenario-routes.ts';
import { cutEndedSessions } from './stream/ended-sessions.ts';
import type { Presence } from './stream/presence.ts';
import { openStream, type SocketData, type Stream } from './stream/stream.ts';
import { tourRoutes } from './wall/tour-routes.ts';
import { tileRoutes } from './territory/tiles.ts';

/** What one client may send in one message. */
const MOST_BYTES = 64 * 1024;

export interface Product {
  pool: Pool;
  /** The database once more, for workers with connections of their own. */
  databaseUrl: string;
  live: LiveCountry;
  follower: Pick<Follower, 'ring' | 'reached' | 'bring'>;
  commands: Commands;
  review: Review;
  presence: Presence;
  status: () => Status;
  /** Whether there is room to write. */
  disk: DiskWatch;
  /** Reading without signing in. */
  public: boolean;
  trustProxy: boolean;
  /** Where browsers reach us, where that is configured. */
  publicUrl: string | undefined;
  /** What people sign in through beside passwords. */
  provider: IdentityProvider | undefined;
  /** How much one address may ask, where it is not `LIMITS`. */
  limits?: Limits;
  /** When alerts look at the country, where it is not `PACE`. */
  pace?: Pace;
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
  /** Makes in the background what the first to ask would wait for; goes on until it is closed. */
  warm(): Promise<void>;
  close(): Promise<void>;
}

export function composeApp(http: HttpServer, product: Product): App {
  const { pool, live, commands, follower, review, status, disk, limits = LIMITS } = product;
  const { provider, publicUrl } = product;
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', product.trustProxy ? 1 : false);
  app.use(securityHeaders(product.dev));

  const io = new Server<Up, Down, Record<string, never>, SocketData>(http, {
    maxHttpBufferSize: MOST_BYTES,
    serveClient: false,
    pingInterval: 5_000,
    pingTimeout: 5_000,
    allowRequest: (request, answer) => answer(null, isSameOrigin(request, publicUrl)),
  });
  const metrics = createMetrics({
    seq: () => live.country.seq,
    clients: () => io.engine.clientsCount,
    unread: () => stream.unread(),
    disk: () => disk.disk,
    alerts: () => countAllOpen(pool),
    undelivered: () => countWaiting(pool),
  });
  const counted: Commands = {
    async handle(input, account, reviewed) {
      const full = disk.refusal();
      const answer = full ? { error: full } : await commands.handle(input, account, reviewed);
      if ('error' in answer) metrics.refused(answer.error.code);
      return answer;
    },
  };
  io.use((socket, next) => {
    socket.data.whoAmI = () => accountOfRequest(pool, socket.request);
    socket.data
      .whoAmI()
      .then((account) => {
        socket.data.account = account;
        next(account || product.public ? undefined : new Error('unauthenticated'));
      })
      .catch(() => next(new Error('unavailable')));
  });
  const stopCutting = cutEndedSessions(pool, io);
  const stopTelling = tellProposals(io, live, review);
  const stream = openStream({
    io,
    live,
    commands: counted,
    presence: product.presence,
    status,
    onSent: metrics.sent,
  });
  disk.onChange(() => stream.announce());
  const network = createNetwork(live);
  const ledger = createLedger({ pool, live });
  const alerts = keepAlerts({
    ...{ pool, url: product.databaseUrl, live, network, ledger },
    refusal: () => disk.refusal(),
    pace: product.pace ?? PACE,
    changed: (version) => io.emit('alerts', { version }),
  });

  app.get('/healthz', (_request, response) => {
    response.json({
      status: 'ok',
      seq: live.country.seq,
      territory: territoryOf(live),
      disk: disk.disk,
    });
  });
  app.get('/metrics', async (_request, response) => {
    response.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });

  const gaps = new GapFinder(live);
  const closing = new AbortController();
  const readers = readersOnly(pool, product.public);
  app.use('/tiles', readers);
  app.use(tileRoutes(() => live.ground?.territory));
  app.use('/api', (request, response, next) => {
    if (request.method === 'GET' || isSameOrigin(request, publicUrl)) next();
    else refuse(response, { code: 'forbidden', message: 'The request comes from another site.' });
  });
  app.use('/api', whileThereIsRoom(disk));
  const hasUnit = (code: string): boolean => live.ground?.hasUnit(code) ?? false;
  app.use('/api/session', providerRoutes({ pool, provider, publicUrl, hasUnit }));
  app.use('/api/session', sessionRoutes(pool));
  app.use('/api', accountRoutes(pool, hasUnit));
  app.post('/api/commands', json({ limit: MOST_BYTES }), async (request, response) => {
    const account = await accountOfRequest(pool, request);
    const answer = await counted.handle(request.body, account);
    if ('error' in answer) refuse(response, answer.error);
    else response.status('proposal' in answer ? 202 : 200).json(answer);
  });
  // Open to everybody, on a closed system too: whoever reports has no account.
  const assets = product.reportAssets;
  const pages = reportPageRoutes({ pool, live, follower, assets, publicUrl, now: Date.now });
  app.use('/bao', compression(), pages);
  app.use('/api', photoRoutes(pool, live));
  app.use('/api', readers, compression({ filter: isWorthCompressing }));
  const past = openPast({ live, url: product.databaseUrl, isFull: () => !!disk.refusal() });
  app.use('/api', pastRoutes({ pool, live, past, now: Date.now }));
  app.use('/api', countryRoutes(pool, live));
  app.use('/api', historyRoutes(pool));
  app.use('/api', gapRoutes(gaps, Date.now, limits.gaps));
  app.use('/api', registerRoutes(live));
  const applying = { pool, live, follower, review, now: Date.now };
  const files = proposedFiles(applying);
  app.use('/api', reviewRoutes({ pool, live, commands: counted, review, files }));
  app.use('/api', scenarioRoutes({ pool, live, commands: counted, limit: limits.whatIf }));
  const imports = createImports({ pool, live, now: Date.now });
  app.use('/api', exportRoutes(live, Date.now));
  app.use('/api/imports', importRoutes(imports, applying));
  const plans = createPlans(live);
  app.use('/api/plans', planRoutes(pool, plans, limits.plans));
  app.use('/api', reportRoutes(pool, live, Date.now));
  app.use('/api', indicatorRoutes(live, Date.now));
  app.use('/api', tourRoutes(pool, live));
  app.use('/api', alertRoutes(pool, live, alerts));
  app.use('/api', ruleRoutes(pool, live, alerts));
  app.use('/api', webhookRoutes(pool, alerts));
  app.use('/api', networkRoutes({ live, network, ledger, now: Date.now, limit: limits.whatIf }));
  app.use('/api', progressRoutes(createProgress({ pool, live, now: Date.now })));
  app.use('/api', (request, response) =>
    refuse(response, { code: 'not_found', message: `There is no ${request.originalUrl}.` }),
  );
  app.use(product.page);
  app.use(refuseWhatWentWrong);
  return {
    express: app,
    stream,
    async warm() {
      await keepGapsWarm(gaps, closing.signal);
    },
    async close() {
      stopCutting();
      stopTelling();
      closing.abort();
      await alerts.close();
      stream.close();
      plans.close();
      await past.close();
      await imports.close();
      await io.close();
    },
  };
}

/** Addresses that are sent something and keep none of it, or next to nothing. */
const ASKING = /^\/(session|what-if|plans|alert-rules\/try)(\/|$)/;

/** On a disk that is nearly full, reading goes on and everything that writes is told to wait. */
function whileThereIsRoom(disk: DiskWatch): express.RequestHandler {
  return ({ method, path }, response, next) => {
    const full = disk.refusal();
    const writes = !['GET', 'HEAD', 'OPTIONS'].includes(method) && !ASKING.test(path);
    if (full && writes) refuse(response, full);
    else next();
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
