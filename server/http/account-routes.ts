/** What an operator does to accounts, sessions and displays; every act is noted with their name. */
import { json, Router, type Request, type Response } from 'express';
import type { Pool } from 'pg';
import * as v from 'valibot';
import { ChangeAccount, NewAccount, NewDisplay } from '../../data/wire/accounts.ts';
import {
  changeAccount,
  listAccounts,
  listActs,
  makeAccount,
  noteAct,
  setPassword,
} from '../accounts/accounts.ts';
import { tokenIn } from '../accounts/cookie.ts';
import { listDisplays, makeDisplay, removeDisplay } from '../accounts/displays.ts';
import { oneTimePassword } from '../accounts/passwords.ts';
import { endSession, listSessions } from '../accounts/sessions.ts';
import { byOperatorOf } from './by-operator.ts';
import { refuse, refuseInvalid } from './refusal.ts';

const ACTS_SHOWN = 200;

export function accountRoutes(pool: Pool, hasUnit: (code: string) => boolean): Router {
  const router = Router();
  const byOperator = byOperatorOf(pool, 'accounts');
  const body = json({ limit: '64kb' });

  router.get(
    '/accounts',
    byOperator(async (_, response) => {
      response.json(await listAccounts(pool));
    }),
  );

  router.post(
    '/accounts',
    body,
    byOperator(async (request, response, by) => {
      const wish = v.safeParse(NewAccount, request.body);
      if (!wish.success) return refuseInvalid(response, wish.issues);
      if (lacksUnit(wish.output.units, response)) return;
      const { name } = wish.output;
      const password = oneTimePassword();
      if (!(await makeAccount(pool, wish.output, password)))
        return refuse(response, {
          code: 'in_use',
          message: `name: there is an account ${name} already`,
          path: 'name',
        });
      await noteAct(pool, { by, what: 'account.made', about: name });
      response.status(201).json({ name, password });
    }),
  );

  router.post(
    '/accounts/:name',
    body,
    byOperator(async (request, response, by) => {
      const wish = v.safeParse(ChangeAccount, request.body);
      const name = String(request.params['name']);
      if (!wish.success) return refuseInvalid(response, wish.issues);
      if (lacksUnit(wish.output.units ?? [], response)) return;
      const ended = await changeAccount(pool, name, wish.output);
      if (ended === 'not_found') return refuse(response, noAccount(name));
      if (ended === 'last_operator')
        return refuse(response, {
          code: 'in_use',
          message: `${name} is the last operator: make another one first.`,
          path: 'role',
        });
      await noteAct(pool, { by, what: 'account.changed', about: name });
      response.json({});
    }),
  );

  router.post(
    '/accounts/:name/password',
    body,
    byOperator(async (request, response, by) => {
      const name = String(request.params['name']);
      const password = oneTimePassword();
      if (!(await setPassword(pool, name, password, { mustChange: true })))
        return refuse(response, noAccount(name));
      await noteAct(pool, { by, what: 'password.reset', about: name });
      response.json({ name, password });
    }),
  );

  router.get(
    '/sessions',
    byOperator(async (request, response) => {
      response.json(await listSessions(pool, tokenIn(request.headers.cookie) ?? ''));
    }),
  );

  router.delete(
    '/sessions/:id',
    byOperator(async (request, response, by) => {
      const account = await endSession(pool, numberIn(request));
      if (account === undefined)
        return refuse(response, { code: 'not_found', message: 'There is no such session.' });
      await noteAct(pool, { by, what: 'session.ended', about: account });
      response.json({});
    }),
  );

  router.get(
    '/displays',
    byOperator(async (_, response) => {
      response.json(await listDisplays(pool));
    }),
  );

  router.post(
    '/displays',
    body,
    byOperator(async (request, response, by) => {
      const wish = v.safeParse(NewDisplay, request.body);
      if (!wish.success) return refuseInvalid(response, wish.issues);
      const display = await makeDisplay(pool, wish.output.name, by);
      await noteAct(pool, { by, what: 'display.made', about: display.name });
      response.status(201).json(display);
    }),
  );

  router.delete(
    '/displays/:id',
    byOperator(async (request, response, by) => {
      const name = await removeDisplay(pool, numberIn(request));
      if (name === undefined)
        return refuse(response, { code: 'not_found', message: 'There is no such display.' });
      await noteAct(pool, { by, what: 'display.removed', about: name });
      response.json({});
    }),
  );

  router.get(
    '/account-acts',
    byOperator(async (_, response) => {
      response.json(await listActs(pool, ACTS_SHOWN));
    }),
  );

  function lacksUnit(units: readonly string[], response: Response): boolean {
    const unknown = units.find((code) => !hasUnit(code));
    if (unknown !== undefined)
      refuse(response, {
        code: 'invalid',
        message: `units: there is no unit ${unknown}`,
        path: 'units',
        reason: { is: 'no_such', what: 'unit', id: unknown },
      });
    return unknown !== undefined;
  }

  return router;
}

function noAccount(name: string) {
  return {
    code: 'not_found',
    message: `There is no account ${name} with a password of ours.`,
    path: 'name',
  } as const;
}

/** The number in the address; one that nothing has, where it is none. */
function numberIn(request: Request): number {
  const text = String(request.params['id']);
  return /^\d{1,9}$/.test(text) ? Number(text) : -1;
}
