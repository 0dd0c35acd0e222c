/** The session's cookie: read from a request's header, written into an answer. */
import { parseCookie, stringifySetCookie } from 'cookie';
import { SESSION_DAYS } from './sessions.ts';

const NAME = 'phusong_session';

/** The session token in a `Cookie` header; undefined when there is none. */
export function tokenIn(header: string | undefined): string | undefined {
  return header === undefined ? undefined : parseCookie(header)[NAME];
}

/** A `Set-Cookie` header; an empty token takes the cookie away. `secure` when TLS is in use. */
export function sessionCookie(token: string, secure: boolean): string {
  return stringifySetCookie({
    name: NAME,
    value: token,
    httpOnly: true,
    sameSite: 'strict',
    secure,
    path: '/',
    maxAge: token === '' ? 0 : SESSION_DAYS * 86_400,
  });
}
