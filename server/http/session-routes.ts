/** Signing in and out, and changing one's own password. */
import { json, Router, type Request, type Response } from 'express';
import { rateLimit } from 'express-rate-limit';
import type { Pool } from 'pg';
import * as v from 'valibot';
import { ChangePassword, type SessionAnswer } from '../../data/wire/accounts.ts';
import { LineOrNothing } from '../../data/model/scalars.ts';
import { isAccount, noteAct, setPassword } from '../accounts/accounts.ts';
import { sessionCookie, tokenIn } from '../accounts/cookie.ts';
import { displayOf } from '../accounts/displays.ts';
import { closeSession, openSession, sessionOf, type Session } from '../accounts/sessions.ts';
import { forgetFailures, isThrottled, noteFailure } from '../accounts/throttle.ts';
import { originOf, sessionOfRequest } from './identity.ts';
import { refuse, refuseInvalid } from './refusal.ts';

const Credentials = v.union([
  v.strictObject({
    name: v.pipe(LineOrNothing, v.toLowerCase(), v.maxLength(100)),
    password: v.pipe(v.string(), v.maxLength(200)),
  }),
  v.strictObject({ token: v.pipe(v.string(), v.maxLength(100)) }),
]);

/** From one address: an office of many people may sit behind it. */
const ATTEMPTS_PER_MINUTE = 120;

export function sessionRoutes(pool: Pool): Router {
  const router = Router();
  const throttle = rateLimit({
    windowMs: 60_000,
    limit: ATTEMPTS_PER_MINUTE,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    handler: (_request, response) => refuse(response, TOO_MANY),
  });
  const body = json({ limit: '4kb' });

  router.post('/', throttle, body, async (request, response) => {
    const parsed = v.safeParse(Credentials, request.body);
    if (!parsed.success) {
      refuseInvalid(response, parsed.issues);
      return;
    }
    const credentials = parsed.output;
    const origin = originOf(request);
    if ('token' in credentials) {
      const display = await displayOf(pool, credentials.token);
      if (display === undefined) refuse(response, UNKNOWN_DISPLAY);
      else await signedIn(request, response, await openSession(pool, { display }, origin));
      return;
    }
    const { name, password } = credentials;
    if (await isThrottled(pool, name, origin.address)) refuse(response, TOO_MANY);
    else if (await isAccount(pool, name, password)) {
      await forgetFailures(pool, name, origin.address);
      await signedIn(request, response, await openSession(pool, { account: name }, origin));
    } else {
      await noteFailure(pool, name, origin.address);
      refuse(response, { code: 'unauthenticated', message: 'Name or password is wrong.' });
    }
  });

  router.get('/', async (request, response) => {
    const session = await sessionOfRequest(pool, request);
    response.set('Cache-Control', 'no-store').json(session ? answerOf(session) : null);
  });

  router.post('/password', throttle, body, async (request, response) => {
    const session = await sessionOfRequest(pool, request);
    const parsed = v.safeParse(ChangePassword, request.body);
    const { address } = originOf(request);
    if (!session || session.display)
      refuse(response, { code: 'unauthenticated', message: 'Sign in first.' });
    else if (!parsed.success) refuseInvalid(response, parsed.issues);
    else if (await isThrottled(pool, session.name, address)) refuse(response, TOO_MANY);
    else if (!(await isAccount(pool, session.name, parsed.output.current))) {
      await noteFailure(pool, session.name, address);
      refuse(response, { ...WRONG_PASSWORD, path: 'current' });
    } else if (parsed.output.password === parsed.output.current)
      refuse(response, {
        code: 'invalid',
        message: 'password: must differ from the one before',
        path: 'password',
      });
    else {
      const token = tokenIn(request.headers.cookie) ?? '';
      await setPassword(pool, session.name, parsed.output.password, { mustChange: false, token });
      await noteAct(pool, { by: session.name, what: 'password.changed', about: session.name });
      response.json(answerOf({ ...session, mustChange: false }));
    }
  });

  router.delete('/', async (request, response) => {
    const token = tokenIn(request.headers.cookie);
    if (token !== undefined) await closeSession(pool, token);
    response.set('Set-Cookie', sessionCookie('', request.secure)).status(204).end();
  });

  async function signedIn(request: Request, response: Response, token: string): Promise<void> {
    const session = await sessionOf(pool, token);
    if (!session) throw new Error('a session was opened and is not there');
    response.set('Set-Cookie', sessionCookie(token, request.secure));
    response.set('Cache-Control', 'no-store').json(answerOf(session));
  }

  return router;
}

const TOO_MANY = {
  code: 'too_many',
  message: 'Too many attempts: wait a quarter of an hour, or ask an operator for a new password.',
} as const;
const UNKNOWN_DISPLAY = {
  code: 'unauthenticated',
  message: 'This display token is not known, or no longer.',
  path: 'token',
} as const;
const WRONG_PASSWORD = {
  code: 'unauthenticated',
  message: 'current: the password is wrong',
} as const;

function answerOf(session: Session): SessionAnswer {
  const { name, fullName, role, units, mustChange, display, external } = session;
  return { name, fullName, role, units: [...units], mustChange, display, external };
}
