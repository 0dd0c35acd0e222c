/**
 * The one function by which the country changes, on the server and on every screen. Deterministic:
 * no clock, no randomness, no I/O. It mutates the country that it is given, because copying 69,000
 * columns for each event would not do.
 */
import * as v from 'valibot';
import { LinkBudgetParameters } from '../radio/link-budget.ts';
import { TABLE_NAMES, type TableName } from '../model/columns.ts';
import type { Country, ImportInUse } from '../model/country.ts';
import type { Table } from '../model/table.ts';
import { nounOf, TABLE_OF, type Event } from './event.ts';

/** What an event touched, for those that draw or count. */
export type Touched =
  /** A row was written. */
  | { kind: 'row'; table: TableName; row: number; added: boolean }
  /** A row was taken out and the last row moved into its place. */
  | { kind: 'removed'; table: TableName; row: number }
  /** Everything may be different: draw anew. */
  | { kind: 'all' }
  /** Nothing is different. */
  | { kind: 'nothing' };

/** Applies the next event; throws when it is not the one that follows `country.seq`. */
export function applyEvent(country: Country, event: Event): Touched {
  if (event.seq !== country.seq + 1)
    throw new Error(`event ${event.seq} does not follow ${country.seq}`);
  const touched = change(country, event);
  country.seq = event.seq;
  country.at = event.at;
  return touched;
}

/**
 * Notes that every event up to `seq` was seen and what was left out happened elsewhere: for a
 * follower of some units, whose batches answer for numbers that they do not carry.
 */
export function skipTo(country: Country, seq: number): void {
  if (seq > country.seq) country.seq = seq;
}

function change(country: Country, event: Event): Touched {
  if (event.type === 'territory.adopted') return adoptTerritory(country, event);
  if (event.type === 'coverage.configure') return configureCoverage(country, event);
  if (event.type === 'population.adopted') return adoptPopulation(country, event);
  if (event.type === 'terrain.adopted') {
    country.terrain = importOf(event);
    return { kind: 'all' };
  }
  const noun = nounOf(event);
  if (!noun) throw new Error(`${event.type} is about no thing`);
  const name = TABLE_OF[noun];
  const table: Table = country.tables[name];
  const added = event.type.endsWith('.add') || event.type.endsWith('.report');
  if (added === (table.rowOf(event.id) !== undefined)) {
    if (!added && wentWithTerritory(country, event)) return { kind: 'nothing' };
    throw new Error(`${event.type} ${event.id}: ${added ? 'is there already' : 'is not there'}`);
  }
  if (event.type.endsWith('.remove'))
    return { kind: 'removed', table: name, row: table.remove(event.id) ?? 0 };
  return { kind: 'row', table: name, row: writeThing(table, event), added };
}

/** Writes what an event sets of its thing and answers the row; to be asked of any but a removal. */
export function writeThing(table: Table, event: Event): number {
  // A table takes from an event what it has columns for, and lets the rest lie.
  const fields = event.type === 'hamlet.resolve' ? { ...event, status: 'resolved' } : event;
  return table.put(event.id, event.version, fields);
}

/**
 * Whether the thing of an event may have gone with the last territory: a change of it can come into
 * the log behind the adoption, from someone who had not yet seen it.
 */
function wentWithTerritory({ territory }: Country, event: Event): boolean {
  return territory !== null && event.id < territory.seq;
}

/** New parameters: they travel as JSON, because the fields of an event are flat. */
function configureCoverage(country: Country, event: Event): Touched {
  const linkBudget = v.parse(LinkBudgetParameters, JSON.parse(String(event['linkBudget'])));
  country.coverage = { linkBudget, version: event.version };
  return { kind: 'all' };
}

/** People are on the grid of one territory; those of another one, adopted too late, are passed over. */
function adoptPopulation(country: Country, event: Event): Touched {
  if (event['territory'] !== country.territory?.hash) return { kind: 'nothing' };
  country.population = importOf(event);
  return { kind: 'all' };
}

function importOf({ seq, type, version, hash, source }: Event): ImportInUse {
  if (typeof hash !== 'string' || typeof source !== 'string')
    throw new Error(`event ${seq}: ${type} without hash or source`);
  return { hash, source, version, seq };
}

/** A new territory: what was simulated for the old one or lies on its grid goes; what is real stays. */
function adoptTerritory(country: Country, event: Event): Touched {
  const { hash, kind } = event;
  if (typeof hash !== 'string' || (kind !== 'approximate' && kind !== 'official'))
    throw new Error(`event ${event.seq}: territory.adopted without hash or kind`);
  country.territory = { hash, kind, version: event.version, seq: event.seq };
  country.population = null;
  for (const name of TABLE_NAMES) {
    const table: Table = country.tables[name];
    for (let row = table.count - 1; row >= 0; row--)
      if (table.columns.simulated[row] === 1) table.remove(table.ids[row] ?? 0);
  }
  return { kind: 'all' };
}
