/**
 * A table of people by H3 cell, as CSV, read row by row: a column of cells (15 hexadecimal digits) and
 * one of people, under whichever of the usual headings, with other columns beside them.
 */
import { createReadStream } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream';
import { parse } from 'csv-parse';
import { getResolution, isValidCell } from 'h3-js';
import { codeOf } from '../errors.ts';
import { RasterRefused } from './refusal.ts';

export interface CellRow {
  /** H3 index. */
  cell: string;
  resolution: number;
  people: number;
  /** Of the file, from 1. */
  line: number;
}

const CELL = ['h3', 'h3_index', 'h3index', 'cell', 'hex'];
const PEOPLE = ['people', 'population', 'pop', 'dan_so', 'so_dan'];
/** A cell of resolution 4 (1,770 km²) holds whole districts and says nothing of where people live. */
const COARSEST = 5;

/** Throws RasterRefused naming file and line. */
export async function* readCellTable(place: string): AsyncIterable<CellRow> {
  const file = path.basename(place);
  const parser = parse({
    bom: true,
    delimiter: [',', ';', '\t'],
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    trim: true,
  });
  // A failure of either end comes out of the loop below.
  pipeline(createReadStream(place), parser, () => undefined);
  let columns: { cell: number; people: number } | undefined;
  try {
    for await (const { record, info } of parser as AsyncIterable<Row>) {
      if (columns) yield rowOf(record, columns, info.lines, file);
      else columns = columnsOf(record, file);
    }
  } catch (error) {
    if (error instanceof RasterRefused) throw error;
    const why =
      codeOf(error) === 'ENOENT'
        ? 'there is no such file'
        : `it is not a readable CSV table (${error instanceof Error ? error.message : ''})`;
    throw new RasterRefused(`${place}: ${why}.`);
  } finally {
    parser.destroy();
  }
  if (!columns) throw new RasterRefused(`${file}: the table is empty.`);
}

interface Row {
  record: string[];
  info: { lines: number };
}

function columnsOf(heading: string[], file: string): { cell: number; people: number } {
  const names = heading.map((name) => name.toLowerCase());
  const cell = names.findIndex((name) => CELL.includes(name));
  const people = names.findIndex((name) => PEOPLE.includes(name));
  if (cell >= 0 && people >= 0) return { cell, people };
  throw new RasterRefused(
    `${file}: its first line must name a column of H3 cells (${CELL[0]}) and one of people (${PEOPLE[0]}).`,
  );
}

function rowOf(
  record: string[],
  columns: { cell: number; people: number },
  line: number,
  file: string,
): CellRow {
  const cell = (record[columns.cell] ?? '').toLowerCase();
  const text = record[columns.people] ?? '';
  const where = `${file}, line ${line}`;
  if (!isValidCell(cell))
    throw new RasterRefused(
      `${where}: "${cell}" is no H3 cell; one looks like 894156a6e17ffff (15 hexadecimal digits).`,
    );
  const resolution = getResolution(cell);
  if (resolution < COARSEST)
    throw new RasterRefused(
      `${where}: cell ${cell} has resolution ${resolution}, too coarse to say where people live; ` +
        `${COARSEST} to 15 are read, 9 as it is.`,
    );
  const people = text === '' ? NaN : Number(text);
  if (!(people >= 0 && people < Infinity))
    throw new RasterRefused(`${where}: its people "${text}" are not a number from 0 up.`);
  return { cell, resolution, people, line };
}
