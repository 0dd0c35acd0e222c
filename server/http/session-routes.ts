/** Signing in and out. */
import { json, Router } from 'express';
import { rateLimit } from 'express-rate-limit';
import type { Pool } from 'pg';
import * as v from 'valibot';
import { signIn, signOut } from '../accounts/accounts.ts';
import { sessionCookie, tokenIn } from '../accounts/cookie.ts';
import { accountOfRequest } from './identity.ts';
import { refuse, refuseInvalid } from './refusal.ts';

const Credentials = v.strictObject({
  name: v.pipe(v.string(), v.trim(), v.maxLength(100)),
  password: v.pipe(v.string(), v.maxLength(200)),
});

const ATTEMPTS_PER_MINUTE = 20;

export function sessionRoutes(pool: Pool): Router {
  const router = Router();
  const throttle = rateLimit({
    windowMs: 60_000,
    limit: ATTEMPTS_PER_MINUTE,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    handler: (_request, response) =>
      refuse(response, { code: 'too_many', message: 'Too many attempts: wait a minute.' }),
  });

  router.post('/', throttle, json({ limit: '4kb' }), async (request, response) => {
    const parsed = v.safeParse(Credentials, request.body);
    if (!parsed.success) {
      refuseInvalid(response, parsed.issues);
      return;
    }
    const session = await signIn(pool, parsed.output.name, parsed.output.password);
    if (!session) {
      refuse(response, { code: 'unauthenticated', message: 'Name or password is wrong.' });
      return;
    }
    response.set('Set-Cookie', sessionCookie(session.token, request.secure));
    response.json(session.account);
  });

  router.get('/', async (request, response) => {
    const account = await accountOfRequest(pool, request);
    response.set('Cache-Control', 'no-store').json(account ?? null);
  });

  router.delete('/', async (request, response) => {
    const token = tokenIn(request.headers.cookie);
    if (token !== undefined) await signOut(pool, token);
    response.set('Set-Cookie', sessionCookie('', request.secure)).status(204).end();
  });

  return router;
}
