/**
 * People from wherever a source has them onto the cells of the grid. Who falls beside the grid, on a
 * cell that touches one of it, is taken to that one: a coast or a border is drawn differently in every
 * source. Who falls farther off is counted as outside.
 */
import { gridDisk, splitLongToH3Index } from 'h3-js';
import { cellAt, cellCentre, cellIndex, cellNumber } from '../territory/cells.ts';
import type { CellIndex } from './cell-index.ts';

/** Cells beside the grid that are remembered. */
const REMEMBERED = 500_000;

export class Placing {
  /** People on each cell of the grid, as the source has them: not yet whole. */
  readonly people: Float64Array;
  /** Of all people, those taken from a cell beside the grid, and those that fell outside. */
  total = 0;
  snapped = 0;
  outside = 0;
  readonly #index: CellIndex;
  readonly #beside = new Map<number, number>();

  constructor(cells: number, index: CellIndex) {
    this.people = new Float64Array(cells);
    this.#index = index;
  }

  /** People at a place, degrees. */
  add(lon: number, lat: number, people: number): void {
    this.addToCell(cellAt(lon, lat), people);
  }

  /** People on a cell of resolution 9, by its number. */
  addToCell(cell: number, people: number): void {
    this.total += people;
    const index = this.#index.find(cell);
    if (index >= 0) this.#put(index, people);
    else this.#putBeside(cell, people);
  }

  /** People shared equally over the cells of the grid among `length` from `first` on. */
  addToCells(first: number, length: number, people: number): void {
    const found: number[] = [];
    this.#index.eachIn(first, length, (index) => found.push(index));
    if (found.length === 0) return this.addToCell(first, people);
    this.total += people;
    for (const index of found) this.#put(index, people / found.length);
  }

  /** People on a cell by its index in the grid. */
  addToIndex(index: number, people: number): void {
    this.total += people;
    this.#put(index, people);
  }

  #put(index: number, people: number): void {
    this.people[index] = (this.people[index] ?? 0) + people;
  }

  #putBeside(cell: number, people: number): void {
    let index = this.#beside.get(cell);
    if (index === undefined) {
      index = this.#nearestBeside(cell);
      if (this.#beside.size >= REMEMBERED) this.#beside.clear();
      this.#beside.set(cell, index);
    }
    if (index < 0) {
      this.outside += people;
      return;
    }
    this.snapped += people;
    this.#put(index, people);
  }

  /** The cell of the grid that touches this one, the nearest by centre; -1 when none does. */
  #nearestBeside(cell: number): number {
    const [lat, lon] = cellCentre(cell);
    const narrowing = Math.cos((lat * Math.PI) / 180);
    let nearest = -1;
    let least = Infinity;
    for (const each of gridDisk(splitLongToH3Index(...cellIndex(cell)), 1)) {
      const number = cellNumber(each);
      const index = this.#index.find(number);
      if (index < 0) continue;
      const [otherLat, otherLon] = cellCentre(number);
      const distance = Math.hypot(otherLat - lat, (otherLon - lon) * narrowing);
      if (distance >= least) continue;
      least = distance;
      nearest = index;
    }
    return nearest;
  }
}
