/** Webhooks over HTTP, for operators alone: where they are, whether they hear, and their secrets, once. */
import { randomUUID } from 'node:crypto';
import { json, Router, type Request, type Response } from 'express';
import type { Pool } from 'pg';
import * as v from 'valibot';
import { SaveWebhook, type MadeWebhook, type Webhook } from '../../data/wire/alerts.ts';
import { noteAct } from '../accounts/accounts.ts';
import { byOperatorOf } from '../http/by-operator.ts';
import { refuse, refuseInvalid } from '../http/refusal.ts';
import type { AlertKeeping } from './alerts.ts';
import { testMessage } from './message.ts';
import { listDeliveries, loseAll, noteTest } from './outbox.ts';
import { baseOf, missingBase, noSuch, numberIn, tooLate, tooManyOf } from './refusals.ts';
import { send } from './sending.ts';
import {
  changeWebhook,
  listWebhooks,
  makeWebhook,
  MOST_WEBHOOKS,
  newSecret,
  readTarget,
  readWebhook,
  removeWebhook,
  replaceSecret,
  ruleThatNames,
} from './webhooks.ts';

export function webhookRoutes(
  pool: Pool,
  { lead, now }: Pick<AlertKeeping, 'lead' | 'now'>,
): Router {
  const router = Router();
  const byOperator = byOperatorOf(pool, 'webhooks');
  const body = json();

  router.get(
    '/webhooks',
    byOperator(async (_, response) => {
      response.json(await listWebhooks(pool));
    }),
  );

  router.post(
    '/webhooks',
    body,
    byOperator(async (request, response, by) => {
      const wish = wishOf(request, response);
      if (!wish) return;
      const secret = newSecret();
      const made = await makeWebhook(pool, wish, secret, by);
      if (!made) return refuse(response, tooManyOf('webhook', MOST_WEBHOOKS));
      await noteAct(pool, { by, what: 'webhook.made', about: made.name });
      const answer: MadeWebhook = { ...made, secret };
      response.status(201).json(answer);
    }),
  );

  router.put(
    '/webhooks/:id',
    body,
    byOperator(async (request, response, by) => {
      const before = await found(request, response);
      const wish = before && wishOf(request, response);
      if (!before || !wish) return;
      if (wish.base === undefined) return refuse(response, missingBase);
      const changed = await changeWebhook(pool, before.id, wish, by);
      if (!changed) return refuseTooLate(request, response);
      if (!changed.on) await loseAll(pool, changed.id, now(), 'the webhook was switched off');
      await noteAct(pool, { by, what: 'webhook.changed', about: changed.name });
      await lead.tell({ what: 'webhooks' });
      response.json(await readWebhook(pool, changed.id));
    }),
  );

  router.delete(
    '/webhooks/:id',
    byOperator(async (request, response, by) => {
      const webhook = await found(request, response);
      const base = webhook && baseOf(request, response);
      if (!webhook || base === undefined) return;
      const rule = await ruleThatNames(pool, webhook.id);
      if (rule !== undefined)
        return refuse(response, {
          code: 'in_use',
          message: `The rule “${rule}” still tells it: take it out of that rule first.`,
          path: 'id',
          reason: { is: 'named_by', rule },
        });
      if (!(await removeWebhook(pool, webhook.id, base))) return refuseTooLate(request, response);
      await noteAct(pool, { by, what: 'webhook.removed', about: webhook.name });
      response.json({});
    }),
  );

  router.post(
    '/webhooks/:id/secret',
    byOperator(async (request, response, by) => {
      const secret = newSecret();
      const webhook = await found(request, response);
      const changed = webhook && (await replaceSecret(pool, webhook.id, secret, by));
      if (!changed) return;
      await noteAct(pool, { by, what: 'webhook.secret', about: changed.name });
      const answer: MadeWebhook = { ...changed, secret };
      response.json(answer);
    }),
  );

  router.post(
    '/webhooks/:id/test',
    byOperator(async (request, response) => {
      const webhook = await found(request, response);
      const target = webhook && (await readTarget(pool, webhook.id));
      if (!webhook || !target) return;
      const at = now();
      const message = { id: `msg_${randomUUID()}`, body: JSON.stringify(testMessage(at)) };
      const outcome = await send(target, message, at);
      response.json(await noteTest(pool, webhook.id, message, outcome, at));
    }),
  );

  router.get(
    '/webhooks/:id/deliveries',
    byOperator(async (request, response) => {
      const webhook = await found(request, response);
      if (webhook) response.json(await listDeliveries(pool, webhook.id));
    }),
  );

  /** What is asked to be kept; an address that nothing can be sent to is refused. */
  function wishOf(request: Request, response: Response): SaveWebhook | undefined {
    const wish = v.safeParse(SaveWebhook, request.body, { abortPipeEarly: true });
    if (!wish.success) {
      refuseInvalid(response, wish.issues);
      return undefined;
    }
    const { username, password } = new URL(wish.output.url);
    if (username === '' && password === '') return wish.output;
    refuse(response, {
      code: 'invalid',
      message: 'url: must hold no name and no password; messages are known by their signature',
      path: 'url',
      reason: { is: 'format' },
    });
    return undefined;
  }

  async function found(request: Request, response: Response): Promise<Webhook | undefined> {
    const webhook = await readWebhook(pool, numberIn(request.params['id']));
    if (!webhook) refuse(response, noSuch('webhook', String(request.params['id'])));
    return webhook;
  }

  async function refuseTooLate(request: Request, response: Response): Promise<void> {
    const current = await found(request, response);
    if (current) refuse(response, tooLate('webhook', current));
  }

  return router;
}
