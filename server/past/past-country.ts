/**
 * The country at any number of the log: the nearest state before it and the events after that. It
 * stands on the boundaries and the people of today, so that figures can be compared over time; the
 * parameters of the methods are those of the moment.
 */
import type { Pool } from 'pg';
import { applyEvent } from '../../data/log/apply.ts';
import { ONLY_ONE, TABLE_OF, type Event, type Noun } from '../../data/log/event.ts';
import { emptyCountry, type Country } from '../../data/model/country.ts';
import type { Method, UnitEstimates } from '../../data/model/estimate.ts';
import type { Table } from '../../data/model/table.ts';
import type { EstimateTables } from '../../data/wire/snapshot.ts';
import { createCoverage, type Coverage } from '../coverage/engine.ts';
import { PeopleField } from '../coverage/field.ts';
import { allRound, inSector, linkBudgetFootprint, radiusFootprint } from '../coverage/reach.ts';
import { siteIn } from '../coverage/site.ts';
import type { PeopleGrid } from '../territory/territory.ts';
import {
  EVENTS_PER_PAST,
  readBare,
  readInstant,
  readStateAt,
  stateBefore,
  writeStateAt,
  type Origin,
} from './kept-states.ts';

/** Methods that are counted for the past: `terrain` takes minutes for a country. */
export const PAST_METHODS = ['radius', 'linkBudget'] as const satisfies Method[];
export type PastMethod = (typeof PAST_METHODS)[number];

/** Events read in one go; between two goes others have their turn. */
const PAGE = 5_000;
/** So few events are counted one by one; behind more of them everything is counted anew. */
const NEAR = 2_000;
/** A longer way is not gone while somebody waits: the states on it are made first. */
const FARTHEST = 150_000;

export interface PastGround {
  grid: PeopleGrid;
  communeAt(lon: number, lat: number): string | undefined;
}

/** The states on the way to a moment are still being made. */
export class Preparing extends Error {}

export class PastCountry {
  readonly #pool: Pool;
  readonly #origin: Origin;
  readonly #ground: PastGround;
  /** Events between two states that are made. */
  readonly #every: number;
  #country: Country = emptyCountry();
  #field: PeopleField | undefined;
  #engines = new Map<PastMethod, { engine: Coverage; parameters: number; stale: boolean }>();

  constructor(pool: Pool, origin: Origin, ground: PastGround, every = EVENTS_PER_PAST) {
    this.#pool = pool;
    this.#origin = origin;
    this.#ground = ground;
    this.#every = every;
  }

  /** The country as it was after an event, good until another moment is asked for. */
  async at(seq: number): Promise<Country> {
    const nearest = await stateBefore(this.#pool, this.#origin, seq);
    const here = this.#country.seq;
    const from = here <= seq && here >= nearest ? here : nearest;
    if (seq - from > FARTHEST) throw new Preparing(`the states before event ${seq} are being made`);
    // On its way while the state is read.
    const tail = seq > from ? this.#page(from, seq) : undefined;
    if (from !== here) {
      this.#country = await readStateAt(this.#pool, this.#origin, from);
      this.#forget();
    }
    const far = seq - from > NEAR;
    if (far) this.#forget();
    await this.#follow(this.#country, seq, { counting: !far, ...(tail ? { tail } : {}) });
    return this.#country;
  }

  /** The estimates of all units at the moment that was asked for last. */
  estimates(methods: readonly PastMethod[] = PAST_METHODS): EstimateTables {
    return Object.fromEntries(methods.map((method) => [method, this.#counted(method).table()]));
  }

  /** The same of one unit; undefined for one that is not in the territory. */
  estimatesOf(unit: string): UnitEstimates | undefined {
    const rows: UnitEstimates = {};
    for (const method of PAST_METHODS) {
      const row = this.#counted(method).row(unit);
      if (!row) return undefined;
      rows[method] = row;
    }
    return rows;
  }

  /**
   * Makes the states that are missing up to `until`, in order; `tell` hears how far it is (0–1) and
   * answers whether to go on, and `turn` is awaited between two pages.
   */
  async fill(
    until: number,
    tell: (share: number) => boolean,
    turn: () => Promise<void>,
  ): Promise<void> {
    let country: Country | undefined;
    for (let due = this.#every; due <= until; due += this.#every) {
      if (!tell(due / until)) return;
      const nearest = await stateBefore(this.#pool, this.#origin, due);
      if (nearest > due - this.#every) continue;
      if (!country || country.seq < nearest)
        country = await readStateAt(this.#pool, this.#origin, nearest);
      await this.#follow(country, due, { turn });
      await writeStateAt(this.#pool, this.#origin, country);
    }
  }

  /**
   * Goes on to an event; `counting` keeps the engines at pace with it, `tail` are its first events where
   * they have been asked for.
   */
  async #follow(
    country: Country,
    seq: number,
    {
      counting = false,
      tail,
      turn,
    }: { counting?: boolean; tail?: Promise<Event[]>; turn?: () => Promise<void> },
  ): Promise<void> {
    if (country.seq >= seq) return;
    let next = tail ?? this.#page(country.seq, seq);
    while (country.seq < seq) {
      const events = await next;
      const last = events.at(-1)?.seq;
      if (last === undefined) throw new Error(`the log ends before event ${seq}`);
      // The next ones are on their way while these are applied.
      if (last < seq) next = this.#page(last, seq);
      for (const event of events) this.#apply(country, event, counting);
      await turn?.();
    }
    country.at = await readInstant(this.#pool, seq);
  }

  /** The first events after one, as many as are read in one go. */
  #page(after: number, until: number): Promise<Event[]> {
    const page = readBare(this.#pool, after, until, PAGE);
    // Whoever stops on the way never awaits it.
    page.catch(() => undefined);
    return page;
  }

  #apply(country: Country, event: Event, counting: boolean): void {
    if (event.id <= ONLY_ONE.territory) {
      applyEvent(country, event);
      if (counting) this.#forget();
      return;
    }
    const noun = event.type.split('.')[0] as Noun;
    const table: Table = country.tables[TABLE_OF[noun]];
    const { stations } = country.tables;
    const full = this.#located(table, event);
    const before = counting && noun === 'station' ? siteIn(stations, table.rowOf(event.id)) : null;
    applyEvent(country, full);
    if (!counting || noun !== 'station') return;
    const after = siteIn(stations, table.rowOf(event.id));
    for (const { engine, stale } of this.#engines.values())
      if (!stale) engine.replace(before, after);
  }

  /** Puts in the commune of a thing that was placed or moved, which the log does not hold. */
  #located(table: Table, event: Event): Event {
    if (event['lon'] === undefined && event['lat'] === undefined) return event;
    const { position } = table.columns as Table<'stations'>['columns'];
    const row = table.rowOf(event.id) ?? -1;
    const lon = event['lon'] ?? position[row * 2];
    const lat = event['lat'] ?? position[row * 2 + 1];
    return { ...event, commune: this.#ground.communeAt(Number(lon), Number(lat)) ?? null };
  }

  #forget(): void {
    for (const one of this.#engines.values()) one.stale = true;
  }

  #counted(method: PastMethod): Coverage {
    const { coverage, tables } = this.#country;
    const known = this.#engines.get(method);
    const good = known && (method === 'radius' || known.parameters === coverage.version);
    const one = good
      ? known
      : { engine: this.#engine(method), parameters: coverage.version, stale: true };
    if (one.stale) one.engine.load(tables.stations);
    one.stale = false;
    this.#engines.set(method, one);
    return one.engine;
  }

  #engine(method: PastMethod): Coverage {
    const { grid } = this.#ground;
    const reach =
      method === 'radius'
        ? allRound(radiusFootprint)
        : inSector(linkBudgetFootprint(this.#country.coverage.linkBudget));
    return createCoverage(grid, reach, (this.#field ??= new PeopleField(grid)));
  }
}
