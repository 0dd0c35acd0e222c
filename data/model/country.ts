/** The whole country as the log tells it, up to and with one sequence number. */
import { TABLE_NAMES, type TableName } from './columns.ts';
import { Table } from './table.ts';

/** The territory pack in use. */
export interface TerritoryInUse {
  hash: string;
  kind: 'approximate' | 'official';
  /** Counts adoptions. */
  version: number;
  /** The event that took it into use. */
  seq: number;
}

export interface Country {
  /** The last event applied; 0 before the first. */
  seq: number;
  /** Its instant, ISO 8601 UTC; empty before the first. */
  at: string;
  territory: TerritoryInUse | null;
  tables: { [N in TableName]: Table<N> };
}

export function emptyCountry(): Country {
  const tables = Object.fromEntries(TABLE_NAMES.map((name) => [name, new Table(name)]));
  return { seq: 0, at: '', territory: null, tables: tables as Country['tables'] };
}
