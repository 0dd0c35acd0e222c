/**
 * Where the 5G stations stand and in what order they come: the sites of three operators, by a knob
 * that says how far they spread to reach everybody, and the order of the roll-out, by a knob that says how
 * strongly it begins where people live densely. `calibrate.ts` turns the knobs.
 */
import { BANDS, type Band, type Operator } from '../../data/model/things.ts';
import { SURROUNDINGS, type Surroundings } from '../../data/radio/surroundings.ts';
import { drawCells, nearestInOrder, weightsWithout } from './draw.ts';
import { apportion } from './figures.ts';
import type { Land } from './land.ts';
import { Random } from './random.ts';
import { radiusIn, type Reach, type Transmitter } from './reach.ts';

/** A station to be: where, whose, on which band. */
export interface Site extends Transmitter {
  operator: Operator;
  /** Into the grid's communes. */
  commune: number;
}

interface Share {
  operator: Operator;
  /** Part of all the planned stations, and of those on air in July 2025. */
  ofAll: number;
  ofOnAir: number;
  band: Band;
  /** Band that carries farther, and the part of the sites that it has in each surroundings. */
  far?: { band: Band; part: Record<Surroundings, number> };
  /** Part of the sites on a mast of the operator that comes first. */
  sharedMasts: number;
}

/** Bands as licensed; shares of the operators in the order of magnitude of their announcements. */
const SHARES: readonly Share[] = [
  {
    operator: 'viettel',
    ofAll: 0.45,
    ofOnAir: 0.56,
    band: 'n41',
    far: { band: 'n28', part: { rural: 0.3, suburban: 0.12, urban: 0, dense_urban: 0 } },
    sharedMasts: 0,
  },
  { operator: 'vinaphone', ofAll: 0.3, ofOnAir: 0.26, band: 'n78', sharedMasts: 0.3 },
  { operator: 'mobifone', ofAll: 0.25, ofOnAir: 0.18, band: 'n77', sharedMasts: 0.3 },
];

/** How strongly sites follow people: the weight of a cell is its people to this power. */
export const FOLLOW_PEOPLE = 0.85;

/** One operator's sites before they have masts: cells in ascending order, and the band in each. */
export interface Plan {
  operator: Operator;
  cells: Uint32Array;
  /** Into `BANDS`. */
  bands: Uint8Array;
}

/**
 * Plans of all the operators, by the `weights` of the cells. Each sends the part `spread` of its sites where nobody, itself
 * included, reaches yet, and the others where people are. `reach` is cleared, and holds what they
 * all reach in the end.
 */
export function planAll(
  land: Land,
  count: number,
  spread: number,
  weights: Float32Array,
  reach: Reach,
  seed: number,
): Plan[] {
  const counts = apportion(
    count,
    SHARES.map((share) => share.ofAll),
  );
  reach.clear();
  let firstMasts: Uint32Array | undefined;
  return SHARES.map((share, i) => {
    const random = new Random(seed, `5g sites ${share.operator}`);
    const all = counts[i] ?? 0;
    const apart = Math.round(all * spread);
    const near = drawCells(weights, all - apart, random.next());
    const masts = firstMasts;
    if (masts)
      for (const [j, cell] of near.entries())
        if (random.chance(share.sharedMasts)) near[j] = nearestInOrder(masts, cell);
    firstMasts ??= near;
    reachFrom(land, near, share, reach, seed);
    let far = drawCells(weightsWithout(weights, reach.reached), apart, random.next());
    // Nobody is left unreached: then these, too, go where people are.
    if (far.length < apart) far = drawCells(weights, apart, random.next());
    reachFrom(land, far, share, reach, seed);

    const cells = new Uint32Array(near.length + far.length);
    cells.set(near);
    cells.set(far, near.length);
    cells.sort();
    return { operator: share.operator, cells, bands: bandsIn(land, cells, share, seed) };
  });
}

function reachFrom(land: Land, cells: Uint32Array, share: Share, reach: Reach, seed: number): void {
  const bands = bandsIn(land, cells, share, seed);
  for (const [i, cell] of cells.entries())
    reach.addAt(...land.middle(cell), radiusIn(land, cell, bands[i] ?? 0));
}

/** The band in each cell, by what surrounds it; the same cell has the same band every time. */
function bandsIn(land: Land, cells: Uint32Array, share: Share, seed: number): Uint8Array {
  const { far } = share;
  const band = BANDS.indexOf(share.band);
  const farBand = far ? BANDS.indexOf(far.band) : band;
  return Uint8Array.from(cells, (cell) => {
    const place = SURROUNDINGS[land.grid.surroundings[cell] ?? 0] ?? 'rural';
    return far && scattered(cell, seed) < far.part[place] ? farBand : band;
  });
}

/** A number 0–1 for each cell, all over the place (the mixing step of MurmurHash 3). */
function scattered(cell: number, seed: number): number {
  let hash = Math.imul(cell ^ seed, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 0x1_0000_0000;
}

/** The sites of the plans on their masts: operator by operator, cell by cell. */
export function putOnMasts(land: Land, plans: readonly Plan[], seed: number): Site[] {
  const sites: Site[] = [];
  for (const { operator, cells, bands } of plans) {
    let mast = 0;
    for (const [i, cell] of cells.entries()) {
      mast = cell === cells[i - 1] ? mast + 1 : 0;
      const [lon, lat] = land.mast(cell, mast, seed);
      const commune = land.grid.commune[cell] ?? 0;
      sites.push({ lon, lat, cell, commune, operator, band: bands[i] ?? 0 });
    }
  }
  return sites;
}

/**
 * The sites in the order in which they go on air, each operator's own. `beta` 0: anywhere; the
 * larger, the more surely where people live densely first. (A weighted order without replacement:
 * exponential clocks, the rate of each the density of its commune to the power of `beta`.)
 */
export function inOrderOfRollOut(
  land: Land,
  sites: readonly Site[],
  beta: number,
  seed: number,
): Map<Operator, Site[]> {
  const random = new Random(seed, '5g order');
  // Some communes are early or late for reasons of their own.
  const favour = land.communes.map(() => random.between(-0.7, 0.7));
  const clocks = new Float64Array(sites.length);
  const densities = densitiesForRollOut(land);
  for (const [i, { commune }] of sites.entries()) {
    const density = Math.log(Math.max(densities[commune] ?? 0, 1));
    clocks[i] = Math.log(-Math.log(1 - random.next())) - beta * (density + (favour[commune] ?? 0));
  }
  const order = new Map<Operator, Site[]>();
  const byClock = Uint32Array.from(sites, (_, i) => i);
  byClock.sort((a, b) => (clocks[a] ?? 0) - (clocks[b] ?? 0));
  for (const i of byClock) {
    const site = sites[i];
    if (!site) continue;
    const own = order.get(site.operator);
    if (own) own.push(site);
    else order.set(site.operator, [site]);
  }
  return order;
}

/** Every province's seat is a town to the operators, however small. */
const SEAT_COMMUNES = 3;
const SEAT_PER_KM2 = 5_000;

function densitiesForRollOut({ communes, provinces, density }: Land): Float64Array {
  const densities = density.slice();
  const densestFirst = communes.map((_, i) => i);
  densestFirst.sort((a, b) => (density[b] ?? 0) - (density[a] ?? 0) || a - b);
  for (const { code } of provinces) {
    const own = densestFirst.filter((i) => communes[i]?.province === code);
    for (const i of own.slice(0, SEAT_COMMUNES))
      densities[i] = Math.max(densities[i] ?? 0, SEAT_PER_KM2);
  }
  return densities;
}

/** How many of `count` stations on air are each operator's. */
export function onAirByOperator(count: number): Map<Operator, number> {
  const counts = apportion(
    count,
    SHARES.map((share) => share.ofOnAir),
  );
  return new Map(SHARES.map((share, i) => [share.operator, counts[i] ?? 0]));
}
