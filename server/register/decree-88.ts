/**
 * The register of accepted 5G stations for the support of Decree 88/2025/NĐ-CP: each once, for its one
 * operator; those that are probably the same, and those whose papers are not complete, apart.
 *
 * The model does not say whether a station stands outdoors: every 5G station is taken to, and whoever
 * reads the register is told so.
 */
import { DECREE_88 } from '../../data/country/decree-88.ts';
import { NO_CHOICE, NO_DAY } from '../../data/model/columns.ts';
import type { Country } from '../../data/model/country.ts';
import { dayNumberOf } from '../../data/model/scalars.ts';
import {
  OPERATORS,
  STATION_STATUSES,
  TECHNOLOGIES,
  type Operator,
  type Station,
} from '../../data/model/things.ts';
import { communeCodeOf, communeNumberOf, levelOf, NATION } from '../../data/model/unit.ts';
import type {
  OperatorTotal,
  RegisterAnswer,
  RegisteredStation,
  RegisterOrder,
  RegisterPart,
} from '../../data/wire/register.ts';
import type { Ground } from '../country/ground.ts';
import { alike, type Likened } from './likeness.ts';

export interface RegisterQuestion {
  unit: string;
  operator?: Operator | undefined;
  /** Days of acceptance, `YYYY-MM-DD`, both counted. */
  from: string;
  to: string;
  part: RegisterPart;
  /** Part of a name or of a document's number; empty for all. */
  find: string;
  order: RegisterOrder;
  descending: boolean;
  limit: number;
}

export function decree88Register(
  country: Country,
  ground: Ground | undefined,
  question: RegisterQuestion,
): RegisterAnswer {
  const isIn = inUnit(question.unit, ground);
  const { operator, from, to, limit } = question;
  // What is alike is found in the whole country: the other one may stand across a border.
  const asked = registered(country).filter(
    (station) =>
      (operator === undefined || station.operator === operator) &&
      isIn(communeNumberOf(station.commune)) &&
      isBetween(station.acceptedOn ?? station.since, from, to),
  );
  const rows = asked.filter(
    (station) => isPart(station, question.part) && isFound(station, question),
  );
  rows.sort(inOrder(question));
  return {
    ...{ seq: country.seq, asOf: country.at, from, to, threshold: DECREE_88.threshold },
    totals: OPERATORS.map((name) => totalOf(name, asked)).filter(
      (total) => total.counted + total.duplicates + total.missing > 0,
    ),
    total: rows.length,
    rows: rows.slice(0, limit),
  };
}

/** Every station that the register is about, in the order of the table. */
function registered({ tables: { stations } }: Country): RegisteredStation[] {
  const { columns, count, ids } = stations;
  const fiveG = TECHNOLOGIES.indexOf('5g');
  const [first, last] = [dayNumberOf(DECREE_88.from), dayNumberOf(DECREE_88.to)];
  const inDays = (day: number | undefined): boolean =>
    day !== undefined && day >= first && day <= last;
  const complete: Likened[] = [];
  const told: RegisteredStation[] = [];
  const completeAt: number[] = [];
  for (let row = 0; row < count; row++) {
    if (columns.technology[row] !== fiveG) continue;
    const accepted = columns.acceptedOn[row] ?? NO_DAY;
    const since = columns.since[row] ?? NO_DAY;
    const document = columns.document[row] ?? '';
    const wasOnAir = WAS_ON_AIR.has(columns.status[row] ?? NO_CHOICE);
    const isAccepted = inDays(accepted);
    const isOwed = accepted === NO_DAY && wasOnAir && (since === NO_DAY || inDays(since));
    if (!isAccepted && !isOwed) continue;
    const station = stations.record(row) as unknown as Station & { commune?: string };
    const { name, operator, band, lon, lat, status, simulated, source } = station;
    const commune = columns.commune[row] ?? 0;
    const isComplete = isAccepted && document !== '';
    if (isComplete) {
      const acceptedOn = station.acceptedOn ?? '';
      const id = ids[row] ?? 0;
      complete.push({ id, operator, band, name, commune, lon, lat, acceptedOn, document });
      completeAt.push(told.length);
    }
    told.push({
      ...{ id: ids[row] ?? 0, name, operator, band, lon, lat, status, simulated, source },
      commune: commune === 0 ? null : communeCodeOf(commune),
      since: station.since ?? null,
      acceptedOn: station.acceptedOn ?? null,
      document: station.document ?? null,
      standing: isComplete ? 'counted' : 'missing',
      ...{ group: null, likeness: [], nearestM: null },
      early: isAccepted && since !== NO_DAY && accepted < since,
    });
  }
  for (const [index, { first: counts, likeness, nearestM }] of alike(complete)) {
    const station = told[completeAt[index] ?? -1];
    if (!station) continue;
    station.group = complete[counts]?.id ?? null;
    station.standing = counts === index ? 'counted' : 'duplicate';
    station.likeness = [...likeness].sort();
    station.nearestM = Math.round(nearestM);
  }
  return told;
}

/** Statuses of what has been on air: what is planned or being built owes no papers yet. */
const WAS_ON_AIR = new Set(
  (['on_air', 'down', 'retired'] as const).map((status) => STATION_STATUSES.indexOf(status)),
);

function totalOf(operator: Operator, stations: readonly RegisteredStation[]): OperatorTotal {
  const own = stations.filter((station) => station.operator === operator);
  const standing = (name: RegisteredStation['standing']): number =>
    own.filter((station) => station.standing === name).length;
  return {
    operator,
    counted: standing('counted'),
    duplicates: standing('duplicate'),
    missing: standing('missing'),
    early: own.filter(({ early }) => early).length,
  };
}

/** Of a station without any day nobody knows: it is in every span. */
function isBetween(day: string | null, from: string, to: string): boolean {
  return day === null || (day >= from && day <= to);
}

function isPart({ standing, group, early }: RegisteredStation, part: RegisterPart): boolean {
  if (part === 'early') return early;
  // Those that count are shown beside those that do not, so that they can be compared.
  if (part === 'duplicate') return group !== null;
  return part === 'all' || standing === part;
}

function isFound({ name, document }: RegisteredStation, { find }: RegisterQuestion): boolean {
  const wanted = find.toLocaleLowerCase('vi');
  return [name, document ?? ''].some((text) => text.toLocaleLowerCase('vi').includes(wanted));
}

function inOrder({ part, order, descending }: RegisterQuestion) {
  const collator = new Intl.Collator('vi', { numeric: true });
  const way = descending ? -1 : 1;
  return (a: RegisteredStation, b: RegisteredStation): number => {
    if (part === 'duplicate' && a.group !== b.group) return (a.group ?? 0) - (b.group ?? 0);
    const [one, two] = [a[order], b[order]];
    // What is missing comes last, whichever way.
    if (one === null || two === null) return Number(one === null) - Number(two === null);
    return way * collator.compare(one, two) || a.id - b.id;
  };
}

/** Whether a thing in a commune (its number; 0 for none) is in a unit. */
function inUnit(unit: string, ground: Ground | undefined): (commune: number) => boolean {
  if (unit === NATION) return () => true;
  if (levelOf(unit) === 'commune') return (commune) => commune === communeNumberOf(unit);
  return (commune) => commune !== 0 && ground?.provinceOf(communeCodeOf(commune)) === unit;
}
