/**
 * Which moment of a film is on the wall: the newest that has come of those that are due. What is due is
 * asked for ahead of its time, one after the other; a machine that does not keep up shows fewer of them,
 * and never the wrong one. Pure: it is told what happened.
 */
import { momentAt } from '../../data/wall/film.ts';

/** A moment that has come, to be put on the screen once. */
export interface Come<T> {
  at: number;
  what: T;
}

export class Reel<T> {
  /** Instants in ms since 1970, one after the other. */
  readonly moments: readonly number[];
  /** Index of the moment on the screen; -1 before the first. */
  #shown = -1;
  /** What has come and is not due yet: at most one. */
  #ready: { index: number; what: T } | null = null;

  constructor(moments: readonly number[]) {
    this.moments = moments;
  }

  /**
   * Which moment is to be asked for when so much (0–1) is gone, and so much will be when an answer may
   * be there; undefined where everything is there.
   */
  wanted(gone: number, soon: number): number | undefined {
    const last = this.#ready?.index ?? this.#shown;
    const [due, next] = [this.#indexAt(gone), this.#indexAt(soon)];
    if (last < due) return this.moments[due];
    return this.#ready === null && last < next ? this.moments[last + 1] : undefined;
  }

  /** A moment has come. */
  came(moment: number, what: T): void {
    const index = this.moments.indexOf(moment);
    if (index > this.#shown) this.#ready = { index, what };
  }

  /** What is to be put on the screen now, once it is due; null where that stays as it is. */
  take(gone: number): Come<T> | null {
    const ready = this.#ready;
    if (!ready || ready.index > this.#indexAt(gone)) return null;
    this.#ready = null;
    this.#shown = ready.index;
    return { at: this.moments[ready.index] ?? NaN, what: ready.what };
  }

  #indexAt(gone: number): number {
    return momentAt(gone, this.moments.length);
  }
}
