/** Long work in slices, so that the server goes on answering meanwhile. */

const SLICE_MS = 15;

export class Slices {
  #until = performance.now() + SLICE_MS;

  get over(): boolean {
    return performance.now() >= this.#until;
  }

  /** Lets other work have its turn; then a new slice begins. */
  async rest(): Promise<void> {
    await new Promise(setImmediate);
    this.#until = performance.now() + SLICE_MS;
  }
}

/** Whoever calls waits until the calls before are done. */
export class InTurn {
  #last: Promise<unknown> = Promise.resolve();

  do<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(work);
    this.#last = done.catch(() => undefined);
    return done;
  }
}
