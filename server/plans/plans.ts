/**
 * The plans of this process: one is made at a time, a few wait, and what was made is kept in memory
 * for an hour. A plan belongs to the server that made it and does not outlive it: whoever wants to
 * keep one makes a scenario of it.
 */
import type { Refusal } from '../../data/wire/commands.ts';
import type { Plan, PlanRequest } from '../../data/wire/plans.ts';
import type { LiveCountry } from '../country/live.ts';
import { planInWorker, type Planning } from './plan-in-worker.ts';
import { questionOf } from './question.ts';

/** Plans that wait or run: of all, and of one account or address. */
const MOST_OPEN = 8;
const MOST_OPEN_OF_ONE = 2;
/** What was made is forgotten after an hour, or when there is so much of it; a site is about 300 bytes. */
const KEPT_MS = 3_600_000;
const MOST_KEPT = 200;
const MOST_SITES_KEPT = 100_000;
/** Ten times what the largest one takes on a small machine. */
const LONGEST_MS = 600_000;

interface Job {
  plan: Plan;
  owner: string;
  /** Ms since 1970; undefined while it waits or runs. */
  endedAt?: number;
  planning?: Planning;
}

/** What plans run on; as it is outside of tests. */
interface Running {
  now?: () => number;
  longestMs?: number;
  run?: typeof planInWorker;
}

export interface Plans {
  /** Takes a request in; `owner` is the account or address that it comes from. */
  start(request: PlanRequest, owner: string): Plan | Refusal;
  get(id: string): Plan | undefined;
  /** Stops a plan that waits or runs; one that has ended stays as it is. */
  cancel(id: string): Plan | undefined;
  /** Stops everything. */
  close(): void;
}

export function createPlans(
  live: LiveCountry,
  { now = Date.now, longestMs = LONGEST_MS, run = planInWorker }: Running = {},
): Plans {
  /** In the order in which they were asked for. */
  const jobs = new Map<string, Job>();

  function forgetOld(): void {
    const ended = [...jobs.values()].filter(({ endedAt }) => endedAt !== undefined);
    let sites = ended.reduce((sum, { plan }) => sum + plan.sites.length, 0);
    for (const [index, { plan, endedAt = 0 }] of ended.entries()) {
      const tooMany = ended.length - index > MOST_KEPT || sites > MOST_SITES_KEPT;
      if (!tooMany && now() - endedAt < KEPT_MS) continue;
      jobs.delete(plan.id);
      sites -= plan.sites.length;
    }
  }

  function end(job: Job, outcome: Partial<Plan> & Pick<Plan, 'state'>): void {
    if (job.endedAt !== undefined) return;
    Object.assign(job.plan, outcome);
    job.endedAt = now();
    const { planning } = job;
    delete job.planning;
    planning?.stop();
    runNext();
  }

  function runNext(): void {
    const open = [...jobs.values()].filter(({ endedAt }) => endedAt === undefined);
    const [next] = open;
    if (!next || next.planning) return;
    const { plan } = next;
    const question = questionOf(live, plan.request);
    if (!question) {
      end(next, { state: 'failed', failure: NO_TERRITORY });
      return;
    }
    plan.state = 'running';
    plan.seq = live.country.seq;
    plan.asOf = live.country.at;
    const planning = run(question, (progress) => (plan.progress = progress));
    next.planning = planning;
    const deadline = setTimeout(() => end(next, { state: 'failed', failure: TOO_LONG }), longestMs);
    deadline.unref();
    planning.answer
      .then((answer) => end(next, { state: 'done', progress: 1, ...answer }))
      .catch((error: unknown) => {
        if (next.endedAt === undefined) console.error(error);
        end(next, { state: 'failed', failure: WENT_WRONG });
      })
      .finally(() => clearTimeout(deadline));
  }

  return {
    start(request, owner) {
      const refusal = refusalOf(live, request);
      if (refusal) return refusal;
      forgetOld();
      const open = [...jobs.values()].filter(({ endedAt }) => endedAt === undefined);
      if (open.length >= MOST_OPEN) return tooMany('Too many plans are waiting', 'plans');
      if (open.filter((job) => job.owner === owner).length >= MOST_OPEN_OF_ONE)
        return tooMany(`${MOST_OPEN_OF_ONE} plans of yours are being made`, 'own_plans');
      const plan = waiting(request);
      jobs.set(plan.id, { plan, owner });
      runNext();
      return plan;
    },
    get(id) {
      forgetOld();
      return jobs.get(id)?.plan;
    },
    cancel(id) {
      const job = jobs.get(id);
      if (job) end(job, { state: 'cancelled' });
      return job?.plan;
    },
    close() {
      for (const job of [...jobs.values()].reverse()) end(job, { state: 'cancelled' });
    },
  };
}

function waiting(request: PlanRequest): Plan {
  return {
    ...{ id: crypto.randomUUID(), state: 'waiting', progress: 0, request, method: request.method },
    ...{ seq: null, asOf: null, sites: [], curve: [] },
    ...{ candidates: null, ended: null, guarantee: null },
  };
}

function tooMany(what: string, whose: 'plans' | 'own_plans'): Refusal {
  const message = `${what}: wait for one to end, or cancel one.`;
  return { code: 'too_many', message, reason: { is: whose } };
}

const NO_TERRITORY: Refusal = {
  code: 'no_territory',
  message: 'No territory has been adopted yet.',
};
const TOO_LONG: Refusal = {
  code: 'too_large',
  message: 'It took too long: ask for fewer sites.',
  reason: { is: 'plan_too_long' },
};
const WENT_WRONG: Refusal = {
  code: 'unavailable',
  message: 'The server could not make this plan.',
};

/** What the country cannot answer, whatever the server has to do. */
function refusalOf({ ground, coverage }: LiveCountry, request: PlanRequest): Refusal | undefined {
  const { unit, method, goal } = request;
  if (!ground) return NO_TERRITORY;
  if (!ground.hasUnit(unit))
    return {
      code: 'not_found',
      message: `unit: there is no unit ${unit}.`,
      path: 'unit',
      reason: { is: 'no_such', what: 'unit', id: unit },
    };
  if (!coverage?.by(method))
    return {
      code: 'invalid',
      message: `method: ${method} is not available.`,
      path: 'method',
      reason: { is: 'no_method', method },
    };
  const known = ground.territory.communes.some((commune) => commune.speciallyDisadvantaged);
  if (goal === 'disadvantaged' && !known)
    return {
      code: 'invalid',
      message: 'goal: the territory does not say which communes are specially disadvantaged.',
      path: 'goal',
      reason: { is: 'sense' },
    };
  return undefined;
}
