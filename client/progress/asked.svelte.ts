/** An answer of the server that is asked for anew, now and then, while the country goes on. */
import { untrack } from 'svelte';
import { ask, problemOf, type Problem } from '../live/ask.ts';
import { live } from '../live/live.svelte.ts';

/** A pace of twelve weeks does not change faster than this. */
const AGAIN_MS = 10_000;

export class Asked<T> {
  #newest = $state.raw<{ at: string; answer: T } | null>(null);
  /** Why there is no answer; null where there is one. Reactive. */
  problem = $state.raw<Problem | null>(null);
  /** How far an answer is that takes long, 0–1; null where none is waited for. Reactive. */
  progress = $state<number | null>(null);

  readonly #address: () => string;

  /** What is known at the address of now; null until it is. Reactive. */
  get answer(): T | null {
    return this.#newest?.at === this.#address() ? this.#newest.answer : null;
  }

  /** Asks at an address, as long as it stays the same; to be called within a component. */
  constructor(address: () => string) {
    this.#address = address;
    $effect(() => {
      const at = address();
      this.problem = this.progress = null;
      let seen = -1;
      let asking = new AbortController();
      const again = async (): Promise<void> => {
        if (seen === live.revision) return;
        seen = live.revision;
        asking.abort();
        asking = new AbortController();
        const { signal } = asking;
        try {
          const answer = await ask<T>(at, {
            signal,
            tell: (share) => !signal.aborted && (this.progress = share),
          });
          if (signal.aborted) return;
          this.progress = null;
          this.#newest = { at, answer };
          this.problem = null;
        } catch (error) {
          if (signal.aborted) return;
          this.progress = null;
          const problem = problemOf(error);
          // What was answered before stays when the line is cut, which is told elsewhere.
          if (problem !== 'unreachable' || this.#newest?.at !== at) this.problem = problem;
          seen = -1;
        }
      };
      // The country goes on ten times a second: it is looked at now and then, not followed.
      untrack(() => void again());
      const timer = setInterval(() => void again(), AGAIN_MS);
      return () => {
        clearInterval(timer);
        asking.abort();
      };
    });
  }
}
