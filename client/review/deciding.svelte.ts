/** Deciding about proposals, one after the other, and telling what became of them. */
import { ask, problemOf, type Problem } from '../live/ask.ts';

export type Decision = 'accept' | 'return' | 'withdraw' | 'renew';

interface Outcome {
  decision: Decision;
  done: number;
  /** Those that came too late. */
  outdated: number;
  /** What stopped it, where something did. */
  problem: Problem | null;
}

class Deciding {
  working = $state(false);
  /** What became of the last decision. */
  outcome = $state.raw<Outcome | null>(null);

  /** `bodyOf` is what is sent with each; what was done before a line broke stays done. */
  async decide(
    decision: Decision,
    ids: readonly number[],
    bodyOf: (id: number) => object,
  ): Promise<void> {
    this.working = true;
    const outcome: Outcome = { decision, done: 0, outdated: 0, problem: null };
    for (const id of ids)
      try {
        const address = `/api/proposals/${id}/${decision}`;
        const answer = await ask<{ outdated?: boolean }>(address, { body: bodyOf(id) });
        if (answer.outdated) outcome.outdated++;
        else outcome.done++;
      } catch (error) {
        outcome.problem = problemOf(error);
        if (outcome.problem === 'unreachable') break;
      }
    this.outcome = outcome;
    this.working = false;
  }
}

export const deciding = new Deciding();
