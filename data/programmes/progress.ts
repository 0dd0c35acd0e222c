/**
 * How programmes stand, worked out from their duties: how many are done, what is late, and where. Late
 * is what is neither done nor cancelled after its day; of what is simulated the day is that of the
 * simulation. Pure, for every unit: the nation sees all duties, a province those of its communes too.
 */
import { NO_DAY } from '../model/columns.ts';
import type { Country } from '../model/country.ts';
import { dayFor, type Days } from '../model/days.ts';
import { dayOf } from '../model/scalars.ts';
import type { Table } from '../model/table.ts';
import { DUTY_STATUSES, type DutyStatus } from '../model/things.ts';

type Tables = Pick<Country['tables'], 'programmes' | 'duties'>;

export interface DutyStanding {
  id: number;
  version: number;
  /** Id of its programme. */
  programme: number;
  unit: string;
  name: string;
  responsible: string;
  /** `YYYY-MM-DD`. */
  due: string;
  status: DutyStatus;
  doneOn: string | null;
  note: string;
  simulated: boolean;
  /** Whole days since it was due; 0 where it is not late. */
  daysLate: number;
}

export interface Progress {
  byStatus: Record<DutyStatus, number>;
  /** Without the cancelled ones. */
  all: number;
  late: number;
  /** Done of all, 0–1; null where there is nothing to do. */
  share: number | null;
}

export interface ProgrammeStanding {
  id: number;
  version: number;
  name: string;
  /** Empty where it has no English name. */
  nameEn: string;
  unit: string;
  responsible: string;
  decision: string;
  starts: string | null;
  due: string | null;
  /** Code of the indicator that it serves; empty for none. */
  indicator: string;
  source: string;
  simulated: boolean;
  /** Of its duties in the units that were asked about. */
  progress: Progress;
}

/**
 * The programmes that concern some units: those of one of them, and those that have a duty in one. In
 * the order in which they are due, those without a day last.
 */
export function programmesIn(
  tables: Tables,
  isInside: (unit: string) => boolean,
  days: Days,
): ProgrammeStanding[] {
  const { programmes, duties } = tables;
  const tallies = new Map<number, Progress>();
  for (let row = 0; row < duties.count; row++) {
    if (!isInside(duties.columns.unit[row] ?? '')) continue;
    const id = duties.columns.programme[row] ?? 0;
    const tally = tallies.get(id) ?? emptyProgress();
    tallies.set(id, tally);
    count(tally, duties, row, days);
  }
  const found: ProgrammeStanding[] = [];
  for (let row = 0; row < programmes.count; row++) {
    const tally = tallies.get(programmes.ids[row] ?? 0);
    if (!tally && !isInside(programmes.columns.unit[row] ?? '')) continue;
    found.push(programmeIn(programmes, row, tally ?? emptyProgress()));
  }
  return found.sort((a, b) => (a.due ?? '9999').localeCompare(b.due ?? '9999') || a.id - b.id);
}

/** One programme with its duties in some units; undefined when there is none of that id. */
export function programmeOf(
  tables: Tables,
  id: number,
  isInside: (unit: string) => boolean,
  days: Days,
): { programme: ProgrammeStanding; duties: DutyStanding[] } | undefined {
  const row = tables.programmes.rowOf(id);
  if (row === undefined) return undefined;
  const duties = dutiesWhere(
    tables.duties,
    (duty) =>
      tables.duties.columns.programme[duty] === id &&
      isInside(tables.duties.columns.unit[duty] ?? ''),
    days,
  );
  return { programme: programmeIn(tables.programmes, row, progressOf(duties)), duties };
}

/** Every duty of some units that is late, the longest first. */
export function lateDuties(
  { duties }: Pick<Tables, 'duties'>,
  days: Days,
  isInside: (unit: string) => boolean = () => true,
): DutyStanding[] {
  return dutiesWhere(
    duties,
    (row) => daysLate(duties, row, days) > 0 && isInside(duties.columns.unit[row] ?? ''),
    days,
  ).sort((a, b) => b.daysLate - a.daysLate || a.id - b.id);
}

/** Every duty of some units that is to be done, the first due first. */
export function openDuties(
  { duties }: Pick<Tables, 'duties'>,
  days: Days,
  isInside: (unit: string) => boolean = () => true,
): DutyStanding[] {
  return dutiesWhere(
    duties,
    (row) => isOpen(duties, row) && isInside(duties.columns.unit[row] ?? ''),
    days,
  ).sort((a, b) => a.due.localeCompare(b.due) || a.id - b.id);
}

/** What some duties come to. */
export function progressOf(duties: Iterable<DutyStanding>): Progress {
  const progress = emptyProgress();
  for (const { status, daysLate } of duties) add(progress, status, daysLate > 0);
  return progress;
}

/**
 * What the duties of each unit come to, a commune's in its province too, so that the map colours both.
 *
 * @param provinceOf the province of a commune; undefined for none
 */
export function progressByUnit(
  duties: readonly DutyStanding[],
  provinceOf: (commune: string) => string | undefined,
): Map<string, Progress> {
  const found = new Map<string, Progress>();
  for (const { unit, status, daysLate } of duties)
    for (const code of new Set([unit, provinceOf(unit) ?? unit])) {
      const progress = found.get(code) ?? emptyProgress();
      found.set(code, progress);
      add(progress, status, daysLate > 0);
    }
  return found;
}

function emptyProgress(): Progress {
  return {
    byStatus: { planned: 0, doing: 0, done: 0, cancelled: 0 },
    all: 0,
    late: 0,
    share: null,
  };
}

function add(progress: Progress, status: DutyStatus, isLate: boolean): void {
  progress.byStatus[status]++;
  if (status !== 'cancelled') progress.all++;
  if (isLate) progress.late++;
  progress.share = progress.all === 0 ? null : progress.byStatus.done / progress.all;
}

function count(progress: Progress, duties: Table<'duties'>, row: number, days: Days): void {
  add(progress, statusIn(duties, row), daysLate(duties, row, days) > 0);
}

function statusIn({ columns }: Table<'duties'>, row: number): DutyStatus {
  return DUTY_STATUSES[columns.status[row] ?? 0] ?? 'planned';
}

function isOpen(duties: Table<'duties'>, row: number): boolean {
  const status = statusIn(duties, row);
  return status !== 'done' && status !== 'cancelled';
}

/** Whole days since it was due; 0 where it is not late. */
function daysLate(duties: Table<'duties'>, row: number, days: Days): number {
  const due = duties.columns.due[row] ?? NO_DAY;
  if (due === NO_DAY || !isOpen(duties, row)) return 0;
  return Math.max(0, dayFor(duties.columns.simulated[row] === 1, days) - due);
}

function dutiesWhere(
  duties: Table<'duties'>,
  is: (row: number) => boolean,
  days: Days,
): DutyStanding[] {
  const found: DutyStanding[] = [];
  for (let row = 0; row < duties.count; row++) if (is(row)) found.push(dutyIn(duties, row, days));
  return found;
}

function dutyIn(duties: Table<'duties'>, row: number, days: Days): DutyStanding {
  const { columns, ids, versions } = duties;
  return {
    id: ids[row] ?? 0,
    version: versions[row] ?? 0,
    programme: columns.programme[row] ?? 0,
    unit: columns.unit[row] ?? '',
    name: columns.name[row] ?? '',
    responsible: columns.responsible[row] ?? '',
    due: dayIn(columns.due, row) ?? '',
    status: statusIn(duties, row),
    doneOn: dayIn(columns.doneOn, row),
    note: columns.note[row] ?? '',
    simulated: columns.simulated[row] === 1,
    daysLate: daysLate(duties, row, days),
  };
}

function programmeIn(
  { columns, ids, versions }: Table<'programmes'>,
  row: number,
  progress: Progress,
): ProgrammeStanding {
  return {
    id: ids[row] ?? 0,
    version: versions[row] ?? 0,
    name: columns.name[row] ?? '',
    nameEn: columns.nameEn[row] ?? '',
    unit: columns.unit[row] ?? '',
    responsible: columns.responsible[row] ?? '',
    decision: columns.decision[row] ?? '',
    starts: dayIn(columns.starts, row),
    due: dayIn(columns.due, row),
    indicator: columns.indicator[row] ?? '',
    source: columns.source[row] ?? '',
    simulated: columns.simulated[row] === 1,
    progress,
  };
}

function dayIn(column: Int32Array, row: number): string | null {
  const day = column[row] ?? NO_DAY;
  return day === NO_DAY ? null : dayOf(day);
}
