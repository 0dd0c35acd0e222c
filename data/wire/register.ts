/** The register of accepted 5G stations for the support of Decree 88/2025/NĐ-CP. */
import type { Band, Operator, StationStatus } from '../model/things.ts';

/** Counted; not counted, because it is probably another one of the list; or papers are missing. */
const STANDINGS = ['counted', 'duplicate', 'missing'] as const;
export type Standing = (typeof STANDINGS)[number];

/**
 * Why two stations of one operator are probably one. `place`: same band, hardly apart. `document`: hardly apart, and accepted by the same document.
 * `name`: same name in the same commune.
 */
export type Likeness = 'place' | 'document' | 'name';

/** What is listed: everything, one standing (of duplicates the counted ones too), or what is odd. */
export const REGISTER_PARTS = ['all', ...STANDINGS, 'early'] as const;
export type RegisterPart = (typeof REGISTER_PARTS)[number];

export const REGISTER_ORDERS = ['acceptedOn', 'name', 'document'] as const;
export type RegisterOrder = (typeof REGISTER_ORDERS)[number];

export interface RegisteredStation {
  id: number;
  name: string;
  operator: Operator;
  band: Band;
  commune: string | null;
  lon: number;
  lat: number;
  status: StationStatus;
  since: string | null;
  acceptedOn: string | null;
  document: string | null;
  standing: Standing;
  /** Those that are probably one station have the id of the one that counts; null for one alone. */
  group: number | null;
  /** Why, and how far the nearest of the others is, metres. */
  likeness: Likeness[];
  nearestM: number | null;
  /** Accepted before it first went on air. */
  early: boolean;
  simulated: boolean;
  source: string;
}

export interface OperatorTotal {
  operator: Operator;
  counted: number;
  duplicates: number;
  missing: number;
  early: number;
}

export interface RegisterAnswer {
  /** The country of which it is true: its last event and the instant of it. */
  seq: number;
  asOf: string;
  from: string;
  to: string;
  /** So many stations an operator needs in the whole country. */
  threshold: number;
  /** Of the unit and the days that were asked for, whatever part of them is listed. */
  totals: OperatorTotal[];
  /** How many rows there are, of which those listed are the first. */
  total: number;
  rows: RegisteredStation[];
}
