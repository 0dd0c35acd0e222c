/** What of the review is known whatever is open: how many proposals wait, and which provinces ask. */
import type { RequiredReview, WaitingProposals } from '../../data/wire/review.ts';
import { ask } from '../live/ask.ts';
import { live } from '../live/live.svelte.ts';
import { session } from '../session/session.svelte.ts';

class Waiting {
  /** Open proposals that are for the reader to decide, or their own; null before it is known. */
  counts = $state.raw<WaitingProposals | null>(null);
  /** Provinces that ask for approval. */
  required = $state.raw<readonly RequiredReview[]>([]);

  /** Keeps both current while somebody is signed in, until what it answers is called. */
  follow(): () => void {
    const stop = new AbortController();
    const look = async (): Promise<void> => {
      try {
        const { signal } = stop;
        const [counts, required] = await Promise.all([
          ask<WaitingProposals>('/api/proposals/waiting', { signal }),
          ask<RequiredReview[]>('/api/review', { signal }),
        ]);
        if (signal.aborted) return;
        this.counts = counts;
        this.required = required;
      } catch {
        // What was known stays; the line's own state tells that the server is not reached.
      }
    };
    const quiet = live.onProposals(() => void look());
    void look();
    return () => {
      stop.abort();
      quiet();
      this.counts = null;
    };
  }

  /** How many are for the signed-in person to see to: as an approver, or else as their author. */
  get number(): number {
    const { counts } = this;
    if (!counts || !session.account) return 0;
    const { role } = session.account;
    return role === 'approver' || role === 'operator' ? counts.toDecide : counts.own;
  }
}

export const waiting = new Waiting();
