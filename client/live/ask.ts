/** Questions to the server that are not part of the live country: JSON there and back. */
import type { Refusal } from '../../data/wire/commands.ts';
import { turnedAway } from './turned-away.ts';

/** The server said no, and why. */
export class Refused extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.message);
    this.refusal = refusal;
  }
}

/**
 * Asks; a `body` makes it a POST. The answer is the server's own JSON, of the shape that the address
 * gives; `heard` is told its headers. Throws `Refused` with the server's sentence, or what fetch
 * throws where there is no line.
 */
export async function ask<T>(
  address: string,
  {
    body,
    method,
    signal,
    heard,
  }: {
    body?: unknown;
    method?: 'DELETE';
    signal?: AbortSignal;
    heard?: (headers: Headers) => void;
  } = {},
): Promise<T> {
  const response = await fetch(address, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    ...(body === undefined
      ? {}
      : { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
  });
  const answer = (await response.json().catch(() => null)) as unknown;
  if (response.ok) {
    heard?.(response.headers);
    return answer as T;
  }
  if (response.status === 401) turnedAway();
  const refusal = (answer as { error?: Refusal } | null)?.error;
  throw new Refused(
    refusal ?? {
      code: 'unavailable',
      message: `${address}: the server answered ${response.status}`,
    },
  );
}
