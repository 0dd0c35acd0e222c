/**
 * What a file can hold: the kinds of things, and the fields of each in the order in which a table
 * shows them. Reading a file, writing one and mapping its columns all go by this list.
 */
import {
  BANDS,
  FACILITY_KINDS,
  FACILITY_OWNERS,
  HAMLET_SOLUTIONS,
  HAMLET_STATUSES,
  LINE_STATUSES,
  NODE_LEVELS,
  OPERATORS,
  STATION_STATUSES,
  TECHNOLOGIES,
} from '../model/things.ts';
import type { Noun } from '../log/event.ts';

export const KINDS = ['stations', 'hamlets', 'nodes', 'links', 'facilities', 'indicators'] as const;
export type Kind = (typeof KINDS)[number];

export const NOUN_OF = {
  stations: 'station',
  hamlets: 'hamlet',
  nodes: 'node',
  links: 'link',
  facilities: 'facility',
  indicators: 'indicator',
} as const satisfies Record<Kind, Noun>;

export type FieldType =
  /** The number by which the system knows a thing. */
  | { type: 'id' }
  | { type: 'text' }
  | { type: 'number' }
  | { type: 'whole' }
  | { type: 'flag' }
  | { type: 'day' }
  /** Degrees, or a coordinate in the file's own system: across (east) or up (north). */
  | { type: 'east' }
  | { type: 'north' }
  | { type: 'choice'; of: readonly string[] }
  /** A unit by its code or its name. */
  | { type: 'unit' }
  /** A node by its id or its name. */
  | { type: 'node' };

export interface Field {
  name: string;
  type: FieldType;
  /** A new thing cannot be without it. */
  needed?: boolean;
  /** Said of a thing, never set by a file. */
  told?: boolean;
}

const choice = (of: readonly string[]): FieldType => ({ type: 'choice', of });
const id: Field = { name: 'id', type: { type: 'id' } };
const name: Field = { name: 'name', type: { type: 'text' }, needed: true };
const place: Field[] = [
  { name: 'lon', type: { type: 'east' }, needed: true },
  { name: 'lat', type: { type: 'north' }, needed: true },
];
const origin: Field[] = [
  { name: 'source', type: { type: 'text' } },
  { name: 'simulated', type: { type: 'flag' }, told: true },
];
const day = (of: string): Field => ({ name: of, type: { type: 'day' } });

export const FIELDS: Record<Kind, readonly Field[]> = {
  stations: [
    id,
    name,
    { name: 'operator', type: choice(OPERATORS), needed: true },
    { name: 'technology', type: choice(TECHNOLOGIES), needed: true },
    { name: 'band', type: choice(BANDS), needed: true },
    ...place,
    { name: 'heightM', type: { type: 'number' }, needed: true },
    { name: 'azimuth', type: { type: 'number' } },
    { name: 'beamwidth', type: { type: 'number' } },
    { name: 'status', type: choice(STATION_STATUSES), needed: true },
    day('plannedFor'),
    day('since'),
    day('acceptedOn'),
    { name: 'document', type: { type: 'text' } },
    ...origin,
  ],
  hamlets: [
    id,
    name,
    ...place,
    { name: 'households', type: { type: 'whole' }, needed: true },
    { name: 'people', type: { type: 'whole' }, needed: true },
    { name: 'gridPower', type: { type: 'flag' }, needed: true },
    { name: 'speciallyDisadvantaged', type: { type: 'flag' }, needed: true },
    day('deadline'),
    { name: 'status', type: choice(HAMLET_STATUSES), needed: true },
    day('resolvedOn'),
    { name: 'solution', type: choice(HAMLET_SOLUTIONS) },
    ...origin,
  ],
  nodes: [
    id,
    name,
    { name: 'level', type: choice(NODE_LEVELS), needed: true },
    { name: 'unit', type: { type: 'unit' }, needed: true },
    ...place,
    { name: 'status', type: choice(LINE_STATUSES), needed: true },
    ...origin,
  ],
  links: [
    id,
    { name: 'from', type: { type: 'node' }, needed: true },
    { name: 'to', type: { type: 'node' }, needed: true },
    { name: 'provider', type: { type: 'text' }, needed: true },
    { name: 'bandwidthMbps', type: { type: 'number' }, needed: true },
    { name: 'status', type: choice(LINE_STATUSES), needed: true },
    ...origin,
  ],
  facilities: [
    id,
    name,
    { name: 'kind', type: choice(FACILITY_KINDS), needed: true },
    { name: 'owner', type: choice(FACILITY_OWNERS), needed: true },
    ...place,
    { name: 'status', type: choice(LINE_STATUSES), needed: true },
    ...origin,
  ],
  indicators: [
    id,
    { name: 'indicator', type: { type: 'text' }, needed: true },
    { name: 'unit', type: { type: 'unit' }, needed: true },
    { ...day('day'), needed: true },
    { name: 'value', type: { type: 'number' }, needed: true },
    { name: 'target', type: { type: 'number' } },
    ...origin,
  ],
};

export function fieldOf(kind: Kind, name: string): Field | undefined {
  return FIELDS[kind].find((field) => field.name === name);
}
