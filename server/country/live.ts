/**
 * The living country of this process: the state, the territory under it and the coverage over it,
 * moved on event by event. Whoever shows it listens.
 */
import type { Event } from '../../data/log/event.ts';
import { isOfUnit, nounOf, ONLY_ONE, TABLE_OF } from '../../data/log/event.ts';
import { applyEvent } from '../../data/log/apply.ts';
import type { Country } from '../../data/model/country.ts';
import type { TableName } from '../../data/model/columns.ts';
import type { Table } from '../../data/model/table.ts';
import { communeCodeOf, communeNumberOf, levelOf, NATION } from '../../data/model/unit.ts';
import type { Snapshot } from '../../data/wire/snapshot.ts';
import { CoverageByMethod } from '../coverage/methods.ts';
import { siteIn } from '../coverage/site.ts';
import type { Ground, GroundInUse } from './ground.ts';

/** An event, and the units in which it happened (both, when something moved). */
export interface Applied {
  event: Event;
  /** Commune and province codes; the nation is in all of them. */
  units: readonly string[];
}

export interface LiveCountry {
  readonly country: Country;
  /** Undefined until a territory has been adopted. */
  readonly ground: Ground | undefined;
  readonly coverage: CoverageByMethod | undefined;
  /** The newest events, oldest first. */
  readonly recent: readonly Applied[];
  /**
   * Applies the next events, which are its own from then on; a new territory among them is made ready
   * first. While `more` are to come, who listens is not told.
   */
  take(events: readonly Event[], more?: boolean): Promise<void>;
  /** The country and its estimates, as one. */
  snapshot(): Snapshot;
  /** Called with what was applied since the last time; `reset` when it cannot be told event by event. */
  onApplied(listener: (applied: readonly Applied[], reset: boolean) => void): void;
}

/** Events kept for followers that come back, and for "latest changes". */
const RECENT_EVENTS = 20_000;
/** More events than this in one go are bulk work: followers are better served by a snapshot. */
const BULK_EVENTS = 4_000;
/** Events of which nobody is told while more are to come. */
const MOST_UNTOLD = 100_000;
/** Events applied before other work gets its turn. */
const TURN = 500;
const NOWHERE: readonly string[] = [];

export function createLiveCountry(options: {
  country: Country;
  prepare: (inUse: GroundInUse) => Promise<Ground>;
}): LiveCountry & { begin(): Promise<void> } {
  const { country, prepare } = options;
  let ground: Ground | undefined;
  let coverage: CoverageByMethod | undefined;
  let recent: Applied[] = [];
  /** What those who listen have not been told yet, and whether it can be told event by event. */
  let applied: Applied[] = [];
  let reset = false;
  const inCommune = new Map<number, readonly string[]>();
  const listeners: ((applied: readonly Applied[], reset: boolean) => void)[] = [];

  function standOn(next: Ground): void {
    ground = next;
    inCommune.clear();
    for (const name of ['stations', 'hamlets', 'nodes', 'facilities', 'reports'] as const) {
      const { columns, count } = country.tables[name];
      for (let row = 0; row < count; row++)
        columns.commune[row] = communeNumberOf(
          next.communeAt(columns.position[row * 2] ?? NaN, columns.position[row * 2 + 1] ?? NaN),
        );
    }
    coverage?.stop();
    coverage = new CoverageByMethod(next.grid, country.coverage.linkBudget, next.elevation);
    coverage.load(country.tables.stations);
  }

  /** Puts in what the log does not hold: the commune of a thing that was placed or moved. */
  function locate(event: Event, name: TableName): void {
    if (event['lon'] === undefined && event['lat'] === undefined) return;
    const { columns } = country.tables[name] as Table<'stations'>;
    const row = rowOf(event, name) ?? -1;
    const lon = event['lon'] ?? columns.position[row * 2];
    const lat = event['lat'] ?? columns.position[row * 2 + 1];
    event['commune'] = ground?.communeAt(Number(lon), Number(lat)) ?? null;
  }

  function rowOf({ id }: Event, name: TableName): number | undefined {
    return country.tables[name].rowOf(id);
  }

  /** Communes and provinces in which the thing of an event is right now. */
  function whereabouts(event: Event, table: TableName): readonly string[] {
    const row = rowOf(event, table);
    if (row === undefined) return NOWHERE;
    const { tables } = country;
    if (table === 'indicators') return [tables.indicators.columns.unit[row] ?? NATION];
    if (isOfUnit(table)) {
      const unit = tables[table].columns.unit[row] ?? NATION;
      return levelOf(unit) === 'commune' ? withProvince(communeNumberOf(unit)) : [unit];
    }
    if (table === 'links') {
      const { from, to } = tables.links.columns;
      return [from[row], to[row]].flatMap((id) => {
        const node = tables.nodes.rowOf(id ?? 0);
        return node === undefined ? [] : withProvince(tables.nodes.columns.commune[node]);
      });
    }
    return withProvince(tables[table].columns.commune[row]);
  }

  /** The same list for all that stands in a commune: of each event some thousand are kept. */
  function withProvince(commune: number | undefined): readonly string[] {
    if (!commune || !ground) return NOWHERE;
    const known = inCommune.get(commune);
    if (known) return known;
    const code = communeCodeOf(commune);
    const province = ground.provinceOf(code);
    const units = province === undefined ? [code] : [code, province];
    inCommune.set(commune, units);
    return units;
  }

  function applyOne(event: Event): Applied {
    const noun = nounOf(event);
    if (!noun) throw new Error(`event ${event.seq}: ${event.type} is about no thing`);
    const table = TABLE_OF[noun];
    locate(event, table);
    const { stations } = country.tables;
    const isStation = noun === 'station';
    const from = whereabouts(event, table);
    const before = isStation ? siteIn(stations, rowOf(event, table)) : null;
    applyEvent(country, event);
    if (isStation) coverage?.replace(before, siteIn(stations, rowOf(event, table)));
    const to = whereabouts(event, table);
    if (from === to || to.length === 0) return { event, units: from };
    return { event, units: from.length === 0 ? to : [...new Set([...from, ...to])] };
  }

  async function take(events: readonly Event[], more = false): Promise<void> {
    for (const [index, event] of events.entries()) {
      if (index % TURN === TURN - 1) await new Promise(setImmediate);
      if (isOfTheWhole(event)) {
        const inUse = groundAfter(country, event);
        const next = inUse && (await prepare(inUse));
        applyEvent(country, event);
        if (next) standOn(next);
        else if (event.type === 'coverage.configure')
          coverage?.configure(country.coverage.linkBudget, country.tables.stations);
        applied.push({ event, units: NOWHERE });
        reset = true;
      } else applied.push(applyOne(event));
    }
    if (more && applied.length < MOST_UNTOLD) return;
    const [told, isReset] = [applied, reset || applied.length > BULK_EVENTS];
    applied = [];
    reset = false;
    for (const one of told) recent.push(one);
    if (recent.length > RECENT_EVENTS * 1.5) recent = recent.slice(-RECENT_EVENTS);
    for (const listener of listeners) listener(told, isReset);
  }

  return {
    country,
    get ground() {
      return ground;
    },
    get coverage() {
      return coverage;
    },
    get recent() {
      return recent;
    },
    take,
    snapshot: () => ({ country, estimates: coverage?.tables() ?? {} }),
    onApplied: (listener) => void listeners.push(listener),
    /** Stands a country that came from a kept state on its territory. */
    async begin() {
      const inUse = groundOf(country);
      if (inUse) standOn(await prepare(inUse));
    },
  };
}

/** Whether an event is about what there is one of, so that everybody starts over from a snapshot. */
function isOfTheWhole({ id }: Event): boolean {
  return id <= ONLY_ONE.territory;
}

function groundOf({ territory, population, terrain }: Country): GroundInUse | null {
  if (!territory) return null;
  return {
    territory: territory.hash,
    population: population?.hash ?? null,
    terrain: terrain?.hash ?? null,
  };
}

/** The ground to stand on after an event; null where it stays as it is. */
function groundAfter(country: Country, { type, hash, territory }: Event): GroundInUse | null {
  const before = groundOf(country);
  if (type === 'territory.adopted')
    return { territory: String(hash), population: null, terrain: before?.terrain ?? null };
  // People lie on the grid of one territory: those of another came too late.
  if (type === 'population.adopted' && before?.territory === territory)
    return before && { ...before, population: String(hash) };
  if (type === 'terrain.adopted') return before && { ...before, terrain: String(hash) };
  return null;
}
