/**
 * Outages: the times in which a commune that had been connected was not, whatever the reason. A
 * commune counts from the moment in which it was first connected; before that it is planned, which is
 * no outage. Instants are ms since 1970, as the log has them. Pure: no clock.
 */

export interface Outage {
  /** Number of the commune. */
  commune: number;
  start: number;
  /** Null while it lasts. */
  end: number | null;
}

/** How a commune stood in a span of time. */
export interface Standing {
  /** ms of the span since it was first connected; 0 where it was not yet. */
  counted: number;
  /** ms of those in which it was not connected. */
  down: number;
  /** Outages that the span has a part of, and the longest such part, ms. */
  outages: number;
  longest: number;
}

interface Past {
  firstConnected: number;
  starts: number[];
  /** One fewer than the starts while an outage lasts. */
  ends: number[];
}

const NEVER: Standing = { counted: 0, down: 0, outages: 0, longest: 0 };

export class Outages {
  readonly #pasts = new Map<number, Past>();

  /** Notes that a commune is connected, or no more, from an instant on; to be told in order. */
  note(commune: number, connected: boolean, at: number): void {
    const past = this.#pasts.get(commune);
    if (!past) {
      if (connected) this.#pasts.set(commune, { firstConnected: at, starts: [], ends: [] });
      return;
    }
    const { starts, ends } = past;
    const lasts = starts.length > ends.length;
    if (connected === !lasts) return;
    if (!connected) {
      // Over for no time at all: it goes on.
      if (ends.at(-1) === at) ends.pop();
      else starts.push(at);
    } else if (starts.at(-1) === at) starts.pop();
    else ends.push(at);
  }

  /** Whether a commune has ever been connected. */
  counts(commune: number): boolean {
    return this.#pasts.has(commune);
  }

  /** Since when each commune that is without the network now has been so. */
  open(): Map<number, number> {
    const open = new Map<number, number>();
    for (const [commune, { starts, ends }] of this.#pasts)
      if (starts.length > ends.length) open.set(commune, starts.at(-1) ?? 0);
    return open;
  }

  /** Outages of a commune that a span has a part of, newest first. */
  within(commune: number, from: number, to: number): Outage[] {
    const past = this.#pasts.get(commune);
    if (!past) return [];
    const found: Outage[] = [];
    const first = firstAfter(past.ends, from);
    for (let i = first; i < past.starts.length; i++) {
      const start = past.starts[i] ?? 0;
      if (start >= to) break;
      found.push({ commune, start, end: past.ends[i] ?? null });
    }
    return found.reverse();
  }

  /** How a commune stood from one instant up to another. */
  standing(commune: number, from: number, to: number): Standing {
    const past = this.#pasts.get(commune);
    if (!past || past.firstConnected >= to) return NEVER;
    const begins = Math.max(from, past.firstConnected);
    const parts = this.within(commune, begins, to).map(
      ({ start, end }) => Math.min(end ?? to, to) - Math.max(start, begins),
    );
    return {
      counted: to - begins,
      down: parts.reduce((sum, part) => sum + part, 0),
      outages: parts.length,
      longest: Math.max(0, ...parts),
    };
  }
}

/** The first of some ascending instants that lies after one. */
function firstAfter(instants: readonly number[], instant: number): number {
  let [low, high] = [0, instants.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((instants[middle] ?? 0) > instant) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Share (0–1) of the counted time in which it was connected; null where none counts. */
export function availabilityOf({ counted, down }: Standing): number | null {
  return counted === 0 ? null : (counted - down) / counted;
}

/** The span in seconds of how several communes stood, each for itself: a commune's hour is an hour. */
export function meanAvailability(standings: readonly Standing[]): number | null {
  const shares = standings.map(availabilityOf).filter((share) => share !== null);
  return shares.length === 0 ? null : shares.reduce((sum, share) => sum + share, 0) / shares.length;
}
