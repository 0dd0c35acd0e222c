/**
 * Plans over HTTP: start one, see how far it is, cancel it. Whoever may read may plan; how much is
 * bounded for each account and address, so that nobody keeps the server from the others.
 */
import { json, Router, type Request } from 'express';
import type { Pool } from 'pg';
import * as v from 'valibot';
import { PlanRequest } from '../../data/wire/plans.ts';
import { accountOfRequest } from '../http/identity.ts';
import { refuse, refuseInvalid } from '../http/refusal.ts';
import { atMost, type Limit } from '../http/throttle.ts';
import type { Plans } from './plans.ts';

export function planRoutes(pool: Pool, plans: Plans, limit: Limit): Router {
  const router = Router();

  router.post('/', atMost(limit), json({ limit: '64kb' }), async (request, response) => {
    const parsed = v.safeParse(PlanRequest, request.body);
    if (!parsed.success) {
      refuseInvalid(response, parsed.issues);
      return;
    }
    const plan = plans.start(parsed.output, await ownerOf(pool, request));
    if ('code' in plan) refuse(response, plan);
    else response.status(202).location(`/api/plans/${plan.id}`).json({ id: plan.id });
  });

  router
    .route('/:id')
    .get((request, response) => {
      const plan = plans.get(request.params.id);
      if (plan) response.set('Cache-Control', 'no-store').json(plan);
      else refuse(response, noPlan(request.params.id));
    })
    .delete((request, response) => {
      const plan = plans.cancel(request.params.id);
      if (plan) response.json(plan);
      else refuse(response, noPlan(request.params.id));
    });

  return router;
}

async function ownerOf(pool: Pool, request: Request): Promise<string> {
  const account = await accountOfRequest(pool, request);
  return account ? `account ${account.name}` : `address ${request.ip}`;
}

function noPlan(id: string) {
  return {
    code: 'not_found' as const,
    message: `There is no plan ${id}: a plan is kept for an hour by the server that made it.`,
    reason: { is: 'no_such' as const, what: 'plan' as const, id },
  };
}
