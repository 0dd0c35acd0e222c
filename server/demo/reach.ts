/**
 * A light count of who is reached: the same footprints over the same cells as the coverage engine
 * (radius method), with one layer and without estimates by unit. Used to calibrate; what a person
 * sees is always the engine's.
 */
import { footprintRadiusM } from '../../data/radio/footprint.ts';
import type { Land } from './land.ts';

/** A transmitter as far as reach goes: a place, the cell it is in, and a band (into `BANDS`). */
export interface Transmitter {
  lon: number;
  lat: number;
  cell: number;
  band: number;
}

/** Metres that a band (into `BANDS`) reaches from a cell. */
export function radiusIn({ grid }: Land, cell: number, band: number): number {
  return footprintRadiusM(band, grid.surroundings[cell] ?? 0);
}

/** Metres that a transmitter reaches. */
export function radiusOf(land: Land, { cell, band }: Transmitter): number {
  return radiusIn(land, cell, band);
}

export class Reach {
  /** 1 for each cell that is reached. */
  readonly reached: Uint8Array;
  readonly #land: Land;
  #people = 0;

  constructor(land: Land) {
    this.#land = land;
    this.reached = new Uint8Array(land.grid.count);
  }

  /** Share of the people (0–1) that are reached. */
  get share(): number {
    return this.#land.people === 0 ? 0 : this.#people / this.#land.people;
  }

  has(cell: number): boolean {
    return this.reached[cell] === 1;
  }

  clear(): void {
    this.reached.fill(0);
    this.#people = 0;
  }

  add({ lon, lat, cell, band }: Transmitter): void {
    this.addAt(lon, lat, radiusIn(this.#land, cell, band));
  }

  /** A footprint round a place. */
  addAt(lon: number, lat: number, radiusM: number): void {
    const { people } = this.#land.grid;
    const { reached } = this;
    for (const cell of this.#land.within(lon, lat, radiusM)) {
      if (reached[cell] === 1) continue;
      reached[cell] = 1;
      this.#people += people[cell] ?? 0;
    }
  }
}
