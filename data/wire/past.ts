/**
 * What is told of the past over HTTP. A moment is named by an instant on one of two clocks, or by the
 * number of the last event before it:
 *
 * - `recorded`: when the database took each event;
 * - `told`: the days of the simulation, where there is one, whose years were written in a minute.
 */
import type { Event } from '../log/event.ts';
import type { Estimate, Method } from '../model/estimate.ts';
import type { Operator, ReportStatus, StationStatus, Technology } from '../model/things.ts';

export const CLOCKS = ['recorded', 'told'] as const;
export type ClockName = (typeof CLOCKS)[number];

/** A place in the log. */
export interface Moment {
  /** The last event that has happened. */
  seq: number;
  /** When it was recorded, ISO 8601. */
  at: string;
  /** When it happened in the simulation; null where nothing is simulated. */
  told: string | null;
}

/** `GET /api/timeline`: the whole log, or a part of it, by the clock that people read it with. */
export interface Timeline {
  clock: ClockName;
  /** When the first event was recorded, ISO 8601; null while there is none. */
  recordedFrom: string | null;
  /** Number of an event and its instant on the clock (ms since 1970), in order; at least two. */
  marks: [seq: number, ms: number][];
}

/** `GET /api/events?after=&to=`: one page; the next one begins after `to`. */
export interface PastEvents {
  /** The first number that it answers for, and the last. */
  from: number;
  to: number;
  events: Event[];
}

/** Most events of one page. */
export const EVENTS_PER_PAGE = 5_000;

export interface UnitCounts {
  stations: Record<Technology, Record<StationStatus, number>>;
  onAirByOperator: Record<Operator, number>;
  hamlets: { uncovered: number; resolved: number; people: number; speciallyDisadvantaged: number };
  nodes: { communal: Record<'planned' | 'up' | 'down', number>; all: number; down: number };
  links: Record<'planned' | 'up' | 'down', number>;
  facilities: number;
  reports: Record<ReportStatus, number>;
}

/** `GET /api/state?at=&unit=`: a unit as it was. */
export interface PastState extends Moment {
  unit: string;
  /** Where people are taken to live: as today, so that shares can be compared over time. */
  peopleSource: string;
  counts: UnitCounts;
  methods: Partial<Record<Method, Estimate>>;
}
