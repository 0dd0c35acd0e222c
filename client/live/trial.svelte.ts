/**
 * Asks what would come of a change, again whenever it changes: at once, and while an answer is on
 * its way only the newest question waits, so that dragging never piles questions up.
 */
import { untrack } from 'svelte';
import type { Refusal } from '../../data/wire/commands.ts';
import type { EstimateField } from '../../data/model/estimate.ts';
import type { ScenarioContent, WhatIfAnswer } from '../../data/wire/scenarios.ts';
import { view } from '../view/view.svelte.ts';
import { ask, Refused } from './ask.ts';
import { live } from './live.svelte.ts';

/** The country moves on under an open question: the answer follows at this pace. */
const FOLLOW_MS = 3_000;

export class Trial {
  /** The newest answer; null before the first, and where there is nothing to ask. */
  answer = $state.raw<WhatIfAnswer | null>(null);
  /** Why there is none; null where there is one. */
  problem = $state.raw<Refusal | 'unreachable' | null>(null);
  /** Whether an answer is on its way: by terrain that may take some seconds. */
  asking = $state(false);
  #waiting: object | null = null;

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
        this.#waiting = null;
        this.answer = this.problem = null;
        return;
      }
      const question = { add: [], ...content, method: view.method, field: field() };
      untrack(() => this.#ask(question));
      let stale = false;
      const stop = live.onEstimates(() => (stale = true));
      const timer = setInterval(() => {
        if (stale && !document.hidden) this.#ask(question);
        stale = false;
      }, FOLLOW_MS);
      return () => {
        stop();
        clearInterval(timer);
      };
    });
  }

  #ask(question: object): void {
    this.#waiting = question;
    if (!this.asking) void this.#askOneAfterAnother();
  }

  async #askOneAfterAnother(): Promise<void> {
    this.asking = true;
    for (let body = this.#waiting; body; body = this.#waiting) {
      this.#waiting = null;
      try {
        const answer = await ask<WhatIfAnswer>('/api/what-if', { body });
        this.answer = answer;
        this.problem = null;
      } catch (error) {
        this.problem = error instanceof Refused ? error.refusal : 'unreachable';
      }
    }
    this.asking = false;
  }
}
