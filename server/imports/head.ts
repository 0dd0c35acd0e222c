/** Where a table begins: registers often have a title and some blank rows above their head. */
import type { Kind } from '../../data/imports/kinds.ts';
import { headlinesIn } from './column-names.ts';
import { MOST_COLUMNS, MOST_ROWS } from './limits.ts';
import { ImportRefused } from './refused.ts';
import { headersOf, textOf, type Cell, type RawRow } from './sheet.ts';

const MOST_ABOVE = 20;

/** Takes the head off the rows: the one, among the first, whose cells name most fields. */
export async function withHead(
  kind: Kind,
  rows: AsyncIterator<RawRow>,
): Promise<{ headers: string[]; rows: AsyncIterable<RawRow> }> {
  const first: RawRow[] = [];
  while (first.length < MOST_ABOVE) {
    const next = await rows.next();
    if (next.done) break;
    first.push(next.value);
  }
  if (first.length === 0) throw new ImportRefused('empty', 'The file holds no rows.');
  let head = first.findIndex(({ cells }) => cells.filter(isThere).length > 1);
  if (head < 0) head = 0;
  // One word alone can be a value that happens to be called like a field.
  let most = 1;
  for (const [index, { cells }] of first.entries()) {
    const names = headlinesIn(kind, cells.map(textOf));
    if (names > most) {
      most = names;
      head = index;
    }
  }
  const cells = [...(first[head]?.cells ?? [])];
  while (cells.length > 0 && !isThere(cells.at(-1) ?? null)) cells.pop();
  if (cells.length > MOST_COLUMNS) throw tooManyColumns();
  const headers = headersOf(cells);
  return {
    headers,
    rows: (async function* () {
      yield* first.slice(head + 1).map((row) => checked(row, headers.length));
      let count = 0;
      for (;;) {
        const next = await rows.next();
        if (next.done) return;
        if (++count > MOST_ROWS) throw tooManyRows();
        yield checked(next.value, headers.length);
      }
    })(),
  };
}

/** A row with cells beyond its head has slipped. */
function checked(row: RawRow, width: number): RawRow {
  const slipped = row.cells.length > width && row.cells.slice(width).some(isThere);
  return slipped && !row.reason ? { ...row, reason: { code: 'damaged' } } : row;
}

function isThere(cell: Cell): boolean {
  return cell !== null && (typeof cell !== 'string' || cell.trim() !== '');
}

export function tooManyColumns(): ImportRefused {
  return new ImportRefused(
    'too_many_columns',
    `The table has more than ${MOST_COLUMNS} columns: keep only those that are wanted.`,
    'too_large',
  );
}

export function tooManyRows(): ImportRefused {
  return new ImportRefused(
    'too_many_rows',
    `The table has more than ${MOST_ROWS} rows: split it.`,
    'too_large',
  );
}
