import { describe, expect, it } from 'vitest';
import { BANDS, type Band } from '../../../data/model/things.ts';
import { BAND_FACTS } from '../../../data/radio/bands.ts';
import { FOOTPRINT_RADIUS_M, footprintRadiusM } from '../../../data/radio/footprint.ts';
import { SURROUNDINGS, type Surroundings } from '../../../data/radio/surroundings.ts';

/** 3GPP TR 38.901 table 7.4.1-1, UMa NLOS, a person at 1.5 m: metres that a path loss allows. */
function urbanMacroM(lossDb: number, gigahertz: number): number {
  return 10 ** ((lossDb - 13.54 - 20 * Math.log10(gigahertz)) / 39.08);
}

/** The same table, RMa NLOS: mast 35 m, streets 20 m wide, buildings 5 m high. */
function ruralMacroM(lossDb: number, gigahertz: number): number {
  const mast = 35;
  const at1km =
    161.04 -
    7.1 * Math.log10(20) +
    7.5 * Math.log10(5) -
    (24.37 - 3.7 * (5 / mast) ** 2) * Math.log10(mast) +
    20 * Math.log10(gigahertz) -
    (3.2 * Math.log10(11.75 * 1.5) ** 2 - 4.97);
  return 1000 * 10 ** ((lossDb - at1km) / (43.42 - 3.1 * Math.log10(mast)));
}

/** Table 7.4.3-1 and -2: into a low-loss building, dB. */
function intoBuildingDb(gigahertz: number): number {
  const glass = 2 + 0.2 * gigahertz;
  const concrete = 5 + 4 * gigahertz;
  return 5 - 10 * Math.log10(0.3 * 10 ** (-glass / 10) + 0.7 * 10 ** (-concrete / 10));
}

function budgetDb(band: Band): number {
  if (BAND_FACTS[band].technology === '4g') return 146;
  return band === 'n28' ? 143 : 140;
}

function reachM(band: Band, surroundings: Surroundings): number {
  const gigahertz = BAND_FACTS[band].frequencyMHz / 1000;
  const budget = budgetDb(band);
  switch (surroundings) {
    case 'rural':
      return ruralMacroM(budget, gigahertz);
    case 'suburban':
      return urbanMacroM(budget, gigahertz);
    case 'urban':
      return urbanMacroM(budget - intoBuildingDb(gigahertz), gigahertz);
    case 'dense_urban':
      return urbanMacroM(budget - intoBuildingDb(gigahertz) - 0.5 * 12.5, gigahertz);
  }
}

describe('the table of footprint radii', () => {
  it.each(BANDS)('says for %s what the link budget it names gives, within 3 %%', (band) => {
    for (const place of SURROUNDINGS) {
      const ratio = FOOTPRINT_RADIUS_M[band][place] / reachM(band, place);
      expect(ratio, place).toBeGreaterThan(0.97);
      expect(ratio, place).toBeLessThan(1.03);
    }
  });

  it('reaches less far the denser the surroundings', () => {
    for (const band of BANDS) {
      const radii = SURROUNDINGS.map((place) => FOOTPRINT_RADIUS_M[band][place]);
      expect(radii).toEqual([...radii].sort((a, b) => b - a));
    }
  });

  it('is read by the indexes that columns hold', () => {
    expect(footprintRadiusM(BANDS.indexOf('n41'), SURROUNDINGS.indexOf('rural'))).toBe(2100);
    expect(footprintRadiusM(BANDS.indexOf('b1'), SURROUNDINGS.indexOf('rural'))).toBe(3300);
    expect(footprintRadiusM(BANDS.indexOf('n78'), SURROUNDINGS.indexOf('dense_urban'))).toBe(290);
  });

  it('gives a station of no known band no footprint', () => {
    expect(footprintRadiusM(255, 0)).toBe(0);
  });
});
