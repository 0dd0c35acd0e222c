/**
 * What a browser keeps while it is away at the identity provider, in a cookie of its own: only the
 * browser that left can come back, within ten minutes, and once.
 */
import { parseCookie, stringifySetCookie } from 'cookie';
import * as v from 'valibot';

const Departure = v.strictObject({
  state: v.string(),
  nonce: v.string(),
  /** Of PKCE: proves to the provider that the code is brought by the one who left. */
  verifier: v.string(),
  /** The address to which the provider sends it back. */
  redirect: v.pipe(v.string(), v.url()),
  /** Where it was on our page: a path of ours. */
  to: v.string(),
});
export type Departure = v.InferOutput<typeof Departure>;

const NAME = 'phusong_departure';
const MINUTES = 10;
/** What fits in a cookie with the rest. */
const LONGEST_PATH = 1_500;

/** What left, of a `Cookie` header, where the answer that comes back has its state. */
export function departureIn(header: string | undefined, state: unknown): Departure | undefined {
  const text = header === undefined ? undefined : parseCookie(header)[NAME];
  if (text === undefined) return undefined;
  const parsed = v.safeParse(Departure, jsonIn(text));
  return parsed.success && parsed.output.state === state ? parsed.output : undefined;
}

/**
 * A `Set-Cookie` header; undefined takes the cookie away. Lax and not strict: the provider, another
 * site, is what brings the browser back.
 */
export function departureCookie(departure: Departure | undefined, secure: boolean): string {
  return stringifySetCookie({
    name: NAME,
    value: departure ? Buffer.from(JSON.stringify(departure)).toString('base64url') : '',
    httpOnly: true,
    sameSite: 'lax',
    secure,
    path: '/api/session/oidc',
    maxAge: departure ? MINUTES * 60 : 0,
  });
}

/** A path of ours, whatever was asked for: nobody is sent elsewhere from here. */
export function ownPath(asked: unknown): string {
  const base = 'http://here.invalid';
  if (typeof asked !== 'string' || asked.length > LONGEST_PATH || !URL.canParse(asked, base))
    return '/';
  const { origin, pathname, search, hash } = new URL(asked, base);
  return origin === base && !pathname.startsWith('//') ? pathname + search + hash : '/';
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString());
  } catch {
    return undefined;
  }
}
