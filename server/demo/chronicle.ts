/**
 * A past being written: what happened to which thing on which day, in any order; then the same as
 * events in the order of their days, which name each other by their place in the list because only
 * the log can give them numbers.
 */
import type { Event, EventType } from '../../data/log/event.ts';
import { dayOf } from '../../data/model/scalars.ts';
import type { Fields } from '../../data/model/table.ts';
import type { StagedEvent } from '../log/append.ts';
import { writtenDay } from './curve.ts';

/** Something that happened; the one that adds a thing stands for the thing. */
export interface Happened {
  day: number;
  type: EventType;
  fields: Fields;
  /** The happening that added the thing; undefined for one that adds. */
  of: Happened | undefined;
  /** Fields that name other things. */
  references: Record<string, Happened> | undefined;
  /** Place in the list of events, and versions that the thing has had; as the list is made. */
  place: number;
  versions: number;
}

/** Who is said to have written the demo's past. */
const BY = 'demo';

const NOWHERE = -1;

export class Chronicle {
  readonly #happened: Happened[] = [];

  /** A thing appears on a day (days since 1970). What is told first comes first within a day. */
  add(
    type: EventType,
    day: number,
    fields: Fields,
    references?: Record<string, Happened>,
  ): Happened {
    const happened = { day, type, fields, of: undefined, references, place: NOWHERE, versions: 0 };
    this.#happened.push(happened);
    return happened;
  }

  /** A thing changes; never before the day on which it appeared. */
  change(of: Happened, type: EventType, day: number, fields: Fields): void {
    this.#happened.push({
      day: Math.max(day, of.day),
      type,
      fields,
      of,
      references: undefined,
      place: NOWHERE,
      versions: 0,
    });
  }

  /** What was told so far, in the order of telling. */
  happened(): Iterable<Happened> {
    return this.#happened;
  }

  /** All of it in order. `batch` makes the keys of this list unlike those of any other list. */
  events(batch: string): StagedEvent[] {
    const ordered = [...this.#happened].sort((a, b) => a.day - b.day);
    for (const [place, happened] of ordered.entries()) {
      happened.place = place;
      happened.versions = 0;
    }
    return ordered.map((happened) => {
      const { day, type, fields, of, references, place } = happened;
      const thing = of ?? happened;
      const event: StagedEvent = {
        type,
        by: BY,
        key: `demo-${batch}-${place}`,
        effective: writtenDay(day),
        version: ++thing.versions,
        fields,
      };
      if (of) event.of = before(of, place);
      if (references)
        event.references = Object.fromEntries(
          Object.entries(references).map(([field, named]) => [field, before(named, place)]),
        );
      return event;
    });
  }
}

/** The place of a thing that is there before `place`. */
function before(thing: Happened, place: number): number {
  if (thing.place < place) return thing.place;
  throw new Error(`${thing.type} of ${dayOf(thing.day)} is named before it is there`);
}

/** The events as the log would number them when the first one gets `firstSeq`. */
export function numbered(events: readonly StagedEvent[], firstSeq: number, at: string): Event[] {
  return events.map(({ type, by, effective, version, fields, of, references }, place) => {
    const ids = Object.entries(references ?? {}).map(([field, index]) => [field, firstSeq + index]);
    const seq = firstSeq + place;
    const id = firstSeq + (of ?? place);
    return { seq, at, by, type, id, version, effective, ...fields, ...Object.fromEntries(ids) };
  });
}
