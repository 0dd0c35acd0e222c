/**
 * A snapshot: the country at one sequence number, as columns in binary, with the estimates of that
 * moment. Layout: `PHSG`, the length of a JSON header (uint32, little-endian), the header, then the
 * sections one after another in the order and lengths that the header lists.
 */
import { NO_DAY, TABLE_NAMES, TABLES, type Column, type TableName } from '../model/columns.ts';
import {
  emptyCountry,
  type Country,
  type CoverageInUse,
  type ImportInUse,
  type TerritoryInUse,
} from '../model/country.ts';
import { ESTIMATE_FIELDS, METHODS, type Method } from '../model/estimate.ts';
import { newArray, Table, type ColumnArray } from '../model/table.ts';
import { packIntegers, unpackIntegers } from './bytes.ts';

/** Changes whenever the layout here or the columns of the model do. */
const SNAPSHOT_FORMAT = 4;

/** Rows of `ESTIMATE_FIELDS.length` numbers for each unit, one after another. */
export type EstimateTables = Partial<Record<Method, { units: string[]; rows: Int32Array }>>;

export interface Snapshot {
  country: Country;
  estimates: EstimateTables;
}

interface Header {
  format: number;
  seq: number;
  at: string;
  territory: TerritoryInUse | null;
  coverage: CoverageInUse;
  population: ImportInUse | null;
  terrain: ImportInUse | null;
  rows: Partial<Record<TableName, number>>;
  estimates: Partial<Record<Method, string[]>>;
  /** Length in bytes of each section. */
  sections: number[];
}

const MAGIC = new TextEncoder().encode('PHSG');

export function encodeSnapshot({ country, estimates }: Snapshot): Uint8Array {
  const sections: Uint8Array[] = [];
  const rows: Header['rows'] = {};
  for (const name of TABLE_NAMES) {
    const table: Table = country.tables[name];
    rows[name] = table.count;
    sections.push(packIntegers(table.count, (row) => table.ids[row] ?? 0));
    sections.push(packIntegers(table.count, (row) => table.versions[row] ?? 0));
    const columns = table.columns as Record<string, ColumnArray>;
    for (const [key, column] of Object.entries(TABLES[name]))
      sections.push(...encodeColumn(column, columns[key] ?? [], table.count));
  }
  const estimateUnits: Header['estimates'] = {};
  for (const method of METHODS) {
    const estimate = estimates[method];
    if (!estimate) continue;
    estimateUnits[method] = estimate.units;
    // By field, not by unit: numbers of one field are alike.
    const units = estimate.units.length;
    const fields = ESTIMATE_FIELDS.length;
    sections.push(
      packIntegers(
        units * fields,
        (i) => estimate.rows[(i % units) * fields + Math.floor(i / units)] ?? 0,
      ),
    );
  }
  const header: Header = {
    format: SNAPSHOT_FORMAT,
    seq: country.seq,
    at: country.at,
    territory: country.territory,
    coverage: country.coverage,
    population: country.population,
    terrain: country.terrain,
    rows,
    estimates: estimateUnits,
    sections: sections.map((section) => section.length),
  };
  return join(new TextEncoder().encode(JSON.stringify(header)), sections);
}

function join(header: Uint8Array, sections: Uint8Array[]): Uint8Array {
  const length = sections.reduce((sum, section) => sum + section.length, 8 + header.length);
  const bytes = new Uint8Array(length);
  bytes.set(MAGIC, 0);
  new DataView(bytes.buffer).setUint32(4, header.length, true);
  bytes.set(header, 8);
  let at = 8 + header.length;
  for (const section of sections) {
    bytes.set(section, at);
    at += section.length;
  }
  return bytes;
}

/** Reads a snapshot; throws with what was expected and what came. */
export function decodeSnapshot(bytes: Uint8Array): Snapshot {
  if (bytes.length < 8 || MAGIC.some((byte, i) => bytes[i] !== byte))
    throw new Error('not a snapshot: it does not begin with PHSG');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerLength = view.getUint32(4, true);
  const header = JSON.parse(
    new TextDecoder().decode(bytes.subarray(8, 8 + headerLength)),
  ) as Header;
  if (header.format !== SNAPSHOT_FORMAT)
    throw new Error(`snapshot of format ${header.format}; this version reads ${SNAPSHOT_FORMAT}`);
  const wanted = header.sections.reduce((sum, length) => sum + length, 8 + headerLength);
  if (wanted !== bytes.length)
    throw new Error(`snapshot of ${bytes.length} bytes; its header says ${wanted}`);

  let at = 8 + headerLength;
  let index = 0;
  const next = (): Uint8Array => {
    const length = header.sections[index++] ?? 0;
    const section = bytes.subarray(at, at + length);
    at += length;
    return section;
  };
  const country = emptyCountry();
  country.seq = header.seq;
  country.at = header.at;
  country.territory = header.territory;
  country.coverage = header.coverage;
  country.population = header.population;
  country.terrain = header.terrain;
  const tables: Record<string, Table> = country.tables;
  for (const name of TABLE_NAMES) {
    const count = header.rows[name] ?? 0;
    const ids = new Uint32Array(unpackIntegers(next(), count));
    const versions = new Int32Array(unpackIntegers(next(), count));
    const columns = Object.fromEntries(
      Object.entries(TABLES[name]).map(([key, column]) => [key, decodeColumn(column, next, count)]),
    );
    tables[name] = new Table(name, { ids, versions, columns });
  }
  const estimates: EstimateTables = {};
  for (const method of METHODS) {
    const units = header.estimates[method];
    if (!units) continue;
    const fields = ESTIMATE_FIELDS.length;
    const byField = unpackIntegers(next(), units.length * fields);
    const rows = new Int32Array(byField.length);
    for (let field = 0; field < fields; field++)
      for (let unit = 0; unit < units.length; unit++)
        rows[unit * fields + field] = byField[field * units.length + unit] ?? 0;
    estimates[method] = { units, rows };
  }
  return { country, estimates };
}

/** The sections of a column: two for a position, one for everything else. */
function encodeColumn(column: Column, array: ColumnArray, count: number): Uint8Array[] {
  if (Array.isArray(array)) return [new TextEncoder().encode(array.join('\n'))];
  switch (column.type) {
    case 'choice':
    case 'flag':
      return [new Uint8Array(array.buffer, array.byteOffset, count)];
    case 'day':
      return [packIntegers(count, (row) => (array[row] === NO_DAY ? NaN : (array[row] ?? NaN)))];
    case 'position':
      return [0, 1].map((axis) =>
        packIntegers(count, (row) => Math.round((array[row * 2 + axis] ?? NaN) * 1e6)),
      );
    case 'number':
      return [encodeNumbers(array, count, 10 ** column.decimals)];
    default:
      return [packIntegers(count, (row) => array[row] ?? NaN)];
  }
}

/** Beyond it whole numbers, and the differences between them, are not exact. */
const MOST_WHOLE = 2 ** 50;

/**
 * Numbers with decimals: as whole numbers after a byte 0, or, where one is too large for that, as they
 * are in memory after a byte 1.
 */
function encodeNumbers(array: ArrayLike<number>, count: number, scale: number): Uint8Array {
  let isWhole = true;
  for (let row = 0; row < count && isWhole; row++)
    isWhole = !(Math.abs((array[row] ?? NaN) * scale) > MOST_WHOLE);
  const packed = isWhole
    ? packIntegers(count, (row) => Math.round((array[row] ?? NaN) * scale))
    : new Uint8Array(Float64Array.from({ length: count }, (_, row) => array[row] ?? NaN).buffer);
  const section = new Uint8Array(packed.length + 1);
  section[0] = isWhole ? 0 : 1;
  section.set(packed, 1);
  return section;
}

function decodeNumbers(section: Uint8Array, count: number, scale: number): Float64Array {
  const packed = section.subarray(1);
  if (section[0] === 1) return new Float64Array(packed.slice().buffer);
  const numbers = unpackIntegers(packed, count);
  for (let row = 0; row < count; row++) numbers[row] = (numbers[row] ?? NaN) / scale;
  return numbers;
}

function decodeColumn(column: Column, next: () => Uint8Array, count: number): ColumnArray {
  if (column.type === 'text') {
    const text = new TextDecoder().decode(next());
    return count === 0 ? [] : text.split('\n');
  }
  if (column.type === 'choice' || column.type === 'flag') return next().slice();
  if (column.type === 'number') return decodeNumbers(next(), count, 10 ** column.decimals);
  const array = newArray(column, count);
  if (column.type === 'position')
    for (const axis of [0, 1]) {
      const degrees = unpackIntegers(next(), count);
      for (let row = 0; row < count; row++) array[row * 2 + axis] = (degrees[row] ?? NaN) / 1e6;
    }
  else {
    const none = column.type === 'day' ? NO_DAY : NaN;
    const values = unpackIntegers(next(), count);
    for (let row = 0; row < count; row++) {
      const value = values[row] ?? NaN;
      array[row] = Number.isNaN(value) ? none : value;
    }
  }
  return array;
}
