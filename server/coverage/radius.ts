/** How far a site reaches: what a coverage method answers, and the first method. */
import { footprintRadiusM } from '../../data/radio/footprint.ts';
import type { Site } from './site.ts';

/**
 * Radius in metres of a site's footprint, given the surroundings it stands in (index into
 * `SURROUNDINGS`). It must answer the same for the same site: what was added is found again by it
 * when it is removed.
 */
export type Footprint = (site: Site, surroundings: number) => number;

/** Method `radius`: the table of data/radio/footprint.ts. */
export const radiusFootprint: Footprint = (site, surroundings) =>
  footprintRadiusM(site.band, surroundings);
