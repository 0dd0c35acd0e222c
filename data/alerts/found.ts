/**
 * What the rules find in the country at an instant. Each thing that is found has a key that stays the
 * same for as long as it is so; what becomes of it over time is `course.ts`. Pure: no clock.
 */
import { dayFor, daysOf } from '../model/days.ts';
import { NO_DAY } from '../model/columns.ts';
import type { Country } from '../model/country.ts';
import { dayNumberOf, dayOf } from '../model/scalars.ts';
import { HAMLET_STATUSES, STATION_STATUSES } from '../model/things.ts';
import { communeCodeOf, NATION } from '../model/unit.ts';
import type { Cut } from '../network/cuts.ts';
import type { NetworkElement } from '../network/graph.ts';
import { lateDuties, openDuties, type DutyStanding } from '../programmes/progress.ts';
import type { AlertFacts, AlertThing } from '../wire/alerts.ts';
import type { RuleFields, Watch } from './rule.ts';

export interface Found {
  /** `unit/noun/id`, or `unit/what` where no thing stands for it. */
  key: string;
  unit: string;
  thing: AlertThing | null;
  facts: AlertFacts;
}

export type CoverageField = Extract<Watch, { what: 'coverage_falling' }>['field'];

/** People of a province whom a field reaches, of all who live there. */
export interface Reached {
  people: number;
  population: number;
}

/** What the rules look at. Instants are ms since 1970. */
export interface Sight {
  now: number;
  country: Country;
  /** Codes of all provinces. */
  provinces: readonly string[];
  provinceOf: (commune: string) => string | undefined;
  /** People of a commune, by its number. */
  peopleOf: (commune: number) => number;
  cuts: () => readonly Cut[];
  /** When a station went down; undefined where that is not known. */
  downSince: (station: number) => number | undefined;
  reached: (province: string, field: CoverageField) => Reached | undefined;
  /** The same so many hours ago; undefined where nobody looked, or the figures do not compare. */
  reachedBefore: (province: string, field: CoverageField, hours: number) => Reached | undefined;
  /** When something last came from a province; undefined where nothing has. */
  heard: (province: string) => number | undefined;
  /** Since when the system has been listening without a break. */
  listeningSince: number;
}

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const ON_AIR = STATION_STATUSES.indexOf('on_air');
const DOWN = STATION_STATUSES.indexOf('down');
const UNCOVERED = HAMLET_STATUSES.indexOf('uncovered');
/** Commune numbers have five digits. */
const COMMUNES = 100_000;

interface DownStation {
  id: number;
  commune: number;
  name: string;
  place: [number, number];
}

/**
 * Looks over the country once for all the rules that are then asked about: what several of them need
 * is gathered when the first one asks.
 */
export function lookOver(sight: Sight): (rule: Pick<RuleFields, 'watch' | 'units'>) => Found[] {
  const { country, now } = sight;
  const { tables } = country;
  const downStations = once(() => stationsDown(country));
  const days = once(() => daysOf(country, now));
  const cuts = once(sight.cuts);
  const withThings = once(() => provincesWithThings(sight));

  function find(watch: Watch, inside: (unit: string) => boolean): Found[] {
    switch (watch.what) {
      case 'commune_cut':
        return communesCut(watch.minutes, inside);
      case 'coverage_falling':
        return fallen(watch, inside);
      case 'station_down':
        return watch.alone ? dark(watch.hours, inside) : down(watch.hours, inside);
      case 'deadline':
        return watch.of === 'hamlets'
          ? hamletsDue(watch.daysBefore, inside)
          : dutiesDue(watch.daysBefore, inside);
      case 'silent':
        return silent(watch.hours, inside);
    }
  }

  function communesCut(minutes: number, inside: (unit: string) => boolean): Found[] {
    return cuts().flatMap(({ commune, people, since, causes }) => {
      const unit = communeCodeOf(commune);
      if (!inside(unit) || (since !== null && now - since < minutes * MINUTE_MS)) return [];
      const named = causes.map((cause) => nameOfElement(country, cause));
      return {
        ...{ key: `${unit}/cut`, unit, thing: null },
        facts: { people, ...sinceFact(since ?? undefined), causes: named },
      };
    });
  }

  /** Stations that are down, each for itself. */
  function down(hours: number, inside: (unit: string) => boolean): Found[] {
    return downStations().stations.flatMap((station) => {
      const unit = communeCodeOf(station.commune);
      const since = sight.downSince(station.id);
      if (!inside(unit) || !isOlder(since, hours)) return [];
      const key = `${unit}/station/${station.id}`;
      return { key, unit, thing: stationThing(station), facts: sinceFact(since) };
    });
  }

  /** Communes in which stations are down and none is on air, by the one that is down the longest. */
  function dark(hours: number, inside: (unit: string) => boolean): Found[] {
    const { stations, onAir } = downStations();
    const longest = new Map<number, { station: DownStation; since: number | undefined }>();
    for (const station of stations) {
      if (onAir[station.commune] === 1) continue;
      const since = sight.downSince(station.id);
      if (!isOlder(since, hours)) continue;
      const known = longest.get(station.commune);
      if (!known || (since ?? now) < (known.since ?? now))
        longest.set(station.commune, { station, since });
    }
    return [...longest].flatMap(([commune, { station, since }]) => {
      const unit = communeCodeOf(commune);
      if (!inside(unit)) return [];
      const facts = { people: sight.peopleOf(commune), ...sinceFact(since) };
      return { key: `${unit}/dark`, unit, thing: stationThing(station), facts };
    });
  }

  /** Whether something is so for so many hours; what is not known is so for none. */
  function isOlder(since: number | undefined, hours: number): boolean {
    return since === undefined ? hours === 0 : now - since >= hours * HOUR_MS;
  }

  function fallen(
    { field, points, hours }: Extract<Watch, { what: 'coverage_falling' }>,
    inside: (unit: string) => boolean,
  ): Found[] {
    return sight.provinces.flatMap((unit) => {
      const before = inside(unit) ? sight.reachedBefore(unit, field, hours) : undefined;
      const after = before && sight.reached(unit, field);
      if (!before || !after) return [];
      const [was, is] = [shareOf(before), shareOf(after)];
      if ((was - is) * 100 < points - 1e-9) return [];
      // In tenths of a point, as it is said: what moves less is no news.
      const facts = { was: thousandths(was), is: thousandths(is) };
      return { key: `${unit}/coverage/${field}`, unit, thing: null, facts };
    });
  }

  function hamletsDue(daysBefore: number, inside: (unit: string) => boolean): Found[] {
    const { columns, count, ids } = tables.hamlets;
    const found: Found[] = [];
    for (let row = 0; row < count; row++) {
      const deadline = columns.deadline[row] ?? NO_DAY;
      if (columns.status[row] !== UNCOVERED || deadline === NO_DAY) continue;
      const today = dayFor(columns.simulated[row] === 1, days());
      if (daysBefore === 0 ? deadline >= today : deadline > today + daysBefore) continue;
      const commune = columns.commune[row] ?? 0;
      const unit = communeCodeOf(commune);
      if (commune === 0 || !inside(unit)) continue;
      const [id, name] = [ids[row] ?? 0, columns.name[row] ?? ''];
      const place = placeIn(columns.position, row);
      const facts = { people: columns.people[row] ?? 0, day: dayOf(deadline) };
      const thing: AlertThing = { noun: 'hamlet', id, name, place };
      found.push({ key: `${unit}/hamlet/${id}`, unit, thing, facts });
    }
    return found;
  }

  function dutiesDue(daysBefore: number, inside: (unit: string) => boolean): Found[] {
    const isSoon = ({ due, simulated }: DutyStanding): boolean =>
      dayNumberOf(due) <= dayFor(simulated, days()) + daysBefore;
    const due =
      daysBefore === 0
        ? lateDuties(tables, days(), inside)
        : openDuties(tables, days(), inside).filter(isSoon);
    return due.map(({ id, name, unit, due: day }) => ({
      ...{ key: `${unit}/duty/${id}`, unit, facts: { day } },
      thing: { noun: 'duty', id, name, place: null },
    }));
  }

  function silent(hours: number, inside: (unit: string) => boolean): Found[] {
    return sight.provinces.flatMap((unit) => {
      if (!inside(unit)) return [];
      const last = sight.heard(unit);
      // While nobody listened nothing could be heard.
      const quietSince = Math.max(last ?? 0, sight.listeningSince);
      if (!isOlder(quietSince, hours)) return [];
      if (last === undefined && !withThings().has(unit)) return [];
      return { key: `${unit}/silent`, unit, thing: null, facts: sinceFact(last) };
    });
  }

  return ({ watch, units }) => {
    const whole = units.includes(NATION);
    const inside = (unit: string): boolean =>
      whole || units.includes(unit) || units.includes(sight.provinceOf(unit) ?? '');
    return find(watch, inside);
  };
}

/** Stations that are down in a commune, and the communes in which any is on air. */
function stationsDown({ tables }: Country): { stations: DownStation[]; onAir: Uint8Array } {
  const { columns, count, ids } = tables.stations;
  const { status, commune, position, name } = columns;
  const onAir = new Uint8Array(COMMUNES);
  const stations: DownStation[] = [];
  for (let row = 0; row < count; row++) {
    const at = commune[row] ?? 0;
    if (at === 0) continue;
    if (status[row] === ON_AIR) onAir[at] = 1;
    else if (status[row] === DOWN)
      stations.push({
        ...{ id: ids[row] ?? 0, commune: at },
        ...{ name: name[row] ?? '', place: placeIn(position, row) },
      });
  }
  return { stations, onAir };
}

/** Provinces of which the country holds anything that stands somewhere. */
function provincesWithThings({ country, provinceOf }: Sight): Set<string> {
  const settled = new Uint8Array(COMMUNES);
  for (const name of ['stations', 'hamlets', 'nodes', 'facilities'] as const) {
    const { columns, count } = country.tables[name];
    for (let row = 0; row < count; row++) settled[columns.commune[row] ?? 0] = 1;
  }
  const provinces = new Set<string>();
  for (let commune = 1; commune < COMMUNES; commune++) {
    if (settled[commune] !== 1) continue;
    const province = provinceOf(communeCodeOf(commune));
    if (province !== undefined) provinces.add(province);
  }
  return provinces;
}

function stationThing({ id, name, place }: DownStation): AlertThing {
  return { noun: 'station', id, name, place };
}

/** A node by its name, a link by those of the nodes that it joins. */
function nameOfElement({ tables }: Country, { noun, id }: NetworkElement): string {
  const nodeName = (node: number | undefined): string => {
    const row = node === undefined ? undefined : tables.nodes.rowOf(node);
    return row === undefined ? '' : (tables.nodes.columns.name[row] ?? '');
  };
  if (noun === 'node') return nodeName(id);
  const row = tables.links.rowOf(id);
  if (row === undefined) return '';
  const { from, to } = tables.links.columns;
  return `${nodeName(from[row])} – ${nodeName(to[row])}`;
}

function placeIn(position: Float64Array, row: number): [lon: number, lat: number] {
  return [position[row * 2] ?? NaN, position[row * 2 + 1] ?? NaN];
}

function sinceFact(since: number | undefined): { since?: string } {
  return since === undefined ? {} : { since: new Date(since).toISOString() };
}

function shareOf({ people, population }: Reached): number {
  return population === 0 ? 0 : people / population;
}

function thousandths(share: number): number {
  return Math.round(share * 1_000) / 1_000;
}

function once<T>(make: () => T): () => T {
  let made: { it: T } | undefined;
  return () => (made ??= { it: make() }).it;
}
