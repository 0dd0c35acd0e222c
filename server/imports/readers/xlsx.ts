/**
 * Workbooks (ECMA-376): a zip of XML, read as a stream with a strict parser and nothing else. The
 * libraries for workbooks either give the result of a formula without saying that it is one
 * (read-excel-file), or keep the whole workbook in memory many times over (exceljs, SheetJS); here
 * formulas must be seen, and strangers' files must stay within bounds.
 */
import { SaxesParser } from 'saxes';
import { dayOf } from '../../../data/model/scalars.ts';
import { damaged, type Archive } from '../archive.ts';
import { tooManyColumns, tooManyRows } from '../head.ts';
import { MOST_CELL, MOST_COLUMNS, MOST_ROWS } from '../limits.ts';
import { ImportRefused } from '../refused.ts';
import type { Cell, RawRow } from '../sheet.ts';

export interface XlsxTable {
  rows: AsyncGenerator<RawRow>;
  sheets: string[];
}

/** Days since 1970 of day 0 of either of the two calendars of spreadsheets. */
const ZERO_1900 = -25_569;
const ZERO_1904 = -24_107;
/** Of a sheet (ECMA-376 part 1, 18.3.1.73). */
const LAST_ROW = 1_048_576;

interface Tag {
  name: string;
  attributes: Record<string, string>;
}
interface Handlers {
  open?(tag: Tag): void;
  text?(text: string): void;
  close?(name: string): void;
}

export async function readXlsx(archive: Archive, wanted: string | undefined): Promise<XlsxTable> {
  const sheets: { name: string; id: string }[] = [];
  let zero = ZERO_1900;
  await parseWhole(archive, 'xl/workbook.xml', {
    open({ name, attributes }) {
      if (name === 'sheet')
        sheets.push({
          name: attributes['name'] ?? '',
          id: attributes['r:id'] ?? attributes['id'] ?? '',
        });
      if (name === 'workbookPr' && /^(1|true)$/.test(attributes['date1904'] ?? ''))
        zero = ZERO_1904;
    },
  });
  const targets = new Map<string, string>();
  await parseWhole(archive, 'xl/_rels/workbook.xml.rels', {
    open({ attributes }) {
      const { Id, Target } = attributes;
      if (Id && Target) targets.set(Id, Target.startsWith('/') ? Target.slice(1) : `xl/${Target}`);
    },
  });
  const sheet = sheets.find(({ name }) => name === wanted) ?? sheets[0];
  const place = targets.get(sheet?.id ?? '');
  if (!sheet || !place || !archive.names.includes(place))
    throw damaged(new Error('the workbook has no sheet'));
  const strings = await sharedStrings(archive);
  const isDate = await dateStyles(archive);
  return {
    rows: rowsOf(archive, place, strings, isDate, zero),
    sheets: sheets.length > 1 ? sheets.map(({ name }) => name) : [],
  };
}

async function* rowsOf(
  archive: Archive,
  place: string,
  strings: readonly string[],
  isDate: readonly boolean[],
  zero: number,
): AsyncGenerator<RawRow> {
  let ready: RawRow[] = [];
  let cells: Cell[] = [];
  let row = 0;
  let column = -1;
  let kind = '';
  let style = 0;
  let value = '';
  let formula: string | undefined;
  let reading: 'value' | 'formula' | '' = '';
  const handlers: Handlers = {
    open({ name, attributes }) {
      if (name === 'row') {
        // Rows come in their order, and each once: a number that says otherwise says nothing.
        const said = Number(attributes['r']);
        row = Number.isInteger(said) && said > row && said <= LAST_ROW ? said : row + 1;
        cells = [];
        column = -1;
      } else if (name === 'c') {
        column = columnOf(attributes['r']) ?? column + 1;
        kind = attributes['t'] ?? 'n';
        style = Number(attributes['s']) || 0;
        value = '';
        formula = undefined;
      } else if (name === 'v' || name === 't') reading = 'value';
      else if (name === 'f') {
        reading = 'formula';
        formula = '';
      }
    },
    text(text) {
      if (reading === 'value' && value.length < MOST_CELL) value += text;
      else if (reading === 'formula' && formula !== undefined && formula.length < 200)
        formula += text;
    },
    close(name) {
      if (name === 'v' || name === 't' || name === 'f') reading = '';
      else if (name === 'c') {
        const cell = formula === undefined ? cellOf() : { formula: formula || '…' };
        if (cell === null || cell === '') return;
        if (column >= MOST_COLUMNS) throw tooManyColumns();
        while (cells.length < column) cells.push(null);
        cells[column] = cell;
      } else if (name === 'row' && cells.length > 0) ready.push({ row, cells });
    },
  };
  function cellOf(): Cell {
    if (kind === 's') return strings[Number(value)] ?? null;
    if (kind === 'b') return value === '1';
    if (kind === 'e') return { formula: value };
    if (kind !== 'n') return value.normalize('NFC');
    if (value === '') return null;
    const number = Number(value);
    if (!Number.isFinite(number)) return value;
    return isDate[style] && number > 1 ? dayOf(Math.floor(number) + zero) : number;
  }
  let count = 0;
  for await (const step of parseInSteps(archive, place, handlers)) {
    void step;
    count += ready.length;
    // A head and its title come on top of the rows.
    if (count > MOST_ROWS + 100) throw tooManyRows();
    const rows = ready;
    ready = [];
    yield* rows;
  }
}

/** `BC7` → 54. */
function columnOf(place: string | undefined): number | undefined {
  const letters = /^[A-Z]{1,3}/.exec(place ?? '')?.[0];
  if (!letters) return undefined;
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}

async function sharedStrings(archive: Archive): Promise<string[]> {
  const strings: string[] = [];
  const place = archive.names.find((name) => /^xl\/sharedStrings\.xml$/i.test(name));
  if (!place) return strings;
  let text = '';
  let inText = false;
  let phonetic = 0;
  await parseWhole(archive, place, {
    open({ name }) {
      if (name === 'si') text = '';
      if (name === 'rPh') phonetic++;
      inText = name === 't' && phonetic === 0;
    },
    text(part) {
      if (inText && text.length < MOST_CELL) text += part;
    },
    close(name) {
      if (name === 't') inText = false;
      if (name === 'rPh') phonetic--;
      if (name === 'si') strings.push(text.normalize('NFC'));
    },
  });
  return strings;
}

/** Whether a cell style shows its number as a day. */
async function dateStyles(archive: Archive): Promise<boolean[]> {
  const styles: boolean[] = [];
  if (!archive.names.includes('xl/styles.xml')) return styles;
  const formats = new Map<number, string>();
  let inCells = false;
  await parseWhole(archive, 'xl/styles.xml', {
    open({ name, attributes }) {
      if (name === 'numFmt')
        formats.set(Number(attributes['numFmtId']), attributes['formatCode'] ?? '');
      if (name === 'cellXfs') inCells = true;
      if (name === 'xf' && inCells)
        styles.push(isDateFormat(Number(attributes['numFmtId']), formats));
    },
    close(name) {
      if (name === 'cellXfs') inCells = false;
    },
  });
  return styles;
}

/** Built-in formats of days (ECMA-376 part 1, 18.8.30), and own ones that write a day or a year. */
function isDateFormat(id: number, formats: ReadonlyMap<number, string>): boolean {
  if ((id >= 14 && id <= 17) || id === 22 || (id >= 27 && id <= 36) || (id >= 50 && id <= 58))
    return true;
  const code = (formats.get(id) ?? '').replace(/"[^"]*"|\\.|\[[^\]]*\]/g, '');
  return /[dy]/i.test(code);
}

async function parseWhole(archive: Archive, name: string, handlers: Handlers): Promise<void> {
  for await (const step of parseInSteps(archive, name, handlers)) void step;
}

/** Parses piece by piece; the caller takes what has come together after each. */
async function* parseInSteps(
  archive: Archive,
  name: string,
  handlers: Handlers,
): AsyncGenerator<void> {
  const parser = new SaxesParser({ position: false });
  let problem: unknown;
  parser.on('error', (error) => (problem ??= damaged(error)));
  parser.on('doctype', () => {
    problem ??= new ImportRefused('damaged', 'The workbook holds a DOCTYPE, which none may have.');
  });
  // What handlers throw must not be taken for the parser's own.
  const guarded =
    <T>(handle: ((of: T) => void) | undefined) =>
    (of: T): void => {
      if (problem !== undefined) return;
      try {
        handle?.(of);
      } catch (error) {
        problem = error;
      }
    };
  const open = guarded(handlers.open);
  const close = guarded(handlers.close);
  parser.on('opentag', (tag) =>
    open({ name: plain(tag.name), attributes: tag.attributes as Record<string, string> }),
  );
  parser.on('text', guarded(handlers.text));
  parser.on('closetag', (tag) => close(plain(tag.name)));
  const decoder = new TextDecoder();
  try {
    for await (const chunk of await archive.stream(name)) {
      parser.write(decoder.decode(chunk as Buffer, { stream: true }));
      if (problem !== undefined) throw problem;
      yield;
    }
    parser.write(decoder.decode());
    parser.close();
  } catch (error) {
    throw error instanceof ImportRefused ? error : damaged(error);
  }
  if (problem !== undefined) throw problem;
  yield;
}

/** The name of a tag without the prefix of its namespace. */
function plain(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}
