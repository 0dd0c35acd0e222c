/**
 * The way to the identity provider and back. A browser walks it as pages, not as questions of ours:
 * whatever goes wrong is told by our own page, to which the address says what it was.
 */
import { Router, type Request, type Response } from 'express';
import { rateLimit } from 'express-rate-limit';
import type { Pool } from 'pg';
import type { ProviderAnswer, SignInRefusal } from '../../data/wire/accounts.ts';
import { noteAct } from '../accounts/accounts.ts';
import { sessionCookie } from '../accounts/cookie.ts';
import { departureCookie, departureIn, ownPath } from '../accounts/departure.ts';
import { keepIdentity, personOf } from '../accounts/identities.ts';
import type { IdentityProvider } from '../accounts/identity-provider.ts';
import { openSession } from '../accounts/sessions.ts';
import { originOf } from './identity.ts';

/** From one address: an office of many people may sit behind it. */
const ATTEMPTS_PER_MINUTE = 120;

export function providerRoutes(options: {
  pool: Pool;
  /** Undefined where people sign in with passwords alone. */
  provider: IdentityProvider | undefined;
  /** Where browsers reach us, where that is configured. */
  publicUrl: string | undefined;
  hasUnit: (code: string) => boolean;
}): Router {
  const { pool, provider, publicUrl, hasUnit } = options;
  const router = Router();

  router.get('/provider', (_request, response) => {
    const answer: ProviderAnswer = provider ? { name: provider.configuration.name } : null;
    response.set('Cache-Control', 'no-store').json(answer);
  });
  if (!provider) return router;

  const { name: called } = provider.configuration;
  router.use(
    '/oidc',
    rateLimit({
      windowMs: 60_000,
      limit: ATTEMPTS_PER_MINUTE,
      standardHeaders: 'draft-8',
      legacyHeaders: false,
      handler: (_request, response) => refuseOnPage(response, 'busy'),
    }),
  );

  router.get('/oidc', async (request, response) => {
    const redirect = `${publicUrl ?? addressOf(request)}/api/session/oidc/callback`;
    const left = await provider.depart(redirect, ownPath(request.query['to']));
    if (typeof left === 'string') return refuseOnPage(response, left);
    response.append('Set-Cookie', departureCookie(left.departure, request.secure));
    response.set('Cache-Control', 'no-store').redirect(303, left.address);
  });

  router.get('/oidc/callback', async (request, response) => {
    const departure = departureIn(request.headers.cookie, request.query['state']);
    response.append('Set-Cookie', departureCookie(undefined, request.secure));
    if (!departure) return refuseOnPage(response, 'expired');
    const vouched = await provider.arrive(departure, new URL(request.url, 'http://x').search);
    if (typeof vouched === 'string') return refuseOnPage(response, vouched);
    const person = personOf(vouched, provider.configuration, hasUnit);
    if ('refused' in person) {
      console.warn(`Sign-in through ${called} refused to ${vouched.subject}: ${person.why}.`);
      return refuseOnPage(response, person.refused);
    }
    const kept = await keepIdentity(pool, vouched, person);
    if (typeof kept === 'string') {
      console.warn(
        `Sign-in through ${called} refused to ${vouched.subject}: ${person.name} ${kept}.`,
      );
      return refuseOnPage(response, kept);
    }
    if (kept.now !== 'same')
      await noteAct(pool, { by: called, what: `account.${kept.now}`, about: kept.name });
    const token = await openSession(pool, { account: kept.name }, originOf(request));
    response.append('Set-Cookie', sessionCookie(token, request.secure));
    response.set('Cache-Control', 'no-store').redirect(303, departure.to);
  });

  return router;
}

function refuseOnPage(response: Response, why: SignInRefusal): void {
  response.set('Cache-Control', 'no-store').redirect(303, `/?refused=${why}`);
}

/**
 * The address that a request says it came to. Who lies about it hurts nobody: the provider sends
 * browsers only to addresses registered with it, and the cookie stays where it was set.
 */
function addressOf(request: Request): string {
  return `${request.protocol}://${request.host}`;
}
