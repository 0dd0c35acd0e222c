/**
 * The things on the map, field by field. One schema each: it is the type and the check, for
 * commands, events and files alike. `id`, `version` and the derived `commune` are not fields: the
 * log gives the first two and the territory in use the third.
 */
import * as v from 'valibot';
import { DIRECTIONS, FIGURE_UNITS } from '../country/figures.ts';
import { INDICATOR_GROUPS } from '../country/indicators.ts';
import {
  Count,
  Day,
  Figure,
  Id,
  Latitude,
  Line,
  LineOrNothing,
  Longitude,
  UnitCode,
} from './scalars.ts';

export const OPERATORS = ['viettel', 'vinaphone', 'mobifone', 'other'] as const;
export type Operator = (typeof OPERATORS)[number];

export const TECHNOLOGIES = ['4g', '5g'] as const;
export type Technology = (typeof TECHNOLOGIES)[number];

/** 3GPP band names: `b…` for LTE (TS 36.101), `n…` for NR (TS 38.101). */
export const BANDS = ['b1', 'b3', 'b8', 'b28', 'n28', 'n41', 'n77', 'n78'] as const;
export type Band = (typeof BANDS)[number];

export const STATION_STATUSES = ['planned', 'building', 'on_air', 'down', 'retired'] as const;
export type StationStatus = (typeof STATION_STATUSES)[number];

const position = { lon: Longitude, lat: Latitude };
const origin = {
  /** True for everything the demo makes; it is said wherever the thing is shown. */
  simulated: v.optional(v.boolean(), false),
  /** Who says so: a register, a file, a person's office. */
  source: v.optional(LineOrNothing, ''),
};

/** A base station: one operator's radio equipment of one technology on one band at one place. */
export const Station = v.strictObject({
  name: Line,
  operator: v.picklist(OPERATORS),
  technology: v.picklist(TECHNOLOGIES),
  band: v.picklist(BANDS),
  ...position,
  /** Antenna height above ground, metres. */
  heightM: v.pipe(v.number(), v.minValue(1), v.maxValue(300)),
  /** Main direction, degrees clockwise from north; absent: omnidirectional. */
  azimuth: v.optional(v.pipe(v.number(), v.minValue(0), v.ltValue(360))),
  /** Horizontal half-power beamwidth, degrees. */
  beamwidth: v.optional(v.pipe(v.number(), v.gtValue(0), v.maxValue(360))),
  status: v.picklist(STATION_STATUSES),
  plannedFor: v.optional(Day),
  /** Day it first went on air. */
  since: v.optional(Day),
  /** Day of acceptance, for the support of Decree 88/2025/NĐ-CP. */
  acceptedOn: v.optional(Day),
  /** Number of the acceptance document. */
  document: v.optional(Line),
  ...origin,
});
export type Station = v.InferOutput<typeof Station>;

export const HAMLET_STATUSES = ['uncovered', 'resolved'] as const;
export const HAMLET_SOLUTIONS = ['station', 'repeater', 'satellite', 'moved'] as const;

/** A hamlet (thôn) without a mobile signal: a "lõm sóng", until it is resolved. */
export const Hamlet = v.strictObject({
  name: Line,
  ...position,
  households: Count,
  people: Count,
  gridPower: v.boolean(),
  speciallyDisadvantaged: v.boolean(),
  /** Day by which it must have a signal. */
  deadline: v.optional(Day),
  status: v.picklist(HAMLET_STATUSES),
  resolvedOn: v.optional(Day),
  solution: v.optional(v.picklist(HAMLET_SOLUTIONS)),
  ...origin,
});
export type Hamlet = v.InferOutput<typeof Hamlet>;

export const NODE_LEVELS = ['central', 'provincial', 'communal'] as const;
export type NodeLevel = (typeof NODE_LEVELS)[number];
export const LINE_STATUSES = ['planned', 'up', 'down'] as const;
export type LineStatus = (typeof LINE_STATUSES)[number];

/** A node of the Party-and-State data-transmission network (TSLCD). */
export const NetworkNode = v.strictObject({
  name: Line,
  level: v.picklist(NODE_LEVELS),
  /** The unit it serves. */
  unit: UnitCode,
  ...position,
  status: v.picklist(LINE_STATUSES),
  ...origin,
});
export type NetworkNode = v.InferOutput<typeof NetworkNode>;

/** A line between two nodes, named by their ids. */
export const NetworkLink = v.strictObject({
  from: Count,
  to: Count,
  provider: Line,
  bandwidthMbps: v.pipe(v.number(), v.minValue(1), v.maxValue(10_000_000)),
  status: v.picklist(LINE_STATUSES),
  ...origin,
});
export type NetworkLink = v.InferOutput<typeof NetworkLink>;

export const REPORT_STATUSES = ['received', 'checking', 'confirmed', 'solved', 'declined'] as const;
export type ReportStatus = (typeof REPORT_STATUSES)[number];

/**
 * A report from the field: somebody has no signal here. What is personal in it, the words, the photo,
 * a way to answer, lies elsewhere and can be erased: the log holds none of it.
 */
export const Report = v.strictObject({
  ...position,
  /** The place is no point that somebody gave, only the middle of the commune. */
  approximatePlace: v.optional(v.boolean(), false),
  /** Absent: whichever operator. */
  operator: v.optional(v.picklist(OPERATORS)),
  /** Absent: not even 4G, or not known. */
  technology: v.optional(v.picklist(TECHNOLOGIES)),
  status: v.picklist(REPORT_STATUSES),
  receivedOn: Day,
  /** Day of the first step that somebody took with it. */
  answeredOn: v.optional(Day),
  ...origin,
});
export type Report = v.InferOutput<typeof Report>;

export const FACILITY_KINDS = ['data_centre', 'exchange', 'cable_landing'] as const;
export const FACILITY_OWNERS = ['national', 'ministry', 'enterprise'] as const;

/** Infrastructure that is neither a station nor a node: data centres, exchanges, cable landings. */
export const Facility = v.strictObject({
  name: Line,
  kind: v.picklist(FACILITY_KINDS),
  owner: v.picklist(FACILITY_OWNERS),
  ...position,
  status: v.picklist(LINE_STATUSES),
  ...origin,
});
export type Facility = v.InferOutput<typeof Facility>;

/** The code of an indicator, as it is written; whether there is one is for the register to say. */
export const IndicatorCode = v.pipe(
  v.string(),
  v.regex(/^[a-z0-9]+(\.[a-zA-Z0-9]+)*$/),
  v.maxLength(60),
);

/** One reported value of an indicator, for a unit on a day. */
export const IndicatorValue = v.strictObject({
  indicator: IndicatorCode,
  unit: UnitCode,
  day: Day,
  value: Figure,
  target: v.optional(Figure),
  ...origin,
});
export type IndicatorValue = v.InferOutput<typeof IndicatorValue>;

/** What a unit has decided to bring about: its duties say who does what of it by when. */
export const Programme = v.strictObject({
  name: Line,
  nameEn: v.optional(Line),
  /** Whose it is; all of its duties lie in it. */
  unit: UnitCode,
  /** Who answers for it as a whole. */
  responsible: Line,
  /** The document by which it was decided. */
  decision: v.optional(Line),
  starts: v.optional(Day),
  /** Absent: no day was set. */
  due: v.optional(Day),
  /** Code of the indicator that it serves. */
  indicator: v.optional(IndicatorCode),
  ...origin,
});
export type Programme = v.InferOutput<typeof Programme>;

export const DUTY_STATUSES = ['planned', 'doing', 'done', 'cancelled'] as const;
export type DutyStatus = (typeof DUTY_STATUSES)[number];

/**
 * A duty (nhiệm vụ): what one unit has to do of a programme, and by when. Whether it is late is worked
 * out from its day and never kept. It is called no task, because that is what the screens are called.
 */
export const Duty = v.strictObject({
  /** Id of its programme. */
  programme: Id,
  unit: UnitCode,
  name: Line,
  responsible: Line,
  due: Day,
  status: v.picklist(DUTY_STATUSES),
  /** The day on which it was done; there with status `done`, and with no other. */
  doneOn: v.optional(Day),
  note: v.optional(Line),
  ...origin,
});
export type Duty = v.InferOutput<typeof Duty>;

/** Which units have a value of their own: the one whose it is, or of the nation also those below. */
export const DEFINITION_SCOPES = ['unit', 'provinces', 'communes'] as const;
export type DefinitionScope = (typeof DEFINITION_SCOPES)[number];

/** An indicator that people have defined themselves, beside those that the product brings. */
export const Definition = v.strictObject({
  indicatorCode: IndicatorCode,
  name: Line,
  nameEn: v.optional(Line),
  /** Whose it is. */
  unit: UnitCode,
  scope: v.picklist(DEFINITION_SCOPES),
  /** What its values are counted in. */
  measure: v.picklist(FIGURE_UNITS),
  direction: v.picklist(DIRECTIONS),
  group: v.picklist(INDICATOR_GROUPS),
  /** How often every province reports it; absent: nobody has to. */
  every: v.optional(v.picklist(['month'])),
  /** The first day for which reports are due. */
  starts: v.optional(Day),
  target: v.optional(Figure),
  targetDate: v.optional(Day),
  ...origin,
});
export type Definition = v.InferOutput<typeof Definition>;
