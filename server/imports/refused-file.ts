/** The refused rows as a table: as they came, with the reason in a column of its own, to be put right. */
import type { Pool } from 'pg';
import { sayReason } from '../../data/imports/reasons.ts';
import type { ImportJob } from '../../data/wire/imports.ts';
import { csvLine, csvStart } from '../gaps/csv.ts';
import { refusedRows } from './kept-rows.ts';

const PORTION = 2_000;
const HEADS = {
  vi: { row: 'Dòng trong tệp', why: 'Lý do không nhận' },
  en: { row: 'Row in the file', why: 'Why it was refused' },
};

export async function* refusedAsCsv(
  pool: Pool,
  { id, kind, head }: ImportJob,
  language: 'vi' | 'en',
): AsyncGenerator<string> {
  const headers = head?.headers ?? [];
  const { row: rowHead, why } = HEADS[language];
  yield csvStart([...headers, why, rowHead]);
  for await (const portion of refusedRows(pool, id, PORTION))
    yield portion
      .map(({ row, raw, reasons }) =>
        csvLine([
          ...headers.map((_, at) => plain(raw[at] ?? '')),
          reasons.map((reason) => sayReason(reason, kind, language)).join('; '),
          row,
        ]),
      )
      .join('');
}

/** A number stays a number: only text can be a formula. */
function plain(cell: string): string | number {
  return /^-?(0|[1-9]\d{0,14})(\.\d+)?$/.test(cell) && String(Number(cell)) === cell
    ? Number(cell)
    : cell;
}
