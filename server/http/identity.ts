/** Who a request comes from, and what one without an account may not see. */
import type { IncomingMessage } from 'node:http';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { Pool } from 'pg';
import { accountOf, type Account } from '../accounts/accounts.ts';
import { tokenIn } from '../accounts/cookie.ts';
import { refuse } from './refusal.ts';

export function accountOfRequest(
  pool: Pool,
  request: IncomingMessage,
): Promise<Account | undefined> {
  const token = tokenIn(request.headers.cookie);
  return token === undefined ? Promise.resolve(undefined) : accountOf(pool, token);
}

/** Lets through whoever may read: everyone on a public system, else those who are signed in. */
export function readersOnly(pool: Pool, isPublic: boolean): RequestHandler {
  return async (request: Request, response: Response, next: NextFunction): Promise<void> => {
    if (isPublic || (await accountOfRequest(pool, request))) next();
    else refuse(response, { code: 'unauthenticated', message: 'Sign in first.' });
  };
}

/** Whether a request that changes something comes from our own page, or from no page at all. */
export function isSameOrigin(request: IncomingMessage): boolean {
  const { origin, host } = request.headers;
  if (origin === undefined) return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}
