/** A list that the server keeps: asked for at once and after each change, and there meanwhile. */
import { ask, problemOf, type Problem } from '../live/ask.ts';

export class Listed<T> {
  /** Null before the first answer. Reactive. */
  rows = $state.raw<readonly T[] | null>(null);
  /** Null when all is well. Reactive. */
  problem = $state.raw<Problem | null>(null);

  readonly #address: string;

  constructor(address: string) {
    this.#address = address;
    void this.read();
  }

  async read(): Promise<void> {
    try {
      this.rows = await ask<T[]>(this.#address);
      this.problem = null;
    } catch (error) {
      this.problem = problemOf(error);
    }
  }
}
