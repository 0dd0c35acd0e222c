/** The plan that the panel shows: asked for, followed while it is made, and kept while it is read. */
import type { Plan, PlanRequestInput } from '../../data/wire/plans.ts';
import { ask, Refused } from '../live/ask.ts';
import { USUAL, type Wish } from './wish.ts';

/** Why there is no plan to show. */
type Problem = { kind: 'gone' | 'unreachable' | 'tooMany' } | { kind: 'refused'; why: string };

const LOOK_MS = 400;

class Planning {
  /** What the form says; it stays while the page is open. */
  wish = $state<Wish>({ ...USUAL });
  plan = $state.raw<Plan | null>(null);
  problem = $state.raw<Problem | null>(null);

  /** Asks for a plan; answers its id, or undefined where the server does not take it. */
  async start(request: PlanRequestInput): Promise<string | undefined> {
    this.problem = null;
    try {
      return (await ask<{ id: string }>('/api/plans', { body: request })).id;
    } catch (error) {
      this.problem = problemOf(error);
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
        this.problem = problemOf(error);
        // A line that comes back finds the plan where it is by then.
        if (this.problem.kind === 'unreachable') timer = setTimeout(look, LOOK_MS * 5);
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
      this.problem = problemOf(error);
    }
  }
}

/** Whether it waits or is being made. */
export function isOpen({ state }: Plan): boolean {
  return state === 'waiting' || state === 'running';
}

function problemOf(error: unknown): Problem {
  if (!(error instanceof Refused)) return { kind: 'unreachable' };
  const { code, message } = error.refusal;
  if (code === 'not_found' && error.refusal.path === undefined) return { kind: 'gone' };
  return code === 'too_many' ? { kind: 'tooMany' } : { kind: 'refused', why: message };
}

export const planning = new Planning();
