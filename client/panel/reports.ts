/** The communes of a unit in which reports are still to be handled. */
import { summariesByCommune } from '../../data/model/reports.ts';
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
  reports: Table<'reports'>,
  inside: (commune: number) => boolean,
  today: number,
): WaitingCommune[] {
  return [...summariesByCommune(reports, today)]
    .filter(([commune, { open }]) => commune !== 0 && open > 0 && inside(commune))
    .map(([commune, { open, oldestDays }]) => ({ code: communeCodeOf(commune), open, oldestDays }))
    .sort((a, b) => (b.oldestDays ?? -1) - (a.oldestDays ?? -1) || b.open - a.open);
}
