/**
 * How each kind of thing is laid out in memory and on the wire: columns of typed arrays, so that
 * 69,000 stations are a dozen buffers that the map draws as they are. The order of columns is the
 * order on the wire; changing anything here changes `SNAPSHOT_FORMAT` in data/wire/snapshot.ts.
 */
import { DIRECTIONS, FIGURE_UNITS } from '../country/figures.ts';
import { INDICATOR_GROUPS } from '../country/indicators.ts';
import {
  BANDS,
  DEFINITION_SCOPES,
  DUTY_STATUSES,
  FACILITY_KINDS,
  FACILITY_OWNERS,
  HAMLET_SOLUTIONS,
  HAMLET_STATUSES,
  LINE_STATUSES,
  NODE_LEVELS,
  OPERATORS,
  REPORT_STATUSES,
  STATION_STATUSES,
  TECHNOLOGIES,
} from './things.ts';

export type Column =
  /** One of a few words: Uint8Array of indexes, 255 for none. */
  | { type: 'choice'; of: readonly string[] }
  /** True or false: Uint8Array. */
  | { type: 'flag' }
  /** A day: Int32Array of days since 1970-01-01, `NO_DAY` for none. */
  | { type: 'day' }
  /** A whole number below 2^31: Int32Array. */
  | { type: 'integer' }
  /** A number with at most `decimals` decimals: Float64Array, NaN for none. */
  | { type: 'number'; decimals: number }
  /** `lon` and `lat` interleaved: Float64Array of twice the length, degrees. */
  | { type: 'position' }
  /** Text: an array of strings, empty for none. */
  | { type: 'text' };

export const NO_CHOICE = 255;
export const NO_DAY = -2_147_483_648;

/** Code of the commune a thing stands in as a number, 0 outside; derived, not in the log. */
const commune: Column = { type: 'integer' };
const position: Column = { type: 'position' };
const origin = { simulated: { type: 'flag' }, source: { type: 'text' } } as const;

export const TABLES = {
  stations: {
    position,
    commune,
    name: { type: 'text' },
    operator: { type: 'choice', of: OPERATORS },
    technology: { type: 'choice', of: TECHNOLOGIES },
    band: { type: 'choice', of: BANDS },
    heightM: { type: 'number', decimals: 2 },
    azimuth: { type: 'number', decimals: 2 },
    beamwidth: { type: 'number', decimals: 2 },
    status: { type: 'choice', of: STATION_STATUSES },
    plannedFor: { type: 'day' },
    since: { type: 'day' },
    acceptedOn: { type: 'day' },
    document: { type: 'text' },
    ...origin,
  },
  hamlets: {
    position,
    commune,
    name: { type: 'text' },
    households: { type: 'integer' },
    people: { type: 'integer' },
    gridPower: { type: 'flag' },
    speciallyDisadvantaged: { type: 'flag' },
    deadline: { type: 'day' },
    status: { type: 'choice', of: HAMLET_STATUSES },
    resolvedOn: { type: 'day' },
    solution: { type: 'choice', of: HAMLET_SOLUTIONS },
    ...origin,
  },
  nodes: {
    position,
    commune,
    name: { type: 'text' },
    level: { type: 'choice', of: NODE_LEVELS },
    unit: { type: 'text' },
    status: { type: 'choice', of: LINE_STATUSES },
    ...origin,
  },
  links: {
    from: { type: 'integer' },
    to: { type: 'integer' },
    provider: { type: 'text' },
    bandwidthMbps: { type: 'number', decimals: 2 },
    status: { type: 'choice', of: LINE_STATUSES },
    ...origin,
  },
  facilities: {
    position,
    commune,
    name: { type: 'text' },
    kind: { type: 'choice', of: FACILITY_KINDS },
    owner: { type: 'choice', of: FACILITY_OWNERS },
    status: { type: 'choice', of: LINE_STATUSES },
    ...origin,
  },
  indicators: {
    indicator: { type: 'text' },
    unit: { type: 'text' },
    day: { type: 'day' },
    value: { type: 'number', decimals: 6 },
    target: { type: 'number', decimals: 6 },
    ...origin,
  },
  reports: {
    position,
    commune,
    approximatePlace: { type: 'flag' },
    operator: { type: 'choice', of: OPERATORS },
    technology: { type: 'choice', of: TECHNOLOGIES },
    status: { type: 'choice', of: REPORT_STATUSES },
    receivedOn: { type: 'day' },
    answeredOn: { type: 'day' },
    ...origin,
  },
  programmes: {
    name: { type: 'text' },
    nameEn: { type: 'text' },
    unit: { type: 'text' },
    responsible: { type: 'text' },
    decision: { type: 'text' },
    starts: { type: 'day' },
    due: { type: 'day' },
    indicator: { type: 'text' },
    ...origin,
  },
  duties: {
    programme: { type: 'integer' },
    unit: { type: 'text' },
    name: { type: 'text' },
    responsible: { type: 'text' },
    due: { type: 'day' },
    status: { type: 'choice', of: DUTY_STATUSES },
    doneOn: { type: 'day' },
    note: { type: 'text' },
    ...origin,
  },
  definitions: {
    indicatorCode: { type: 'text' },
    name: { type: 'text' },
    nameEn: { type: 'text' },
    unit: { type: 'text' },
    scope: { type: 'choice', of: DEFINITION_SCOPES },
    measure: { type: 'choice', of: FIGURE_UNITS },
    direction: { type: 'choice', of: DIRECTIONS },
    group: { type: 'choice', of: INDICATOR_GROUPS },
    every: { type: 'choice', of: ['month'] },
    starts: { type: 'day' },
    target: { type: 'number', decimals: 6 },
    targetDate: { type: 'day' },
    ...origin,
  },
} as const satisfies Record<string, Record<string, Column>>;

export type TableName = keyof typeof TABLES;
export const TABLE_NAMES = Object.keys(TABLES) as TableName[];
