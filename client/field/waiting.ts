/** The stations that are not on air yet, nearest first. */
import type { Table } from '../../data/model/table.ts';
import {
  OPERATORS,
  STATION_STATUSES,
  TECHNOLOGIES,
  type Operator,
  type Technology,
} from '../../data/model/things.ts';

export interface WaitingStation {
  id: number;
  version: number;
  name: string;
  operator: Operator;
  technology: Technology;
  lon: number;
  lat: number;
  /** Number of its commune, 0 for none. */
  commune: number;
  /** From where one stands, metres; null where that is not known. */
  distanceM: number | null;
}

interface Found {
  row: number;
  squared: number;
}

const PLANNED = STATION_STATUSES.indexOf('planned');
const BUILDING = STATION_STATUSES.indexOf('building');
const METRES_PER_DEGREE = 111_195;

/**
 * At most `most` stations of the communes that `inside` lets through; without a place by their names.
 * @param here degrees; null where it is not known
 */
export function waitingStations(
  { ids, versions, columns, count }: Table<'stations'>,
  inside: (commune: number) => boolean,
  here: { lon: number; lat: number } | null,
  most: number,
): WaitingStation[] {
  const narrowing = Math.cos(((here?.lat ?? 0) * Math.PI) / 180);
  const nameOf = (row: number): string => columns.name[row] ?? '';
  const before = (a: Found, b: Found): boolean =>
    a.squared < b.squared || (a.squared === b.squared && nameOf(a.row) < nameOf(b.row));
  // Of tens of thousands a handful is wanted: each is put in its place, or let go.
  const found: Found[] = [];
  for (let row = 0; row < count; row++) {
    if (columns.status[row] !== PLANNED && columns.status[row] !== BUILDING) continue;
    if (!inside(columns.commune[row] ?? 0)) continue;
    const east = ((columns.position[row * 2] ?? 0) - (here?.lon ?? 0)) * narrowing;
    const north = (columns.position[row * 2 + 1] ?? 0) - (here?.lat ?? 0);
    const one = { row, squared: here ? east * east + north * north : 0 };
    const last = found.at(-1);
    if (found.length === most && last && !before(one, last)) continue;
    const rank = found.findIndex((other) => before(one, other));
    found.splice(rank < 0 ? found.length : rank, 0, one);
    if (found.length > most) found.pop();
  }
  return found.map(({ row, squared }) => ({
    id: ids[row] ?? 0,
    version: versions[row] ?? 0,
    name: nameOf(row),
    operator: OPERATORS[columns.operator[row] ?? 0] ?? 'other',
    technology: TECHNOLOGIES[columns.technology[row] ?? 0] ?? '5g',
    lon: columns.position[row * 2] ?? NaN,
    lat: columns.position[row * 2 + 1] ?? NaN,
    commune: columns.commune[row] ?? 0,
    distanceM: here ? Math.sqrt(squared) * METRES_PER_DEGREE : null,
  }));
}
