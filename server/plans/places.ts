/**
 * Where sites may stand: masts that stand already, middles of communes, the most populous cell of
 * each cluster, and a lattice over everything that is still to be covered. Always in this order, and
 * within each kind from south to north or as the grid goes: the same question has the same places.
 */
import { SITE_KINDS, type SiteKind } from '../../data/wire/plans.ts';
import { communeNumberOf } from '../../data/model/unit.ts';
import type { PeopleField } from '../coverage/field.ts';
import type { NearestPlace } from '../coverage/nearest.ts';
import { METRES_PER_DEGREE } from '../coverage/plane.ts';
import type { Question } from './question.ts';

export interface Place {
  lon: number;
  lat: number;
  kind: SiteKind;
  heightM: number;
  /** Index into the grid's communes. */
  commune: number;
  /** Index into `SURROUNDINGS`. */
  surroundings: number;
}

/** Up to so many cells each is a candidate; of more, one in each square of `THINNED_M`. */
const EVERY_CELL = 100_000;
const THINNED_M = 700;
/** Side of the squares among which clusters have their peaks: about a dozen cells each. */
const PEAK_M = 1_200;

/** Places as columns: there are up to a million of them. */
export class Places {
  count = 0;
  #lon: Float64Array;
  #lat: Float64Array;
  #heightM: Float64Array;
  #commune: Uint16Array;
  #surroundings: Uint8Array;
  #kind: Uint8Array;

  constructor(most: number) {
    this.#lon = new Float64Array(most);
    this.#lat = new Float64Array(most);
    this.#heightM = new Float64Array(most);
    this.#commune = new Uint16Array(most);
    this.#surroundings = new Uint8Array(most);
    this.#kind = new Uint8Array(most);
  }

  add({ lon, lat, heightM, commune, surroundings, kind }: Place): void {
    const at = this.count++;
    this.#lon[at] = lon;
    this.#lat[at] = lat;
    this.#heightM[at] = heightM;
    this.#commune[at] = commune;
    this.#surroundings[at] = surroundings;
    this.#kind[at] = SITE_KINDS.indexOf(kind);
  }

  at(index: number): Place {
    return {
      lon: this.#lon[index] ?? NaN,
      lat: this.#lat[index] ?? NaN,
      heightM: this.#heightM[index] ?? NaN,
      commune: this.#commune[index] ?? 0,
      surroundings: this.#surroundings[index] ?? 0,
      kind: SITE_KINDS[this.#kind[index] ?? 0] ?? 'lattice',
    };
  }
}

/**
 * The places of a question, those too far from the network left out. `weights` by cell of the field:
 * what is worth nothing needs no site.
 */
export function placesFor(
  { grid, request, inside, centres, masts }: Question,
  field: PeopleField,
  weights: Float64Array,
  nodes: NearestPlace,
): Places {
  const standing = mastsIn(masts, communeIndexes(grid.communes));
  const peaks = peaksOf(field, weights);
  const lattice = latticeOf(field, weights, new Set(peaks));
  const places = new Places(standing.length + grid.communes.length + peaks.length + lattice.length);
  const { heightM } = request;
  const { nodeWithinM } = request.limits;
  const add = (place: Place): void => {
    const { lon, lat } = place;
    if (nodeWithinM === undefined || (nodes.distanceM(lon, lat) ?? Infinity) <= nodeWithinM)
      places.add(place);
  };
  for (const { lon, lat, commune, heightM } of standing) {
    if (inside[commune] !== 1) continue;
    const surroundings = field.surroundingsAt(lon, lat);
    add({ lon, lat, commune, heightM, surroundings, kind: 'mast' });
  }
  for (let commune = 0; commune < grid.communes.length; commune++) {
    if (inside[commune] !== 1) continue;
    const lon = microdegrees(centres[commune * 2] ?? NaN);
    const lat = microdegrees(centres[commune * 2 + 1] ?? NaN);
    const surroundings = field.surroundingsAt(lon, lat);
    add({ lon, lat, commune, heightM, surroundings, kind: 'centre' });
  }
  const onCells = (cells: readonly number[], kind: SiteKind): void => {
    for (const cell of cells)
      add({
        lon: microdegrees(field.lonOf(cell)),
        lat: microdegrees(field.latOf(cell)),
        commune: field.commune[cell] ?? 0,
        heightM,
        surroundings: field.surroundingsOf(cell),
        kind,
      });
  };
  onCells(peaks, 'cluster');
  onCells(lattice, 'lattice');
  return places;
}

/** As a station's place is kept, so that a site built there reaches what was reckoned. */
function microdegrees(degrees: number): number {
  return Math.round(degrees * 1e6) / 1e6;
}

function communeIndexes(codes: readonly string[]): ReadonlyMap<number, number> {
  return new Map(codes.map((code, index) => [communeNumberOf(code), index]));
}

interface Mast {
  lon: number;
  lat: number;
  heightM: number;
  commune: number;
}

/** Stations at one place stand on one mast, as high as the highest of them. */
function mastsIn(
  { position, commune, heightM }: Question['masts'],
  indexes: ReadonlyMap<number, number>,
): Mast[] {
  const found = new Map<string, Mast>();
  for (let i = 0; i < commune.length; i++) {
    const [lon = NaN, lat = NaN] = position.subarray(i * 2, i * 2 + 2);
    const index = indexes.get(commune[i] ?? 0);
    if (index === undefined) continue;
    const key = `${lon} ${lat}`;
    const height = heightM[i] ?? 0;
    const known = found.get(key);
    if (!known) found.set(key, { lon, lat, heightM: height, commune: index });
    else known.heightM = Math.max(known.heightM, height);
  }
  return [...found.values()].sort((a, b) => a.lat - b.lat || a.lon - b.lon);
}

/** Squares of a side in metres over a field, numbered row by row. */
function squaresOver(field: PeopleField, sideM: number) {
  const step = sideM / METRES_PER_DEGREE;
  const columns = Math.ceil(360 / step);
  return {
    columns,
    of(cell: number): number {
      const row = Math.floor(field.latOf(cell) / step);
      const east = Math.cos(((row + 0.5) * step * Math.PI) / 180);
      return row * columns + Math.floor((field.lonOf(cell) * east) / step);
    },
  };
}

/** The heaviest cell of each square that outweighs its eight neighbours. */
function peaksOf(field: PeopleField, weights: Float64Array): number[] {
  const squares = squaresOver(field, PEAK_M);
  const found = new Map<number, { weight: number; cell: number }>();
  for (let cell = 0; cell < weights.length; cell++) {
    const weight = weights[cell] ?? 0;
    if (weight === 0) continue;
    const square = squares.of(cell);
    const known = found.get(square);
    if (!known) found.set(square, { weight, cell });
    else {
      known.weight += weight;
      if (weight > (weights[known.cell] ?? 0)) known.cell = cell;
    }
  }
  const around = [-1, 0, 1].flatMap((row) => [-1, 0, 1].map((by) => row * squares.columns + by));
  return [...found]
    .filter(([square, { weight }]) =>
      around.every((by) => by === 0 || (found.get(square + by)?.weight ?? 0) < weight),
    )
    .map(([, { cell }]) => cell)
    .sort((a, b) => a - b);
}

/** Every cell that weighs something, or the first of each square where there are too many. */
function latticeOf(
  field: PeopleField,
  weights: Float64Array,
  without: ReadonlySet<number>,
): number[] {
  const heavy = weights.reduce((count, weight) => count + Number(weight > 0), 0);
  const squares = heavy > EVERY_CELL ? squaresOver(field, THINNED_M) : undefined;
  const seen = new Set<number>();
  const cells: number[] = [];
  for (let cell = 0; cell < weights.length; cell++) {
    if ((weights[cell] ?? 0) === 0 || without.has(cell)) continue;
    if (squares) {
      const square = squares.of(cell);
      if (seen.has(square)) continue;
      seen.add(square);
    }
    cells.push(cell);
  }
  return cells;
}
