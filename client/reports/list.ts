/** The reports of a unit as a list: which of them, in which order. */
import { NO_CHOICE, NO_DAY } from '../../data/model/columns.ts';
import { isOpenReport, statusIn } from '../../data/model/reports.ts';
import type { Table } from '../../data/model/table.ts';
import {
  OPERATORS,
  REPORT_STATUSES,
  type Operator,
  type ReportStatus,
} from '../../data/model/things.ts';

export const REPORT_STATES = ['open', ...REPORT_STATUSES, 'all'] as const;
type ReportState = (typeof REPORT_STATES)[number];
export const REPORT_ORDERS = ['oldest', 'newest'] as const;

export interface ReportFilters {
  state: ReportState;
  /** Null: every report. */
  operator: Operator | null;
  order: (typeof REPORT_ORDERS)[number];
}

export interface ReportRow {
  id: number;
  status: ReportStatus;
  /** Null: every operator. */
  operator: Operator | null;
  /** Number of its commune, 0 for none. */
  commune: number;
  /** Days since 1970-01-01. */
  receivedOn: number;
}

/** Reads the filters from the choices of the task. */
export function filtersIn(choices: Readonly<Record<string, string>>): ReportFilters {
  return {
    state: REPORT_STATES.find((one) => one === choices['state']) ?? 'open',
    operator: OPERATORS.find((one) => one === choices['op']) ?? null,
    order: REPORT_ORDERS.find((one) => one === choices['order']) ?? 'oldest',
  };
}

/** A report about every operator is one about each of them. */
export function reportRows(
  { ids, columns, count }: Table<'reports'>,
  inside: (commune: number) => boolean,
  { state, operator, order }: ReportFilters,
): ReportRow[] {
  const rows: ReportRow[] = [];
  for (let row = 0; row < count; row++) {
    const commune = columns.commune[row] ?? 0;
    const status = statusIn(columns.status[row]);
    const about = OPERATORS[columns.operator[row] ?? NO_CHOICE] ?? null;
    const wanted =
      state === 'all' || state === status || (state === 'open' && isOpenReport(status));
    if (!wanted || !inside(commune)) continue;
    if (operator !== null && about !== null && about !== operator) continue;
    const receivedOn = columns.receivedOn[row] ?? NO_DAY;
    rows.push({ id: ids[row] ?? 0, status, operator: about, commune, receivedOn });
  }
  const direction = order === 'oldest' ? 1 : -1;
  return rows.sort(
    (a, b) =>
      Number(b.status === 'received') - Number(a.status === 'received') ||
      direction * (a.receivedOn - b.receivedOn || a.id - b.id),
  );
}
