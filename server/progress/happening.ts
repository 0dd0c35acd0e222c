/** What the history needs to know of an event: a hundred thousand of them are held at once. */
import { fieldsOf, type Event } from '../../data/log/event.ts';
import type { Fields } from '../../data/model/table.ts';

/** The things that are counted. */
export type CountedNoun = 'station' | 'hamlet' | 'node';

export interface Happening {
  noun: CountedNoun;
  verb: 'add' | 'change' | 'remove';
  id: number;
  version: number;
  fields: Fields;
}

const NEEDED: Record<CountedNoun, readonly string[]> = {
  station: [
    ...['lon', 'lat', 'operator', 'technology', 'band'],
    ...['heightM', 'azimuth', 'beamwidth', 'status'],
  ],
  hamlet: ['lon', 'lat', 'status'],
  node: ['lon', 'lat', 'level', 'status'],
};

const NOUNS = Object.keys(NEEDED) as CountedNoun[];

/** Undefined for an event of something that is not counted. */
export function happeningOf(event: Event): Happening | undefined {
  const [word, verb] = event.type.split('.');
  const noun = NOUNS.find((name) => name === word);
  if (!noun) return undefined;
  const { id, version } = event;
  if (verb === 'remove') return { noun, verb, id, version, fields: {} };
  const given = fieldsOf(event);
  const fields: Fields = {};
  for (const name of NEEDED[noun]) if (given[name] !== undefined) fields[name] = given[name];
  if (verb === 'resolve') fields['status'] = 'resolved';
  return { noun, verb: verb === 'add' ? 'add' : 'change', id, version, fields };
}
