/** Refusals as HTTP answers: the status that fits, and always the same body. */
import type { Response } from 'express';
import type * as v from 'valibot';
import { refusedBy, type Refusal, type RefusalCode } from '../../data/wire/commands.ts';

const STATUS: Record<RefusalCode, number> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  stale: 409,
  in_use: 409,
  too_large: 413,
  unsupported: 415,
  outside_territory: 422,
  no_territory: 422,
  too_many: 429,
  unavailable: 503,
};

export function statusOf({ code }: Refusal): number {
  return STATUS[code];
}

export function refuse(response: Response, error: Refusal): void {
  response.status(statusOf(error)).json({ error });
}

/** What did not parse, and where. */
export function refuseInvalid(
  response: Response,
  issues: readonly [v.BaseIssue<unknown>, ...v.BaseIssue<unknown>[]],
): void {
  refuse(response, refusedBy(issues[0]));
}
