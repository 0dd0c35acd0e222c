/**
 * What the feed sees of the country when it thinks of the next change: rows picked at random rather
 * than searched, because the tables are long and the feed must cost next to nothing.
 */
import { TABLE_OF, type EventType, type Noun } from '../../data/log/event.ts';
import type { TableName } from '../../data/model/columns.ts';
import type { Country } from '../../data/model/country.ts';
import type { Fields, Table } from '../../data/model/table.ts';
import type { NewEvent } from '../log/append.ts';
import type { Random } from './random.ts';

/** A change before it has its key: the feed numbers its events. */
export type Proposal = Omit<NewEvent, 'by' | 'key'>;

/** Rows tried before giving up: enough to find what one row in fifty is. */
const TRIES = 120;

export class FeedView {
  readonly country: Country;
  readonly random: Random;
  /** The simulated day, `YYYY-MM-DD`. */
  readonly day: string;
  /** Things changed by proposals that are not applied yet. */
  readonly #busy: Set<number>;

  constructor(country: Country, random: Random, day: string, busy: Set<number>) {
    this.country = country;
    this.random = random;
    this.day = day;
    this.#busy = busy;
  }

  /** A row, picked at random, for which `fits` holds and which the feed may touch; or undefined. */
  pick(name: TableName, fits: (row: number) => boolean): number | undefined {
    const { count } = this.country.tables[name];
    for (let attempt = 0; count > 0 && attempt < TRIES; attempt++) {
      const row = this.random.below(count);
      if (this.free(name, row) && fits(row)) return row;
    }
    return undefined;
  }

  /** Whether a row is there, simulated (what is real is nobody's to play with), and not busy. */
  free(name: TableName, row: number): boolean {
    const table: Table = this.country.tables[name];
    return (
      row < table.count &&
      table.columns.simulated[row] === 1 &&
      !this.#busy.has(table.ids[row] ?? 0)
    );
  }

  add(type: EventType, fields: Fields): Proposal {
    return { type, effective: this.day, version: 1, fields };
  }

  /** A change of the thing in a row, based on its present version. */
  change(type: EventType, row: number, fields: Fields): Proposal {
    const table: Table = this.country.tables[TABLE_OF[type.split('.')[0] as Noun]];
    const id = table.ids[row] ?? 0;
    this.#busy.add(id);
    return { type, id, effective: this.day, version: (table.versions[row] ?? 0) + 1, fields };
  }
}
