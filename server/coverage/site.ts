/** A station as the engine counts it. */
import { NO_CHOICE } from '../../data/model/columns.ts';
import type { Table } from '../../data/model/table.ts';
import { STATION_STATUSES } from '../../data/model/things.ts';

/** A station on air. Choices are indexes into the model's lists. */
export interface Site {
  lon: number;
  lat: number;
  /** Into `OPERATORS`. */
  operator: number;
  /** Into `TECHNOLOGIES`. */
  technology: number;
  /** Into `BANDS`. */
  band: number;
}

const ON_AIR = STATION_STATUSES.indexOf('on_air');

/** The site in a row of the stations; null where it is not on air, or there is no such row. */
export function siteIn(stations: Table<'stations'>, row: number | undefined): Site | null {
  const { position, operator, technology, band, status } = stations.columns;
  if (row === undefined || row >= stations.count || status[row] !== ON_AIR) return null;
  return {
    lon: position[row * 2] ?? NaN,
    lat: position[row * 2 + 1] ?? NaN,
    operator: operator[row] ?? NO_CHOICE,
    technology: technology[row] ?? NO_CHOICE,
    band: band[row] ?? NO_CHOICE,
  };
}
