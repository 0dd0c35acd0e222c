/**
 * The live feed of the demo: what happens next, thought up from the country as it is. The same seed
 * on the same country gives the same changes; nothing here knows the time of day.
 *
 * The simulated calendar goes by what happens: `EVENTS_PER_DAY` events are a day. At one event a
 * second a simulated day takes a quarter of an hour; some 340 stations come on air in it, and the
 * plan for the end of 2025 is done in about half a simulated year, a little late, as plans are.
 */
import type { Country } from '../../data/model/country.ts';
import { dayOf } from '../../data/model/scalars.ts';
import type { NewEvent } from '../log/append.ts';
import { newestDay, reportFigures } from './feed-figures.ts';
import { solveHamlet } from './feed-hamlets.ts';
import {
  comeBack,
  connectCommune,
  downAtStart,
  loseLink,
  loseStations,
  raiseLink,
  type Outage,
} from './feed-outages.ts';
import { beginBuilding, goOnAir } from './feed-roll-out.ts';
import { FeedView, type Proposal } from './feed-view.ts';
import { advanceDuties } from './programmes.ts';
import { reportProvinces } from './province-reports.ts';
import { Random } from './random.ts';

const BY = 'feed';

export const EVENTS_PER_DAY = 900;
/**
 * How long something stays down, in events: from half a minute to a quarter of an hour at speed 1. Lines
 * are mended fast but for a few: a commune that is cut off for minutes raises an alert, and not all day.
 */
const DOWN_FOR = { least: 30, most: 900, skew: { stations: 3, links: 30 } };
/** Nothing more fails while so much is down. */
const MOST_DOWN = 120;
const MONDAY = 1;

/** What may happen next, and how often of a hundred times. */
const KINDS = {
  goOnAir: 42,
  beginBuilding: 36,
  loseStations: 13,
  loseLink: 6,
  raiseLink: 1.8,
  connectCommune: 0.5,
  solveHamlet: 0.7,
} as const;
type Kind = keyof typeof KINDS;

export interface FeedOptions {
  /** A whole number: with the same country, the same one gives the same changes. */
  seed: number;
  country: () => Country;
  /** Whether a place lies in a commune. */
  inside: (lon: number, lat: number) => boolean;
  /** Share of the people (0–1) that 5G reaches now, for the weekly figures. */
  share5g?: () => number | undefined;
}

export class Feed {
  readonly #options: FeedOptions;
  readonly #random: Random;
  readonly #keys: string;
  readonly #busy = new Set<number>();
  readonly #outages: Outage[];
  #told = 0;
  #day: number;
  #toldToday = 0;

  constructor(options: FeedOptions) {
    const country = options.country();
    this.#options = options;
    this.#random = new Random(options.seed, `feed from ${country.seq}`);
    this.#keys = `feed-${options.seed}-${country.seq}`;
    this.#day = newestDay(country);
    this.#outages = downAtStart(this.#view()).map((outage) => ({
      ...outage,
      until: this.#downUntil(outage.table),
    }));
  }

  /** The simulated day, `YYYY-MM-DD`. */
  get day(): string {
    return dayOf(this.#day);
  }

  /**
   * The next thing that happens, as one or a few events that belong together; empty when nothing
   * could be found. Things in it are not touched again until `applied` is called.
   */
  next(): NewEvent[] {
    const view = this.#view();
    const proposals = this.#daily(view) ?? this.#return(view) ?? this.#happening(view);
    const events = proposals.map((proposal): NewEvent => ({
      ...proposal,
      by: BY,
      key: `${this.#keys}-${this.#told++}`,
    }));
    this.#toldToday += events.length;
    return events;
  }

  /** What was proposed has been applied to the country, or refused. */
  applied(): void {
    this.#busy.clear();
  }

  #view(): FeedView {
    return new FeedView(this.#options.country(), this.#random, this.day, this.#busy);
  }

  /**
   * When a day is full: the next one, on which provinces report their month and communes get on with
   * their duties, and on a Monday the week's figures of the nation are told.
   */
  #daily(yesterday: FeedView): Proposal[] | undefined {
    if (this.#toldToday < EVENTS_PER_DAY) return undefined;
    this.#toldToday -= EVENTS_PER_DAY;
    this.#day++;
    const isMonday = new Date(`${this.day}T00:00:00Z`).getUTCDay() === MONDAY;
    const reports = [
      ...(isMonday ? reportFigures(yesterday, this.#options.share5g?.()) : []),
      ...reportProvinces(this.#view()),
      ...advanceDuties(this.#view()),
    ];
    return reports.length > 0 ? reports : undefined;
  }

  /** Something that is due to come back does. */
  #return(view: FeedView): Proposal[] | undefined {
    const due = this.#outages.findIndex(({ until }) => until <= this.#told);
    return due < 0 ? undefined : this.#endOutage(view, due);
  }

  #endOutage(view: FeedView, index: number): Proposal[] | undefined {
    const [outage] = this.#outages.splice(index, 1);
    const back = outage ? comeBack(view, outage) : [];
    return back.length > 0 ? back : undefined;
  }

  #happening(view: FeedView): Proposal[] {
    // One kind may have nothing left to do: then another is tried.
    const often = new Map(Object.entries(KINDS) as [Kind, number][]);
    while (often.size > 0) {
      const kind = this.#kind(often);
      const proposals = this.#happen(kind, view);
      if (proposals.length > 0) return proposals;
      often.delete(kind);
    }
    // Nothing is left to do but to mend, due or not: time here goes by what happens.
    return this.#endOutage(view, 0) ?? [];
  }

  /** One of some kinds, as often as each of them comes. */
  #kind(often: ReadonlyMap<Kind, number>): Kind {
    let sum = 0;
    for (const weight of often.values()) sum += weight;
    let at = this.#random.between(0, sum);
    let last: Kind = 'goOnAir';
    for (const [kind, weight] of often) {
      last = kind;
      at -= weight;
      if (at < 0) break;
    }
    return last;
  }

  #happen(kind: Kind, view: FeedView): Proposal[] {
    switch (kind) {
      case 'goOnAir':
        return goOnAir(view);
      case 'beginBuilding':
        return beginBuilding(view);
      case 'loseStations':
        return this.#lose('stations', loseStations, view);
      case 'loseLink':
        return this.#lose('links', loseLink, view);
      case 'raiseLink':
        return raiseLink(view);
      case 'connectCommune':
        return connectCommune(view);
      case 'solveHamlet':
        return solveHamlet(view, this.#options.inside);
    }
  }

  #lose(table: Outage['table'], lose: (view: FeedView) => Proposal[], view: FeedView): Proposal[] {
    if (this.#outages.length >= MOST_DOWN) return [];
    const lost = lose(view);
    const until = this.#downUntil(table);
    const noun = table === 'stations' ? 'station.change' : 'link.change';
    for (const { type, id } of lost)
      if (type === noun && id !== undefined) this.#outages.push({ table, id, until });
    return lost;
  }

  #downUntil(table: Outage['table']): number {
    const { least, most, skew } = DOWN_FOR;
    return this.#told + Math.round(least + (most - least) * this.#random.next() ** skew[table]);
  }
}
