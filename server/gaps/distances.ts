/** How far it is to the nearest station and network node, as the country is now. */
import type { Country } from '../../data/model/country.ts';
import {
  LINE_STATUSES,
  OPERATORS,
  STATION_STATUSES,
  TECHNOLOGIES,
} from '../../data/model/things.ts';
import { NearestPlace } from '../coverage/nearest.ts';
import type { Wanted } from './wanted.ts';

const ON_AIR = STATION_STATUSES.indexOf('on_air');
const UP = LINE_STATUSES.indexOf('up');

/** Stations on air, of an operator and a technology where they are named. */
export function stationsOnAir({ tables }: Country, wanted: Partial<Wanted>): NearestPlace {
  const { columns, count } = tables.stations;
  const operator = wanted.operator && OPERATORS.indexOf(wanted.operator);
  const technology = wanted.technology && TECHNOLOGIES.indexOf(wanted.technology);
  return placesOf(
    columns.position,
    count,
    (row) =>
      columns.status[row] === ON_AIR &&
      (operator === undefined || columns.operator[row] === operator) &&
      (technology === undefined || columns.technology[row] === technology),
  );
}

/** Nodes of the data network that are up. */
export function nodesUp({ tables }: Country): NearestPlace {
  const { columns, count } = tables.nodes;
  return placesOf(columns.position, count, (row) => columns.status[row] === UP);
}

function placesOf(
  position: Float64Array,
  count: number,
  counts: (row: number) => boolean,
): NearestPlace {
  const places = new Float64Array(count * 2);
  let length = 0;
  for (let row = 0; row < count; row++) {
    if (!counts(row)) continue;
    places[length++] = position[row * 2] ?? NaN;
    places[length++] = position[row * 2 + 1] ?? NaN;
  }
  return new NearestPlace(places.subarray(0, length));
}

/** Whole metres, as distances are told. */
export function metresTo(places: NearestPlace, lon: number, lat: number): number | null {
  const metres = places.distanceM(lon, lat);
  return metres === null ? null : Math.round(metres);
}
