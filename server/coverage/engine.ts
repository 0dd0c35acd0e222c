/**
 * The coverage engine: how many people live within reach of a signal, kept exact through every
 * change. Over each cell of the people grid it counts the footprints of each layer (operator ×
 * technology); people move between estimates only where a count leaves or reaches zero. All numbers
 * are whole, so adding and removing in any order ends where counting anew would.
 *
 * Pure: no clock, no randomness, no I/O.
 */
import type { EstimateRow } from '../../data/model/estimate.ts';
import type { Table } from '../../data/model/table.ts';
import type { PeopleGrid } from '../territory/territory.ts';
import { PeopleField } from './field.ts';
import type { Reach } from './reach.ts';
import { sameSite, siteIn, type Site } from './site.ts';
import { LAYERS, layerOf, Tally } from './tally.ts';

/** As many footprints as 16 bits hold; what lies above, which only a mistake makes, goes aside. */
const FULL = 65_535;

/**
 * An engine over a people grid, with nothing on air; `reach` is its method. Engines of several
 * methods share one field. The grid may be let go afterwards.
 */
export function createCoverage(
  grid: PeopleGrid,
  reach: Reach,
  field: PeopleField = new PeopleField(grid),
): Coverage {
  return new Coverage(grid, reach, field);
}

export class Coverage {
  /** The people counted; its `found` is written by every edit. */
  readonly field: PeopleField;
  readonly #tally: Tally;
  readonly #reach: Reach;
  readonly #masks: Uint8Array;
  /** Footprints over each cell, one array a layer; made when a layer has its first site. */
  readonly #counters: (Uint16Array | undefined)[] = [];
  /** Footprints beyond `FULL`, by layer and cell. */
  readonly #beyond: Map<number, number>[];

  constructor(grid: PeopleGrid, reach: Reach, field: PeopleField) {
    this.field = field;
    this.#tally = new Tally(grid);
    this.#reach = reach;
    this.#masks = new Uint8Array(grid.count);
    this.#beyond = Array.from({ length: LAYERS }, () => new Map<number, number>());
  }

  /** `vn`, the provinces, the communes: the order of rows in `table`. */
  get units(): readonly string[] {
    return this.#tally.units;
  }

  /** Layers by which each cell is covered, as bits (`1 << layerOf(…)`): a live view, not to be written. */
  get masks(): Readonly<Uint8Array> {
    return this.#masks;
  }

  /** How many footprints of a layer lie over a cell. */
  footprintsOver(cell: number, layer: number): number {
    const over = this.#counters[layer]?.[cell] ?? 0;
    return over === FULL ? over + (this.#beyond[layer]?.get(cell) ?? 0) : over;
  }

  /** The cells that a site would reach, whether or not it is counted: the first of `field.found`. */
  reach(site: Site): number {
    return this.#reach(this.field, site);
  }

  /** People by field for a unit, a live view; undefined for a code that is not in the territory. */
  row(unit: string): EstimateRow | undefined {
    return this.#tally.row(unit);
  }

  /** All rows as they are now, copied, as a snapshot carries them. */
  table(): { units: string[]; rows: Int32Array } {
    return { units: [...this.#tally.units], rows: this.#tally.rows() };
  }

  /** Codes of the units whose rows are not what they were when this was last asked. */
  takeChanged(): string[] {
    return this.#tally.takeChanged();
  }

  /** Forgets every site and counts those on air in a table: a start, a reset, another moment. */
  load(stations: Table<'stations'>): void {
    this.#masks.fill(0);
    for (const counter of this.#counters) counter?.fill(0);
    for (const beyond of this.#beyond) beyond.clear();
    for (const row of this.field.alongMemory(stations.columns.position, stations.count)) {
      const site = siteIn(stations, row);
      if (site) this.#raise(site);
    }
    this.#tally.recount(this.field.commune, this.field.people, this.#masks);
  }

  /** Counts a site in. */
  add(site: Site): void {
    const bit = 1 << layerOf(site);
    const reached = this.#raise(site);
    for (let i = 0; i < reached; i++) {
      const cell = this.field.found[i] ?? 0;
      const mask = this.#masks[cell] ?? 0;
      this.#move(cell, mask ^ bit, mask);
    }
  }

  /** Counts a site out, as it was counted in; throws, changing nothing, where it was not. */
  remove(site: Site): void {
    const bit = 1 << layerOf(site);
    const left = this.#lower(site);
    for (let i = 0; i < left; i++) {
      const cell = this.field.found[i] ?? 0;
      const mask = this.#masks[cell] ?? 0;
      this.#move(cell, mask | bit, mask);
    }
  }

  /**
   * One change of a station: the site before and after, as `siteIn` answers before and after the
   * event is applied; null where it is not on air. Adds first, so that people who keep their signal
   * are not moved at all.
   */
  replace(before: Site | null, after: Site | null): void {
    if (before && after && sameSite(before, after)) return;
    if (after) this.add(after);
    if (before) this.remove(before);
  }

  #move(cell: number, from: number, to: number): void {
    const people = this.field.people[cell] ?? 0;
    if (people !== 0) this.#tally.move(this.field.commune[cell] ?? 0, people, from, to);
  }

  #counterOf(layer: number): Uint16Array {
    return (this.#counters[layer] ??= new Uint16Array(this.field.count));
  }

  /**
   * Lays a site's footprint over the counters and sets its layer in the masks of the cells that had
   * none of it before; these are left at the front of the field's `found`, and their number answered.
   */
  #raise(site: Site): number {
    const layer = layerOf(site);
    const beyond = this.#beyond[layer];
    if (!beyond) return 0;
    const counter = this.#counterOf(layer);
    const count = this.reach(site);
    const masks = this.#masks;
    const found = this.field.found;
    const bit = 1 << layer;
    let reached = 0;
    for (let i = 0; i < count; i++) {
      const cell = found[i] ?? 0;
      const over = counter[cell] ?? 0;
      if (over === FULL) {
        beyond.set(cell, (beyond.get(cell) ?? 0) + 1);
        continue;
      }
      counter[cell] = over + 1;
      if (over !== 0) continue;
      masks[cell] = (masks[cell] ?? 0) | bit;
      found[reached++] = cell;
    }
    return reached;
  }

  /** The opposite of `#raise`: leaves in front the cells that no site of the layer reaches now. */
  #lower(site: Site): number {
    const layer = layerOf(site);
    const beyond = this.#beyond[layer];
    if (!beyond) return 0;
    const counter = this.#counterOf(layer);
    const count = this.reach(site);
    const masks = this.#masks;
    const found = this.field.found;
    for (let i = 0; i < count; i++)
      if (counter[found[i] ?? 0] === 0)
        throw new Error(
          `coverage: the site at ${site.lat}, ${site.lon} is taken out but was never put in`,
        );
    const bit = 1 << layer;
    let left = 0;
    for (let i = 0; i < count; i++) {
      const cell = found[i] ?? 0;
      const over = counter[cell] ?? 0;
      const aside = over === FULL ? beyond.get(cell) : undefined;
      if (aside !== undefined) {
        if (aside === 1) beyond.delete(cell);
        else beyond.set(cell, aside - 1);
        continue;
      }
      counter[cell] = over - 1;
      if (over !== 1) continue;
      masks[cell] = (masks[cell] ?? 0) & ~bit;
      found[left++] = cell;
    }
    return left;
  }
}
