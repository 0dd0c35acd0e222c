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
  /** Antenna height above ground, metres. */
  heightM: number;
  /** Main direction and opening, degrees; NaN for a site that sends all round. */
  azimuth: number;
  beamwidth: number;
}

const ON_AIR = STATION_STATUSES.indexOf('on_air');

/** The site in a row of the stations; null where it is not on air, or there is no such row. */
export function siteIn(stations: Table<'stations'>, row: number | undefined): Site | null {
  if (row === undefined || row >= stations.count || stations.columns.status[row] !== ON_AIR)
    return null;
  return siteAt(stations, row);
}

/** All sites of a table. */
export function sitesIn(stations: Table<'stations'>): Site[] {
  return Array.from({ length: stations.count }, (_, row) => siteIn(stations, row)).filter(
    (site) => site !== null,
  );
}

/** The station in a row as a site, whether or not it is on air. */
export function siteAt({ columns }: Table<'stations'>, row: number): Site {
  const { position, operator, technology, band, heightM, azimuth, beamwidth } = columns;
  return {
    lon: position[row * 2] ?? NaN,
    lat: position[row * 2 + 1] ?? NaN,
    operator: operator[row] ?? NO_CHOICE,
    technology: technology[row] ?? NO_CHOICE,
    band: band[row] ?? NO_CHOICE,
    heightM: heightM[row] ?? NaN,
    azimuth: azimuth[row] ?? NaN,
    beamwidth: beamwidth[row] ?? NaN,
  };
}

/** Whether two sites reach the same cells, by any method. */
export function sameSite(a: Site, b: Site): boolean {
  return (
    a.lon === b.lon &&
    a.lat === b.lat &&
    a.band === b.band &&
    a.operator === b.operator &&
    a.technology === b.technology &&
    Object.is(a.heightM, b.heightM) &&
    Object.is(a.azimuth, b.azimuth) &&
    Object.is(a.beamwidth, b.beamwidth)
  );
}
