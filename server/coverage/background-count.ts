/**
 * Counts a method that is too slow to keep up within a batch of events: sites wait in a queue, in the
 * order in which they changed, and are counted in short slices between other work. As every count is
 * exact, it ends where counting at once would.
 */
import type { Coverage } from './engine.ts';
import type { Site } from './site.ts';

/** A slice leaves the event loop to others after this long. */
const SLICE_MS = 8;

interface Change {
  before: Site | null;
  after: Site | null;
}

export class BackgroundCount {
  readonly coverage: Coverage;
  #queue: Change[];
  #next = 0;
  /** Changes of the beginning that are still to be counted before the estimates mean anything. */
  #first: number;
  #stopped = false;
  #running = false;

  readonly #later: (work: () => void) => unknown;

  /** Begins to count sites; `later` calls back when other work had its turn. */
  constructor(coverage: Coverage, sites: readonly Site[], later: (work: () => void) => unknown) {
    this.coverage = coverage;
    this.#later = later;
    this.#queue = sites.map((after) => ({ before: null, after }));
    this.#first = sites.length;
    this.#run();
  }

  /** How much of the beginning is counted, 0–1; at 1 the estimates hold. */
  get progress(): number {
    return this.#first === 0 ? 1 : this.#next / this.#first;
  }

  /** Changes that are not counted yet. */
  get waiting(): number {
    return this.#queue.length - this.#next;
  }

  replace(before: Site | null, after: Site | null): void {
    this.#queue.push({ before, after });
    this.#run();
  }

  /** Counts nothing any more. */
  stop(): void {
    this.#stopped = true;
    this.#queue = [];
  }

  #run(): void {
    if (this.#running || this.#stopped) return;
    this.#running = true;
    this.#later(this.#slice);
  }

  readonly #slice = (): void => {
    this.#running = false;
    const until = performance.now() + SLICE_MS;
    while (!this.#stopped && performance.now() < until) {
      const change = this.#queue[this.#next];
      if (!change) break;
      this.coverage.replace(change.before, change.after);
      this.#next++;
    }
    if (this.#next >= this.#first) this.#first = 0;
    if (this.#next === this.#queue.length) {
      this.#queue = [];
      this.#next = 0;
    } else this.#run();
  };
}
