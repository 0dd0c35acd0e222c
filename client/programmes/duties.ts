/** The duties of a programme as the table and the map show them: rows, their order, a unit's colour. */
import type { DutyStanding, Progress } from '../../data/programmes/progress.ts';
import { DUTY_STATUSES, type DutyStatus } from '../../data/model/things.ts';

/** How the duties of a unit stand, in the order of the palette's colours. */
export const DUTY_STATES = ['late', 'planned', 'doing', 'done'] as const;
export type DutyState = (typeof DUTY_STATES)[number];

/** What the table shows: all, what is late, or those of one status. */
export const FILTERS = ['all', 'late', ...DUTY_STATUSES] as const;
export type Filter = (typeof FILTERS)[number];

export const ORDERS = ['unit', 'responsible', 'due', 'state'] as const;
export type Order = (typeof ORDERS)[number];

export interface DutyRow extends DutyStanding {
  unitName: string;
}

/** What a filter lets through. */
export function shows(filter: Filter, { status, daysLate }: DutyStanding): boolean {
  if (filter === 'all') return true;
  return filter === 'late' ? daysLate > 0 : status === filter;
}

/** How many a filter lets through. */
export function countOf(filter: Filter, { byStatus, late }: Progress): number {
  if (filter === 'late') return late;
  if (filter !== 'all') return byStatus[filter];
  return DUTY_STATUSES.reduce((sum, status) => sum + byStatus[status], 0);
}

/** By state: what is latest comes first, what is done or cancelled last. */
const RANK: Record<DutyStatus, number> = { planned: 1, doing: 2, done: 3, cancelled: 4 };

/** A sorted copy; equals go by the name of the unit, then in the order in which they were made. */
export function inOrder(rows: readonly DutyRow[], order: Order, descending: boolean): DutyRow[] {
  const turn = descending ? -1 : 1;
  const by: Record<Order, (a: DutyRow, b: DutyRow) => number> = {
    unit: () => 0,
    responsible: (a, b) => a.responsible.localeCompare(b.responsible, 'vi'),
    due: (a, b) => a.due.localeCompare(b.due),
    state: (a, b) =>
      b.daysLate - a.daysLate ||
      RANK[a.status] - RANK[b.status] ||
      (a.doneOn ?? '').localeCompare(b.doneOn ?? ''),
  };
  const byUnit = (a: DutyRow, b: DutyRow): number => a.unitName.localeCompare(b.unitName, 'vi');
  return rows.toSorted((a, b) => {
    if (order === 'unit') return turn * byUnit(a, b) || a.id - b.id;
    return turn * by[order](a, b) || byUnit(a, b) || a.id - b.id;
  });
}

/** How the duties of a unit stand together; null where there is nothing to do. */
export function stateOf({ all, late, byStatus }: Progress): DutyState | null {
  if (all === 0) return null;
  if (late > 0) return 'late';
  if (byStatus.done === all) return 'done';
  return byStatus.doing + byStatus.done > 0 ? 'doing' : 'planned';
}

/** The class of a unit in the palette's colours of duties; -1 for one that has none. */
export function dutyClass(progress: Progress | undefined): number {
  const state = progress && stateOf(progress);
  return state ? DUTY_STATES.indexOf(state) : -1;
}

/** Stands for the name of the unit in what is filled in for many of them. */
const UNIT_PLACE = /\{[^{}]*\}/gu;

/** `UBND {đơn vị}` for Phường Ba Đình is `UBND phường Ba Đình`: inside a name its kind is a plain word. */
export function filledIn(text: string, unitName: string): string {
  return text.replace(UNIT_PLACE, (_place, at: number) => (at === 0 ? unitName : inside(unitName)));
}

function inside(unitName: string): string {
  return unitName.replace(/^(Phường|Xã|Đặc khu) /u, (kind) => kind.toLocaleLowerCase('vi'));
}

/** The units that have a duty of this name already, cancelled ones aside: they need no second one. */
export function havingOne(duties: readonly DutyStanding[], name: string): ReadonlySet<string> {
  const wanted = name.trim().normalize('NFC').toLocaleLowerCase('vi');
  return new Set(
    duties
      .filter(
        ({ name: other, status }) =>
          status !== 'cancelled' && other.toLocaleLowerCase('vi') === wanted,
      )
      .map(({ unit }) => unit),
  );
}
