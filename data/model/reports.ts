/** Reports from the field: the steps by which they are handled, and what they come to in a unit. */
import { NO_DAY } from './columns.ts';
import type { Table } from './table.ts';
import { REPORT_STATUSES, type ReportStatus } from './things.ts';

/**
 * What may follow each status. Nothing is confirmed unchecked, nothing solved unconfirmed; what was
 * closed by mistake is opened again, into the hands of whoever does so.
 */
export const STEPS: Readonly<Record<ReportStatus, readonly ReportStatus[]>> = {
  received: ['checking', 'declined'],
  checking: ['confirmed', 'declined'],
  confirmed: ['solved', 'declined'],
  solved: ['checking'],
  declined: ['checking'],
};

/** Statuses in which something is still to be done. */
const OPEN = new Set<ReportStatus>(['received', 'checking', 'confirmed']);

export function isOpenReport(status: ReportStatus): boolean {
  return OPEN.has(status);
}

export interface ReportSummary {
  byStatus: Record<ReportStatus, number>;
  /** Still to be handled: indicator `reports.open`. */
  open: number;
  /** Days that the oldest one waits which nobody has taken up; null for none: `reports.oldest`. */
  oldestDays: number | null;
}

/**
 * @param inside whether a commune, by its number, is in the unit
 * @param today days since 1970-01-01
 */
export function summaryOf(
  { columns, count }: Table<'reports'>,
  inside: (commune: number) => boolean,
  today: number,
): ReportSummary {
  const byStatus = { received: 0, checking: 0, confirmed: 0, solved: 0, declined: 0 };
  let oldest = Infinity;
  for (let row = 0; row < count; row++) {
    if (!inside(columns.commune[row] ?? 0)) continue;
    const status = statusIn(columns.status[row]);
    byStatus[status]++;
    const receivedOn = columns.receivedOn[row] ?? NO_DAY;
    if (status === 'received' && receivedOn !== NO_DAY) oldest = Math.min(oldest, receivedOn);
  }
  return {
    byStatus,
    open: byStatus.received + byStatus.checking + byStatus.confirmed,
    oldestDays: oldest === Infinity ? null : Math.max(0, today - oldest),
  };
}

/** The status of a row by the number in its column. */
export function statusIn(choice: number | undefined): ReportStatus {
  return REPORT_STATUSES[choice ?? 0] ?? 'received';
}
