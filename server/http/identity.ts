/** Who a request comes from, and what one without an account may not see. */
import type { IncomingMessage } from 'node:http';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { Pool } from 'pg';
import type { Account } from '../../data/model/account.ts';
import { tokenIn } from '../accounts/cookie.ts';
import { sessionOf, type Origin, type Session } from '../accounts/sessions.ts';
import { refuse } from './refusal.ts';

/** The session of a request, also one that may do nothing yet but change its password. */
export function sessionOfRequest(
  pool: Pool,
  request: IncomingMessage,
): Promise<Session | undefined> {
  const token = tokenIn(request.headers.cookie);
  return token === undefined ? Promise.resolve(undefined) : sessionOf(pool, token);
}

/** Who acts or reads with a request; undefined for nobody. */
export async function accountOfRequest(
  pool: Pool,
  request: IncomingMessage,
): Promise<Account | undefined> {
  const session = await sessionOfRequest(pool, request);
  return session?.mustChange ? undefined : session;
}

/** Where a session is opened from. */
export function originOf(request: Request): Origin {
  return { address: request.ip ?? '', agent: request.get('User-Agent') ?? '' };
}

/** The person of a request: neither a wall nor somebody who must change their password first. */
export async function personOfRequest(
  pool: Pool,
  request: IncomingMessage,
): Promise<Session | undefined> {
  const session = await sessionOfRequest(pool, request);
  return session && !session.mustChange && !session.display ? session : undefined;
}

/** Lets through whoever may read: everyone on a public system, else those who are signed in. */
export function readersOnly(pool: Pool, isPublic: boolean): RequestHandler {
  return async (request: Request, response: Response, next: NextFunction): Promise<void> => {
    if (isPublic || (await accountOfRequest(pool, request))) next();
    else refuse(response, { code: 'unauthenticated', message: 'Sign in first.' });
  };
}

/**
 * Whether a request that changes something comes from our own page, or from no page at all.
 * @param publicUrl the origin that browsers see, where one is configured: a proxy may name another host
 */
export function isSameOrigin(request: IncomingMessage, publicUrl: string | undefined): boolean {
  const { origin, host } = request.headers;
  if (origin === undefined) return request.headers['sec-fetch-site'] !== 'cross-site';
  if (!URL.canParse(origin)) return false;
  const { origin: page, host: pageHost } = new URL(origin);
  return page === publicUrl || pageHost === host;
}
