/**
 * Scenarios: what would be, if. Draft stations, existing ones changed or switched off, a whole
 * operator down; what the server answers about the people; and how scenarios are kept.
 */
import * as v from 'valibot';
import { ESTIMATE_FIELDS, METHODS, type EstimateField, type Method } from '../model/estimate.ts';
import { Id, Line, LineOrNothing, UnitCode } from '../model/scalars.ts';
import { OPERATORS, Station, TECHNOLOGIES } from '../model/things.ts';

/** Stations that a scenario may name; what `switchOff` takes with it is not counted. */
export const MOST_STATIONS = 1_000;
/** What a mast is taken to be where nobody says: as the table of radii takes it. */
export const ORDINARY_HEIGHT_M = 35;

/**
 * A station that is thought of. It is tried on air whatever its status, but for `down` and
 * `retired`: that is the question.
 */
export const Draft = v.strictObject({
  ...Station.entries,
  name: v.optional(LineOrNothing, ''),
  heightM: v.optional(Station.entries.heightM, ORDINARY_HEIGHT_M),
  status: v.optional(Station.entries.status, 'on_air'),
});
export type Draft = v.InferOutput<typeof Draft>;

const { operator, technology, band, lon, lat, heightM, azimuth, beamwidth, status } =
  Station.entries;

/** An existing station as it would be; what is left out stays, `null` clears. */
export const StationChange = v.strictObject({
  id: Id,
  operator: v.optional(operator),
  technology: v.optional(technology),
  band: v.optional(band),
  lon: v.optional(lon),
  lat: v.optional(lat),
  heightM: v.optional(heightM),
  azimuth: v.nullish(azimuth.wrapped),
  beamwidth: v.nullish(beamwidth.wrapped),
  status: v.optional(status),
});
export type StationChange = v.InferOutput<typeof StationChange>;

/** Every station on air that fits all that is said, but for those that are named by hand. */
export const SwitchOff = v.pipe(
  v.strictObject({
    operator: v.optional(v.picklist(OPERATORS)),
    technology: v.optional(v.picklist(TECHNOLOGIES)),
    /** The unit it stands in. */
    unit: v.optional(UnitCode),
  }),
  v.check(
    (off) => Object.keys(off).length > 0,
    'must say an operator, a technology or a unit: `{"unit": "vn"}` is everything',
  ),
);
export type SwitchOff = v.InferOutput<typeof SwitchOff>;

/** What a scenario would do. */
export const ScenarioContent = v.strictObject({
  add: v.optional(v.array(Draft), []),
  /** Stations that would be off, by id. */
  remove: v.optional(v.array(Id), []),
  change: v.optional(v.array(StationChange), []),
  switchOff: v.optional(SwitchOff),
});
export type ScenarioContent = v.InferOutput<typeof ScenarioContent>;

/** How many stations a scenario names by hand. */
export function stationsNamed({ add, remove, change }: ScenarioContent): number {
  return add.length + remove.length + change.length;
}

export const WhatIf = v.strictObject({
  ...ScenarioContent.entries,
  method: v.optional(v.picklist(METHODS), 'radius'),
  /**
   * Whom to count. When absent: people with any signal of the technology that all of `add` has;
   * else with any 5G.
   */
  field: v.optional(v.picklist(ESTIMATE_FIELDS.filter((field) => field !== 'population'))),
});
export type WhatIf = v.InferOutput<typeof WhatIf>;

/** People before and after: `after` = `before` + `gained` − `lost`. */
export interface Moved {
  before: number;
  after: number;
  /** Reached after and not before. */
  gained: number;
  /** Reached before and not after. */
  lost: number;
}

/** A unit whose people gain or lose. */
export interface UnitMoved {
  gained: number;
  lost: number;
  /** 0–1, after and before. */
  share: number;
  shareBefore: number;
}

/** What comes of a scenario by one method. */
export interface Outcome extends Moved {
  /** The units where anybody gains or loses, the nation among them. */
  units: Record<string, UnitMoved>;
  /** The nation by other fields: reached by any, and by any of each technology. */
  fields: Record<'covered' | '4g' | '5g', Moved>;
}

export interface WhatIfAnswer extends Outcome {
  method: Method;
  /** Whom `before`, `after`, `gained` and `units` count. */
  field: EstimateField;
  /** The event up to which the country was taken as it is. */
  seq: number;
  /** Stations that `switchOff` took. */
  switchedOff: number;
  /** Where each of `add` stands: its commune, and its index into `SURROUNDINGS`. */
  places: { commune: string; surroundings: number }[];
  /** The same by every method that is available. */
  methods: Partial<Record<Method, Outcome>>;
}

export const SaveScenario = v.strictObject({
  name: v.pipe(Line, v.maxLength(100)),
  content: ScenarioContent,
  /** Version of the scenario that the sender saw; needed where there is one. */
  base: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
});
export type SaveScenario = v.InferOutput<typeof SaveScenario>;

export const ApproveScenario = v.strictObject({
  base: v.pipe(v.number(), v.integer(), v.minValue(1)),
});

/** A scenario in a list. */
export interface ScenarioSummary {
  id: number;
  version: number;
  name: string;
  /** Who made it, and who last changed it; instants are ISO 8601 UTC. */
  author: string;
  made: string;
  changedBy: string;
  changed: string;
  /** Draft stations in it. */
  drafts: number;
  /** Its drafts are planned stations now, and it changes no more; null before. */
  approved: { by: string; at: string } | null;
}

export interface Scenario extends ScenarioSummary {
  content: ScenarioContent;
}

export interface Approved {
  /** Planned stations that the scenario has made. */
  added: number;
  /** The events that added them, in the order of the drafts. */
  seqs: number[];
}
