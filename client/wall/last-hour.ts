/** What happened in the last hour, as the ticker tells it: a few things that matter, the newest first. */
import type { Event } from '../../data/log/event.ts';

export const HOUR_MS = 3_600_000;
/** Kept for the ticker; an hour of a busy country is more than anybody reads. */
const MOST_KEPT = 300;

/** Where the server tells how the country was at an instant, ms since 1970. */
export function stateAddress(ms: number): string {
  return `/api/state?at=${new Date(ms).toISOString()}&clock=recorded`;
}

export class LastHour {
  #events: readonly Event[] = [];

  /** Newest first. */
  get events(): readonly Event[] {
    return this.#events;
  }

  /** @param newer in the order of the log */
  add(newer: readonly Event[]): void {
    this.#events = [...newer.toReversed(), ...this.#events].slice(0, MOST_KEPT);
  }

  /** Those that were before the first one that is known, newest first. */
  addOlder(older: readonly Event[]): void {
    const first = this.#events.at(-1)?.seq ?? Infinity;
    this.#events = [...this.#events, ...older.filter(({ seq }) => seq < first)].slice(0, MOST_KEPT);
  }
}

/**
 * The newest of what is worth telling: of one thing the last that happened to it, and nothing that is
 * older than an hour.
 */
export function toTell<T extends { at: number; mood: string; key: string }>(
  told: readonly T[],
  nowMs: number,
  most: number,
): T[] {
  const seen = new Set<string>();
  const found: T[] = [];
  for (const one of told) {
    if (found.length === most || nowMs - one.at > HOUR_MS) break;
    if (one.mood === 'plain' || seen.has(one.key)) continue;
    seen.add(one.key);
    found.push(one);
  }
  return found;
}
