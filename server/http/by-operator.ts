/** What only an operator may ask. */
import type { Request, RequestHandler, Response } from 'express';
import type { Pool } from 'pg';
import { accountOfRequest } from './identity.ts';
import { refuse } from './refusal.ts';

/** Answers an operator and nobody else, with the operator's name. */
export type ByOperator = (
  answer: (request: Request, response: Response, by: string) => Promise<void>,
) => RequestHandler;

/** @param what is kept by operators alone, `accounts`: said to whoever is none */
export function byOperatorOf(pool: Pool, what: string): ByOperator {
  return (answer) => async (request, response) => {
    const account = await accountOfRequest(pool, request);
    if (!account) refuse(response, { code: 'unauthenticated', message: 'Sign in first.' });
    else if (account.role !== 'operator')
      refuse(response, {
        code: 'forbidden',
        message: `${account.name} is ${account.role}: only an operator keeps ${what}.`,
        path: 'role',
      });
    else {
      response.set('Cache-Control', 'no-store');
      await answer(request, response, account.name);
    }
  };
}
