/**
 * How far every unit had come, week by week: people whom 5G reaches by method `radius`, 5G stations
 * on air, hamlets without a signal, communes on the data network. What happened is told in the order
 * of days and kept as it stood at the end of each Sunday; the open week stands as it is now.
 *
 * It has an engine and tables of its own, because the past has to be told once more whenever
 * something is dated back into it. Pure: no clock, no I/O.
 */
import { METRICS, type Metric } from '../../data/country/targets.ts';
import type { Point } from '../../data/forecast/slope.ts';
import { peopleIn } from '../../data/model/estimate.ts';
import { Table } from '../../data/model/table.ts';
import {
  HAMLET_STATUSES,
  LINE_STATUSES,
  NODE_LEVELS,
  TECHNOLOGIES,
} from '../../data/model/things.ts';
import { communeCodeOf, NATION } from '../../data/model/unit.ts';
import type { Ground } from '../country/ground.ts';
import { createCoverage, type Coverage } from '../coverage/engine.ts';
import type { PeopleField } from '../coverage/field.ts';
import { allRound, radiusFootprint } from '../coverage/reach.ts';
import { siteIn, type Site } from '../coverage/site.ts';
import type { CountedNoun, Happening } from './happening.ts';

/** Five years; what lies before is told as it stood when they begin. */
const MOST_WEEKS = 260;

const FIVE_G = TECHNOLOGIES.indexOf('5g');
const UNCOVERED = HAMLET_STATUSES.indexOf('uncovered');
const COMMUNAL = NODE_LEVELS.indexOf('communal');
const UP = LINE_STATUSES.indexOf('up');

const PEOPLE = METRICS.indexOf('5g.population');
const METRIC_OF: Record<CountedNoun, number> = {
  station: METRICS.indexOf('5g.stations'),
  hamlet: METRICS.indexOf('hamlets.uncovered'),
  node: METRICS.indexOf('tslcd.communes'),
};

/** Weeks begin on Monday; 1970-01-01 was a Thursday. */
const weekOf = (day: number): number => Math.floor((day + 3) / 7);
/** The Sunday that a week ends with, days since 1970. */
const sundayOf = (week: number): number => week * 7 + 3;

/** How a thing stands in the counts. */
interface Part {
  counted: boolean;
  /** Number of its commune, 0 outside of any. */
  commune: number;
  site: Site | null;
}
const NO_PART: Part = { counted: false, commune: 0, site: null };

export class History {
  readonly #ground: Pick<Ground, 'communeAt' | 'provinceOf'>;
  readonly #engine: Coverage;
  readonly #indexOf: ReadonlyMap<string, number>;
  readonly #tables = {
    station: new Table('stations'),
    hamlet: new Table('hamlets'),
    node: new Table('nodes'),
  };
  /** The values of all units, metric by metric of each, as they stand now … */
  readonly #now: Int32Array;
  /** … and at the end of each closed week, oldest first. */
  readonly #weeks: Int32Array[] = [];
  #day: number | undefined;

  /** With nothing in it. The field is shared with whoever else counts the same people. */
  constructor(ground: Ground, field: PeopleField) {
    this.#ground = ground;
    this.#engine = createCoverage(ground.grid, allRound(radiusFootprint), field);
    this.#indexOf = new Map(this.#engine.units.map((unit, index) => [unit, index]));
    this.#now = new Int32Array(this.#indexOf.size * METRICS.length);
  }

  /** `vn`, the provinces, the communes. */
  get units(): readonly string[] {
    return this.#engine.units;
  }

  /** The day it has come to, days since 1970; undefined before anything happened. */
  get day(): number | undefined {
    return this.#day;
  }

  /** People who live in a unit. */
  populationOf(unit: string): number {
    return peopleIn(this.#engine.row(unit) ?? [], 'population');
  }

  /** Whether a day lies in a week that is told already. */
  isClosed(day: number): boolean {
    return this.#day !== undefined && weekOf(day) < weekOf(this.#day);
  }

  /** Lets days go by, up to and with one. */
  advance(day: number): void {
    const from = this.#day ?? day;
    if (day < from) return;
    this.#day = day;
    const passed = Math.min(weekOf(day) - weekOf(from), MOST_WEEKS);
    if (passed > 0) this.#settle();
    for (let week = 0; week < passed; week++) this.#weeks.push(this.#now.slice());
    while (this.#weeks.length > MOST_WEEKS) this.#weeks.shift();
  }

  /** Takes what happened on a day, which must not lie in a closed week. */
  take({ noun, verb, id, version, fields }: Happening, day: number): void {
    if (this.isClosed(day)) throw new Error(`${noun} ${id}: day ${day} is told already`);
    this.advance(day);
    const table: Table = this.#tables[noun];
    // Something that went with the last territory.
    if (verb !== 'add' && table.rowOf(id) === undefined) return;
    const before = this.#partOf(noun, id);
    if (verb === 'remove') table.remove(id);
    else table.put(id, version, this.#located(table, id, fields));
    const after = this.#partOf(noun, id);
    this.#count(METRIC_OF[noun], before, -1);
    this.#count(METRIC_OF[noun], after, 1);
    this.#engine.replace(before.site, after.site);
  }

  /** A unit's values of a metric, oldest first: at the end of each closed week, then as of `day`. */
  pointsOf(unit: string, metric: Metric): Point[] {
    const index = this.#indexOf.get(unit);
    if (index === undefined || this.#day === undefined) return [];
    this.#settle();
    const at = index * METRICS.length + METRICS.indexOf(metric);
    const firstWeek = weekOf(this.#day) - this.#weeks.length;
    const points = this.#weeks.map((values, week) => ({
      day: sundayOf(firstWeek + week),
      value: values[at] ?? 0,
    }));
    return [...points, { day: this.#day, value: this.#now[at] ?? 0 }];
  }

  /** Puts in what the log does not hold: the commune of what was placed or moved. */
  #located(table: Table, id: number, fields: Happening['fields']): Happening['fields'] {
    if (fields['lon'] === undefined && fields['lat'] === undefined) return fields;
    const { position } = table.columns as Table<'stations'>['columns'];
    const row = table.rowOf(id) ?? -1;
    const lon = fields['lon'] ?? position[row * 2];
    const lat = fields['lat'] ?? position[row * 2 + 1];
    return { ...fields, commune: this.#ground.communeAt(Number(lon), Number(lat)) ?? null };
  }

  #partOf(noun: CountedNoun, id: number): Part {
    const row = this.#tables[noun].rowOf(id);
    if (row === undefined) return NO_PART;
    const commune = this.#tables[noun].columns.commune[row] ?? 0;
    switch (noun) {
      case 'station': {
        const site = siteIn(this.#tables.station, row);
        return site?.technology === FIVE_G ? { counted: true, commune, site } : NO_PART;
      }
      case 'hamlet': {
        const { status } = this.#tables.hamlet.columns;
        return { counted: status[row] === UNCOVERED, commune, site: null };
      }
      case 'node': {
        const { level, status } = this.#tables.node.columns;
        return { counted: level[row] === COMMUNAL && status[row] === UP, commune, site: null };
      }
    }
  }

  #count(metric: number, { counted, commune }: Part, sign: 1 | -1): void {
    if (!counted) return;
    const code = communeCodeOf(commune);
    for (const unit of [NATION, this.#ground.provinceOf(code), code]) {
      const index = unit === undefined ? undefined : this.#indexOf.get(unit);
      if (index === undefined) continue;
      const at = index * METRICS.length + metric;
      this.#now[at] = (this.#now[at] ?? 0) + sign;
    }
  }

  /** Brings the people up to what the engine has counted. */
  #settle(): void {
    for (const unit of this.#engine.takeChanged()) {
      const at = (this.#indexOf.get(unit) ?? 0) * METRICS.length + PEOPLE;
      this.#now[at] = peopleIn(this.#engine.row(unit) ?? [], '5g');
    }
  }
}
