/**
 * Looking back: where on the clock of the log the screen is, how it gets there, and the film. The
 * country itself is put in the place of the present in `live`; here is the time that it is of.
 */
import type { ClockName, Timeline } from '../../data/wire/past.ts';
import { ask, problemOf, type Problem } from '../live/ask.ts';
import { live, past } from '../live/live.svelte.ts';
import { view } from '../view/view.svelte.ts';
import { askEvents, askPast } from './asking.ts';
import { Film } from './film.ts';
import { msOf, seqOf, wholeOf, type Mark, type Span } from './timeline.ts';

/** Applying events may take so long of a frame. */
const APPLY_MS = 8;
/** Events applied before the clock is looked at again. */
const PORTION = 200;
/** While a film runs the estimates are asked for so often. */
const ESTIMATE_MS = 1_000;
/** Farther ahead than this a film goes by a snapshot instead of event by event. */
const LEAP = 40_000;
/** Where the log goes on, its end is asked for again after this long. */
const TIMELINE_MS = 60_000;

class Looking {
  /** Null until it is known. Reactive, as everything here. */
  marks = $state.raw<readonly Mark[] | null>(null);
  clock = $state<ClockName>('recorded');
  /** The instant on the screen, ms since 1970; null: the present. */
  ms = $state<number | null>(null);
  /** When it was recorded, ISO 8601, where the clock is another. */
  recordedAt = $state<string | null>(null);
  /** How far the moment is that is waited for, 0–1; null where none is. */
  waiting = $state<number | null>(null);
  problem = $state.raw<Problem | null>(null);
  playing = $state(false);
  /** Whether the film waits for what comes next. */
  held = $state(false);
  /** Ms of the clock in a second of the film. */
  speed = $state(86_400_000);

  #jump = new AbortController();
  #film: Film | null = null;
  /** The event that the shown country stands at. */
  #seq = 0;
  #frame = 0;
  #framedAt = 0;
  #estimatedAt = 0;
  #estimating: AbortController | null = null;
  #timelineAt = -Infinity;

  get whole(): Span | null {
    return this.marks && wholeOf(this.marks);
  }

  /** Asks how the log lies in time, unless that is known well enough. */
  async open(): Promise<void> {
    if (performance.now() - this.#timelineAt < TIMELINE_MS) return;
    try {
      const { clock, marks } = await ask<Timeline>('/api/timeline');
      this.#timelineAt = performance.now();
      this.clock = clock;
      this.marks = marks;
      this.problem = null;
    } catch (error) {
      this.problem = problemOf(error);
    }
  }

  /** Goes to an instant; at or behind the end of the log to the present. */
  async go(ms: number): Promise<void> {
    const { whole } = this;
    if (!whole) return;
    this.pause();
    if (ms >= whole.to) {
      this.toPresent();
      return;
    }
    this.ms = Math.max(ms, whole.from);
    await this.#leap({ at: this.ms, clock: this.clock });
  }

  toPresent(): void {
    this.pause();
    this.#jump.abort();
    this.waiting = this.problem = this.ms = this.recordedAt = null;
    past.showPresent();
  }

  /** Starts the film where the screen is; from the beginning of `span` where that is its end. */
  async play(span: Span): Promise<void> {
    if (this.playing || !this.marks) return;
    const from = this.ms ?? span.to;
    const start = from >= span.to - 1 || from < span.from ? span.from : from;
    this.playing = true;
    this.problem = null;
    if (this.ms === null || start !== from || !live.lookingBack) {
      this.ms = start;
      await this.#leap({ at: start, clock: this.clock });
    }
    if (!this.playing || !live.lookingBack) {
      this.playing = false;
      return;
    }
    this.#roll(span);
  }

  pause(): void {
    if (!this.playing && !this.#film) return;
    this.playing = this.held = false;
    cancelAnimationFrame(this.#frame);
    this.#film?.stop();
    this.#film = null;
    if (live.lookingBack) void this.#estimate();
  }

  async #leap(where: Parameters<typeof askPast>[0]): Promise<boolean> {
    this.#jump.abort();
    this.#estimating?.abort();
    const { signal } = (this.#jump = new AbortController());
    this.waiting = 0;
    this.problem = null;
    try {
      const tell = (share: number): unknown => !signal.aborted && (this.waiting = share);
      const { snapshot, moment } = await askPast(where, view.method, tell, signal);
      if (signal.aborted) return false;
      this.waiting = null;
      this.#seq = moment.seq;
      this.recordedAt = moment.at;
      past.showPast(snapshot);
      return true;
    } catch (error) {
      if (signal.aborted) return false;
      this.waiting = null;
      this.problem = problemOf(error);
      this.playing = false;
      return false;
    }
  }

  #roll(span: Span): void {
    const marks = this.marks ?? [];
    const end = seqOf(marks, span.to);
    this.#film = new Film(this.#seq, end, askEvents, (error) => {
      this.problem = problemOf(error);
      this.pause();
    });
    this.#framedAt = performance.now();
    this.#estimatedAt = this.#framedAt;
    this.#frame = requestAnimationFrame(() => this.#step(span));
  }

  /** One frame: as far as the clock has come, or as far as the events are there. */
  #step(span: Span): void {
    const film = this.#film;
    const marks = this.marks;
    if (!film || !marks || this.ms === null) return;
    const now = performance.now();
    // A page that was hidden for a while goes on where it was.
    const elapsed = Math.min(1_000, now - this.#framedAt);
    this.#framedAt = now;
    const wanted = Math.min(span.to, this.ms + (elapsed / 1_000) * this.speed);
    const until = Math.min(film.end, seqOf(marks, wanted));
    if (until - this.#seq > LEAP) {
      this.#leapOn(span, wanted, until);
      return;
    }
    while (this.#seq < until && performance.now() - now < APPLY_MS) {
      const events = film.take(until, PORTION);
      const last = events.at(-1);
      if (!last) break;
      this.recordedAt = last.at;
      past.stepPast(events);
      this.#seq = last.seq;
    }
    this.held = this.#seq < until && film.ahead === 0;
    this.ms = this.#seq < until ? Math.max(this.ms, msOf(marks, this.#seq)) : wanted;
    if (now - this.#estimatedAt > ESTIMATE_MS) {
      this.#estimatedAt = now;
      if (!this.#estimating) void this.#estimate();
    }
    if (this.ms >= span.to) this.pause();
    else this.#frame = requestAnimationFrame(() => this.#step(span));
  }

  /** So fast that the events of a frame are more than can be read: the next picture is a snapshot. */
  #leapOn(span: Span, ms: number, seq: number): void {
    this.#film?.stop();
    this.held = true;
    void this.#leap({ seq }).then((there) => {
      if (!this.playing) return;
      this.held = false;
      if (!there) return;
      this.ms = ms;
      this.#roll(span);
    });
  }

  async #estimate(): Promise<void> {
    const { signal } = (this.#estimating = new AbortController());
    const seq = this.#seq;
    try {
      const found = await askPast({ seq }, view.method, () => undefined, signal, 'estimates');
      if (!signal.aborted) past.estimatePast(found.snapshot.estimates, seq);
    } catch {
      // The figures stay as they were; the next time asks again.
    } finally {
      if (this.#estimating?.signal === signal) this.#estimating = null;
    }
  }

  /** Counts by another method at the same moment. */
  recount(): void {
    if (live.lookingBack && !this.playing) void this.#estimate();
  }
}

export const looking = new Looking();
