/**
 * A site that is not there yet, where no more is known of it than whose and what it is to carry: what
 * "the reach of one new site" means wherever coverage is planned. It is a site for reach, not for
 * speed: the lowest band that the operator has for the technology (n28 for 5G, b28 for 4G; b8 for
 * `other`), all round, on a mast of the height for which the table of radii is reckoned.
 */
import { BANDS, type Band, type Operator, type Technology } from '../model/things.ts';
import { BAND_FACTS } from './bands.ts';

/** Antenna height above ground, metres. */
export const NEW_SITE_HEIGHT_M = 35;

/** Its band, of any operator where none is named; undefined where the operator has none for it. */
export function newSiteBand(technology: Technology, operator?: Operator): Band | undefined {
  const [lowest] = BANDS.filter((band) => {
    const facts = BAND_FACTS[band];
    return (
      facts.technology === technology &&
      (operator === undefined || facts.operators.includes(operator))
    );
  }).sort((a, b) => BAND_FACTS[a].frequencyMHz - BAND_FACTS[b].frequencyMHz);
  return lowest;
}
