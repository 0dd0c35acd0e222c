/** Tables as text: any separator that spreadsheets write, any letters, quotes as in RFC 4180. */
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { parse } from 'csv-parse';
import type { Encoding } from '../../../data/wire/imports.ts';
import { MOST_CELL, MOST_COLUMNS } from '../limits.ts';
import { ImportRefused } from '../refused.ts';
import type { Cell, RawRow } from '../sheet.ts';
import { decoderLabel, isUtf8, lettersOf, putRight, type Guess } from '../text/encoding.ts';
import { tooManyColumns } from '../head.ts';

const HEAD_BYTES = 1024 * 1024;
const MOST_RECORD = 512 * 1024;
/** Characters in which the separator is looked for. */
const MOST_LOOKED = 64 * 1024;
const SEPARATORS = [';', '\t', ',', '|'];

export interface CsvTable {
  rows: AsyncGenerator<RawRow>;
  letters: Guess;
}

export async function readCsv(file: string, encoding: Encoding): Promise<CsvTable> {
  const head = await headOf(file);
  const letters: Guess =
    encoding === 'auto' ? lettersOf(head) : { letters: encoding, unsure: false };
  const label = decoderLabel(letters.letters, isUtf8(head));
  const begin = new TextDecoder(label)
    .decode(head)
    .slice(0, MOST_LOOKED)
    .replace(/^\ufeff/, '');
  // Excel tells its own separator in a first line of its own.
  const said = /^"?sep=(.)"?\r?\n/i.exec(begin)?.[1];
  const delimiter = said ?? separatorIn(begin);
  // Told at once, before a million of them are taken apart.
  const [line = ''] = begin.split(/[\r\n]/, 1);
  if (line.split(delimiter).length > MOST_COLUMNS * 4) throw tooManyColumns();
  return { rows: rowsOf(file, label, letters, delimiter, said !== undefined), letters };
}

async function* rowsOf(
  file: string,
  label: string,
  { letters }: Guess,
  delimiter: string,
  skipFirst: boolean,
): AsyncGenerator<RawRow> {
  const parser = parse({
    delimiter,
    bom: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: MOST_RECORD,
    from_line: skipFirst ? 2 : 1,
    info: true,
  });
  const source = createReadStream(file);
  const feed = (async () => {
    const decoder = new TextDecoder(label);
    for await (const chunk of source) {
      if (!parser.write(decoder.decode(chunk as Buffer, { stream: true })))
        await new Promise((resolve) => parser.once('drain', resolve));
      if (parser.destroyed) return;
    }
    parser.end(decoder.decode());
  })().catch((error: unknown) => parser.destroy(error as Error));
  try {
    let row = skipFirst ? 1 : 0;
    for await (const { record } of parser as AsyncIterable<{ record: string[] }>) {
      row++;
      if (record.length > MOST_COLUMNS && record.slice(MOST_COLUMNS).some((cell) => cell !== ''))
        throw tooManyColumns();
      if (record.every((cell) => cell.trim() === '')) continue;
      yield { row, cells: record.slice(0, MOST_COLUMNS + 1).map((text) => cellOf(text, letters)) };
    }
    await feed;
  } catch (error) {
    if (error instanceof ImportRefused) throw error;
    const { code, lines } = error as { code?: string; lines?: number };
    if (code === 'CSV_MAX_RECORD_SIZE') throw tooManyColumns();
    const where = lines === undefined ? '' : ` near line ${lines}`;
    throw new ImportRefused(
      'damaged',
      `The table cannot be read${where}: a quotation mark is open, or the line is broken.`,
    );
  } finally {
    source.destroy();
    parser.destroy();
  }
}

/**
 * A cell that a spreadsheet would take for a formula is one. An apostrophe before it says that it is
 * text: so our own files have it.
 */
function cellOf(text: string, letters: Guess['letters']): Cell {
  const right = putRight(text.length > MOST_CELL ? text.slice(0, MOST_CELL) : text, letters);
  if (/^'[=+\-@\t\r\n]/.test(right)) return right.slice(1);
  return isFormula(right) ? { formula: right.slice(1) } : right;
}

function isFormula(text: string): boolean {
  if (/^\s*=/.test(text) || /^\s*@[A-Za-z]/.test(text)) return true;
  return /^\s*[+-]/.test(text) && /[(|!]/.test(text);
}

/** The separator that most lines have in equal number, quoted text left out. */
function separatorIn(text: string): string {
  const lines = text
    .replace(/"(?:[^"]|"")*"/g, '')
    .split(/\r\n|\n|\r/)
    .filter((line) => line.trim() !== '')
    .slice(0, 30);
  let best = { separator: ',', worth: 0 };
  for (const separator of SEPARATORS) {
    const counts = lines.map((line) => line.split(separator).length - 1);
    const usual = mostFrequent(counts.filter((count) => count > 0));
    const worth = usual.times * Math.min(usual.value, 40);
    if (worth > best.worth) best = { separator, worth };
  }
  return best.separator;
}

function mostFrequent(values: readonly number[]): { value: number; times: number } {
  const times = new Map<number, number>();
  for (const value of values) times.set(value, (times.get(value) ?? 0) + 1);
  return [...times].reduce(
    (best, [value, count]) => (count > best.times ? { value, times: count } : best),
    { value: 0, times: 0 },
  );
}

async function headOf(file: string): Promise<Uint8Array> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
