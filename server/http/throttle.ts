/** How much one address may ask of what costs the server work; more is refused for a while, in words. */
import type { RequestHandler } from 'express';
import { rateLimit } from 'express-rate-limit';
import { refuse } from './refusal.ts';

export interface Limit {
  requests: number;
  seconds: number;
}

export interface Limits {
  whatIf: Limit;
  /** Gaps, the register of hamlets, and their files. */
  gaps: Limit;
  plans: Limit;
}

/**
 * A planner who drags a station asks five times a second, and several may sit behind one address; the
 * windows are short, so that whoever asks too much is not shut out for long.
 */
export const LIMITS: Limits = {
  whatIf: { requests: 150, seconds: 10 },
  gaps: { requests: 100, seconds: 10 },
  plans: { requests: 30, seconds: 60 },
};

/** Counts for itself: what is asked elsewhere does not count here. */
export function atMost({ requests, seconds }: Limit): RequestHandler {
  return rateLimit({
    windowMs: seconds * 1_000,
    limit: requests,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    handler: (_request, response) =>
      refuse(response, {
        code: 'too_many',
        message: `At most ${requests} times in ${seconds} seconds: wait so long, then try again.`,
        reason: { is: 'too_often', times: requests, seconds },
      }),
  });
}
