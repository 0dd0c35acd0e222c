/**
 * Candidates in the order of what they may be worth at most: a binary heap over numbers. Of equal
 * worth the lower number comes first, so that the order is always the same.
 */
export class CandidateQueue {
  readonly #worth: Float64Array;
  readonly #heap: Uint32Array;
  #count = 0;

  /** Of candidates 0 … `worth.length - 1` those that are worth something; `worth` is taken over. */
  constructor(worth: Float64Array) {
    this.#worth = worth;
    this.#heap = new Uint32Array(worth.length);
    for (let candidate = 0; candidate < worth.length; candidate++)
      if ((worth[candidate] ?? 0) > 0) this.#heap[this.#count++] = candidate;
    for (let at = (this.#count >> 1) - 1; at >= 0; at--) this.#sink(at);
  }

  /** The candidate that may be worth most; undefined when there is none left. */
  get first(): number | undefined {
    return this.#count > 0 ? this.#heap[0] : undefined;
  }

  /** Takes the first one out. */
  drop(): void {
    this.#count--;
    this.#heap[0] = this.#heap[this.#count] ?? 0;
    this.#sink(0);
  }

  /** Says that the first one is worth less than was thought; nothing at all takes it out. */
  lower(worth: number): void {
    this.#worth[this.#heap[0] ?? 0] = worth;
    if (worth > 0) this.#sink(0);
    else this.drop();
  }

  #before(a: number, b: number): boolean {
    const difference = (this.#worth[a] ?? 0) - (this.#worth[b] ?? 0);
    return difference > 0 || (difference === 0 && a < b);
  }

  #sink(from: number): void {
    const heap = this.#heap;
    const count = this.#count;
    const candidate = heap[from] ?? 0;
    let at = from;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= count) break;
      if (child + 1 < count && this.#before(heap[child + 1] ?? 0, heap[child] ?? 0)) child++;
      if (!this.#before(heap[child] ?? 0, candidate)) break;
      heap[at] = heap[child] ?? 0;
      at = child;
    }
    heap[at] = candidate;
  }
}
