/** Trying things out, and keeping what was tried, over HTTP. */
import {
  json,
  Router,
  type ErrorRequestHandler,
  type Request,
  type RequestHandler,
  type Response,
} from 'express';
import type { Pool } from 'pg';
import * as v from 'valibot';
import { Id } from '../../data/model/scalars.ts';
import type { Refusal } from '../../data/wire/commands.ts';
import {
  ApproveScenario,
  MOST_STATIONS,
  SaveScenario,
  WhatIf,
  type Scenario,
  type ScenarioSummary,
} from '../../data/wire/scenarios.ts';
import { mayPlan } from '../../data/wire/authority.ts';
import { authorForAnybody, type Account } from '../../data/model/account.ts';
import type { Commands } from '../commands/handle.ts';
import type { LiveCountry } from '../country/live.ts';
import { accountOfRequest } from '../http/identity.ts';
import { answerAtLength } from '../http/long-answer.ts';
import { refuse, refuseInvalid } from '../http/refusal.ts';
import { atMost, type Limit } from '../http/throttle.ts';
import { approve } from './approve.ts';
import { stage } from './sites.ts';
import {
  deleteScenario,
  listScenarios,
  makeScenario,
  readScenario,
  saveScenario,
} from './store.ts';
import { whatIf } from './what-if.ts';

/** A thousand stations with long names and every field take half of it. */
const MOST_BYTES = 1024 * 1024;

const Address = v.object({ id: v.pipe(v.string(), v.regex(/^\d{1,9}$/), v.toNumber(), Id) });
const Base = v.object({
  base: v.pipe(v.string(), v.regex(/^\d{1,9}$/, 'must be a version'), v.toNumber()),
});

export function scenarioRoutes(options: {
  pool: Pool;
  live: LiveCountry;
  commands: Commands;
  limit: Limit;
}): Router {
  const { pool, live, commands, limit } = options;
  const router = Router();
  const body = json({ limit: MOST_BYTES });

  router.post('/what-if', atMost(limit), body, async (request, response) => {
    const question = read(WhatIf, request, response);
    if (!question) return;
    let share = 0;
    await answerAtLength(request, response, {
      progress: () => share,
      async answer(stop) {
        const answer = await whatIf(question, live, { tell: (next) => (share = next), stop });
        return 'code' in answer ? answer : { body: answer };
      },
    });
  });

  router.get('/scenarios', async (request, response) => {
    const scenarios = await listScenarios(pool);
    const named = await accountOfRequest(pool, request);
    response.json(named ? scenarios : scenarios.map(withoutNames));
  });

  router.post('/scenarios', body, async (request, response) => {
    const account = await signedIn(pool, request, response);
    const wish = account && read(SaveScenario, request, response);
    if (!account || !wish || !makesSense(wish, response)) return;
    response.status(201).json(await makeScenario(pool, wish, account.name));
  });

  router.get('/scenarios/:id', async (request, response) => {
    const scenario = await found(request, response);
    if (!scenario) return;
    const named = await accountOfRequest(pool, request);
    response.json(named ? scenario : withoutNames(scenario));
  });

  const save: RequestHandler = async (request, response) => {
    const account = await signedIn(pool, request, response);
    const wish = account && read(SaveScenario, request, response);
    const scenario = wish && (await found(request, response));
    if (!account || !wish || !scenario || !makesSense(wish, response)) return;
    const { base } = wish;
    if (base === undefined)
      refuse(response, {
        code: 'invalid',
        message: 'base: must be the version that you saw',
        path: 'base',
        reason: { is: 'missing' },
      });
    else {
      const saved = await saveScenario(pool, scenario.id, base, wish, account.name);
      if (saved) response.json(saved);
      else await refuseTooLate(request, response, base);
    }
  };
  router.put('/scenarios/:id', body, save);
  router.post('/scenarios/:id', body, save);

  router.delete('/scenarios/:id', async (request, response) => {
    const account = await signedIn(pool, request, response);
    const scenario = account && (await found(request, response));
    if (!scenario) return;
    const query = v.safeParse(Base, request.query);
    if (!query.success) refuseInvalid(response, query.issues);
    else if (await deleteScenario(pool, scenario.id, query.output.base)) response.json({});
    else await refuseTooLate(request, response, query.output.base);
  });

  router.post('/scenarios/:id/approve', body, async (request, response) => {
    const account = await signedIn(pool, request, response);
    const wish = account && read(ApproveScenario, request, response);
    const scenario = wish && (await found(request, response));
    if (!account || !wish || !scenario) return;
    const { country, ground } = live;
    if (!ground) {
      refuse(response, { code: 'no_territory', message: 'No territory has been adopted yet.' });
      return;
    }
    // Closing counts as a version: whoever asks again for what they saw open gets the first answer.
    const seen = scenario.approved ? scenario.version - 1 : scenario.version;
    if (wish.base !== seen && wish.base !== scenario.version) {
      await refuseTooLate(request, response, wish.base);
      return;
    }
    const scene = { country, ground };
    const answer = await approve({ pool, commands, scene, scenario, account });
    if (answer === 'not there any more') await refuseTooLate(request, response, wish.base);
    else if ('code' in answer) refuse(response, answer);
    else response.json(answer);
  });

  router.use(refuseWhatIsTooLong);

  /** The scenario of the address; where there is none, the request is refused. */
  async function found(request: Request, response: Response): Promise<Scenario | undefined> {
    const address = v.safeParse(Address, request.params);
    const scenario = address.success ? await readScenario(pool, address.output.id) : undefined;
    if (!scenario) refuse(response, noScenario(String(request.params['id'])));
    return scenario;
  }

  /** Whether it would be possible today; refuses where not. */
  function makesSense({ content }: SaveScenario, response: Response): boolean {
    const { country, ground } = live;
    const staged: object = ground ? stage(content, { country, ground }) : NO_TERRITORY;
    if ('code' in staged) refuse(response, staged as Refusal);
    return !('code' in staged);
  }

  /** Somebody was first: shows the scenario as it is now. */
  async function refuseTooLate(request: Request, response: Response, base: number): Promise<void> {
    const current = await found(request, response);
    if (!current) return;
    if (current.approved && current.version === base)
      refuse(response, {
        code: 'in_use',
        message: `Scenario ${current.id} was approved and changes no more: save a copy of it.`,
        reason: { is: 'approved' },
      });
    else
      refuse(response, {
        code: 'stale',
        message: `It was changed meanwhile: it is at version ${current.version} now.`,
        path: 'base',
        current: { ...current },
      });
  }

  return router;
}

const NO_TERRITORY: Refusal = {
  code: 'no_territory',
  message: 'No territory has been adopted yet.',
};

/** A scenario as whoever is not signed in is told of it. */
function withoutNames<S extends ScenarioSummary>(scenario: S): S {
  const { author, changedBy, approved } = scenario;
  return {
    ...scenario,
    author: authorForAnybody(author),
    changedBy: authorForAnybody(changedBy),
    approved: approved && { ...approved, by: authorForAnybody(approved.by) },
  };
}

function noScenario(id: string): Refusal {
  return {
    code: 'not_found',
    message: `There is no scenario ${id}.`,
    path: 'id',
    reason: { is: 'no_such', what: 'scenario', id },
  };
}

/** The body by its schema; refuses what does not fit. */
function read<S extends v.GenericSchema>(
  schema: S,
  request: Request,
  response: Response,
): v.InferOutput<S> | undefined {
  const parsed = v.safeParse(schema, request.body, { abortPipeEarly: true });
  if (parsed.success) return parsed.output;
  refuseInvalid(response, parsed.issues);
  return undefined;
}

async function signedIn(
  pool: Pool,
  request: Request,
  response: Response,
): Promise<Account | undefined> {
  const account = await accountOfRequest(pool, request);
  if (account && mayPlan(account)) return account;
  if (account)
    refuse(response, {
      code: 'forbidden',
      message: `${account.name} is ${account.role}, who may try out but keeps no scenarios.`,
      path: 'role',
    });
  else
    refuse(response, {
      code: 'unauthenticated',
      message: 'Sign in first: trying out is open, keeping and approving need an account.',
    });
  return undefined;
}

/** A body past the limit is a scenario past all measure. */
const refuseWhatIsTooLong: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  if ((error as { status?: unknown }).status !== 413) next(error);
  else
    refuse(response, {
      code: 'too_large',
      message: `A scenario names at most ${MOST_STATIONS} stations, in ${MOST_BYTES} bytes.`,
      reason: { is: 'stations', limit: MOST_STATIONS },
    });
};
