/**
 * The cells that sites reach by method `terrain`, which takes from half a millisecond to some tens of
 * them a site: found beforehand in short slices, so that nobody waits. They depend on the site alone,
 * not on what is counted, and so still hold when the country has moved on meanwhile.
 */
import type { Coverage } from '../coverage/engine.ts';
import type { Site } from '../coverage/site.ts';
import type { SiteChange } from './try-out.ts';

/** Stations that one question may change by this method: a few seconds of work. */
export const MOST_BY_TERRAIN = 100;
/** A slice leaves the event loop to others after this long. */
const SLICE_MS = 8;

export type CellsOf = (site: Site) => Int32Array | undefined;

/** Finds the cells of every site of some changes. */
export async function terrainCells(
  coverage: Coverage,
  changes: readonly SiteChange[],
): Promise<CellsOf> {
  const cells = new Map<string, Int32Array>();
  let until = performance.now() + SLICE_MS;
  for (const site of changes.flatMap(({ before, after }) => [before ?? [], after ?? []].flat())) {
    const key = keyOf(site);
    if (cells.has(key)) continue;
    if (performance.now() >= until) {
      await new Promise(setImmediate);
      until = performance.now() + SLICE_MS;
    }
    const count = coverage.reach(site);
    cells.set(key, coverage.field.found.slice(0, count));
  }
  return (site) => cells.get(keyOf(site));
}

/** What decides how far a site reaches. */
function keyOf({ lon, lat, band, heightM, azimuth, beamwidth }: Site): string {
  return [lon, lat, band, heightM, azimuth, beamwidth].join();
}
