/** A table as it comes out of a file of whatever format, before anybody knows what its columns mean. */
import type { Reason } from '../../data/imports/reasons.ts';
import type { Encoding, Format } from '../../data/wire/imports.ts';

/** What a cell holds. A formula is what it is, never what a program once worked out for it. */
export type Cell = string | number | boolean | null | { formula: string };

export interface RawRow {
  /** The first row below the head is 1. */
  row: number;
  /** As many as there are headers, or fewer. */
  cells: Cell[];
  /** Why it cannot be taken, whatever its cells say. */
  reason?: Reason;
}

export interface Sheet {
  format: Format;
  headers: string[];
  rows: AsyncIterable<RawRow>;
  /** Rows there are, where the file says so beforehand. */
  count?: number;
  /** Sheets or layers among which this one was chosen; empty where there is no choice. */
  sheets: string[];
  /** The coordinate system that the file itself names. */
  crs?: string;
  /** Fields that columns hold for certain, by header: geometry, and what OpenCelliD means. */
  known?: Record<string, string>;
  encoding: Exclude<Encoding, 'auto'>;
  encodingUnsure: boolean;
}

/** Characters of a header; a mapping takes no longer ones. */
const MOST_HEADER = 200;

/**
 * The headers in one form: named where they are empty, told apart where they are equal, and never
 * called as what every object has (`constructor`), since mappings are looked up by them.
 */
export function headersOf(cells: readonly Cell[]): string[] {
  const taken = new Set(Object.getOwnPropertyNames(Object.prototype));
  return cells.map((cell, index) => {
    const text = keepable(textOf(cell).replace(/\s+/g, ' ').trim().slice(0, MOST_HEADER)).trim();
    const name = text || `Cột ${index + 1}`;
    let header = name;
    for (let times = 2; taken.has(header); times++) header = `${name} (${times})`;
    taken.add(header);
    return header;
  });
}

/** Text as PostgreSQL keeps it: without NUL, and without half a character, as cutting leaves it. */
export function keepable(text: string): string {
  return text.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '\ufffd');
}

/** A cell as a person would read it. */
export function textOf(cell: Cell | undefined): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'object') return `=${cell.formula}`;
  return String(cell);
}

/** As JSON that PostgreSQL takes; what is in files mostly is so from the beginning. */
export function keepableJson(value: unknown): string {
  const written = JSON.stringify(value);
  return /\\u(0000|d[89a-f])/.test(written)
    ? JSON.stringify(value, (_, part: unknown) =>
        typeof part === 'string' ? keepable(part) : part,
      )
    : written;
}
