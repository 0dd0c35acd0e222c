/** The proposals that are shown: asked for again whenever one of them may be different. */
import type { ProposalsAnswer } from '../../data/wire/review.ts';
import { ask, problemOf, type Problem } from '../live/ask.ts';
import { live } from '../live/live.svelte.ts';

class Found {
  /** What was answered last, and to which query; null before. Reactive. */
  newest = $state.raw<{ query: string; answer: ProposalsAnswer } | null>(null);
  /** Why there is no answer. Reactive. */
  failure = $state.raw<Problem | null>(null);

  /** Keeps the answer to a query current, until what it answers is called. */
  follow(query: string): () => void {
    const stop = new AbortController();
    let asked = 0;
    const look = async (): Promise<void> => {
      const mine = ++asked;
      try {
        const { signal } = stop;
        const answer = await ask<ProposalsAnswer>(`/api/proposals?${query}`, { signal });
        // A later question has been asked meanwhile: its answer is the newer one.
        if (signal.aborted || mine !== asked) return;
        this.newest = { query, answer };
        this.failure = null;
      } catch (error) {
        if (!stop.signal.aborted) this.failure = problemOf(error);
      }
    };
    const quiet = live.onProposals(() => void look());
    this.failure = null;
    void look();
    return () => {
      stop.abort();
      quiet();
    };
  }
}

export const foundProposals = new Found();
