/** The communes of a unit in which reports are still to be handled. */
import { NO_DAY } from '../../data/model/columns.ts';
import { isOpenReport, statusIn } from '../../data/model/reports.ts';
import type { Table } from '../../data/model/table.ts';
import { communeCodeOf } from '../../data/model/unit.ts';

export interface WaitingCommune {
  code: string;
  open: number;
  /** Days that the oldest unanswered one waits; null when all are answered. */
  oldestDays: number | null;
}

/** The longest waiting first, then those with the most. */
export function waitingCommunes(
  { columns, count }: Table<'reports'>,
  inside: (commune: number) => boolean,
  today: number,
): WaitingCommune[] {
  const found = new Map<number, WaitingCommune>();
  for (let row = 0; row < count; row++) {
    const commune = columns.commune[row] ?? 0;
    const status = statusIn(columns.status[row]);
    if (commune === 0 || !isOpenReport(status) || !inside(commune)) continue;
    const one = found.get(commune) ?? { code: communeCodeOf(commune), open: 0, oldestDays: null };
    one.open++;
    const receivedOn = columns.receivedOn[row] ?? NO_DAY;
    if (status === 'received' && receivedOn !== NO_DAY)
      one.oldestDays = Math.max(one.oldestDays ?? 0, today - receivedOn);
    found.set(commune, one);
  }
  return [...found.values()].sort(
    (a, b) => (b.oldestDays ?? -1) - (a.oldestDays ?? -1) || b.open - a.open,
  );
}
