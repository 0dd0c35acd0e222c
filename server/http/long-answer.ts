/**
 * Answers that may take long. Whoever accepts it is told how far the answer is, a few times a second,
 * until it is there (data/wire/long-answer.ts); everybody else gets it as it always came. How far it
 * is, is read from what is worked on, so that several who wait for the same are told the same.
 */
import compression, { type CompressionFilter } from 'compression';
import type { Request, Response } from 'express';
import type { Refusal } from '../../data/wire/commands.ts';
import { LONG_ANSWER, type LongAnswerLine } from '../../data/wire/long-answer.ts';
import { refuse, statusOf } from './refusal.ts';

/** What is there sooner needs no telling. */
const TELL_MS = 200;

interface Made {
  body: unknown;
  headers?: Record<string, string>;
}

interface LongWork {
  /** Works the answer out; `stop` says that nobody waits for it any more. */
  answer(stop: AbortSignal): Promise<Made | Refusal>;
  /** How far it is, 0–1. */
  progress(): number;
}

export async function answerAtLength(
  request: Request,
  response: Response,
  { answer, progress }: LongWork,
): Promise<void> {
  const stop = leaving(response);
  const telling = wantsToBeTold(request)
    ? setInterval(() => tell(response, progress()), TELL_MS)
    : undefined;
  let made: Made | Refusal;
  try {
    made = await answer(stop);
  } catch (error) {
    if (stop.aborted) return;
    if (!response.headersSent) throw error;
    console.error(error);
    made = WENT_WRONG;
  } finally {
    clearInterval(telling);
  }
  if (stop.aborted) return;
  if (response.headersSent) response.end(lineOf(lastLine(made)));
  else if ('code' in made) refuse(response, made);
  else response.set(made.headers ?? {}).json(made.body);
}

/** Aborted when whoever asked goes away. */
export function leaving(response: Response): AbortSignal {
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  return gone.signal;
}

/** What is compressed otherwise, and long answers: of their type that list knows nothing. */
export const isWorthCompressing: CompressionFilter = (request, response) =>
  response.getHeader('Content-Type') === LONG_ANSWER || compression.filter(request, response);

const WENT_WRONG: Refusal = {
  code: 'unavailable',
  message: 'The server could not do it now.',
};

/** One who takes anything is no one who asked for it. */
function wantsToBeTold(request: Request): boolean {
  return request.accepts(['application/json', LONG_ANSWER]) === LONG_ANSWER;
}

function tell(response: Response, share: number): void {
  if (!response.headersSent)
    response.status(200).set({
      'Content-Type': LONG_ANSWER,
      'Cache-Control': 'no-store',
      // A proxy that gathers what it passes on would tell it all in the end.
      'X-Accel-Buffering': 'no',
    });
  response.write(lineOf({ progress: Math.min(1, Math.max(0, share)) }));
  response.flush();
}

function lastLine(made: Made | Refusal): LongAnswerLine {
  return 'code' in made
    ? { status: statusOf(made), headers: {}, body: { error: made } }
    : { status: 200, headers: made.headers ?? {}, body: made.body };
}

function lineOf(line: LongAnswerLine): string {
  return `${JSON.stringify(line)}\n`;
}
