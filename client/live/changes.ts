/** The newest events of one unit, newest first, whether they came live or were fetched. */
import type { Event } from '../../data/log/event.ts';

export class ChangeList {
  readonly unit: string;
  readonly #most: number;
  #list: readonly Event[] = [];

  constructor(unit: string, most: number) {
    this.unit = unit;
    this.#most = most;
  }

  get list(): readonly Event[] {
    return this.#list;
  }

  /** Takes events that just happened, oldest first; those that were fetched already are known. */
  add(events: readonly Event[]): void {
    const newest = this.#list[0]?.seq ?? 0;
    const fresh = events.filter((event) => event.seq > newest).slice(-this.#most);
    if (fresh.length > 0) this.#list = [...fresh.reverse(), ...this.#list].slice(0, this.#most);
  }

  /** Takes the fetched past, newest first; what came live meanwhile is known. */
  addOlder(events: readonly Event[]): void {
    const oldest = this.#list.at(-1)?.seq ?? Infinity;
    const older = events.filter((event) => event.seq < oldest);
    this.#list = [...this.#list, ...older].slice(0, this.#most);
  }
}
