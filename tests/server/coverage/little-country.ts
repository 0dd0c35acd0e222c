/** Countries of a few cells, and stations to put into them. */
import { Table } from '../../../data/model/table.ts';
import type { PeopleGrid } from '../../../server/territory/territory.ts';
import type { Site } from '../../../server/coverage/site.ts';
import {
  BANDS,
  OPERATORS,
  TECHNOLOGIES,
  type Band,
  type Operator,
} from '../../../data/model/things.ts';
import { BAND_FACTS } from '../../../data/radio/bands.ts';
import { SURROUNDINGS, type Surroundings } from '../../../data/radio/surroundings.ts';

export interface Cell {
  lon: number;
  lat: number;
  people: number;
  /** Five digits, of which the first two are the code of the province. */
  commune: string;
  surroundings?: Surroundings;
}

export function gridOf(cells: readonly Cell[]): PeopleGrid {
  const communes = [...new Set(cells.map(({ commune }) => commune))].sort();
  const provinces = [...new Set(communes.map((commune) => commune.slice(0, 2)))].sort();
  return {
    count: cells.length,
    lon: Float32Array.from(cells, ({ lon }) => lon),
    lat: Float32Array.from(cells, ({ lat }) => lat),
    people: Int32Array.from(cells, ({ people }) => people),
    commune: Uint16Array.from(cells, ({ commune }) => communes.indexOf(commune)),
    communes,
    provinceOf: Uint16Array.from(communes, (code) => provinces.indexOf(code.slice(0, 2))),
    provinces,
    surroundings: Uint8Array.from(cells, ({ surroundings = 'rural' }) =>
      SURROUNDINGS.indexOf(surroundings),
    ),
  };
}

/** An operator's site; its technology is its band's. */
export function site(operator: Operator, band: Band, lon: number, lat: number): Site {
  return {
    lon,
    lat,
    operator: OPERATORS.indexOf(operator),
    technology: TECHNOLOGIES.indexOf(BAND_FACTS[band].technology),
    band: BANDS.indexOf(band),
    heightM: 35,
    azimuth: NaN,
    beamwidth: NaN,
  };
}

/** A table of stations on air. */
export function tableOf(sites: readonly Site[]): Table<'stations'> {
  const stations = new Table('stations');
  sites.forEach(({ lon, lat, operator, technology, band, heightM }, index) =>
    stations.put(index + 1, 1, {
      ...{ lon, lat, heightM, status: 'on_air' },
      operator: OPERATORS[operator],
      technology: TECHNOLOGIES[technology],
      band: BANDS[band],
    }),
  );
  return stations;
}
