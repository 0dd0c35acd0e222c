/**
 * The plain loop that the coverage benches are held against: it makes the increments that the engine
 * makes, on counters like the engine's, and nothing else; where to make them it has been told.
 */
import { PeopleField } from '../../server/coverage/field.ts';
import { LAYERS, layerOf } from '../../server/coverage/tally.ts';
import type { Footprint } from '../../server/coverage/reach.ts';
import type { Site } from '../../server/coverage/site.ts';
import type { PeopleGrid } from '../../server/territory/territory.ts';

export class PlainIncrements {
  readonly total: number;
  readonly #counters: Uint16Array[];
  readonly #layers: Uint8Array;
  /** Cells of all sites, one after another, and where each site's begin. */
  readonly #cells: Int32Array;
  readonly #starts: Int32Array;

  constructor(grid: PeopleGrid, sites: readonly Site[], footprint: Footprint) {
    const field = new PeopleField(grid);
    const found = sites.map((site) => {
      const radiusM = footprint(site, field.surroundingsAt(site.lon, site.lat));
      const count = field.within(site.lon, site.lat, radiusM);
      return field.found.slice(0, count);
    });
    this.#starts = new Int32Array(sites.length + 1);
    found.forEach((cells, i) => {
      this.#starts[i + 1] = (this.#starts[i] ?? 0) + cells.length;
    });
    this.total = this.#starts.at(-1) ?? 0;
    this.#cells = new Int32Array(this.total);
    found.forEach((cells, i) => this.#cells.set(cells, this.#starts[i]));
    this.#layers = Uint8Array.from(sites, layerOf);
    this.#counters = Array.from({ length: LAYERS }, () => new Uint16Array(grid.count));
  }

  /** Adds `by` to every counter under the sites from `first` up to but not with `end`. */
  run(by: number, first = 0, end = this.#layers.length): void {
    const cells = this.#cells;
    for (let site = first; site < end; site++) {
      const counter = this.#counters[this.#layers[site] ?? 0];
      if (!counter) continue;
      const to = this.#starts[site + 1] ?? 0;
      for (let i = this.#starts[site] ?? 0; i < to; i++) {
        const cell = cells[i] ?? 0;
        counter[cell] = (counter[cell] ?? 0) + by;
      }
    }
  }

  clear(): void {
    for (const counter of this.#counters) counter.fill(0);
  }
}
