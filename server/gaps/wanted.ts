/** Whose signal is missed: any operator's or one's, of a technology. */
import {
  BANDS,
  OPERATORS,
  TECHNOLOGIES,
  type Operator,
  type Technology,
} from '../../data/model/things.ts';
import { NEW_SITE_HEIGHT_M, newSiteBand } from '../../data/radio/new-site.ts';
import type { Site } from '../coverage/site.ts';
import { layerOf } from '../coverage/tally.ts';

export interface Wanted {
  /** Undefined: any. */
  operator: Operator | undefined;
  technology: Technology;
}

/** The layers of a mask of which any one gives the signal, as bits. */
export function layersOf({ operator, technology }: Wanted): number {
  let layers = 0;
  OPERATORS.forEach((one, index) => {
    if (operator === undefined || operator === one)
      layers |= 1 << layerOf({ operator: index, technology: TECHNOLOGIES.indexOf(technology) });
  });
  return layers;
}

/** A new site that would give it, at a place; null where the operator has no band for it. */
export function newSite({ operator, technology }: Wanted, lon: number, lat: number): Site | null {
  const band = newSiteBand(technology, operator);
  if (band === undefined) return null;
  return {
    lon,
    lat,
    operator: operator === undefined ? 0 : OPERATORS.indexOf(operator),
    technology: TECHNOLOGIES.indexOf(technology),
    band: BANDS.indexOf(band),
    heightM: NEW_SITE_HEIGHT_M,
    azimuth: NaN,
    beamwidth: NaN,
  };
}
