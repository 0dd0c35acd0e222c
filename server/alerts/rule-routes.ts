/** Rules of alerts over HTTP: read by whoever may look, kept by approvers and operators of their units. */
import { json, Router, type Request, type Response } from 'express';
import type { Pool } from 'pg';
import * as v from 'valibot';
import { lookOver, type Found } from '../../data/alerts/found.ts';
import { MOST_OF_A_RULE, MOST_RULES, type RuleFields } from '../../data/alerts/rule.ts';
import { authorForAnybody } from '../../data/model/account.ts';
import { SaveRule, type Rule, type RuleTrial } from '../../data/wire/alerts.ts';
import { isApprover, mayKeepRule } from '../../data/wire/authority.ts';
import type { Refusal } from '../../data/wire/commands.ts';
import { noteAct } from '../accounts/accounts.ts';
import type { Session } from '../accounts/sessions.ts';
import type { LiveCountry } from '../country/live.ts';
import { accountOfRequest, personOfRequest } from '../http/identity.ts';
import { refuse, refuseInvalid } from '../http/refusal.ts';
import type { AlertKeeping } from './alerts.ts';
import { baseOf, missingBase, noSuch, numberIn, tooLate, tooManyOf } from './refusals.ts';
import { changeRule, listRules, makeRule, readRule, removeRule, type KeptRule } from './rules.ts';
import { countOpen, readListening } from './store.ts';
import { unknownWebhook } from './webhooks.ts';

/** What a trial shows of what it finds. */
const EXAMPLES = 20;

export function ruleRoutes(
  pool: Pool,
  live: LiveCountry,
  { sights, lead, now }: Pick<AlertKeeping, 'sights' | 'lead' | 'now'>,
): Router {
  const router = Router();
  const body = json();

  router.get('/alert-rules', async (request, response) => {
    const [account, rules, open] = await Promise.all([
      accountOfRequest(pool, request),
      listRules(pool),
      countOpen(pool),
    ]);
    const listed = rules.map((rule): Rule => ({
      ...rule,
      changedBy: account ? rule.changedBy : authorForAnybody(rule.changedBy),
      open: open.get(rule.id) ?? 0,
      may: { change: account !== undefined && mayKeepRule(account, rule.units) },
    }));
    response.set('Cache-Control', 'no-store').json(listed);
  });

  router.post('/alert-rules/try', body, async (request, response) => {
    const wish = await wishOf(request, response);
    if (!wish) return;
    const found = await findNow(wish.rule);
    const trial: RuleTrial = {
      found: found.length,
      examples: found.slice(0, EXAMPLES).map(({ unit, thing, facts }) => ({ unit, thing, facts })),
      tooMany: found.length > MOST_OF_A_RULE,
    };
    response.set('Cache-Control', 'no-store').json(trial);
  });

  router.post('/alert-rules', body, async (request, response) => {
    const wish = await wishOf(request, response);
    if (!wish || (await isRefused(wish, undefined, response))) return;
    const made = await makeRule(pool, wish.rule, wish.keeper.name);
    if (!made) return refuse(response, tooManyOf('rule', MOST_RULES));
    await noteChange(wish.keeper, 'rule.made', made.name);
    response.status(201).json(seenByKeeper(made, 0));
  });

  router.put('/alert-rules/:id', body, async (request, response) => {
    const wish = await wishOf(request, response);
    const before = wish && (await found(request, response));
    if (!wish || !before) return;
    if (wish.rule.base === undefined) return refuse(response, missingBase);
    if (!mayKeepRule(wish.keeper, before.units)) return refuse(response, notTheirs(wish.keeper));
    if (await isRefused(wish, before, response)) return;
    const changed = await changeRule(pool, before.id, wish.rule, wish.keeper.name);
    if (!changed) return refuseTooLate(request, response);
    await noteChange(wish.keeper, 'rule.changed', changed.name);
    const open = await countOpen(pool);
    response.json(seenByKeeper(changed, open.get(changed.id) ?? 0));
  });

  router.delete('/alert-rules/:id', async (request, response) => {
    const keeper = await keeperOf(request, response);
    const rule = keeper && (await found(request, response));
    if (!keeper || !rule) return;
    if (!mayKeepRule(keeper, rule.units)) return refuse(response, notTheirs(keeper));
    const base = baseOf(request, response);
    if (base === undefined) return;
    if (!(await removeRule(pool, rule.id, base))) return refuseTooLate(request, response);
    await noteChange(keeper, 'rule.removed', rule.name);
    response.json({});
  });

  async function noteChange(
    { name }: Session,
    what: 'rule.made' | 'rule.changed' | 'rule.removed',
    about: string,
  ): Promise<void> {
    await noteAct(pool, { by: name, what, about });
    await lead.tell({ what: 'rules' });
  }

  /** What somebody who may asks to be kept; where they may not, or it cannot be, it is refused. */
  async function wishOf(
    request: Request,
    response: Response,
  ): Promise<{ keeper: Session; rule: SaveRule } | undefined> {
    const keeper = await keeperOf(request, response);
    if (!keeper) return undefined;
    const wish = v.safeParse(SaveRule, request.body, { abortPipeEarly: true });
    if (!wish.success) {
      refuseInvalid(response, wish.issues);
      return undefined;
    }
    const { units } = wish.output;
    const strange = units.find((unit) => !live.ground?.hasUnit(unit));
    if (strange !== undefined) {
      const refusal = noSuch('unit', strange, 'units');
      refuse(response, { ...refusal, code: 'invalid' });
      return undefined;
    }
    if (!mayKeepRule(keeper, units)) {
      refuse(response, notTheirs(keeper));
      return undefined;
    }
    return { keeper, rule: wish.output };
  }

  /** Whom it would tell, and how much, is asked before it is kept; answers whether it is refused. */
  async function isRefused(
    { keeper, rule }: { keeper: Session; rule: SaveRule },
    before: KeptRule | undefined,
    response: Response,
  ): Promise<boolean> {
    const refusal =
      (await refusedWebhooks(keeper, rule, before)) ??
      (rule.on ? await refusedFlood(rule) : undefined);
    if (refusal) refuse(response, refusal);
    return refusal !== undefined;
  }

  async function refusedWebhooks(
    { name, role }: Session,
    rule: RuleFields,
    before: KeptRule | undefined,
  ): Promise<Refusal | undefined> {
    const known = new Set(before ? webhooksOf(before) : []);
    const others = webhooksOf(rule).filter((id) => !known.has(id));
    if (others.length > 0 && role !== 'operator')
      return {
        code: 'forbidden',
        message: `${name} is ${role}: only an operator lets a rule tell another webhook.`,
        path: 'role',
      };
    const unknown = await unknownWebhook(pool, others);
    return unknown === undefined ? undefined : noSuch('webhook', unknown, 'webhooks');
  }

  async function refusedFlood(rule: RuleFields): Promise<Refusal | undefined> {
    const given = (await findNow(rule)).length;
    if (given <= MOST_OF_A_RULE) return undefined;
    return {
      code: 'too_large',
      message: `It would raise ${given} alerts at once, and a rule may have ${MOST_OF_A_RULE}: let it watch less, or set a higher threshold.`,
      path: 'watch',
      reason: { is: 'alerts', limit: MOST_OF_A_RULE, given },
    };
  }

  async function findNow(rule: RuleFields): Promise<Found[]> {
    const sight = await sights.look([rule.watch], (await readListening(pool)) ?? now());
    return sight ? lookOver(sight)(rule) : [];
  }

  async function found(request: Request, response: Response): Promise<KeptRule | undefined> {
    const rule = await readRule(pool, numberIn(request.params['id']));
    if (!rule) refuse(response, noSuch('rule', String(request.params['id'])));
    return rule;
  }

  async function refuseTooLate(request: Request, response: Response): Promise<void> {
    const current = await found(request, response);
    if (current) refuse(response, tooLate('rule', current));
  }

  async function keeperOf(request: Request, response: Response): Promise<Session | undefined> {
    const person = await personOfRequest(pool, request);
    if (person && isApprover(person)) return person;
    if (person)
      refuse(response, {
        code: 'forbidden',
        message: `${person.name} is ${person.role}: approvers and operators keep the rules of alerts.`,
        path: 'role',
      });
    else refuse(response, { code: 'unauthenticated', message: 'Sign in first.' });
    return undefined;
  }

  return router;
}

/** A rule as whoever has just kept it sees it. */
function seenByKeeper(rule: KeptRule, open: number): Rule {
  return { ...rule, open, may: { change: true } };
}

function webhooksOf({ webhooks, escalation }: RuleFields): number[] {
  return [...new Set([...webhooks, ...(escalation?.webhooks ?? [])])];
}

function notTheirs({ name, units }: Session): Refusal {
  return {
    code: 'forbidden',
    message: `All units of the rule must be among those of ${name} (${units.join(', ')}).`,
    path: 'units',
  };
}
