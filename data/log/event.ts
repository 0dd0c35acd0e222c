/**
 * Events: what happened, in order. The log is the one truth about the country; everything else is
 * worked out from it. An event is flat: who and when, then the fields that it sets.
 */
import { authorForAnybody } from '../model/account.ts';
import type { TableName } from '../model/columns.ts';
import type { Fields } from '../model/table.ts';

/** The nouns that have a table of their own, and the table. */
export const TABLE_OF = {
  station: 'stations',
  hamlet: 'hamlets',
  node: 'nodes',
  link: 'links',
  facility: 'facilities',
  indicator: 'indicators',
  report: 'reports',
  programme: 'programmes',
  duty: 'duties',
  definition: 'definitions',
} as const satisfies Record<string, TableName>;
export type Noun = keyof typeof TABLE_OF;

/** Tables of things that stand nowhere: each is a unit's, which is one of its fields. */
const OF_A_UNIT = ['programmes', 'duties', 'definitions'] as const satisfies readonly TableName[];

/** Whether the things of a table stand nowhere and are a unit's. */
export function isOfUnit(table: TableName): table is (typeof OF_A_UNIT)[number] {
  return (OF_A_UNIT as readonly TableName[]).includes(table);
}

/**
 * What there is one of has a fixed id instead of the number of an event: the territory, the parameters
 * of the coverage methods, where the people are, and the heights of the land.
 */
export const ONLY_ONE = { territory: 0, coverage: -1, population: -2, terrain: -3 } as const;

/** Version in which events are written now; older ones are upcast when read (`upcast`). */
export const EVENT_FORMAT = 1;

export const EVENT_TYPES = [
  'station.add',
  'station.change',
  'station.remove',
  'hamlet.add',
  'hamlet.change',
  'hamlet.resolve',
  'hamlet.remove',
  'node.add',
  'node.change',
  'node.remove',
  'link.add',
  'link.change',
  'link.remove',
  'facility.add',
  'facility.change',
  'facility.remove',
  'indicator.report',
  'indicator.remove',
  'report.add',
  'report.change',
  'programme.add',
  'programme.change',
  'programme.remove',
  'duty.add',
  'duty.change',
  'duty.remove',
  'definition.add',
  'definition.change',
  'definition.remove',
  'territory.adopted',
  'coverage.configure',
  'population.adopted',
  'terrain.adopted',
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

const NOUNS = new Map<EventType, Noun>(
  EVENT_TYPES.flatMap((type): [EventType, Noun][] => {
    const [noun = ''] = type.split('.');
    return noun in TABLE_OF ? [[type, noun as Noun]] : [];
  }),
);

/** The noun of an event about a thing; undefined for what there is one of. */
export function nounOf({ type }: { type: EventType }): Noun | undefined {
  return NOUNS.get(type);
}

/** What every event says of itself. */
interface Happening {
  /** Gapless number of the event in the log, from 1. */
  seq: number;
  /** Instant at which the database took it, ISO 8601 UTC; never decreases. */
  at: string;
  /**
   * Name of the account, `feed` for the simulation, `system` for the system itself,
   * `public` for whoever reports from the field; `somebody` as readers without an account are told.
   */
  by: string;
  type: EventType;
  /** The thing it is about: the number of the event that added it, or one of `ONLY_ONE`. */
  id: number;
  /** Version of the thing after it. */
  version: number;
  /** The day in Viet Nam on which it took effect, which may lie before `at`. */
  effective: string;
  /** Name of the account that accepted it, where a province asked for approval. */
  approvedBy?: string;
}

/**
 * An event with its fields. A thing's derived `commune` (a code, or null outside) is put in by the
 * server when the event is read, from the territory then in use; the log does not hold it.
 */
export type Event = Happening & Fields;

/** The fields alone, without what every event says of itself. */
export function fieldsOf(event: Event): Fields {
  const { seq, at, by, type, id, version, effective, approvedBy, ...fields } = event;
  void [seq, at, by, type, id, version, effective, approvedBy];
  return fields;
}

/** An event as whoever is not signed in is told: what happened, not whose account it was. */
export function withoutNames(event: Event): Event {
  const { approvedBy, ...told } = event;
  void approvedBy;
  return { ...told, by: authorForAnybody(event.by) };
}

/** Brings the data of an event written in an older format to today's. */
export function upcast(format: number, type: EventType, data: Fields): Fields {
  if (format === EVENT_FORMAT) return data;
  throw new Error(`event ${type} is of format ${format}; this version reads ${EVENT_FORMAT}`);
}
