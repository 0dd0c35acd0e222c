/**
 * Where the hamlets without a signal lie. They are placed before any station, in sparse cells far
 * from their commune's centre, so that the stations can keep their footprints off them.
 */
import type { HAMLET_SOLUTIONS } from '../../data/model/things.ts';
import type { DemoFigures } from './figures.ts';
import { metresBetween, type Land } from './land.ts';
import { hamletName } from './names.ts';
import type { Random } from './random.ts';

export interface DemoHamlet {
  name: string;
  lon: number;
  lat: number;
  commune: number;
  people: number;
  households: number;
  gridPower: boolean;
  speciallyDisadvantaged: boolean;
  /** How it was given its signal before the end of the past; null: still without. */
  solution: Solution | null;
}

type Solution = (typeof HAMLET_SOLUTIONS)[number];

/** Provinces with mountain communes, by code. */
const MOUNTAIN_PROVINCES = new Set('04 08 11 12 14 15 19 20 25 38 40 44 48 51 52 66 68'.split(' '));
/** Communes are taken to be specially disadvantaged, where the pack does not say, below this. */
const SPARSE_PER_KM2 = 110;
const PEOPLE_PER_HOUSEHOLD = 4.6;

/** Part of the solved ones that were given a station of their own. */
const STATION_PART = 0.82;
const OTHER_SOLUTIONS = ['repeater', 'satellite', 'moved'] as const;

/**
 * Metres between hamlets: the station that solves one must not reach another that is still without,
 * so these are farther apart than it reaches. Where the country is small, they move together.
 */
const APART_M = 2_500;
const APART_FROM_RESOLVED_M = 5_200;
const TRIES = 60;

/** Hamlets open at the end and those solved by then, in a mixed order. */
export function placeHamlets(land: Land, figures: DemoFigures, random: Random): DemoHamlet[] {
  const { disadvantaged, others } = sparseCommunes(land);
  const ordinary = figures.hamlets - figures.hamletsDisadvantaged;
  const wanted = [
    ...wishes(figures.hamletsDisadvantaged, disadvantaged, false, true),
    ...wishes(ordinary, others, false, false),
    ...wishes(figures.hamletsResolved, disadvantaged, true, true),
  ];
  const placed: DemoHamlet[] = [];
  const near = new Neighbourhoods();
  for (const { communes, resolved, speciallyDisadvantaged } of wanted) {
    const [lon, lat, commune] = freePlace(land, communes, random, (x, y, ease) =>
      near.free(placed, x, y, resolved, ease),
    );
    const people = Math.round(50 + 330 * random.next() ** 2);
    near.add(lon, lat, placed.length);
    placed.push({
      name: hamletName(random, lat),
      lon,
      lat,
      commune,
      people,
      households: Math.max(8, Math.round(people / PEOPLE_PER_HOUSEHOLD)),
      gridPower: resolved && random.chance(0.8),
      speciallyDisadvantaged,
      solution: resolved ? solution(random) : null,
    });
  }
  givePower(placed, figures.hamletsWithPower, random);
  return placed;
}

function solution(random: Random): Solution {
  return random.chance(STATION_PART) ? 'station' : random.pick(OTHER_SOLUTIONS);
}

function wishes(
  count: number,
  communes: readonly number[],
  resolved: boolean,
  speciallyDisadvantaged: boolean,
) {
  return Array.from({ length: count }, () => ({ communes, resolved, speciallyDisadvantaged }));
}

/** Communes of the mountains in which hamlets without a signal lie, and sparse ones elsewhere. */
function sparseCommunes(land: Land): { disadvantaged: number[]; others: number[] } {
  const { communes, density } = land;
  const all = communes.map((_, i) => i).filter((i) => land.cellsOf(i).length > 0);
  const bySparsity = all.sort((a, b) => (density[a] ?? 0) - (density[b] ?? 0) || a - b);
  const inhabited = bySparsity.filter((i) => (communes[i]?.population ?? 0) > 0);
  const told = communes.some((commune) => commune.speciallyDisadvantaged !== undefined);
  const disadvantaged = inhabited.filter((i) => {
    const commune = communes[i];
    if (!commune || commune.type !== 'commune') return false;
    if (!MOUNTAIN_PROVINCES.has(commune.province)) return false;
    return told ? commune.speciallyDisadvantaged === true : (density[i] ?? 0) < SPARSE_PER_KM2;
  });
  const hard = new Set(disadvantaged);
  const others = inhabited.filter(
    (i) => !hard.has(i) && communes[i]?.type === 'commune' && !communes[i]?.speciallyDisadvantaged,
  );
  // A territory without mountains (a test's) has them in its sparsest communes.
  const sparsest = inhabited.slice(0, Math.max(1, Math.ceil(inhabited.length / 3)));
  return {
    disadvantaged: disadvantaged.length > 0 ? disadvantaged : sparsest,
    others: others.length > 0 ? others.slice(0, 120) : inhabited,
  };
}

/** A place in one of the communes that is free and, of a few, the farthest from the centre. */
function freePlace(
  land: Land,
  communes: readonly number[],
  random: Random,
  free: (lon: number, lat: number, ease: number) => boolean,
): [lon: number, lat: number, commune: number] {
  let best: [number, number, number] | undefined;
  let farthest = -1;
  let candidates = 0;
  for (let attempt = 0; attempt < TRIES && candidates < 3; attempt++) {
    const commune = random.pick(communes);
    const cells = land.cellsOf(commune);
    const cell = cells[random.below(cells.length)] ?? 0;
    // Room runs out in a small country: the hamlets then move together, step by step.
    const ease = attempt < TRIES / 2 ? 1 : 1 - attempt / TRIES;
    const [lon, lat] = land.spot(cell, random);
    if (!free(lon, lat, ease) && attempt < TRIES - 1) continue;
    const code = land.communes[commune]?.code ?? '';
    const [centreLon, centreLat] = land.centreOf(code);
    const distance = metresBetween(centreLon, centreLat, lon, lat);
    candidates++;
    if (distance <= farthest) continue;
    farthest = distance;
    best = [lon, lat, commune];
  }
  if (!best) throw new Error('no commune has room for a hamlet without a signal');
  return best;
}

/** Exactly `count` of the open hamlets have grid power. */
function givePower(hamlets: DemoHamlet[], count: number, random: Random): void {
  const open = hamlets.filter((hamlet) => hamlet.solution === null);
  for (let left = count; left > 0 && open.length > 0; left--)
    open.splice(random.below(open.length), 1).forEach((hamlet) => (hamlet.gridPower = true));
}

const BIN_DEGREES = 0.06;

/** Which hamlets lie near a place: bins wider than any distance that is asked for. */
class Neighbourhoods {
  readonly #bins = new Map<number, number[]>();

  add(lon: number, lat: number, hamlet: number): void {
    const bin = binOf(lon, lat);
    const list = this.#bins.get(bin);
    if (list) list.push(hamlet);
    else this.#bins.set(bin, [hamlet]);
  }

  /** Whether `test` holds for one of the hamlets around a place. */
  some(lon: number, lat: number, test: (hamlet: number) => boolean): boolean {
    for (let dLon = -BIN_DEGREES; dLon <= BIN_DEGREES; dLon += BIN_DEGREES)
      for (let dLat = -BIN_DEGREES; dLat <= BIN_DEGREES; dLat += BIN_DEGREES)
        if (this.#bins.get(binOf(lon + dLon, lat + dLat))?.some(test)) return true;
    return false;
  }

  free(
    hamlets: readonly DemoHamlet[],
    lon: number,
    lat: number,
    resolved: boolean,
    ease: number,
  ): boolean {
    return !this.some(lon, lat, (i) => {
      const other = hamlets[i];
      if (!other) return false;
      const apart = (other.solution !== null) === resolved ? APART_M : APART_FROM_RESOLVED_M;
      return metresBetween(other.lon, other.lat, lon, lat) < apart * ease;
    });
  }
}

function binOf(lon: number, lat: number): number {
  return Math.floor(lat / BIN_DEGREES) * 100_000 + Math.floor(lon / BIN_DEGREES);
}

/** Metres by which a footprint stays away from a hamlet: more than a cell is wide. */
const CLEARANCE_M = 260;

/** Tells whether a footprint would reach a hamlet that must have none. */
export class HamletGuard {
  readonly #near = new Neighbourhoods();
  readonly #hamlets: readonly DemoHamlet[];

  constructor(hamlets: readonly DemoHamlet[]) {
    this.#hamlets = hamlets;
    for (const [i, { lon, lat }] of hamlets.entries()) this.#near.add(lon, lat, i);
  }

  reaches(lon: number, lat: number, radiusM: number): boolean {
    return this.#near.some(lon, lat, (i) => {
      const hamlet = this.#hamlets[i];
      if (!hamlet) return false;
      return metresBetween(lon, lat, hamlet.lon, hamlet.lat) < radiusM + CLEARANCE_M;
    });
  }
}
