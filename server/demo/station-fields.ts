/** A station as its event writes it, but for its status. */
import { BANDS, type Technology } from '../../data/model/things.ts';
import { SURROUNDINGS } from '../../data/radio/surroundings.ts';
import type { Fields } from '../../data/model/table.ts';
import type { Site } from './five-g.ts';
import type { Land } from './land.ts';
import { SIMULATED, stationName } from './names.ts';
import type { Random } from './random.ts';

/** Metres, by surroundings: roofs in town, masts on the land. */
const HEIGHTS_M = {
  rural: [36, 42, 42, 45, 50],
  suburban: [30, 36, 36, 42],
  urban: [24, 27, 30, 33],
  dense_urban: [18, 21, 24, 27],
} as const;

/** `number` tells the operator's stations of one technology in a commune apart. */
export function stationFields(
  land: Land,
  site: Site,
  technology: Technology,
  number: number,
  random: Random,
): Fields {
  const { cell, commune, operator, band, lon, lat } = site;
  const place = SURROUNDINGS[land.grid.surroundings[cell] ?? 0] ?? 'rural';
  // Written out, field by field: spreading objects took a third of the time of generating.
  return {
    name: stationName(land.communes[commune]?.name ?? '', operator, technology, number),
    operator,
    technology,
    band: BANDS[band] ?? 'b3',
    lon,
    lat,
    heightM: random.pick(HEIGHTS_M[place]),
    simulated: SIMULATED.simulated,
    source: SIMULATED.source,
  };
}
