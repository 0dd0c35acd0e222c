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

/** Whoever waits for an answer: told how far it is, 0–1, and says when it is not waited for any more. */
export interface Waiting {
  tell(share: number): void;
  stop: AbortSignal;
}

/** Finds the cells of every site of some changes; throws when nobody waits for them any more. */
export async function terrainCells(
  coverage: Coverage,
  changes: readonly SiteChange[],
  { tell, stop }: Waiting,
): Promise<CellsOf> {
  const cells = new Map<string, Int32Array>();
  const sites = changes.flatMap(({ before, after }) => [before ?? [], after ?? []].flat());
  let until = performance.now() + SLICE_MS;
  for (const [index, site] of sites.entries()) {
    const key = keyOf(site);
    if (cells.has(key)) continue;
    if (performance.now() >= until) {
      tell(index / sites.length);
      await new Promise(setImmediate);
      stop.throwIfAborted();
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
