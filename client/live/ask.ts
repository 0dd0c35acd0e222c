/** Questions to the server that are not part of the live country: JSON there and back. */
import * as v from 'valibot';
import type { Refusal, RefusalCode } from '../../data/wire/commands.ts';
import { LONG_ANSWER, LongAnswerLine } from '../../data/wire/long-answer.ts';
import { worthWaiting } from './giving-up.ts';
import { turnedAway } from './turned-away.ts';

/** The server said no, and why. */
export class Refused extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.message);
    this.refusal = refusal;
  }
}

/** Why there is no answer. */
export type Problem = Refusal | 'unreachable';

export function problemOf(error: unknown): Problem {
  return error instanceof Refused ? error.refusal : 'unreachable';
}

/** Whether it may be over in a moment, so that asking again is worth it. */
export function isPassing(problem: Problem): boolean {
  return problem === 'unreachable' || PASSING.has(problem.code);
}
const PASSING: ReadonlySet<RefusalCode> = new Set(['unavailable', 'too_many']);

/**
 * Asks; a `body` makes it a POST. The answer is the server's own JSON, of the shape that the address
 * gives; `heard` is told its headers, and `tell`, while it takes long, how far it is (0–1). Throws
 * `Refused` with the server's reason, or what fetch throws where there is no line, or has been none
 * for so long that no answer will come.
 */
export async function ask<T>(
  address: string,
  {
    body,
    method,
    signal,
    heard,
    tell,
  }: {
    body?: unknown;
    method?: 'DELETE' | 'PUT';
    signal?: AbortSignal;
    heard?: (headers: Headers) => void;
    tell?: (share: number) => void;
  } = {},
): Promise<T> {
  const response = await fetch(address, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers: {
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...(tell ? { Accept: `${LONG_ANSWER}, application/json;q=0.9` } : {}),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: signal ? AbortSignal.any([signal, worthWaiting()]) : worthWaiting(),
  });
  const answer = await wholeAnswer(response, tell);
  if (answer.status >= 200 && answer.status < 300) {
    heard?.(answer.headers);
    return answer.body as T;
  }
  if (answer.status === 401) turnedAway();
  const refusal = (answer.body as { error?: Refusal } | null)?.error;
  throw new Refused(
    refusal ?? { code: 'unavailable', message: `${address}: the server answered ${answer.status}` },
  );
}

interface Answer {
  status: number;
  headers: Headers;
  body: unknown;
}

async function wholeAnswer(response: Response, tell?: (share: number) => void): Promise<Answer> {
  const { status, headers } = response;
  if (headers.get('Content-Type')?.startsWith(LONG_ANSWER)) return longAnswer(response, tell);
  if (response.ok) {
    // Cut off on the way it is no answer, as when it never began.
    return { status, headers, body: status === 204 ? null : await response.json() };
  }
  return { status, headers, body: await response.json().catch(() => null) };
}

/** The answer in the last line of a long one; throws, as fetch does, where the line is cut before. */
async function longAnswer(response: Response, tell?: (share: number) => void): Promise<Answer> {
  for await (const text of linesOf(response)) {
    const line = v.parse(LongAnswerLine, JSON.parse(text));
    if ('progress' in line) tell?.(line.progress);
    else return { ...line, headers: new Headers(line.headers) };
  }
  throw new TypeError(`${response.url}: the answer broke off`);
}

async function* linesOf({ body }: Response): AsyncGenerator<string> {
  let text = '';
  for (const reader = body?.pipeThrough(new TextDecoderStream()).getReader(); reader;) {
    const { done, value } = await reader.read();
    if (done) break;
    const lines = (text + value).split('\n');
    text = lines.pop() ?? '';
    yield* lines;
  }
}
