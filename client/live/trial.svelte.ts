/**
 * Asks what would come of a change, again whenever it changes: at once, but so many times a second
 * and no more, and while an answer is on its way only the newest question waits, so that dragging
 * never piles questions up.
 */
import { untrack } from 'svelte';
import type { EstimateField } from '../../data/model/estimate.ts';
import type { ScenarioContent, WhatIfAnswer } from '../../data/wire/scenarios.ts';
import { isCounting, STILL_COUNTING } from '../layers/method-options.ts';
import { view } from '../view/view.svelte.ts';
import { ask, isPassing, problemOf, type Problem } from './ask.ts';
import { live } from './live.svelte.ts';

/** The country moves on under an open question: the answer follows at this pace. */
const FOLLOW_MS = 3_000;
/** Least time from one question to the next. */
const PACE_MS = 200;

export class Trial {
  /** The newest answer; null before the first, and where there is nothing to ask. */
  answer = $state.raw<WhatIfAnswer | null>(null);
  /** Why there is none; null where there is one. */
  problem = $state.raw<Problem | null>(null);
  /** Whether an answer is on its way: by terrain that may take some seconds. */
  asking = $state(false);
  /** How far an answer is that takes long, 0–1; null where none does. */
  progress = $state<number | null>(null);
  readonly #counting = $derived(isCounting(view.method));
  #waiting: object | null = null;
  /** Gives up the answer that is on its way. */
  #stop = new AbortController();

  /**
   * Follows what `read` says, by the method in use; null for nothing to ask. People of `field` are
   * counted. To be made within a component.
   */
  constructor(
    read: () => Partial<ScenarioContent> | null,
    field: () => EstimateField = () => view.colouring,
  ) {
    $effect(() => {
      const content = read();
      if (!content) {
        this.#giveUp();
        this.answer = this.problem = null;
        return;
      }
      if (this.#counting) {
        this.#giveUp();
        this.answer = null;
        this.problem = STILL_COUNTING;
        return;
      }
      const question = { add: [], ...content, method: view.method, field: field() };
      untrack(() => this.#ask(question));
      let stale = false;
      const stop = live.onEstimates(() => (stale = true));
      const timer = setInterval(() => {
        const { problem } = this;
        // What was refused for good is asked again when the scenario is another.
        const again = problem ? isPassing(problem) : stale;
        if (again && !document.hidden) this.#ask(question);
        stale = false;
      }, FOLLOW_MS);
      return () => {
        stop();
        clearInterval(timer);
      };
    });
    $effect(() => () => this.#giveUp());
  }

  #giveUp(): void {
    this.#waiting = null;
    this.#stop.abort();
    this.#stop = new AbortController();
  }

  #ask(question: object): void {
    this.#waiting = question;
    if (!this.asking) void this.#askOneAfterAnother();
  }

  async #askOneAfterAnother(): Promise<void> {
    this.asking = true;
    for (let body = this.#waiting; body; body = this.#waiting) {
      this.#waiting = null;
      const { signal } = this.#stop;
      const pace = new Promise((resolve) => setTimeout(resolve, PACE_MS));
      const tell = (share: number) => !signal.aborted && (this.progress = share);
      try {
        const answer = await ask<WhatIfAnswer>('/api/what-if', { body, signal, tell });
        if (signal.aborted) continue;
        this.answer = answer;
        this.problem = null;
      } catch (error) {
        if (signal.aborted) continue;
        this.problem = problemOf(error);
      } finally {
        this.progress = null;
        await pace;
      }
    }
    this.asking = false;
  }
}
