/** Alerts of a unit, kept as they are now: asked for again whenever one of them may be different. */
import type { Alert, Alerts, AlertState } from '../../data/wire/alerts.ts';
import { ask, problemOf, type Problem } from '../live/ask.ts';
import { live } from '../live/live.svelte.ts';
import { now } from '../view/now.svelte.ts';

/** Many alerts may come at once: so long after one question comes the next. */
const PACE_MS = 1_000;

export class FollowedAlerts {
  /** What was answered last, to which question and when (ms); null before. Reactive. */
  newest = $state.raw<{ question: string; answer: Alerts; at: number } | null>(null);
  /** Why there is no answer to the newest question. Reactive. */
  failure = $state.raw<Problem | null>(null);
  /** Pages that are shown. */
  #pages = 1;
  #look: (() => void) | null = null;

  /** Keeps them current, until what it answers is called. */
  follow(unit: string, state: AlertState = 'open'): () => void {
    const question = questionOf(unit, state);
    const stop = new AbortController();
    const { signal } = stop;
    let [asking, again] = [false, false];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = async (): Promise<void> => {
      again = asking;
      if (asking) return;
      asking = true;
      try {
        const answer = await this.#ask(question, signal);
        this.newest = { question, answer, at: now.ms };
        this.failure = null;
      } catch (error) {
        if (!signal.aborted) this.failure = problemOf(error);
      }
      // What was told meanwhile is asked for in a moment, once.
      if (signal.aborted) return;
      timer = setTimeout(() => {
        asking = false;
        if (again) void look();
      }, PACE_MS);
    };
    const quiet = live.onAlerts(() => void look());
    this.failure = null;
    this.#pages = 1;
    this.#look = () => void look();
    void look();
    return () => {
      stop.abort();
      clearTimeout(timer);
      quiet();
      this.#look = null;
    };
  }

  /** The answer, where it is one to this question. Reactive. */
  answerTo(unit: string, state: AlertState = 'open'): Alerts | null {
    return this.newest?.question === questionOf(unit, state) ? this.newest.answer : null;
  }

  /** Shows a page more. */
  more(): void {
    this.#pages++;
    this.#look?.();
  }

  /** Takes the word of the server for one that it has just answered with. */
  put(alert: Alert): void {
    if (!this.newest) return;
    const { answer } = this.newest;
    const alerts = answer.alerts.map((one) => (one.id === alert.id ? alert : one));
    this.newest = { ...this.newest, answer: { ...answer, alerts } };
  }

  async #ask(question: string, signal: AbortSignal): Promise<Alerts> {
    let answer = await ask<Alerts>(`/api/alerts?${question}`, { signal });
    for (let page = 1; page < this.#pages && answer.more; page++) {
      const before = answer.alerts.at(-1)?.id ?? 0;
      const next = await ask<Alerts>(`/api/alerts?${question}&before=${before}`, { signal });
      answer = { ...next, alerts: [...answer.alerts, ...next.alerts] };
    }
    return answer;
  }
}

function questionOf(unit: string, state: AlertState): string {
  return `state=${state}&unit=${unit}`;
}
