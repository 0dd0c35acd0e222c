/** The whole country as the log tells it, up to and with one sequence number. */
import { DEFAULT_LINK_BUDGET, type LinkBudgetParameters } from '../radio/link-budget.ts';
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

/** How coverage is worked out: the parameters of its methods. */
export interface CoverageInUse {
  linkBudget: LinkBudgetParameters;
  /** Counts changes; 0 while nobody has changed them. */
  version: number;
}

/** What was imported for the country and is in use: the people of a source, or the heights. */
export interface ImportInUse {
  hash: string;
  /** How its source is named wherever it counts. */
  source: string;
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
  coverage: CoverageInUse;
  /** Where people live; null while each commune's are shared equally over its area. */
  population: ImportInUse | null;
  /** Heights of the land; null while there are none. */
  terrain: ImportInUse | null;
  tables: { [N in TableName]: Table<N> };
}

export function emptyCountry(): Country {
  const tables = Object.fromEntries(TABLE_NAMES.map((name) => [name, new Table(name)]));
  return {
    seq: 0,
    at: '',
    territory: null,
    coverage: { linkBudget: DEFAULT_LINK_BUDGET, version: 0 },
    population: null,
    terrain: null,
    tables: tables as Country['tables'],
  };
}
