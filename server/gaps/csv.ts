/**
 * Tables as text for spreadsheets (RFC 4180, UTF-8 with a byte order mark, which Excel needs to read
 * Vietnamese). A text that a spreadsheet would take for a formula gets an apostrophe in front: names
 * come from people, and a register is no place for `=HYPERLINK(…)`.
 */
const BYTE_ORDER_MARK = '\ufeff';
const FORMULA = /^[=+\-@\t\r\n]/;

export type CsvCell = string | number | null;

export function csvStart(heads: readonly string[]): string {
  return BYTE_ORDER_MARK + csvLine(heads);
}

export function csvLine(cells: readonly CsvCell[]): string {
  return `${cells.map(written).join(',')}\r\n`;
}

function written(cell: CsvCell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const harmless = FORMULA.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
