/** Choosing many stations at once, and what changing each of them is. Pure. */
import { NO_DAY } from '../../data/model/columns.ts';
import type { Table } from '../../data/model/table.ts';
import {
  OPERATORS,
  STATION_STATUSES,
  TECHNOLOGIES,
  type Operator,
  type StationStatus,
  type Technology,
} from '../../data/model/things.ts';
import type { MapPlace } from '../map/drawing.svelte.ts';
import type { Rectangle } from './drawing.ts';

/** What must be true of a station to be chosen; null for anything. */
export interface Filter {
  operator: Operator | null;
  technology: Technology | null;
  status: StationStatus | null;
  rectangle: Rectangle | null;
}

export interface Chosen extends MapPlace {
  id: number;
  version: number;
  status: StationStatus;
  /** Whether it has been on air before: the day it first was is then known. */
  hasSince: boolean;
}

/** The stations of a unit that a filter chooses, but for those that have the new status already. */
export function chooseStations(
  { columns, count, ids, versions }: Table<'stations'>,
  inside: (commune: number) => boolean,
  filter: Filter,
  becomes: StationStatus,
): Chosen[] {
  const index = (of: readonly string[], value: string | null): number | null =>
    value === null ? null : of.indexOf(value);
  const operator = index(OPERATORS, filter.operator);
  const technology = index(TECHNOLOGIES, filter.technology);
  const status = index(STATION_STATUSES, filter.status);
  const already = STATION_STATUSES.indexOf(becomes);
  const within = insideOf(filter.rectangle);
  const chosen: Chosen[] = [];
  for (let row = 0; row < count; row++) {
    if (columns.status[row] === already) continue;
    if (status !== null && columns.status[row] !== status) continue;
    if (operator !== null && columns.operator[row] !== operator) continue;
    if (technology !== null && columns.technology[row] !== technology) continue;
    if (!inside(columns.commune[row] ?? 0)) continue;
    const lon = columns.position[row * 2] ?? NaN;
    const lat = columns.position[row * 2 + 1] ?? NaN;
    if (!within(lon, lat)) continue;
    chosen.push({
      ...{ id: ids[row] ?? 0, version: versions[row] ?? 0, lon, lat },
      status: STATION_STATUSES[columns.status[row] ?? 0] ?? 'planned',
      hasSince: columns.since[row] !== NO_DAY,
    });
  }
  return chosen;
}

function insideOf(rectangle: Rectangle | null): (lon: number, lat: number) => boolean {
  if (!rectangle) return () => true;
  const { from, to } = rectangle;
  const [west, east] = [Math.min(from.lon, to.lon), Math.max(from.lon, to.lon)];
  const [south, north] = [Math.min(from.lat, to.lat), Math.max(from.lat, to.lat)];
  return (lon, lat) => lon >= west && lon <= east && lat >= south && lat <= north;
}

/**
 * What a station's new status from a day on sets: a plan gets the day it is planned for, and what
 * comes on air for the first time the day since when.
 */
export function statusChange(
  { id, version, hasSince }: Chosen,
  status: StationStatus,
  day: string,
) {
  return {
    ...({ type: 'station.change', id, base: version, status } as const),
    ...(status === 'planned' ? { plannedFor: day } : { effective: day }),
    ...(status === 'on_air' && !hasSince ? { since: day } : {}),
  };
}

/** A rectangle in a choice of the address, and back: `102.1_21.0_103.4_22.2`. */
export function rectangleChoice({ from, to }: Rectangle): string {
  return [from.lon, from.lat, to.lon, to.lat].map((degrees) => degrees.toFixed(4)).join('_');
}

export function readRectangle(text = ''): Rectangle | null {
  const numbers = text.split('_').map(Number);
  const [west = NaN, south = NaN, east = NaN, north = NaN] = numbers;
  if (numbers.length !== 4 || numbers.some((number) => !Number.isFinite(number))) return null;
  return { from: { lon: west, lat: south }, to: { lon: east, lat: north } };
}
