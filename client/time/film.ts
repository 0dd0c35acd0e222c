/**
 * The events of a film, fetched ahead page by page and handed out in order. What it has not got yet
 * it is asked for again in the next frame.
 */
import type { Event } from '../../data/log/event.ts';
import { EVENTS_PER_PAGE, type PastEvents } from '../../data/wire/past.ts';

/** Events that lie ready or are on their way at most. */
const MOST_AHEAD = 4 * EVENTS_PER_PAGE;

export class Film {
  readonly #fetch: (after: number, to: number) => Promise<PastEvents>;
  readonly #failed: (error: unknown) => void;
  #ready: Event[] = [];
  /** Where in `#ready` the next event is. */
  #next = 0;
  /** The last number that was fetched. */
  #fetched: number;
  #fetching = false;
  #stopped = false;
  /** The last event there is to show. */
  readonly end: number;

  /** @param seq the event that the country stands at */
  constructor(
    seq: number,
    end: number,
    fetch: (after: number, to: number) => Promise<PastEvents>,
    failed: (error: unknown) => void,
  ) {
    this.#fetched = seq;
    this.end = end;
    this.#fetch = fetch;
    this.#failed = failed;
    this.#fill();
  }

  /** Events that lie ready. */
  get ahead(): number {
    return this.#ready.length - this.#next;
  }

  /** The next events up to a number, as many as are there and at most `most`. */
  take(until: number, most: number): Event[] {
    const taken: Event[] = [];
    for (let event = this.#ready[this.#next]; event; event = this.#ready[this.#next]) {
      if (event.seq > until || taken.length >= most) break;
      taken.push(event);
      this.#next++;
    }
    if (this.#next > EVENTS_PER_PAGE) {
      this.#ready = this.#ready.slice(this.#next);
      this.#next = 0;
    }
    this.#fill();
    return taken;
  }

  stop(): void {
    this.#stopped = true;
  }

  #fill(): void {
    if (this.#fetching || this.#stopped) return;
    if (this.ahead + EVENTS_PER_PAGE > MOST_AHEAD || this.#fetched >= this.end) return;
    this.#fetching = true;
    this.#fetch(this.#fetched, Math.min(this.end, this.#fetched + EVENTS_PER_PAGE))
      .then((page) => {
        for (const event of page.events) this.#ready.push(event);
        this.#fetched = Math.max(this.#fetched, page.to);
        this.#fetching = false;
        this.#fill();
      })
      .catch((error: unknown) => {
        if (!this.#stopped) this.#failed(error);
      });
  }
}
