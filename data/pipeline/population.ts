/**
 * Eleventh stage: the people of each commune. The total of a province is published; its special zones
 * have published figures of their own; the rest is shared out, first between the former provinces
 * by their people in 2023, then between communes by the old wards that they were made from.
 */
import { provinces } from '../country/provinces.ts';
import { FORMER_FIGURES } from './formerFigures.ts';
import type { OldDistrict, OldWardKind } from './formerUnits.ts';
import { ZONES } from './zones.ts';

/** People that an old ward is likely to have, against an old rural commune. */
const PEOPLE: Record<OldWardKind, number> = { ward: 1.6, town: 1.3, commune: 1 };

/** People of every commune with old wards and of every special zone; whole, exact by province. */
export function sharePeople(districts: OldDistrict[]): Map<string, number> {
  const people = new Map(Object.entries(ZONES).map(([code, zone]) => [code, zone.population]));
  for (const province of provinces) {
    const own = districts.filter((district) => district.province === province.code);
    const weights = new Map<string, number>();
    for (const former of new Set(own.map((district) => district.formerProvince))) {
      const wards = own
        .filter((district) => district.formerProvince === former)
        .flatMap((district) => district.wards);
      const zones = new Set(wards.map((ward) => ward.commune).filter((code) => ZONES[code]));
      const shared = wards.filter((ward) => !zones.has(ward.commune));
      const total = shared.reduce((sum, ward) => sum + PEOPLE[ward.kind], 0);
      const inZones = [...zones].reduce((sum, code) => sum + (ZONES[code]?.population ?? 0), 0);
      const thousands = FORMER_FIGURES[former]?.thousands;
      if (thousands === undefined) throw new Error(`No people are given for ${former}.`);
      for (const ward of shared)
        weights.set(
          ward.commune,
          (weights.get(ward.commune) ?? 0) +
            ((thousands * 1000 - inZones) * PEOPLE[ward.kind]) / total,
        );
    }
    const inZones = Object.values(ZONES)
      .filter((zone) => zone.province === province.code)
      .reduce((sum, zone) => sum + zone.population, 0);
    for (const [code, count] of shareOut(province.population - inZones, weights))
      people.set(code, count);
  }
  return people;
}

/** Whole numbers in proportion to the weights that add up to the total (largest remainder). */
function shareOut(total: number, weights: Map<string, number>): Map<string, number> {
  const sum = [...weights.values()].reduce((a, b) => a + b, 0);
  const shares = [...weights].map(([key, weight]) => {
    const exact = (total * weight) / sum;
    return { key, whole: Math.floor(exact), rest: exact - Math.floor(exact) };
  });
  let left = total - shares.reduce((a, share) => a + share.whole, 0);
  for (const share of [...shares].sort((a, b) => b.rest - a.rest || (a.key < b.key ? -1 : 1))) {
    if (left-- <= 0) break;
    share.whole++;
  }
  return new Map(shares.map(({ key, whole }) => [key, whole]));
}
