/**
 * How many of everything stand in each unit, kept current with every event instead of being counted
 * anew. Each row's part in the counts is remembered in shadow columns, because a changed or removed
 * row no longer says what it was.
 */
import type { Touched } from '../../data/log/apply.ts';
import type { TableName } from '../../data/model/columns.ts';
import type { Country } from '../../data/model/country.ts';
import {
  LINE_STATUSES,
  NODE_LEVELS,
  OPERATORS,
  REPORT_STATUSES,
  STATION_STATUSES,
  TECHNOLOGIES,
} from '../../data/model/things.ts';
import { communeNumberOf, NATION } from '../../data/model/unit.ts';
import type { Counts, Unit } from './live.ts';

const COUNTED = ['stations', 'hamlets', 'nodes', 'links', 'facilities', 'reports'] as const;
type Counted = (typeof COUNTED)[number];

/** Where each count stands in a unit's row of counts. */
const STATIONS = 0;
const ON_AIR = STATIONS + TECHNOLOGIES.length * STATION_STATUSES.length;
const HAMLETS = ON_AIR + OPERATORS.length;
const NODES = HAMLETS + 4;
const LINKS = NODES + LINE_STATUSES.length + 2;
const FACILITIES = LINKS + LINE_STATUSES.length;
const REPORTS = FACILITIES + 1;
const WIDTH = REPORTS + REPORT_STATUSES.length;

const ON_AIR_STATUS = STATION_STATUSES.indexOf('on_air');
const FIVE_G = TECHNOLOGIES.indexOf('5g');
const COMMUNAL = NODE_LEVELS.indexOf('communal');
const DOWN = LINE_STATUSES.indexOf('down');
const COMMUNE_NUMBERS = 100_000;

/** What each row counted as when it was last looked at. */
interface Shadow {
  /** The commune's number; a link has one at each end. */
  place: Int32Array;
  otherPlace: Int32Array;
  /** The fields that decide which counts it is in, packed. */
  kind: Int32Array;
  /** People of a hamlet. */
  weight: Int32Array;
}

export class Counting {
  readonly #country: Country;
  /** Row of counts of each unit, and the province's row of each commune. */
  readonly #slots = new Map<string, number>([[NATION, 0]]);
  readonly #communeSlots = new Int32Array(COMMUNE_NUMBERS);
  readonly #provinceSlots: Int32Array;
  readonly #counts: Int32Array;
  readonly #shadows: Record<Counted, Shadow>;

  /** Counts all of `country`; units unknown to `units` count in the nation only. */
  constructor(country: Country, units: ReadonlyMap<string, Unit>) {
    this.#country = country;
    for (const unit of units.values())
      if (!this.#slots.has(unit.code)) this.#slots.set(unit.code, this.#slots.size);
    this.#provinceSlots = new Int32Array(this.#slots.size);
    for (const unit of units.values()) {
      if (unit.level !== 'commune') continue;
      const slot = this.#slots.get(unit.code) ?? 0;
      this.#communeSlots[communeNumberOf(unit.code)] = slot;
      this.#provinceSlots[slot] = this.#slots.get(unit.parent ?? '') ?? 0;
    }
    this.#counts = new Int32Array(this.#slots.size * WIDTH);
    this.#shadows = {
      stations: emptyShadow(),
      hamlets: emptyShadow(),
      nodes: emptyShadow(),
      links: emptyShadow(),
      facilities: emptyShadow(),
      reports: emptyShadow(),
    };
    this.#countAll();
  }

  /** Takes one step after an event; to be called for every event, in order. */
  follow(touched: Touched): void {
    if (touched.kind === 'nothing') return;
    if (touched.kind === 'all') this.#countAll();
    else if (isCounted(touched.table)) {
      if (touched.kind === 'removed') this.#remove(touched.table, touched.row);
      else this.#write(touched.table, touched.row, touched.added);
    }
  }

  countsOf(unit: string): Counts {
    const base = (this.#slots.get(unit) ?? -1) * WIDTH;
    const at = (field: number): number => (base < 0 ? 0 : (this.#counts[base + field] ?? 0));
    const stations = (technology: number) => {
      const status = (index: number) => at(STATIONS + technology * STATION_STATUSES.length + index);
      return {
        planned: status(0),
        building: status(1),
        on_air: status(2),
        down: status(3),
        retired: status(4),
      };
    };
    return {
      stations: { '4g': stations(0), '5g': stations(1) },
      onAirByOperator: {
        viettel: at(ON_AIR),
        vinaphone: at(ON_AIR + 1),
        mobifone: at(ON_AIR + 2),
        other: at(ON_AIR + 3),
      },
      hamlets: {
        uncovered: at(HAMLETS),
        resolved: at(HAMLETS + 1),
        people: at(HAMLETS + 2),
        speciallyDisadvantaged: at(HAMLETS + 3),
      },
      nodes: {
        communal: { planned: at(NODES), up: at(NODES + 1), down: at(NODES + 2) },
        all: at(NODES + 3),
        down: at(NODES + 4),
      },
      links: { planned: at(LINKS), up: at(LINKS + 1), down: at(LINKS + 2) },
      facilities: at(FACILITIES),
      reports: {
        received: at(REPORTS),
        checking: at(REPORTS + 1),
        confirmed: at(REPORTS + 2),
        solved: at(REPORTS + 3),
        declined: at(REPORTS + 4),
      },
    };
  }

  #countAll(): void {
    this.#counts.fill(0);
    for (const table of COUNTED)
      for (let row = 0; row < this.#country.tables[table].count; row++)
        this.#write(table, row, true);
  }

  #write(table: Counted, row: number, added: boolean): void {
    const shadow = this.#shadows[table];
    if (row >= shadow.kind.length) enlarge(shadow, row + 1);
    const placeBefore = shadow.place[row];
    if (!added) this.#tally(table, row, -1);
    this.#look(table, row, shadow);
    this.#tally(table, row, 1);
    if (table === 'nodes' && (added || placeBefore !== shadow.place[row]))
      this.#moveLinksOf(this.#country.tables.nodes.ids[row] ?? 0);
  }

  #remove(table: Counted, row: number): void {
    this.#tally(table, row, -1);
    const shadow = this.#shadows[table];
    // The last row moved into its place, and `count` is already one less.
    const last = this.#country.tables[table].count;
    for (const column of [shadow.place, shadow.otherPlace, shadow.kind, shadow.weight])
      column[row] = column[last] ?? 0;
  }

  /** A node came or moved: its links may now lie in other units. */
  #moveLinksOf(node: number): void {
    const { from, to } = this.#country.tables.links.columns;
    const known = this.#shadows.links.kind.length;
    const count = Math.min(this.#country.tables.links.count, known);
    for (let row = 0; row < count; row++)
      if (from[row] === node || to[row] === node) this.#write('links', row, false);
  }

  /** Notes what a row counts as now. */
  #look(table: Counted, row: number, shadow: Shadow): void {
    const { tables } = this.#country;
    if (table === 'links') {
      const { from, to, status } = tables.links.columns;
      shadow.place[row] = this.#communeOfNode(from[row] ?? 0);
      shadow.otherPlace[row] = this.#communeOfNode(to[row] ?? 0);
      shadow.kind[row] = status[row] ?? 0;
      return;
    }
    shadow.place[row] = tables[table].columns.commune[row] ?? 0;
    shadow.otherPlace[row] = 0;
    if (table === 'stations') {
      const { technology, status, operator } = tables.stations.columns;
      shadow.kind[row] = pack(technology[row], status[row], operator[row]);
    } else if (table === 'hamlets') {
      const { status, speciallyDisadvantaged, people } = tables.hamlets.columns;
      shadow.kind[row] = pack(status[row], speciallyDisadvantaged[row], 0);
      shadow.weight[row] = people[row] ?? 0;
    } else if (table === 'nodes') {
      const { level, status } = tables.nodes.columns;
      shadow.kind[row] = pack(level[row], status[row], 0);
    } else if (table === 'reports') shadow.kind[row] = tables.reports.columns.status[row] ?? 0;
  }

  #communeOfNode(id: number): number {
    const row = this.#country.tables.nodes.rowOf(id);
    return row === undefined ? 0 : (this.#country.tables.nodes.columns.commune[row] ?? 0);
  }

  /** Adds (`sign` 1) or takes away (-1) a row's part in the counts of every unit it stands in. */
  #tally(table: Counted, row: number, sign: 1 | -1): void {
    const shadow = this.#shadows[table];
    const kind = shadow.kind[row] ?? 0;
    const weight = (shadow.weight[row] ?? 0) * sign;
    const slot = this.#communeSlots[shadow.place[row] ?? 0] ?? 0;
    const province = this.#provinceSlots[slot] ?? 0;
    this.#tallyIn(0, table, kind, weight, sign);
    if (slot > 0) this.#tallyIn(slot, table, kind, weight, sign);
    if (province > 0) this.#tallyIn(province, table, kind, weight, sign);
    const otherSlot = this.#communeSlots[shadow.otherPlace[row] ?? 0] ?? 0;
    const otherProvince = this.#provinceSlots[otherSlot] ?? 0;
    if (otherSlot > 0 && otherSlot !== slot) this.#tallyIn(otherSlot, table, kind, weight, sign);
    if (otherProvince > 0 && otherProvince !== province)
      this.#tallyIn(otherProvince, table, kind, weight, sign);
  }

  #tallyIn(slot: number, table: Counted, kind: number, weight: number, sign: 1 | -1): void {
    const base = slot * WIDTH;
    const count = (field: number, amount: number): void => {
      this.#counts[base + field] = (this.#counts[base + field] ?? 0) + amount;
    };
    const [first, second, third] = [kind & 255, (kind >> 8) & 255, (kind >> 16) & 255];
    switch (table) {
      case 'stations':
        count(STATIONS + first * STATION_STATUSES.length + second, sign);
        if (first === FIVE_G && second === ON_AIR_STATUS && third < OPERATORS.length)
          count(ON_AIR + third, sign);
        break;
      case 'hamlets':
        count(HAMLETS + first, sign);
        if (first === 0) {
          count(HAMLETS + 2, weight);
          if (second === 1) count(HAMLETS + 3, sign);
        }
        break;
      case 'nodes':
        if (first === COMMUNAL) count(NODES + second, sign);
        count(NODES + LINE_STATUSES.length, sign);
        if (second === DOWN) count(NODES + LINE_STATUSES.length + 1, sign);
        break;
      case 'links':
        count(LINKS + first, sign);
        break;
      case 'facilities':
        count(FACILITIES, sign);
        break;
      case 'reports':
        count(REPORTS + first, sign);
    }
  }
}

function isCounted(table: TableName): table is Counted {
  return (COUNTED as readonly string[]).includes(table);
}

function pack(first = 0, second = 0, third = 0): number {
  return first | (second << 8) | (third << 16);
}

function emptyShadow(): Shadow {
  const none = (): Int32Array => new Int32Array(0);
  return { place: none(), otherPlace: none(), kind: none(), weight: none() };
}

function enlarge(shadow: Shadow, rows: number): void {
  const capacity = Math.max(64, Math.ceil(rows * 1.5));
  for (const name of ['place', 'otherPlace', 'kind', 'weight'] as const) {
    const bigger = new Int32Array(capacity);
    bigger.set(shadow[name]);
    shadow[name] = bigger;
  }
}
