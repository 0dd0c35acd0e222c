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
 * An interval to search, and where in it (0–1) our country's territories have what is wanted: that is
 * looked at first, and mostly it is enough.
 */
interface Interval {
  low: number;
  high: number;
  guess: number;
}
const SPREAD: Interval = { low: 0, high: 1, guess: 0.31 };
const BETA: Interval = { low: 0.3, high: 4, guess: 0.5 };
const STEPS = 6;
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

/** A setting of a knob, the share it comes to, and what it makes. */
interface Seen<T> {
  at: number;
  share: number;
  found: T;
}

/**
 * Looks for the wanted share: at the guess, at both ends, then where a straight line between two
 * settings that have it between them would have it (regula falsi). Answers the best seen.
 */
function search<T>(
  { low, high, guess }: Interval,
  wanted: number,
  tryAt: (at: number) => { share: number; found: T },
): Seen<T> {
  const look = (at: number): Seen<T> => ({ at, ...tryAt(at) });
  const off = ({ share }: Seen<T>): number => Math.abs(share - wanted);
  const between = (a: Seen<T>, b: Seen<T>): boolean => a.share < wanted !== b.share < wanted;

  const first = look(low + (high - low) * guess);
  if (off(first) <= CLOSE) return first;
  let left = look(low);
  let right = look(high);
  let best = [left, right].reduce((a, b) => (off(b) < off(a) ? b : a), first);
  if (between(left, first)) right = first;
  else left = first;
  for (let step = 0; step < STEPS && off(best) > CLOSE && between(left, right); step++) {
    const part = (wanted - left.share) / (right.share - left.share);
    // Never quite to an end: a bent curve would be crept along.
    const at = left.at + (right.at - left.at) * Math.min(0.9, Math.max(0.1, part));
    const next = look(at);
    if (off(next) < off(best)) best = next;
    if (between(left, next)) right = next;
    else left = next;
  }
  return best;
}
