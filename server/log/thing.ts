/** One thing through its versions, told from its own events alone. */
import { writeThing } from '../../data/log/apply.ts';
import { nounOf, TABLE_OF, type Event } from '../../data/log/event.ts';
import { ownFields } from '../../data/model/fields.ts';
import { Table, type Fields } from '../../data/model/table.ts';

export interface Moment {
  event: Event;
  /** Its fields after the event, without id, version and commune; null where it was removed. */
  fields: Fields | null;
}

/** What it was after each of its events, oldest first; they must be all of them. */
export function momentsOf(events: readonly Event[]): Moment[] {
  const [first] = events;
  const noun = first && nounOf(first);
  if (!noun) return [];
  // The very table that the country keeps it in: so it is what it was there, to the last digit.
  const table: Table = new Table(TABLE_OF[noun]);
  return events.map((event) => {
    if (event.type.endsWith('.remove')) {
      table.remove(event.id);
      return { event, fields: null };
    }
    return { event, fields: ownFields(table.record(writeThing(table, event))) };
  });
}
