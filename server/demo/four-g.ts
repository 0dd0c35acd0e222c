/**
 * The 4G layer under it all: stations laid over the land one beside the other until the wanted share
 * of the people is reached, then more that follow people, up to the number asked for. No footprint touches a hamlet that has no signal (or had none when the past
 * began); each hamlet solved by a station has one of its own.
 */
import { BANDS, type Band, type Operator } from '../../data/model/things.ts';
import { SURROUNDINGS, type Surroundings } from '../../data/radio/surroundings.ts';
import { drawCells, weightsByPeople } from './draw.ts';
import { apportion, type DemoFigures } from './figures.ts';
import type { Site } from './five-g.ts';
import type { Land } from './land.ts';
import { HamletGuard, type DemoHamlet } from './hamlets.ts';
import { Random } from './random.ts';
import { radiusIn, radiusOf, Reach } from './reach.ts';

/** The one whose stations reach out to everybody, and the parts of the others in the rest. */
const OUTREACH: Operator = 'viettel';
const PARTS: readonly { operator: Operator; part: number }[] = [
  { operator: 'vinaphone', part: 0.53 },
  { operator: 'mobifone', part: 0.47 },
];

/** Low bands carry far over land, high ones carry much in town. */
const BANDS_BY_PLACE: Record<Surroundings, readonly Band[]> = {
  rural: ['b28', 'b28', 'b8'],
  suburban: ['b28', 'b8', 'b28', 'b3'],
  urban: ['b28', 'b8', 'b3'],
  dense_urban: ['b3', 'b1', 'b8'],
};
const REACH_BAND = BANDS.indexOf('b28');
const HAMLET_BAND = BANDS.indexOf('b3');

/** Of all the stations, how many at most are there for reach. */
const MOST_FOR_REACH = 0.9;
const FOLLOW_PEOPLE = 0.7;
/** Cells drawn for each station wanted: the guard refuses some. */
const SPARE = 1.15;
/** Places tried for a station whose best place would reach a hamlet. */
const TRIES = 8;
const HAMLET_IN_SIGHT_M = 700;
/** Where no place was found, none is looked for this near. */
const HOPELESS_WITHIN_M = 800;

/** The 4G stations, each part operator by operator or commune by commune. */
export function fourG(
  land: Land,
  figures: DemoFigures,
  hamlets: readonly DemoHamlet[],
  guard: HamletGuard,
  seed: number,
): { sites: Site[]; forHamlets: Map<DemoHamlet, Site>; share: number } {
  const random = new Random(seed, '4g hamlets');
  const open = new HamletGuard(hamlets.filter(({ solution }) => solution === null));
  const forHamlets = new Map<DemoHamlet, Site>();
  for (const hamlet of hamlets)
    if (hamlet.solution === 'station')
      forHamlets.set(hamlet, stationFor(land, hamlet, open, random));

  const reach = new Reach(land);
  for (const site of forHamlets.values()) reach.add(site);
  const total = Math.max(0, figures.stations4g - forHamlets.size);
  const most = Math.round(total * MOST_FOR_REACH);
  const sites = laidOut(land, figures.share4g, most, guard, reach, seed);
  const weights = weightsByPeople(land.grid, FOLLOW_PEOPLE);
  for (let round = 0; sites.length < total && round < TRIES; round++) {
    const more = drawn(land, weights, total - sites.length, guard, `round ${round}`, seed);
    for (const site of more) reach.add(site);
    sites.push(...more);
  }
  return { sites, forHamlets, share: reach.share };
}

/** At most `count` stations where people are. */
function drawn(
  land: Land,
  weights: Float32Array,
  count: number,
  guard: HamletGuard,
  stream: string,
  seed: number,
): Site[] {
  const counts = apportion(
    count,
    PARTS.map(({ part }) => part),
  );
  return PARTS.flatMap(({ operator }, i) => {
    const random = new Random(seed, `4g ${stream} ${operator}`);
    const wanted = counts[i] ?? 0;
    const cells = drawCells(weights, Math.ceil(wanted * SPARE), random.next());
    const own: Site[] = [];
    for (const [taken, cell] of cells.entries()) {
      const place = SURROUNDINGS[land.grid.surroundings[cell] ?? 0] ?? 'rural';
      const band = BANDS.indexOf(random.pick(BANDS_BY_PLACE[place]));
      const site = siteAt(land, cell, operator, band, seed);
      if (guard.reaches(site.lon, site.lat, radiusOf(land, site))) continue;
      // Spares are left out all along the way, not at its end.
      const due = (wanted * (taken + 1)) / cells.length;
      if (own.length < Math.ceil(due)) own.push(site);
    }
    return own;
  });
}

/** Stations where people are without, the denser communes first, until the share is reached. */
function laidOut(
  land: Land,
  share: number,
  most: number,
  guard: HamletGuard,
  reach: Reach,
  seed: number,
): Site[] {
  const random = new Random(seed, '4g reach');
  const { grid, density } = land;
  const order = land.communes.map((_, i) => i);
  order.sort((a, b) => (density[b] ?? 0) - (density[a] ?? 0) || a - b);
  const sites: Site[] = [];
  const hopeless = new Uint8Array(grid.count);
  for (const commune of order)
    for (const cell of land.cellsOf(commune)) {
      if (reach.share >= share || sites.length >= most) return sites;
      if (reach.has(cell) || hopeless[cell] === 1 || grid.people[cell] === 0) continue;
      const site = siteToReach(land, cell, guard, reach, random, seed);
      if (site) {
        reach.add(site);
        sites.push(site);
      } else for (const c of land.within(...land.middle(cell), HOPELESS_WITHIN_M)) hopeless[c] = 1;
    }
  return sites;
}

/**
 * A station that reaches a cell, near the middle of the people without around it; where it would
 * reach a hamlet from there, another place, or a band that carries less far.
 */
function siteToReach(
  land: Land,
  cell: number,
  guard: HamletGuard,
  reach: Reach,
  random: Random,
  seed: number,
): Site | undefined {
  const { grid } = land;
  for (const band of [REACH_BAND, HAMLET_BAND]) {
    // Short of the full reach, so that the cell itself stays inside wherever the mast stands.
    const radiusM = 0.9 * radiusIn(land, cell, band);
    const around = land.within(...land.middle(cell), radiusM).slice();
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const at =
        attempt === 0
          ? middleOfWithout(land, around, reach)
          : (around[random.below(around.length)] ?? cell);
      // In denser surroundings a mast reaches less far: it must still reach the cell it is for.
      if (grid.surroundings[at] !== grid.surroundings[cell]) continue;
      if (guard.reaches(...land.middle(at), radiusIn(land, at, band))) continue;
      const site = siteAt(land, at, OUTREACH, band, seed);
      if (!guard.reaches(site.lon, site.lat, radiusOf(land, site))) return site;
    }
  }
  return undefined;
}

/** The one of some cells that is nearest to the middle of those not reached. */
function middleOfWithout(land: Land, cells: Int32Array, reach: Reach): number {
  const { lon, lat } = land.grid;
  let [east, north, without] = [0, 0, 0];
  for (const cell of cells) {
    if (reach.has(cell)) continue;
    east += lon[cell] ?? 0;
    north += lat[cell] ?? 0;
    without++;
  }
  return nearest(land, cells, east / without, north / without);
}

function nearest(land: Land, cells: Int32Array, lon: number, lat: number): number {
  let found = cells[0] ?? 0;
  let least = Infinity;
  for (const cell of cells) {
    const x = (land.grid.lon[cell] ?? 0) - lon;
    const y = (land.grid.lat[cell] ?? 0) - lat;
    const distance = x * x + y * y;
    if (distance < least) [found, least] = [cell, distance];
  }
  return found;
}

function siteAt(land: Land, cell: number, operator: Operator, band: number, seed: number): Site {
  // Operators on one mast in town, each on its own on the land.
  const [lon, lat] = land.mast(cell, 0, seed);
  return { lon, lat, cell, commune: land.grid.commune[cell] ?? 0, operator, band };
}

/** A mast within sight of a hamlet, in its commune, that does not reach one still without. */
function stationFor(land: Land, hamlet: DemoHamlet, open: HamletGuard, random: Random): Site {
  const { lon, lat, commune } = hamlet;
  const near = land.within(lon, lat, HAMLET_IN_SIGHT_M);
  const own = near.filter((cell) => land.grid.commune[cell] === commune);
  for (let attempt = 0; ; attempt++) {
    const cell = own[random.below(own.length)] ?? land.cellsOf(commune)[0] ?? 0;
    const [x, y] = land.spot(cell, random);
    const site = { lon: x, lat: y, cell, commune, operator: OUTREACH, band: HAMLET_BAND };
    if (attempt > TRIES || !open.reaches(site.lon, site.lat, radiusOf(land, site))) return site;
  }
}
