/**
 * The demo's roll-out is calibrated to two published figures: with the stations on air on 28 July
 * 2025 "more than 26 %" of the people can get 5G, and with all that are planned 90 % shall. The
 * tables of radii and the people are given, so what can be turned is where the stations stand:
 *
 * - `spread`, the part of each operator's sites that go where nobody reaches yet; the others follow
 *   people, over one another. It is searched so that all the stations together reach `share5g`.
 * - `beta`, how strongly the roll-out begins where people live densely (rate of a site = density of
 *   its commune ^ beta). A high one stacks three operators over the same city blocks. It is searched,
 *   with the sites fixed, so that the first `stations5gOnAir` reach `share5gOnAir`.
 *
 * Both searches narrow an interval a bounded number of times, stop within `CLOSE` of the figure, and
 * keep the best that they have seen: where a territory does not allow the figure, the demo comes as
 * near as it can and `Calibration` says how near. The count is that of `reach.ts`, which follows the
 * engine's own rule; the estimate on the screen is always computed by the engine.
 */
import type { Operator } from '../../data/model/things.ts';
import { weightsByPeople } from './draw.ts';
import type { DemoFigures } from './figures.ts';
import {
  FOLLOW_PEOPLE,
  inOrderOfRollOut,
  onAirByOperator,
  planAll,
  putOnMasts,
  type Site,
} from './five-g.ts';
import type { Land } from './land.ts';
import type { HamletGuard } from './hamlets.ts';
import { radiusOf, Reach } from './reach.ts';

export interface Calibration {
  spread: number;
  /** Share of the people (0–1) that all the stations reach, by the light count. */
  shareOfAll: number;
  beta: number;
  /** Share that those on air reach. */
  shareOnAir: number;
}

/** The stations of one operator in the order of their going on air; the first `onAir` are. */
export interface RollOut {
  operator: Operator;
  sites: Site[];
  onAir: number;
}

/**
 * An interval to search, with shares at its ends from which a straight line leads near to what our
 * country's territories need; the search does not rely on them.
 */
interface Interval {
  low: number;
  shareAtLow: number;
  high: number;
  shareAtHigh: number;
}
const SPREAD: Interval = { low: 0, shareAtLow: 0.81, high: 1, shareAtHigh: 1.07 };
const BETA: Interval = { low: 0.3, shareAtLow: 0.35, high: 4, shareAtHigh: 0.2 };
const STEPS = 9;
const CLOSE = 0.003;

/** Sites and order of the 5G roll-out; no station on air reaches a hamlet of the guard. */
export function calibrate(
  land: Land,
  figures: DemoFigures,
  guard: HamletGuard,
  seed: number,
): { calibration: Calibration; rollOut: RollOut[] } {
  const reach = new Reach(land);

  const weights = weightsByPeople(land.grid, FOLLOW_PEOPLE);
  const all = search(SPREAD, figures.share5g, (spread) => {
    const found = planAll(land, figures.stations5g, spread, weights, reach, seed);
    return { share: reach.share, found };
  });
  const sites = putOnMasts(land, all.found, seed);
  const waiting = new Set(
    sites.filter((site) => guard.reaches(site.lon, site.lat, radiusOf(land, site))),
  );
  const onAir = onAirByOperator(figures.stations5gOnAir);
  const first = search(BETA, figures.share5gOnAir, (beta) => {
    const found: RollOut[] = [];
    for (const [operator, ordered] of inOrderOfRollOut(land, sites, beta, seed))
      found.push({
        operator,
        sites: [
          ...ordered.filter((site) => !waiting.has(site)),
          ...ordered.filter((site) => waiting.has(site)),
        ],
        onAir: onAir.get(operator) ?? 0,
      });
    reach.clear();
    for (const { sites: ordered, onAir: count } of found)
      for (const site of ordered.slice(0, count)) reach.add(site);
    return { share: reach.share, found };
  });
  return {
    calibration: {
      spread: all.at,
      shareOfAll: all.share,
      beta: first.at,
      shareOnAir: first.share,
    },
    rollOut: first.found,
  };
}

/**
 * Looks for the wanted share, which only rises or only falls along the interval, where a straight line
 * between its ends would have it (regula falsi); answers the best seen.
 */
function search<T>(
  interval: Interval,
  wanted: number,
  tryAt: (at: number) => { share: number; found: T },
): { at: number; share: number; found: T } {
  let { low, shareAtLow, high, shareAtHigh } = interval;
  let best: { at: number; share: number; found: T } | undefined;
  for (let step = 0; step < STEPS; step++) {
    const part = (shareAtLow - wanted) / (shareAtLow - shareAtHigh);
    // Never quite to an end, whose expected share may be wrong.
    const at = low + (high - low) * Math.min(0.9, Math.max(0.1, part));
    const { share, found } = tryAt(at);
    if (!best || Math.abs(share - wanted) < Math.abs(best.share - wanted))
      best = { at, share, found };
    if (Math.abs(share - wanted) <= CLOSE) break;
    if (share > wanted === shareAtLow > shareAtHigh) [low, shareAtLow] = [at, share];
    else [high, shareAtHigh] = [at, share];
  }
  if (!best) throw new Error('a search of no steps');
  return best;
}
