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
  const tally = new Tally();
  for (let row = 0; row < count; row++)
    if (inside(columns.commune[row] ?? 0)) tally.take(columns, row);
  return tally.told(today);
}

/**
 * The same of every commune that has reports, by its number; 0 for those that lie in none.
 * @param today days since 1970-01-01
 */
export function summariesByCommune(
  { columns, count }: Table<'reports'>,
  today: number,
): Map<number, ReportSummary> {
  const tallies = new Map<number, Tally>();
  for (let row = 0; row < count; row++) {
    const commune = columns.commune[row] ?? 0;
    const tally = tallies.get(commune) ?? new Tally();
    tallies.set(commune, tally);
    tally.take(columns, row);
  }
  return new Map([...tallies].map(([commune, tally]) => [commune, tally.told(today)]));
}

/** What no reports come to. */
export function emptySummary(): ReportSummary {
  return new Tally().told(0);
}

class Tally {
  readonly #byStatus = { received: 0, checking: 0, confirmed: 0, solved: 0, declined: 0 };
  /** The day on which the oldest came in that nobody has taken up. */
  #oldest = Infinity;

  take(columns: Table<'reports'>['columns'], row: number): void {
    const status = statusIn(columns.status[row]);
    this.#byStatus[status]++;
    const receivedOn = columns.receivedOn[row] ?? NO_DAY;
    if (status === 'received' && receivedOn !== NO_DAY)
      this.#oldest = Math.min(this.#oldest, receivedOn);
  }

  told(today: number): ReportSummary {
    const { received, checking, confirmed } = this.#byStatus;
    return {
      byStatus: { ...this.#byStatus },
      open: received + checking + confirmed,
      oldestDays: this.#oldest === Infinity ? null : Math.max(0, today - this.#oldest),
    };
  }
}

/** The status of a row by the number in its column. */
export function statusIn(choice: number | undefined): ReportStatus {
  return REPORT_STATUSES[choice ?? 0] ?? 'received';
}
