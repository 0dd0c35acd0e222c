/** The plan that the panel shows: asked for, followed while it is made, and kept while it is read. */
import type { Plan, PlanRequestInput } from '../../data/wire/plans.ts';
import { ask, problemOf, type Problem } from '../live/ask.ts';
import { USUAL, type Wish } from './wish.ts';

/** Why there is no plan to show. */
type NoPlan = Problem | 'gone';

const LOOK_MS = 400;

class Planning {
  /** What the form says; it stays while the page is open. */
  wish = $state<Wish>({ ...USUAL });
  plan = $state.raw<Plan | null>(null);
  problem = $state.raw<NoPlan | null>(null);

  /** Asks for a plan; answers its id, or undefined where the server does not take it. */
  async start(request: PlanRequestInput): Promise<string | undefined> {
    this.problem = null;
    try {
      return (await ask<{ id: string }>('/api/plans', { body: request })).id;
    } catch (error) {
      this.problem = noPlan(error);
      return undefined;
    }
  }

  /** Follows a plan until it has ended, or until what it answers is called. */
  follow(id: string): () => void {
    if (this.plan?.id !== id) this.plan = null;
    this.problem = null;
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = async (): Promise<void> => {
      try {
        const plan = await ask<Plan>(`/api/plans/${id}`, { signal: stop.signal });
        // An answer that was on its way while the plan was stopped comes too late.
        const ended = this.plan?.id === id && !isOpen(this.plan);
        if (stop.signal.aborted || ended) return;
        this.plan = plan;
        this.problem = null;
        if (isOpen(plan)) timer = setTimeout(look, LOOK_MS);
      } catch (error) {
        if (stop.signal.aborted) return;
        this.problem = noPlan(error);
        // A line that comes back finds the plan where it is by then.
        if (this.problem === 'unreachable') timer = setTimeout(look, LOOK_MS * 5);
      }
    };
    void look();
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }

  async cancel(): Promise<void> {
    if (!this.plan) return;
    try {
      this.plan = await ask<Plan>(`/api/plans/${this.plan.id}`, { method: 'DELETE' });
    } catch (error) {
      this.problem = noPlan(error);
    }
  }
}

/** Whether it waits or is being made. */
export function isOpen({ state }: Plan): boolean {
  return state === 'waiting' || state === 'running';
}

function noPlan(error: unknown): NoPlan {
  const problem = problemOf(error);
  if (problem === 'unreachable') return problem;
  const { reason } = problem;
  return reason?.is === 'no_such' && reason.what === 'plan' ? 'gone' : problem;
}

export const planning = new Planning();
