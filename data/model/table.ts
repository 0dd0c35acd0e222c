/**
 * A table of things as columns. It is the one mutable piece of the model: `applyEvent` writes it,
 * the coverage engine and the map read it. Rows are dense: removing one moves the last row into its
 * place, so a row number is only good until the next write; an id is good for ever.
 */
import { NO_CHOICE, NO_DAY, TABLES, type Column, type TableName } from './columns.ts';
import { dayNumberOf, dayOf } from './scalars.ts';
import { communeCodeOf, communeNumberOf } from './unit.ts';

type ArrayOf<C extends Column> = C extends { type: 'text' }
  ? string[]
  : C extends { type: 'choice' | 'flag' }
    ? Uint8Array
    : C extends { type: 'day' | 'integer' }
      ? Int32Array
      : Float64Array;

export type ColumnArray = string[] | Uint8Array | Int32Array | Float64Array;
export type Columns<N extends TableName> = {
  -readonly [K in keyof (typeof TABLES)[N]]: (typeof TABLES)[N][K] extends Column
    ? ArrayOf<(typeof TABLES)[N][K]>
    : never;
};

/** A value as events and people write it; `null` clears an optional field. */
export type FieldValue = string | number | boolean | null | undefined;
export type Fields = Record<string, FieldValue>;

export interface TableContent {
  ids: Uint32Array;
  versions: Int32Array;
  columns: Record<string, ColumnArray>;
}

export class Table<N extends TableName = TableName> {
  readonly name: N;
  /** Rows in use; the arrays may be longer. */
  count = 0;
  ids: Uint32Array;
  versions: Int32Array;
  columns: Columns<N>;
  /** Row of each id; made when first asked for, so that reading a snapshot does not wait for it. */
  #rows: Map<number, number> | undefined;
  /** Name, layout and array of each column, in order; made anew when the arrays grow. */
  #list: [string, Column, ColumnArray][] = [];
  /** The same by the fields that write them: an event names few of the columns. */
  #byField = new Map<string, [string, Column, ColumnArray]>();

  /** An empty table, or one over the arrays of a snapshot (taken over, not copied). */
  constructor(name: N, content?: TableContent) {
    this.name = name;
    this.ids = content?.ids ?? new Uint32Array(0);
    this.versions = content?.versions ?? new Int32Array(0);
    this.columns = (content?.columns ?? emptyColumns(name)) as Columns<N>;
    this.count = this.ids.length;
    this.#listColumns();
  }

  rowOf(id: number): number | undefined {
    return this.#index().get(id);
  }

  /** Writes `fields` at `id`, a new row where there is none; answers the row. */
  put(id: number, version: number, fields: Fields): number {
    const rows = this.#index();
    let row = rows.get(id);
    if (row === undefined) {
      row = this.count;
      if (row === this.ids.length) this.#grow();
      this.count++;
      this.ids[row] = id;
      rows.set(id, row);
      for (const [name, column, array] of this.#list) clear(column, array, row, name);
    }
    this.versions[row] = version;
    for (const field in fields) {
      const value = fields[field];
      const found = value === undefined ? undefined : this.#byField.get(field);
      if (found) write(found[1], found[2], row, field, value);
    }
    return row;
  }

  /** Takes the row of `id` out and answers where it was; the last row now stands there. */
  remove(id: number): number | undefined {
    const rows = this.#index();
    const row = rows.get(id);
    if (row === undefined) return undefined;
    const last = this.count - 1;
    const lastId = this.ids[last] ?? 0;
    if (row !== last) {
      this.ids[row] = lastId;
      this.versions[row] = this.versions[last] ?? 0;
      for (const [, column, array] of this.#list) move(column, array, last, row);
      rows.set(lastId, row);
    }
    for (const [, , array] of this.#list) if (Array.isArray(array)) array.length = last;
    rows.delete(id);
    this.count = last;
    return row;
  }

  /** The thing in a row as people and programs see it: `{id, version, …fields, commune}`. */
  record(row: number): Fields & { id: number; version: number } {
    const record: Fields & { id: number; version: number } = {
      id: this.ids[row] ?? 0,
      version: this.versions[row] ?? 0,
    };
    for (const [name, column, array] of this.#list) read(column, array, row, name, record);
    return record;
  }

  #index(): Map<number, number> {
    if (!this.#rows) {
      this.#rows = new Map();
      for (let row = 0; row < this.count; row++) this.#rows.set(this.ids[row] ?? 0, row);
    }
    return this.#rows;
  }

  #listColumns(): void {
    const columns = this.columns as Record<string, ColumnArray>;
    this.#list = Object.entries(TABLES[this.name]).map(([name, column]) => {
      const array = columns[name];
      if (!array) throw new Error(`table ${this.name} has no column ${name}`);
      return [name, column, array];
    });
    this.#byField = new Map(
      this.#list.flatMap((one) =>
        (one[1].type === 'position' ? ['lon', 'lat'] : [one[0]]).map((field) => [field, one]),
      ),
    );
  }

  #grow(): void {
    const capacity = Math.max(64, Math.ceil(this.ids.length * 1.5));
    this.ids = enlarged(this.ids, new Uint32Array(capacity));
    this.versions = enlarged(this.versions, new Int32Array(capacity));
    const columns = this.columns as Record<string, ColumnArray>;
    for (const [name, column, array] of this.#list) {
      if (Array.isArray(array)) continue;
      const bigger = newArray(column, capacity);
      if (!Array.isArray(bigger)) bigger.set(array);
      columns[name] = bigger;
    }
    this.#listColumns();
  }
}

function enlarged<A extends Uint32Array | Int32Array>(old: A, bigger: A): A {
  bigger.set(old);
  return bigger;
}

/** A fresh array for `rows` rows of a column. */
export function newArray(column: Column, rows: number): ColumnArray {
  switch (column.type) {
    case 'text':
      return [];
    case 'choice':
    case 'flag':
      return new Uint8Array(rows);
    case 'day':
    case 'integer':
      return new Int32Array(rows);
    case 'number':
      return new Float64Array(rows);
    case 'position':
      return new Float64Array(rows * 2);
  }
}

function emptyColumns(name: TableName): Record<string, ColumnArray> {
  return Object.fromEntries(
    Object.entries(TABLES[name]).map(([key, column]) => [key, newArray(column, 0)]),
  );
}

function clear(column: Column, array: ColumnArray, row: number, name: string): void {
  if (column.type === 'position') {
    array[row * 2] = NaN;
    array[row * 2 + 1] = NaN;
  } else array[row] = encode(column, null, name);
}

function write(
  column: Column,
  array: ColumnArray,
  row: number,
  field: string,
  value: FieldValue,
): void {
  if (column.type !== 'position') array[row] = encode(column, value, field);
  else if (typeof value === 'number') array[row * 2 + (field === 'lat' ? 1 : 0)] = value;
}

function encode(column: Column, value: FieldValue, name: string): string | number {
  if (name === 'commune') return communeNumberOf(value);
  switch (column.type) {
    case 'choice':
      return typeof value === 'string' ? column.of.indexOf(value) & NO_CHOICE : NO_CHOICE;
    case 'flag':
      return value === true ? 1 : 0;
    case 'day':
      return typeof value === 'string' ? dayNumberOf(value) : NO_DAY;
    case 'integer':
      return typeof value === 'number' ? value : 0;
    case 'number':
      return typeof value === 'number' ? round(value, column.decimals) : NaN;
    case 'text':
      return typeof value === 'string' ? value : '';
    case 'position':
      throw new Error('a position is two numbers');
  }
}

function round(value: number, decimals: number): number {
  const scale = 10 ** decimals;
  return Math.round(value * scale) / scale;
}

function read(column: Column, array: ColumnArray, row: number, name: string, record: Fields): void {
  if (column.type === 'position') {
    record['lon'] = array[row * 2];
    record['lat'] = array[row * 2 + 1];
    return;
  }
  const value = array[row];
  if (name === 'commune') {
    if (typeof value === 'number' && value > 0) record[name] = communeCodeOf(value);
  } else if (column.type === 'choice') {
    if (typeof value === 'number' && value !== NO_CHOICE) record[name] = column.of[value];
  } else if (column.type === 'flag') record[name] = value === 1;
  else if (column.type === 'day') {
    if (typeof value === 'number' && value !== NO_DAY) record[name] = dayOf(value);
  } else if (column.type === 'text') {
    if (value !== '' || name === 'source') record[name] = value;
  } else if (!Number.isNaN(value)) record[name] = value;
}

function move(column: Column, array: ColumnArray, from: number, to: number): void {
  if (column.type === 'position') {
    array[to * 2] = array[from * 2] ?? NaN;
    array[to * 2 + 1] = array[from * 2 + 1] ?? NaN;
  } else if (Array.isArray(array)) {
    array[to] = array[from] ?? '';
  } else array[to] = array[from] ?? 0;
}
