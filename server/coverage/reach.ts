/** How far a site reaches: what makes one coverage method differ from another. */
import type { LinkBudgetParameters } from '../../data/radio/link-budget.ts';
import { linkBudgetRangeM } from '../../data/radio/link-budget.ts';
import { footprintRadiusM } from '../../data/radio/footprint.ts';
import type { PeopleField } from './field.ts';
import type { Site } from './site.ts';

/**
 * Finds the cells that a site reaches, writes them to the front of the field's `found` and answers
 * how many they are. It must find the same for the same site: what was added is found again by it
 * when it is removed.
 */
export type Reach = (field: PeopleField, site: Site) => number;

/**
 * Radius in metres of a site's footprint, given the surroundings it stands in (index into
 * `SURROUNDINGS`); 0 where it reaches nobody.
 */
export type Footprint = (site: Site, surroundings: number) => number;

/** All cells within a radius, whatever way the antenna looks. */
export function allRound(footprint: Footprint): Reach {
  return (field, site) => {
    const radiusM = footprint(site, field.surroundingsAt(site.lon, site.lat));
    return radiusM > 0 ? field.within(site.lon, site.lat, radiusM) : 0;
  };
}

/** The cells within a radius that lie in the antenna's sector, where azimuth and beamwidth are known. */
export function inSector(footprint: Footprint): Reach {
  const round = allRound(footprint);
  return (field, site) => {
    const count = round(field, site);
    const { lon, lat, azimuth, beamwidth } = site;
    const omnidirectional = !(beamwidth < 360) || Number.isNaN(azimuth);
    return omnidirectional ? count : field.keepSector(count, lon, lat, azimuth, beamwidth);
  };
}

/** Method `radius`: the table of data/radio/footprint.ts. */
export const radiusFootprint: Footprint = (site, surroundings) =>
  footprintRadiusM(site.band, surroundings);

/** Method `linkBudget`: the cell's range by data/radio/link-budget.ts, each computed once. */
export function linkBudgetFootprint(parameters: LinkBudgetParameters): Footprint {
  return perTransmitter(({ band, heightM }, surroundings) =>
    linkBudgetRangeM(band, surroundings, heightM, parameters),
  );
}

/** What depends on band, height and surroundings alone, computed once for each. */
export function perTransmitter<T>(
  compute: (site: Site, surroundings: number) => T,
): (site: Site, surroundings: number) => T {
  const computed = new Map<number, T>();
  return (site, surroundings) => {
    // Centimetres of a height up to 300 m take 15 bits, surroundings 2, the band 8.
    const key = (site.band * 4 + surroundings) * 32_768 + Math.round(site.heightM * 100);
    const known = computed.get(key);
    if (known !== undefined) return known;
    const fresh = compute(site, surroundings);
    computed.set(key, fresh);
    return fresh;
  };
}
