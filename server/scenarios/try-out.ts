/**
 * What would come of some changes: people gained and lost by unit, exactly as if the changed
 * stations had been counted from the start. The engine is read and never written, so there is
 * nothing to take back, whatever goes wrong: the footprints of the changes are laid over counters
 * of their own, and only cells under them are looked at.
 *
 * Pure. In one turn of the event loop, or, for many changes, with the laying in slices and the looking
 * in one turn. Memory: 5 bytes a cell, while it works, and 8 for each cell under a change.
 */
import { ESTIMATE_FIELDS } from '../../data/model/estimate.ts';
import type { Coverage } from '../coverage/engine.ts';
import type { Site } from '../coverage/site.ts';
import { FIELDS_OF_MASK, LAYERS, layerOf } from '../coverage/tally.ts';
import type { PeopleGrid } from '../territory/territory.ts';

/** A station before and after, as `Coverage.replace` takes it; null where it is not on air. */
export interface SiteChange {
  before: Site | null;
  after: Site | null;
}

export interface Trial {
  changes: readonly SiteChange[];
  /** Layers that are off as a whole (`1 << layerOf(…)`), with every site counted in them. */
  layersOff: number;
  /** Cells that a site is known to reach, for a method that takes long to find them. */
  cellsOf?: ((site: Site) => Int32Array | undefined) | undefined;
}

/**
 * People by unit and field, rows in the order of `Coverage.units` and `ESTIMATE_FIELDS`: reached
 * after and not before, and the other way round. A person counts in at most one of the two.
 */
export interface Moves {
  gained: Int32Array;
  lost: Int32Array;
}

const FIELDS = ESTIMATE_FIELDS.length;

/** How many footprints of a layer more, or fewer, would lie over some cells. */
export interface LaidOver {
  layer: number;
  cells: Int32Array;
  more: Int32Array;
}

/** Tries changes on an engine over `grid`; throws where a site is taken out that was never in. */
export function tryOut(coverage: Coverage, grid: PeopleGrid, trial: Trial): Moves {
  const laying = layOver(coverage, trial);
  let step = laying.next();
  while (!step.done) step = laying.next();
  return movesOf(coverage, grid, step.value, trial.layersOff);
}

/** What moves once footprints are laid over: in one turn, for the engine must stand still for it. */
export function movesOf(
  coverage: Coverage,
  grid: PeopleGrid,
  laid: readonly LaidOver[],
  layersOff: number,
): Moves {
  const { flips, flipped } = flipsOf(coverage, laid, layersOff);
  const { masks, field } = coverage;
  const rows = new MovedRows(grid);
  const look = (cell: number): void => {
    const before = masks[cell] ?? 0;
    const after = (before & ~layersOff) ^ (flips[cell] ?? 0);
    if (before !== after)
      rows.move(field.commune[cell] ?? 0, field.people[cell] ?? 0, before, after);
  };
  if (layersOff === 0) flipped.forEach(look);
  else for (let cell = 0; cell < masks.length; cell++) look(cell);
  return rows.summed();
}

/**
 * Lays the footprints of changes over counters of their own, with a stop after each change: they depend
 * on the sites alone, so that the country may move on meanwhile.
 */
export function* layOver(
  coverage: Coverage,
  { changes, layersOff, cellsOf }: Trial,
): Generator<undefined, LaidOver[]> {
  const more = new Int32Array(coverage.field.count);
  const laid: LaidOver[] = [];
  let touched: number[] = [];

  const lay = (site: Site, by: 1 | -1): void => {
    const known = cellsOf?.(site);
    const reached = known?.length ?? coverage.reach(site);
    const found = known ?? coverage.field.found;
    for (let i = 0; i < reached; i++) {
      const cell = found[i] ?? 0;
      if (more[cell] === 0) touched.push(cell);
      more[cell] = (more[cell] ?? 0) + by;
    }
  };

  for (let layer = 0; layer < LAYERS; layer++) {
    const bit = 1 << layer;
    const isOff = (layersOff & bit) !== 0;
    touched = [];
    for (const { before, after } of changes) {
      const comes = after !== null && layerOf(after) === layer;
      const goes = before !== null && !isOff && layerOf(before) === layer;
      if (goes) lay(before, -1);
      if (comes) lay(after, 1);
      if (goes || comes) yield;
    }
    const cells: number[] = [];
    const changed: number[] = [];
    for (const cell of touched) {
      const change = more[cell] ?? 0;
      // Nothing in the end, or looked at already: a cell may be touched more than once.
      if (change === 0) continue;
      more[cell] = 0;
      cells.push(cell);
      changed.push(change);
    }
    if (cells.length > 0)
      laid.push({ layer, cells: Int32Array.from(cells), more: Int32Array.from(changed) });
  }
  return laid;
}

/** By cell the layers that come or go, beside those that are off as a whole; and which cells. */
function flipsOf(
  coverage: Coverage,
  laid: readonly LaidOver[],
  layersOff: number,
): { flips: Uint8Array; flipped: number[] } {
  const flips = new Uint8Array(coverage.field.count);
  const flipped: number[] = [];
  for (const { layer, cells, more } of laid) {
    const bit = 1 << layer;
    const isOff = (layersOff & bit) !== 0;
    for (const [index, cell] of cells.entries()) {
      const change = more[index] ?? 0;
      const over = isOff ? 0 : coverage.footprintsOver(cell, layer);
      if (over + change < 0)
        throw new Error(`try-out: a site is taken out over cell ${cell} that was never put in`);
      if (over > 0 === over + change > 0) continue;
      if (flips[cell] === 0) flipped.push(cell);
      flips[cell] = (flips[cell] ?? 0) | bit;
    }
  }
  return { flips, flipped };
}

/** Adds people up by commune, and in the end by province and nation. */
class MovedRows {
  readonly #grid: PeopleGrid;
  readonly #gained: Int32Array;
  readonly #lost: Int32Array;
  readonly #firstCommune: number;

  constructor(grid: PeopleGrid) {
    this.#grid = grid;
    this.#firstCommune = 1 + grid.provinces.length;
    const units = this.#firstCommune + grid.communes.length;
    this.#gained = new Int32Array(units * FIELDS);
    this.#lost = new Int32Array(units * FIELDS);
  }

  move(commune: number, people: number, from: number, to: number): void {
    const before = FIELDS_OF_MASK[from] ?? 0;
    const after = FIELDS_OF_MASK[to] ?? 0;
    const row = (this.#firstCommune + commune) * FIELDS;
    addTo(this.#gained, row, after & ~before, people);
    addTo(this.#lost, row, before & ~after, people);
  }

  summed(): Moves {
    const { provinceOf, communes } = this.#grid;
    for (const rows of [this.#gained, this.#lost])
      for (let commune = 0; commune < communes.length; commune++) {
        const from = (this.#firstCommune + commune) * FIELDS;
        const province = (1 + (provinceOf[commune] ?? 0)) * FIELDS;
        for (let field = 0; field < FIELDS; field++) {
          const people = rows[from + field] ?? 0;
          rows[province + field] = (rows[province + field] ?? 0) + people;
          rows[field] = (rows[field] ?? 0) + people;
        }
      }
    return { gained: this.#gained, lost: this.#lost };
  }
}

/** Adds people to each field of `fields` (bits) of the row that begins at `row`. */
function addTo(rows: Int32Array, row: number, fields: number, people: number): void {
  for (let left = fields; left !== 0;) {
    const field = 31 - Math.clz32(left);
    left ^= 1 << field;
    rows[row + field] = (rows[row + field] ?? 0) + people;
  }
}
