/**
 * The clock of a simulated country. Its years are written in a minute and its days pass in a quarter
 * of an hour, so the instants at which its events were recorded tell nothing of when they happened:
 * its days do. Within a day the events are spread evenly. Pure.
 */
import { dayNumberOf, HANOI_OFFSET_MS } from '../../data/model/scalars.ts';
import type { Event } from '../../data/log/event.ts';
import { isOfSimulation } from '../progress/calendar.ts';

const DAY_MS = 86_400_000;
/** So many events the day that is not over yet is taken to have, or more once it has them. */
const EVENTS_OF_OPEN_DAY = 900;

export interface DayStart {
  /** Days since 1970. */
  day: number;
  /** The first event on it or later. */
  seq: number;
}

export class ToldDays {
  readonly #days: DayStart[] = [];

  /** @param firsts the first event of each day that the simulation told, in the order of days */
  constructor(firsts: readonly DayStart[]) {
    // A day begins where the first event of it or of a later one stands.
    let earliest = Infinity;
    for (const { day, seq } of [...firsts].reverse()) {
      if (seq >= earliest) continue;
      earliest = seq;
      this.#days.unshift({ day, seq });
    }
  }

  get days(): readonly DayStart[] {
    return this.#days;
  }

  /** Takes the next event of the log. */
  take(event: Pick<Event, 'by' | 'effective' | 'seq'>): void {
    if (!isOfSimulation(event)) return;
    const day = dayNumberOf(event.effective);
    if (day > (this.#days.at(-1)?.day ?? -Infinity)) this.#days.push({ day, seq: event.seq });
  }

  /** When an event happened, ms since 1970; `head` is the last event there is. */
  msOf(seq: number, head: number): number {
    const index = this.#lastWhere(({ seq: first }) => first <= seq);
    const start = this.#days[Math.max(0, index)];
    if (!start) return NaN;
    const share = (seq - start.seq) / (this.#endOf(Math.max(0, index), head) - start.seq);
    return msOfDay(start.day) + Math.max(0, Math.min(1, share)) * DAY_MS;
  }

  /** The last event that had happened at an instant; undefined before the first day. */
  seqAt(ms: number, head: number): number | undefined {
    const index = this.#lastWhere(({ day }) => msOfDay(day) <= ms);
    const start = this.#days[index];
    if (!start) return undefined;
    const end = this.#endOf(index, head);
    const share = Math.min(1, (ms - msOfDay(start.day)) / DAY_MS);
    // A thousandth of an event: an instant that `msOf` answered, written in whole ms, is that event.
    const seq = Math.floor(start.seq + share * (end - start.seq) + SLACK);
    return Math.min(seq, end - 1, head);
  }

  /** The first event behind a day. */
  #endOf(index: number, head: number): number {
    const next = this.#days[index + 1];
    if (next) return next.seq;
    const first = this.#days[index]?.seq ?? 0;
    return first + Math.max(EVENTS_OF_OPEN_DAY, head - first + 1);
  }

  /** Index of the last day for which something holds that holds for all before it; -1 for none. */
  #lastWhere(holds: (day: DayStart) => boolean): number {
    let [low, high] = [0, this.#days.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const day = this.#days[middle];
      if (day && holds(day)) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}

const SLACK = 1e-3;

/** Midnight in Viet Nam, with which a day begins. */
function msOfDay(day: number): number {
  return day * DAY_MS - HANOI_OFFSET_MS;
}
