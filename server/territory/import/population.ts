/**
 * A table of communes' people, as CSV: a column of official codes and one of populations, under
 * whichever of the usual headings, in any order, with other columns beside them.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { withoutAccents } from '../../../data/country/english.ts';
import { codeOf } from '../../errors.ts';
import { TerritoryRefused } from '../refusal.ts';

export interface PopulationTable {
  /** People by commune code; NaN where the table has the commune and no number. */
  people: Map<string, number>;
  /** Line of each commune, for messages. */
  lines: Map<string, number>;
  file: string;
}

const CODE = ['commune_code', 'ward_code', 'ma_xa', 'ma_phuong_xa', 'ma_don_vi', 'code', 'ma'];
const PEOPLE = ['population', 'dan_so', 'so_dan', 'quy_mo_dan_so', 'people'];

/** Reads the table. Throws TerritoryRefused naming file, line and unit. */
export async function readPopulation(place: string): Promise<PopulationTable> {
  const file = path.basename(place);
  let text: string;
  try {
    text = await readFile(place, 'utf8');
  } catch (error) {
    const why = codeOf(error) === 'ENOENT' ? 'there is no such file' : String(error);
    throw new TerritoryRefused(`${place}: ${why}.`);
  }
  return parsePopulation(text, file);
}

/** The table in a text; `file` is its name in messages. */
function parsePopulation(text: string, file: string): PopulationTable {
  const rows = parseCsv(text, file);
  const heading = rows.shift()?.cells.map(plain) ?? [];
  const codeAt = columnOf(heading, CODE);
  const peopleAt = columnOf(heading, PEOPLE);
  if (codeAt < 0 || peopleAt < 0)
    throw new TerritoryRefused(
      `${file}: its first line must name a column of commune codes (${CODE[0]}) and one of people (${PEOPLE[0]}).`,
    );
  const people = new Map<string, number>();
  const lines = new Map<string, number>();
  for (const { cells, line } of rows) {
    const code = (cells[codeAt] ?? '').trim().padStart(5, '0');
    const where = `${file}, line ${line}: unit ${code}`;
    if (!/^\d{5}$/.test(code))
      throw new TerritoryRefused(`${where}: a commune's code has five digits.`);
    const earlier = lines.get(code);
    if (earlier !== undefined)
      throw new TerritoryRefused(`${where}: this unit is already in line ${earlier}.`);
    people.set(code, peopleIn((cells[peopleAt] ?? '').trim(), where));
    lines.set(code, line);
  }
  return { people, lines, file };
}

function parseCsv(text: string, file: string): { cells: string[]; line: number }[] {
  try {
    const records = parse(text, {
      bom: true,
      delimiter: [',', ';', '\t'],
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    return records.map(({ record, info }) => ({ cells: record, line: info.lines }));
  } catch (error) {
    throw new TerritoryRefused(
      `${file}: is not a readable CSV table (${error instanceof Error ? error.message : ''}).`,
    );
  }
}

/** Whole numbers, also in groups of three as they are printed: `65023`, `65.023`, `65,023`. */
function peopleIn(text: string, where: string): number {
  if (text === '') return NaN;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  if (/^\d{1,3}([.,\u00a0 ]\d{3})+$/.test(text)) return Number(text.replace(/\D/g, ''));
  throw new TerritoryRefused(`${where}: its population "${text}" is not a whole number.`);
}

function columnOf(heading: readonly string[], names: readonly string[]): number {
  for (const name of names) {
    const at = heading.indexOf(name);
    if (at >= 0) return at;
  }
  return -1;
}

/** `Mã xã` → `ma_xa`. */
function plain(text: string): string {
  return withoutAccents(text)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '');
}
