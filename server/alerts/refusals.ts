/** The refusals that alerts, their rules and their webhooks have in common, and what they read. */
import type { Request, Response } from 'express';
import * as v from 'valibot';
import type { Refusal } from '../../data/wire/commands.ts';
import { refuseInvalid } from '../http/refusal.ts';

type Named = 'alert' | 'rule' | 'webhook' | 'unit';

export function noSuch(what: Named, id: string | number, path = 'id'): Refusal {
  return {
    code: path === 'id' || what === 'unit' ? 'not_found' : 'invalid',
    message: `There is no ${what} ${id}.`,
    path,
    reason: { is: 'no_such', what, id },
  };
}

/** Somebody was first: with what it is now. */
export function tooLate(what: Named, current: { id: number; version: number }): Refusal {
  return {
    code: 'stale',
    message: `It was changed meanwhile: ${what} ${current.id} is at version ${current.version} now.`,
    path: 'base',
    current: { ...current },
  };
}

export function tooManyOf(what: 'rule' | 'webhook', limit: number): Refusal {
  return {
    code: 'too_large',
    message: `There are ${limit} ${what}s already, as many as there may be: remove one first.`,
    reason: { is: 'too_many', what, limit },
  };
}

/** The version that must be named with a change. */
export const missingBase: Refusal = {
  code: 'invalid',
  message: 'base: must be the version that is changed',
  path: 'base',
  reason: { is: 'missing' },
};

/** The number in an address; one that nothing has, where it is none. */
export function numberIn(text: unknown): number {
  return typeof text === 'string' && /^\d{1,9}$/.test(text) ? Number(text) : -1;
}

const Base = v.object({
  base: v.pipe(v.string(), v.regex(/^\d{1,9}$/, 'must be a version'), v.toNumber()),
});

/** The version in the query of a request; where there is none, it is refused. */
export function baseOf(request: Request, response: Response): number | undefined {
  const query = v.safeParse(Base, request.query);
  if (query.success) return query.output.base;
  refuseInvalid(response, query.issues);
  return undefined;
}
