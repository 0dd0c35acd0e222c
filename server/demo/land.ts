/**
 * The land that the demo country is built on: the people grid with its communes, in the forms in
 * which the stages ask for it. "Cell" is an index into the grid throughout, "commune" one into its
 * `communes`.
 */
import { PeopleField } from '../coverage/field.ts';
import { METRES_PER_DEGREE, metresPerDegreeOfLongitude } from '../coverage/plane.ts';
import type { Commune, PeopleGrid, Province } from '../territory/territory.ts';
import { Random } from './random.ts';

/** What the generator is given of the territory: plain data, so that it can go to a worker. */
export interface DemoTerritory {
  grid: PeopleGrid;
  provinces: readonly Province[];
  communes: readonly Commune[];
  /** A place inside each province and commune, `[lon, lat]` in degrees, by code. */
  centres: Readonly<Record<string, readonly [number, number]>>;
}

/** The six neighbours of a cell of resolution 9 are nearer than this. */
const NEIGHBOURS_WITHIN_M = 480;
/** Inside the circle within a hexagon; and less than half the way to the next one. */
const OFF_CENTRE_M = 150;
const MOST_OF_WAY = 0.42;

/** Metres between two near places in degrees, on the plane that the coverage engine uses. */
export function metresBetween(lon: number, lat: number, lon2: number, lat2: number): number {
  const x = (lon2 - lon) * Math.cos((lat * Math.PI) / 180);
  return Math.hypot(x, lat2 - lat) * METRES_PER_DEGREE;
}

/** The place some metres east and north of another, rounded to a micro-degree. */
export function placeAt(lon: number, lat: number, eastM: number, northM: number): [number, number] {
  const metresPerLon = metresPerDegreeOfLongitude(lat);
  return [microdegrees(lon + eastM / metresPerLon), microdegrees(lat + northM / METRES_PER_DEGREE)];
}

function microdegrees(degrees: number): number {
  return Math.round(degrees * 1e6) / 1e6;
}

export class Land {
  readonly grid: PeopleGrid;
  readonly provinces: readonly Province[];
  /** In the order of the grid. */
  readonly communes: readonly Commune[];
  /** People per km² of each commune. */
  readonly density: Float64Array;
  readonly people: number;
  readonly #centres: DemoTerritory['centres'];
  readonly #field: PeopleField;
  readonly #starts: Uint32Array;
  readonly #cells: Uint32Array;

  constructor({ grid, provinces, communes, centres }: DemoTerritory) {
    this.grid = grid;
    this.provinces = provinces;
    this.#centres = centres;
    const byCode = new Map(communes.map((commune) => [commune.code, commune]));
    this.communes = grid.communes.map((code) => {
      const commune = byCode.get(code);
      if (!commune) throw new Error(`the people grid has commune ${code}, the territory has not`);
      return commune;
    });
    this.density = Float64Array.from(
      this.communes,
      ({ population, areaKm2 }) => population / Math.max(areaKm2, 0.01),
    );
    this.people = grid.people.reduce((sum, people) => sum + people, 0);

    // A field whose "people" are the cells' own numbers tells which cells it found.
    const numbers = new Int32Array(grid.count);
    for (let cell = 0; cell < grid.count; cell++) numbers[cell] = cell;
    this.#field = new PeopleField({ ...grid, people: numbers });

    const starts = new Uint32Array(grid.communes.length + 1);
    for (let cell = 0; cell < grid.count; cell++) {
      const next = (grid.commune[cell] ?? 0) + 1;
      starts[next] = (starts[next] ?? 0) + 1;
    }
    for (let i = 1; i < starts.length; i++) starts[i] = (starts[i] ?? 0) + (starts[i - 1] ?? 0);
    this.#starts = starts;
    this.#cells = new Uint32Array(grid.count);
    const next = starts.slice();
    for (let cell = 0; cell < grid.count; cell++) {
      const commune = grid.commune[cell] ?? 0;
      const place = next[commune] ?? 0;
      next[commune] = place + 1;
      this.#cells[place] = cell;
    }
  }

  /** Cells of a commune, in the order of the grid. */
  cellsOf(commune: number): Uint32Array {
    return this.#cells.subarray(this.#starts[commune], this.#starts[commune + 1]);
  }

  provinceOf(commune: number): string {
    return this.communes[commune]?.province ?? '';
  }

  /** A place inside a unit: its centre where the territory gives one. */
  centreOf(code: string): readonly [number, number] {
    const centre = this.#centres[code];
    if (!centre) throw new Error(`the territory gives no centre of unit ${code}`);
    return centre;
  }

  /** Numbers of the cells with their centre within `radiusM` of a place; good until asked again. */
  within(lon: number, lat: number, radiusM: number): Int32Array {
    const count = this.#field.within(lon, lat, radiusM);
    const { found, people: numbers } = this.#field;
    for (let i = 0; i < count; i++) found[i] = numbers[found[i] ?? 0] ?? 0;
    return found.subarray(0, count);
  }

  /** Centre of a cell. */
  middle(cell: number): [number, number] {
    return [this.grid.lon[cell] ?? 0, this.grid.lat[cell] ?? 0];
  }

  /** The cell of a commune with its centre nearest to a place, within `radiusM`; or undefined. */
  nearestOf(commune: number, lon: number, lat: number, radiusM: number): number | undefined {
    let nearest: number | undefined;
    let least = Infinity;
    for (const cell of this.within(lon, lat, radiusM)) {
      if (this.grid.commune[cell] !== commune) continue;
      const distance = metresBetween(lon, lat, ...this.middle(cell));
      if (distance < least) [nearest, least] = [cell, distance];
    }
    return nearest;
  }

  /**
   * Where the mast with a number stands in a cell: always the same place, so that operators who ask
   * for the same mast share it.
   */
  mast(cell: number, number: number, seed: number): [number, number] {
    return this.spot(cell, new Random(seed, `mast ${cell} ${number}`));
  }

  /** A place in a cell that is in the cell's commune too. */
  spot(cell: number, random: Random): [number, number] {
    const [lon, lat] = this.middle(cell);
    const commune = this.grid.commune[cell];
    const around = this.within(lon, lat, NEIGHBOURS_WITHIN_M);
    let own = 0;
    for (const near of around) if (this.grid.commune[near] === commune) around[own++] = near;
    if (own === 7 && around.length === 7) {
      const angle = random.between(0, 2 * Math.PI);
      const off = OFF_CENTRE_M * Math.sqrt(random.next());
      return placeAt(lon, lat, off * Math.cos(angle), off * Math.sin(angle));
    }
    // A border runs through or by: only towards another cell's centre is the ground sure.
    const [lonThere, latThere] = this.middle(around[random.below(own)] ?? cell);
    const way = random.between(0, MOST_OF_WAY);
    return [microdegrees(lon + (lonThere - lon) * way), microdegrees(lat + (latThere - lat) * way)];
  }
}
