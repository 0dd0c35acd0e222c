/** The hamlets of a unit that still have no signal, the most pressing first. */
import { NO_DAY } from '../../data/model/columns.ts';
import type { Table } from '../../data/model/table.ts';
import { HAMLET_STATUSES } from '../../data/model/things.ts';
import { dayFor, type Days } from '../../data/model/days.ts';
import { number, type Language } from '../words/format.ts';
import type { Words } from '../words/vi.ts';

export interface HamletRow {
  id: number;
  name: string;
  /** Number of its commune, 0 for none. */
  commune: number;
  people: number;
  households: number;
  gridPower: boolean;
  speciallyDisadvantaged: boolean;
  /** Days to the deadline, negative when it has passed; null without one. */
  daysLeft: number | null;
  lon: number;
  lat: number;
}

const UNCOVERED = HAMLET_STATUSES.indexOf('uncovered');

export function uncoveredHamlets(
  hamlets: Table<'hamlets'>,
  inside: (commune: number) => boolean,
  days: Days,
): HamletRow[] {
  const { columns } = hamlets;
  const rows: HamletRow[] = [];
  for (let row = 0; row < hamlets.count; row++) {
    const commune = columns.commune[row] ?? 0;
    if (columns.status[row] !== UNCOVERED || !inside(commune)) continue;
    const deadline = columns.deadline[row] ?? NO_DAY;
    rows.push({
      id: hamlets.ids[row] ?? 0,
      name: columns.name[row] ?? '',
      commune,
      people: columns.people[row] ?? 0,
      households: columns.households[row] ?? 0,
      gridPower: columns.gridPower[row] === 1,
      speciallyDisadvantaged: columns.speciallyDisadvantaged[row] === 1,
      daysLeft: deadline === NO_DAY ? null : deadline - dayFor(columns.simulated[row] === 1, days),
      lon: columns.position[row * 2] ?? NaN,
      lat: columns.position[row * 2 + 1] ?? NaN,
    });
  }
  return rows.sort(
    (a, b) => (a.daysLeft ?? Infinity) - (b.daysLeft ?? Infinity) || b.people - a.people || 0,
  );
}

/** The deadline as a person says it: how long is left, or by how much it has passed. */
export function deadlineIn(words: Words, daysLeft: number | null, language: Language): string {
  if (daysLeft === null) return words.hamlets.noDeadline;
  if (daysLeft === 0) return words.hamlets.today;
  return daysLeft > 0
    ? words.hamlets.daysLeft(number(daysLeft, language))
    : words.hamlets.overdue(number(-daysLeft, language));
}

/** Whether the deadline has passed or passes within two weeks. */
export function isPressing(daysLeft: number | null): boolean {
  return daysLeft !== null && daysLeft <= 14;
}
