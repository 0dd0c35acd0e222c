/**
 * One message on its way to a webhook, signed as Standard Webhooks says
 * (https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md): HMAC-SHA256
 * of `id.timestamp.body`. No redirect is followed, for it was no operator who chose where to, and of
 * the answer nothing is read but its status.
 */
import { createHmac } from 'node:crypto';
import { codeOf } from '../errors.ts';

/** A webhook that has not answered by then does not answer. */
const ANSWER_WITHIN_MS = 10_000;

export interface Message {
  id: string;
  body: string;
}

export interface Outcome {
  ok: boolean;
  /** In words. */
  what: string;
  /** It was answered, and with a refusal: the message itself may be why. */
  refused: boolean;
}

/** @param nowMs goes into the signature: receivers refuse what is older than five minutes */
export async function send(
  { url, secret }: { url: string; secret: string },
  { id, body }: Message,
  nowMs: number,
  { signal, withinMs = ANSWER_WITHIN_MS }: { signal?: AbortSignal; withinMs?: number } = {},
): Promise<Outcome> {
  const timestamp = String(Math.floor(nowMs / 1_000));
  const timeout = AbortSignal.timeout(withinMs);
  try {
    const response = await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      headers: {
        'Content-Type': 'application/json',
        'User-Agent': 'PhuSong',
        'webhook-id': id,
        'webhook-timestamp': timestamp,
        'webhook-signature': signatureOf(secret, id, timestamp, body),
      },
      body,
    });
    response.body?.cancel().catch(() => undefined);
    const { ok, status } = response;
    const refused = status >= 400 && status < 500 && status !== 408 && status !== 429;
    return { ok, what: `HTTP ${status}`, refused };
  } catch (error) {
    const what = timeout.aborted ? `no answer within ${withinMs / 1_000} s` : whyNot(error);
    return { ok: false, what, refused: false };
  }
}

function signatureOf(secret: string, id: string, timestamp: string, body: string): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
}

/** `fetch` says only that it failed; what lies under it says why. */
function whyNot(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  const code = codeOf(cause);
  switch (code) {
    case 'ECONNREFUSED':
      return 'nothing listens there';
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'no machine of that name is known';
    case 'ECONNRESET':
    case 'UND_ERR_SOCKET':
      return 'the connection was closed before an answer';
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'ETIMEDOUT':
    case 'UND_ERR_CONNECT_TIMEOUT':
      return 'the machine does not answer';
  }
  return code ?? (cause instanceof Error ? cause.message.slice(0, 200) : 'it could not be sent');
}
