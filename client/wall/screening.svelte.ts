/**
 * The film of a tour on the wall: the country as it was takes the place of the present while its scene
 * is shown, moment after moment, and the present comes back after it, or as soon as there is no line.
 */
import { untrack } from 'svelte';
import type { ClockName, Timeline } from '../../data/wire/past.ts';
import type { Snapshot } from '../../data/wire/snapshot.ts';
import { filmWithin, momentsOf } from '../../data/wall/film.ts';
import type { FilmSpan } from '../../data/wall/film.ts';
import { ask } from '../live/ask.ts';
import { live, past } from '../live/live.svelte.ts';
import { askPast } from '../time/asking.ts';
import { wholeOf } from '../time/timeline.ts';
import { now } from '../view/now.svelte.ts';
import { view } from '../view/view.svelte.ts';
import { Reel } from './reel.ts';
import type { Touring } from './touring.svelte.ts';

/** What comes is asked for so long before, the first moment as the scene before it ends. */
const AHEAD_MS = 5_000;
/** After a question that came to nothing. */
const AGAIN_MS = 3_000;

/** One showing of a film. */
interface Showing {
  /** When it ends, ms since 1970, which tells it from the one of the next round. */
  until: number;
  /** Undefined until the server has said how the log lies in time; null where it has nothing to show. */
  reel: Reel<Snapshot> | null | undefined;
  clock: ClockName;
}

export class Screening {
  /** The instant on the wall, ms since 1970; null: the present. Reactive, as everything here. */
  ms = $state<number | null>(null);
  /** What the film shows: its first and last moment; null before that is known. */
  ends = $state.raw<readonly [from: number, to: number] | null>(null);
  /** Whether the log has nothing of the span of the film. */
  empty = $state(false);
  readonly #touring: Touring;
  readonly #isInterrupted: () => boolean;
  #showing: Showing | null = null;
  #asking: AbortController | null = null;
  #failedAt = -Infinity;

  /**
   * To be made within a component.
   * @param isInterrupted whether something else is shown now, which is of the present; reactive
   */
  constructor(touring: Touring, isInterrupted: () => boolean) {
    this.#touring = touring;
    this.#isInterrupted = isInterrupted;
    $effect(() => {
      void [now.ms, isInterrupted(), touring.stop, live.line.state, live.keptAt];
      untrack(() => this.#tick());
    });
    $effect(() => () => this.#end());
  }

  #tick(): void {
    const here = this.#touring.at(now.ms);
    const soon = this.#touring.at(now.ms + AHEAD_MS);
    const isOn = this.#touring.stop?.show === 'film';
    const next = isOn ? here : soon;
    const { stop } = next ?? {};
    const isHidden = this.#isInterrupted() || live.line.state === 'offline' || live.keptAt !== null;
    if (isHidden || !next || stop?.show !== 'film') {
      this.#end();
      return;
    }
    const showing = this.#of(next.until);
    const { reel } = showing;
    const gone = isOn ? next.gone : 0;
    const come = isOn && reel ? reel.take(gone) : null;
    if (come) {
      past.showPast(come.what);
      this.ms = come.at;
    }
    if (this.#asking || performance.now() - this.#failedAt < AGAIN_MS) return;
    const ahead = AHEAD_MS / (next.seconds * 1_000);
    const moment = reel?.wanted(gone, isOn ? gone + ahead : next.gone);
    if (reel === undefined)
      void this.#ask((signal) => this.#open(showing, stop.span, next, signal));
    else if (moment !== undefined)
      void this.#ask(async (signal) => {
        const where = { at: moment, clock: showing.clock };
        const { snapshot } = await askPast(where, view.method, () => undefined, signal);
        if (!signal.aborted) reel?.came(moment, snapshot);
      });
  }

  #of(until: number): Showing {
    if (this.#showing?.until === until) return this.#showing;
    this.#end();
    return (this.#showing = { until, reel: undefined, clock: 'recorded' });
  }

  /** One question at a time: what is late is not made later by the next. */
  async #ask(question: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const asking = (this.#asking = new AbortController());
    try {
      await question(asking.signal);
    } catch {
      // The moment before stays on the wall, with its date.
      if (!asking.signal.aborted) this.#failedAt = performance.now();
    }
    if (this.#asking !== asking) return;
    this.#asking = null;
    this.#tick();
  }

  async #open(
    showing: Showing,
    span: FilmSpan,
    { seconds }: { seconds: number },
    signal: AbortSignal,
  ): Promise<void> {
    const { clock, marks } = await ask<Timeline>('/api/timeline', { signal });
    const whole = wholeOf(marks);
    const shown = whole && filmWithin(span, whole);
    showing.clock = clock;
    showing.reel = shown && new Reel(momentsOf(shown, seconds));
    this.ends = shown && [shown.from, shown.to];
    this.empty = shown === null;
  }

  #end(): void {
    if (!this.#showing) return;
    this.#asking?.abort();
    this.#asking = this.#showing = null;
    this.#failedAt = -Infinity;
    this.ms = this.ends = null;
    this.empty = false;
    past.showPresent();
  }
}
