/**
 * Method `radius`: how far a station reaches, as one radius for each band and surroundings. Such
 * estimates are indicative (ITU and FAO/GSMA practice; FAO takes 4 km for every 3G/4G station): they
 * know neither terrain nor height nor power.
 *
 * The figures are what one link budget gives with the path loss of 3GPP TR 38.901 table 7.4.1-1,
 * rounded to two digits; tests/data/radio/footprint.test.ts computes them again:
 *
 * - allowed path loss at the cell's edge, shadowing margin included: 146 dB for LTE, which holds at
 *   low rates; 143 dB for n28; 140 dB for n41, n77 and n78, whose beams' gain is spent on rate;
 * - rural: RMa NLOS, mast 35 m, a person outdoors at 1.5 m;
 * - suburban: UMa NLOS, a person outdoors;
 * - urban: UMa NLOS, a person inside, low-loss building of table 7.4.3-1 (10–13 dB by frequency);
 * - dense urban: the same and 12.5 m deep in the building at 0.5 dB/m.
 */
import { BANDS, type Band } from '../model/things.ts';
import { SURROUNDINGS, type Surroundings } from './surroundings.ts';

/** Radius of a footprint in metres. */
export const FOOTPRINT_RADIUS_M: Record<Band, Record<Surroundings, number>> = {
  b1: { rural: 3300, suburban: 1650, urban: 820, dense_urban: 570 },
  b3: { rural: 3500, suburban: 1800, urban: 900, dense_urban: 620 },
  b8: { rural: 5000, suburban: 2500, urban: 1350, dense_urban: 940 },
  b28: { rural: 5500, suburban: 2800, urban: 1500, dense_urban: 1050 },
  n28: { rural: 4600, suburban: 2350, urban: 1250, dense_urban: 880 },
  n41: { rural: 2100, suburban: 1050, urban: 520, dense_urban: 360 },
  n77: { rural: 1700, suburban: 860, urban: 410, dense_urban: 280 },
  n78: { rural: 1700, suburban: 880, urban: 410, dense_urban: 290 },
};

const BY_INDEX = Uint16Array.from(
  BANDS.flatMap((band) => SURROUNDINGS.map((place) => FOOTPRINT_RADIUS_M[band][place])),
);

/** Metres, by the indexes of a band in `BANDS` and of a place in `SURROUNDINGS`; 0 for no band. */
export function footprintRadiusM(band: number, surroundings: number): number {
  return BY_INDEX[band * SURROUNDINGS.length + surroundings] ?? 0;
}
