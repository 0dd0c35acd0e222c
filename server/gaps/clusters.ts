/**
 * People without a signal as places. In one commune, the cells that nobody covers fall into connected
 * clusters; one that is wider than a single new site would reach is cut: its most populous cell takes
 * the cells connected with it that a site there reaches, then the most populous of what is left, and
 * once half is taken, the connected parts of the rest are clusters that are cut in the same way.
 *
 * A cell where nobody lives is in no gap, but it connects those beside it: one site serves the houses
 * on both sides of an empty field. Of equally populous cells the one nearest to the middle of the
 * cluster's people comes first, so that a site does not begin at the edge. What comes out depends on
 * the commune's cells alone, never on the order in which things happened.
 */
import type { PeopleField } from '../coverage/field.ts';
import { MOST_NEIGHBOURS, neighboursOf } from './neighbours.ts';
import { METRES_PER_DEGREE, metresPerDegreeOfLongitude } from '../coverage/plane.ts';

export interface Cluster {
  /** Its most populous cell, which names it; a new site there reaches all of it. */
  cell: number;
  people: number;
  /** How many cells, all inhabited. */
  cells: number;
}

/** The clusters of one commune. */
export interface Clusters {
  list: readonly Cluster[];
  /** For each cell of the commune 1 + the index of its cluster in `list`, 0 for none. */
  numbers: Uint16Array;
}

/** What a commune's clusters are made on. */
export interface Uncovered {
  field: PeopleField;
  /** Whether nobody covers a cell. */
  uncovered(cell: number): boolean;
  /** Finds the cells that a new site in a cell would reach: the first of `field.found`. */
  reach(cell: number): number;
  /** One byte for each cell of the field, all zero: room to work in, left as it was. */
  reached: Uint8Array;
}

/**
 * The clusters in `cells`, those of one commune; rests after each, because a method may take a good
 * part of a millisecond to say what a site reaches.
 */
export function* clustersIn(cells: Uint32Array, land: Uncovered): Generator<void, Clusters> {
  const { field, reached } = land;
  const open = cells.filter((cell) => land.uncovered(cell));
  const people = Int32Array.from(open, (cell) => field.people[cell] ?? 0);
  const neighbours = neighboursOf(field, open);
  const taken = new Uint16Array(open.length);
  const list: Cluster[] = [];

  /** The cells connected with one through those not taken, all or those that are reached. */
  const found = new Int32Array(open.length);
  const seen = new Uint32Array(open.length);
  let walk = 0;
  const connectedWith = (start: number, onlyReached: boolean): number => {
    walk++;
    seen[start] = walk;
    found[0] = start;
    let count = 1;
    for (let done = 0; done < count; done++) {
      const from = (found[done] ?? 0) * MOST_NEIGHBOURS;
      for (let i = from; i < from + MOST_NEIGHBOURS; i++) {
        const next = neighbours[i] ?? -1;
        if (next < 0) break;
        if (seen[next] === walk || taken[next] !== 0) continue;
        if (onlyReached && reached[open[next] ?? 0] === 0) continue;
        seen[next] = walk;
        found[count++] = next;
      }
    }
    return count;
  };

  /** Makes a cluster of what a site in a cell reaches. */
  const take = (seed: number): Cluster => {
    const cluster: Cluster = { cell: open[seed] ?? 0, people: 0, cells: 0 };
    const count = land.reach(cluster.cell);
    const inReach = field.found;
    for (let i = 0; i < count; i++) reached[inReach[i] ?? 0] = 1;
    const members = connectedWith(seed, true);
    for (let i = 0; i < count; i++) reached[inReach[i] ?? 0] = 0;
    list.push(cluster);
    for (let i = 0; i < members; i++) {
      const one = found[i] ?? 0;
      const here = people[one] ?? 0;
      if (here === 0) continue;
      taken[one] = list.length;
      cluster.people += here;
      cluster.cells++;
    }
    return cluster;
  };

  const waiting = [Int32Array.from(open.keys()).filter((i) => people[i] !== 0)];
  for (let some = waiting.pop(); some; some = waiting.pop()) {
    const before = walk;
    for (const start of some) {
      if (taken[start] !== 0 || (seen[start] ?? 0) > before) continue;
      const connected = found
        .subarray(0, connectedWith(start, false))
        .filter((i) => people[i] !== 0);
      const queue = new Queue(connected, open, field);
      let left = connected.length;
      while (left > connected.length / 2) {
        const cluster = take(queue.next(taken));
        left -= cluster.cells;
        yield;
      }
      if (left > 0) waiting.push(connected.filter((i) => taken[i] === 0));
    }
  }
  return { list, numbers: spreadOver(cells, open, taken) };
}

/** The inhabited cells of a cluster, in the order in which they may take others. */
class Queue {
  readonly #cells: Int32Array;
  #count: number;
  readonly #people: Int32Array;
  /** Distance from the middle of the cluster's people, squared, in square metres. */
  readonly #off: Float64Array;

  constructor(cells: Int32Array, open: Uint32Array, field: PeopleField) {
    this.#cells = cells.slice();
    this.#count = cells.length;
    this.#people = cells.map((i) => field.people[open[i] ?? 0] ?? 0);
    this.#off = new Float64Array(cells.length);
    let sum = 0;
    let lon = 0;
    let lat = 0;
    cells.forEach((i, place) => {
      const here = this.#people[place] ?? 0;
      sum += here;
      lon += field.lonOf(open[i] ?? 0) * here;
      lat += field.latOf(open[i] ?? 0) * here;
    });
    lon /= sum;
    lat /= sum;
    const metresPerLon = metresPerDegreeOfLongitude(lat);
    cells.forEach((i, place) => {
      const east = (field.lonOf(open[i] ?? 0) - lon) * metresPerLon;
      const north = (field.latOf(open[i] ?? 0) - lat) * METRES_PER_DEGREE;
      this.#off[place] = east * east + north * north;
    });
  }

  /** The most populous that is not taken, of several the nearest to the middle; there must be one. */
  next(taken: Uint16Array): number {
    let next = 0;
    let most = 0;
    let least = Infinity;
    let count = 0;
    for (let place = 0; place < this.#count; place++) {
      const i = this.#cells[place] ?? 0;
      if (taken[i] !== 0) continue;
      const people = this.#people[place] ?? 0;
      const off = this.#off[place] ?? 0;
      this.#cells[count] = i;
      this.#people[count] = people;
      this.#off[count++] = off;
      if (people < most || (people === most && off >= least)) continue;
      next = i;
      most = people;
      least = off;
    }
    this.#count = count;
    return next;
  }
}

/** Numbers of the open cells laid over all cells, of which they are some, in the same order. */
function spreadOver(cells: Uint32Array, open: Uint32Array, numbers: Uint16Array): Uint16Array {
  const spread = new Uint16Array(cells.length);
  let next = 0;
  for (let place = 0; place < cells.length; place++)
    if (cells[place] === open[next]) spread[place] = numbers[next++] ?? 0;
  return spread;
}
