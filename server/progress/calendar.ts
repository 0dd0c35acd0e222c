/**
 * The day on which the history lets an event happen: its effective day, as far as that can be.
 *
 * - Nothing happens after today. Where the country is simulated, today is the day of the simulation,
 *   also for what a person does in it, whose own calendar shows another day.
 * - A thing's changes keep their order: one that is dated before the last one of the same thing
 *   happens on the day of that one.
 */
import type { Event } from '../../data/log/event.ts';
import { dayInVietnam, dayNumberOf } from '../../data/model/scalars.ts';

/** Under these names the demo writes its past and its feed. */
export const SIMULATION: ReadonlySet<string> = new Set(['demo', 'feed']);

export function isOfSimulation(event: Pick<Event, 'by'>): boolean {
  return SIMULATION.has(event.by);
}

export class Calendar {
  /** The day of the simulation, days since 1970; undefined where nothing is simulated. */
  #simulated: number | undefined;
  readonly #lastOf = new Map<number, number>();

  /** @param simulatedFrom the first day of the simulation, which what came before it is drawn back to */
  constructor(simulatedFrom: number | undefined) {
    this.#simulated = simulatedFrom;
  }

  get simulated(): number | undefined {
    return this.#simulated;
  }

  /** Whether an event is the first of a simulation that this calendar does not know of. */
  isSurprisedBy(event: Pick<Event, 'by'>): boolean {
    return this.#simulated === undefined && isOfSimulation(event);
  }

  /** Days since 1970 for the next event, in the order of the log. */
  dayOf(event: Pick<Event, 'at' | 'by' | 'effective' | 'id'>): number {
    const effective = dayNumberOf(event.effective);
    if (isOfSimulation(event)) this.#simulated = Math.max(this.#simulated ?? effective, effective);
    const today = this.#simulated ?? dayNumberOf(dayInVietnam(Date.parse(event.at)));
    const day = Math.max(Math.min(effective, today), this.#lastOf.get(event.id) ?? -Infinity);
    this.#lastOf.set(event.id, day);
    return day;
  }
}
