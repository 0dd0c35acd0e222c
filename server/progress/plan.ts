/**
 * What is planned, by when: what each unit would have if every station came on its planned day (one
 * that is there without having been planned counts from the day it came), and every hamlet had its
 * signal by its deadline. Coverage of the plan is counted by the same engine, method `radius`.
 */
import { METRICS, type Metric } from '../../data/country/targets.ts';
import { peopleIn } from '../../data/model/estimate.ts';
import { NO_DAY } from '../../data/model/columns.ts';
import type { Country } from '../../data/model/country.ts';
import { HAMLET_STATUSES, STATION_STATUSES, TECHNOLOGIES } from '../../data/model/things.ts';
import { communeCodeOf, NATION } from '../../data/model/unit.ts';
import type { Ground } from '../country/ground.ts';
import { createCoverage } from '../coverage/engine.ts';
import type { PeopleField } from '../coverage/field.ts';
import { allRound, radiusFootprint } from '../coverage/reach.ts';
import { siteAt, type Site } from '../coverage/site.ts';
import { inSlices, othersTurn } from './slices.ts';

const FIVE_G = TECHNOLOGIES.indexOf('5g');
const PLANNED = STATION_STATUSES.indexOf('planned');
const BUILDING = STATION_STATUSES.indexOf('building');
const RETIRED = STATION_STATUSES.indexOf('retired');
const UNCOVERED = HAMLET_STATUSES.indexOf('uncovered');

const PEOPLE = METRICS.indexOf('5g.population');
const STATIONS = METRICS.indexOf('5g.stations');
const HAMLETS = METRICS.indexOf('hamlets.uncovered');

/** Before all days: there without anybody having noted since when. */
const ALWAYS = -1_000_000;

/** Something that is to be there, or a hamlet that is to be out of the list, from a day on. */
interface Due {
  day: number;
  /** Number of its commune, 0 outside of any. */
  commune: number;
  /** Null for a hamlet. */
  site: Site | null;
}

export class Plan {
  readonly #indexOf: ReadonlyMap<string, number>;
  /** The last day for which anything of a metric is planned; the others are not planned by day. */
  readonly #lastDays: ReadonlyMap<Metric, number>;
  /** Days in ascending order, and the values of all units as planned for each. */
  readonly #days: readonly number[];
  readonly #values: readonly Int32Array[];

  constructor(made: {
    units: readonly string[];
    lastDays: ReadonlyMap<Metric, number>;
    days: readonly number[];
    values: readonly Int32Array[];
  }) {
    this.#indexOf = new Map(made.units.map((unit, index) => [unit, index]));
    this.#lastDays = made.lastDays;
    this.#days = made.days;
    this.#values = made.values;
  }

  /** The last day for which anything of a metric is planned; undefined where nothing is. */
  lastDayOf(metric: Metric): number | undefined {
    return this.#lastDays.get(metric);
  }

  /** The days after one, to the end of what is planned of a metric. */
  daysAfter(day: number, metric: Metric): number[] {
    const last = this.#lastDays.get(metric) ?? -Infinity;
    return this.#days.filter((known) => known > day && known <= last);
  }

  /** What a unit is planned to have on a day; null where the metric is not planned by day. */
  valueOn(unit: string, metric: Metric, day: number): number | null {
    const index = this.#indexOf.get(unit);
    if (index === undefined || !this.#lastDays.has(metric)) return null;
    const values = this.#values[this.#days.findLastIndex((known) => known <= day)];
    return values?.[index * METRICS.length + METRICS.indexOf(metric)] ?? null;
  }
}

/**
 * The plan as the country's tables hold it, told for some days and for the last one in it. `tell`
 * hears how much of it is made, 0–1.
 */
export async function makePlan(
  { tables }: Country,
  ground: Ground,
  field: PeopleField,
  wanted: readonly number[],
  tell: (share: number) => void,
): Promise<Plan> {
  await othersTurn();
  const { dues, lastDays } = readDues(tables);
  await othersTurn();
  // Behind its last day a plan says the same for ever.
  const end = Math.max(...lastDays.values());
  const days = [...new Set([...wanted.filter((day) => day < end), ...lastDays.values()])];
  days.sort((a, b) => a - b);
  const engine = createCoverage(ground.grid, allRound(radiusFootprint), field);
  const { units } = engine;
  const indexOf = new Map(units.map((unit, index) => [unit, index]));
  const now = new Int32Array(units.length * METRICS.length);
  const count = (metric: number, commune: number, by: 1 | -1): void => {
    const code = communeCodeOf(commune);
    for (const unit of [NATION, ground.provinceOf(code), code]) {
      const index = unit === undefined ? undefined : indexOf.get(unit);
      if (index === undefined) continue;
      const at = index * METRICS.length + metric;
      now[at] = (now[at] ?? 0) + by;
    }
  };
  await othersTurn();
  for (const due of dues) if (!due.site) count(HAMLETS, due.commune, 1);

  const values: Int32Array[] = [];
  const keep = (): void => {
    for (const unit of engine.takeChanged())
      now[(indexOf.get(unit) ?? 0) * METRICS.length + PEOPLE] = peopleIn(
        engine.row(unit) ?? [],
        '5g',
      );
    values.push(now.slice());
  };
  const take = ({ day, commune, site }: Due): void => {
    while (values.length < days.length && (days[values.length] ?? Infinity) < day) keep();
    if (site) {
      engine.add(site);
      count(STATIONS, commune, 1);
    } else if (day < Infinity) count(HAMLETS, commune, -1);
  };
  await inSlices(dues, take, tell);
  while (values.length < days.length) keep();
  return new Plan({ units, lastDays, days, values });
}

/** All that is due, in the order of days, and the last planned day of each metric that is planned. */
function readDues({ stations, hamlets }: Country['tables']): {
  dues: Due[];
  lastDays: Map<Metric, number>;
} {
  // By days first: there are few of them, and sorting what is due on each would hold up the server.
  const dueOn = new Map<number, Due[]>();
  const put = (due: Due): void => {
    const others = dueOn.get(due.day);
    if (others) others.push(due);
    else dueOn.set(due.day, [due]);
  };
  const lastDays = new Map<Metric, number>();
  const plan = (metric: Metric, day: number): void => {
    lastDays.set(metric, Math.max(lastDays.get(metric) ?? day, day));
  };
  const { status, technology, plannedFor, since, commune } = stations.columns;
  for (let row = 0; row < stations.count; row++) {
    if (technology[row] !== FIVE_G || status[row] === RETIRED) continue;
    const isThere = status[row] !== PLANNED && status[row] !== BUILDING;
    const came = isThere ? (known(since[row]) ?? ALWAYS) : undefined;
    const day = known(plannedFor[row]) ?? came;
    if (day === undefined) continue;
    if (day === plannedFor[row]) {
      plan('5g.population', day);
      plan('5g.stations', day);
    }
    put({ day, commune: commune[row] ?? 0, site: siteAt(stations, row) });
  }
  const { deadline, resolvedOn } = hamlets.columns;
  for (let row = 0; row < hamlets.count; row++) {
    const isOpen = hamlets.columns.status[row] === UNCOVERED;
    const went = isOpen ? Infinity : (known(resolvedOn[row]) ?? ALWAYS);
    const day = known(deadline[row]) ?? went;
    if (day === deadline[row]) plan('hamlets.uncovered', day);
    put({ day, commune: hamlets.columns.commune[row] ?? 0, site: null });
  }
  const days = [...dueOn.keys()].sort((a, b) => a - b);
  return { dues: days.flatMap((day) => dueOn.get(day) ?? []), lastDays };
}

function known(day: number | undefined): number | undefined {
  return day === NO_DAY ? undefined : day;
}
