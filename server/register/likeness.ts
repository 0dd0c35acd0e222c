/**
 * Which accepted stations of one operator are probably one and the same, entered twice. Pure. Places
 * are compared on the plane, by squares of 50 m.
 */
import type { Likeness } from '../../data/wire/register.ts';
import { METRES_PER_DEGREE, metresPerDegreeOfLongitude } from '../coverage/plane.ts';

/** Nearer than this, two masts are one. */
const HARDLY_APART_M = 50;
/** Sides of a square, degrees: at least as long as that, anywhere in the model's window. */
const SIDE_LAT = HARDLY_APART_M / METRES_PER_DEGREE;
const SIDE_LON = HARDLY_APART_M / metresPerDegreeOfLongitude(25);

/** What is compared of a station. */
export interface Likened {
  id: number;
  operator: string;
  band: string;
  name: string;
  commune: number;
  lon: number;
  lat: number;
  /** A day, `YYYY-MM-DD`. */
  acceptedOn: string;
  document: string;
}

/** What is found of a station that is like others. */
export interface Found {
  /** Index of the one of them that counts: the first accepted. */
  first: number;
  likeness: Set<Likeness>;
  nearestM: number;
}

/** By index, those that are like another one. */
export function alike(stations: readonly Likened[]): Map<number, Found> {
  const joined = new Joined(stations.length);
  const found = new Map<number, Omit<Found, 'first'>>();
  const join = (a: number, b: number, why: Likeness): void => {
    joined.join(a, b);
    const apart = metresBetween(stations[a], stations[b]);
    for (const index of [a, b]) {
      const known = found.get(index) ?? { likeness: new Set(), nearestM: Infinity };
      known.likeness.add(why);
      known.nearestM = Math.min(known.nearestM, apart);
      found.set(index, known);
    }
  };
  for (const [a, b] of hardlyApart(stations)) {
    const [one, two] = [stations[a], stations[b]];
    if (one?.band === two?.band) join(a, b, 'place');
    if (one?.document === two?.document) join(a, b, 'document');
  }
  for (const [a, b] of ofOneName(stations)) join(a, b, 'name');

  const firsts = new Map<number, number>();
  for (const index of [...found.keys()].sort((a, b) => earlier(stations[a], stations[b]))) {
    const group = joined.of(index);
    if (!firsts.has(group)) firsts.set(group, index);
  }
  return new Map(
    [...found].map(([index, what]) => [
      index,
      { ...what, first: firsts.get(joined.of(index)) ?? index },
    ]),
  );
}

function earlier(a: Likened | undefined, b: Likened | undefined): number {
  if (!a || !b) return 0;
  return a.acceptedOn.localeCompare(b.acceptedOn) || a.id - b.id;
}

/** Pairs of indexes of one operator's stations, each pair once. */
function* hardlyApart(stations: readonly Likened[]): Generator<[number, number]> {
  const squares = new Map<string, number[]>();
  const squareOf = ({ lon, lat }: Likened): [number, number] => [
    Math.floor(lon / SIDE_LON),
    Math.floor(lat / SIDE_LAT),
  ];
  for (const [index, station] of stations.entries()) {
    const [x, y] = squareOf(station);
    for (let dx = -1; dx <= 1; dx++)
      for (let dy = -1; dy <= 1; dy++)
        for (const before of squares.get(`${station.operator} ${x + dx} ${y + dy}`) ?? [])
          if (metresBetween(stations[before], station) <= HARDLY_APART_M) yield [before, index];
    const key = `${station.operator} ${x} ${y}`;
    const there = squares.get(key);
    if (there) there.push(index);
    else squares.set(key, [index]);
  }
}

/** Each station of a name with the one of that name before it. */
function* ofOneName(stations: readonly Likened[]): Generator<[number, number]> {
  const named = new Map<string, number>();
  for (const [index, { operator, commune, name }] of stations.entries()) {
    if (commune === 0) continue;
    const key = `${operator} ${commune} ${name.toLocaleLowerCase('vi')}`;
    const before = named.get(key);
    if (before !== undefined) yield [before, index];
    named.set(key, index);
  }
}

function metresBetween(a: Likened | undefined, b: Likened | undefined): number {
  if (!a || !b) return Infinity;
  const east = (a.lon - b.lon) * metresPerDegreeOfLongitude(b.lat);
  const north = (a.lat - b.lat) * METRES_PER_DEGREE;
  return Math.hypot(east, north);
}

/** Things joined into groups (union–find, with the paths cut short on the way). */
class Joined {
  readonly #above: Int32Array;

  constructor(count: number) {
    this.#above = Int32Array.from({ length: count }, (_, index) => index);
  }

  of(index: number): number {
    let at = index;
    for (let above = this.#above[at] ?? at; above !== at; above = this.#above[at] ?? at) {
      this.#above[at] = this.#above[above] ?? above;
      at = above;
    }
    return at;
  }

  join(a: number, b: number): void {
    this.#above[this.of(a)] = this.of(b);
  }
}
