/** The board: its rows in the order of a column, and as a file. */
import type { ProgressBoard, ProgressRow } from '../../data/forecast/answer.ts';

export const COLUMNS = ['name', 'built', 'planned', 'gap', 'pace', 'trend', 'arrival'] as const;
export type Column = (typeof COLUMNS)[number];
/** Those that rows can be put in order by. */
export const SORTABLE: ReadonlySet<Column> = new Set(
  COLUMNS.filter((column) => column !== 'trend'),
);

export interface NamedRow extends ProgressRow {
  name: string;
}

/** Built or planned as it compares between units: a share where it is a part of something. */
export function comparable(value: number, { outOf }: Pick<ProgressRow, 'outOf'>): number {
  if (outOf === null) return value;
  return outOf === 0 ? 0 : value / outOf;
}

/** A sorted copy; what a row does not have comes last either way, equals go by name. */
export function inOrder(rows: readonly NamedRow[], by: Column, descending: boolean): NamedRow[] {
  const turn = descending ? -1 : 1;
  const byName = (a: NamedRow, b: NamedRow) => a.name.localeCompare(b.name, 'vi');
  if (by === 'name') return rows.toSorted((a, b) => turn * byName(a, b));
  return rows.toSorted((a, b) => {
    const [left, right] = [valueIn(a, by), valueIn(b, by)];
    if (left === null || right === null)
      return Number(left === null) - Number(right === null) || byName(a, b);
    return turn * (left < right ? -1 : left > right ? 1 : 0) || byName(a, b);
  });
}

function valueIn(row: NamedRow, by: Column): number | string | null {
  switch (by) {
    case 'built':
      return comparable(row.built, row);
    case 'planned':
      return row.planned === null ? null : comparable(row.planned, row);
    case 'gap':
      return row.gap;
    case 'pace':
      return row.pacePerWeek;
    case 'arrival':
      return arrivalIn(row);
    default:
      return null;
  }
}

/** A text that sorts like the arrival: what is there, then by day, then what never comes. */
function arrivalIn({ forecast }: ProgressRow): string | null {
  switch (forecast.state) {
    case 'reached':
      return `0 ${forecast.day ?? ''}`;
    case 'arrives':
      return `1 ${forecast.day}`;
    case 'never':
      return '2';
    case 'unknown':
      return null;
  }
}

const FILE_COLUMNS: Record<string, (row: NamedRow) => string | number | null> = {
  unit: ({ unit }) => unit,
  name: ({ name }) => name,
  built: ({ built }) => built,
  planned: ({ planned }) => planned,
  target: ({ target }) => target?.value ?? null,
  target_day: ({ target }) => target?.day ?? null,
  out_of: ({ outOf }) => outOf,
  gap: ({ gap }) => gap,
  pace_per_week: ({ pacePerWeek }) =>
    pacePerWeek === null ? null : Math.round(pacePerWeek * 100) / 100,
  forecast: ({ forecast }) =>
    'why' in forecast ? `${forecast.state}: ${forecast.why}` : forecast.state,
  forecast_day: ({ forecast }) => ('day' in forecast ? forecast.day : null),
  earliest: ({ forecast }) => (forecast.state === 'arrives' ? forecast.earliest : null),
  latest: ({ forecast }) => (forecast.state === 'arrives' ? forecast.latest : null),
};

/** Marks the text as UTF-8, for the spreadsheets that would not look otherwise. */
const BYTE_ORDER_MARK = '\uFEFF';

/** The rows as CSV (RFC 4180), each with what it is of and from when. */
export function csvOf(board: ProgressBoard, rows: readonly NamedRow[]): string {
  const { metric, method, asOf, simulated } = board;
  const about = [metric, method ?? 'counted', asOf, simulated ? 'simulated' : 'real'];
  const head = [...Object.keys(FILE_COLUMNS), 'metric', 'method', 'as_of', 'origin'];
  const lines = rows.map((row) => [...Object.values(FILE_COLUMNS).map((of) => of(row)), ...about]);
  return (
    BYTE_ORDER_MARK + [head, ...lines].map((line) => `${line.map(quoted).join(',')}\r\n`).join('')
  );
}

function quoted(value: string | number | null): string {
  const text = String(value ?? '');
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
