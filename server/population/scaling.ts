/**
 * The people of a source made to add up: in each commune in proportion to the source, in whole persons,
 * together exactly the commune's official number (largest remainder).
 */
import { shareOf } from '../territory/sharing.ts';
import type { PeopleGrid } from '../territory/territory.ts';

export interface Scaled {
  /** In the order of the grid. */
  people: Int32Array;
  /** People of the source in each commune, in the order of the grid's communes. */
  inSource: Float64Array;
  /** Communes (indexes) with people of whom the source knows next to nothing. */
  unknown: number[];
}

/** Less than any remainder, more than the rounding of a division: floors never add up to too many. */
const TINY = 1e-9;

/**
 * A commune in which the source has less than this part of what it has elsewhere for as many people is
 * one that it does not know: the few are its neighbours', from pixels across the border.
 */
const LEAST_KNOWN = 1 / 20;

/**
 * `source`: people on each cell; `populations`: the official numbers, in the order of the grid's
 * communes. People of a commune that the source does not know are shared equally over its cells.
 */
export function scaleToCommunes(
  grid: PeopleGrid,
  source: Float64Array,
  populations: readonly number[],
): Scaled {
  const cellsOf = cellsByCommune(grid);
  const inSource = Float64Array.from(cellsOf, (cells) =>
    cells.reduce((sum, cell) => sum + (source[cell] ?? 0), 0),
  );
  const all = inSource.reduce((sum, each) => sum + each, 0);
  const official = populations.reduce((sum, each) => sum + each, 0);
  const least = (LEAST_KNOWN * all) / official;

  const people = new Int32Array(grid.count);
  const unknown: number[] = [];
  for (const [commune, cells] of cellsOf.entries()) {
    const population = populations[commune] ?? 0;
    const there = inSource[commune] ?? 0;
    if (population === 0) continue;
    if (there > 0 && there >= least * population)
      shareByWeight(cells, source, population / there, population, people);
    else {
      unknown.push(commune);
      for (const [i, cell] of cells.entries()) people[cell] = shareOf(population, i, cells.length);
    }
  }
  return { people, inSource, unknown };
}

function cellsByCommune({ count, commune, communes }: PeopleGrid): Uint32Array[] {
  const sizes = new Uint32Array(communes.length);
  for (let i = 0; i < count; i++) sizes[commune[i] ?? 0] = (sizes[commune[i] ?? 0] ?? 0) + 1;
  const cellsOf = Array.from(sizes, (size) => new Uint32Array(size));
  sizes.fill(0);
  for (let i = 0; i < count; i++) {
    const c = commune[i] ?? 0;
    const at = sizes[c] ?? 0;
    sizes[c] = at + 1;
    const cells = cellsOf[c];
    if (cells) cells[at] = i;
  }
  return cellsOf;
}

function shareByWeight(
  cells: Uint32Array,
  weights: Float64Array,
  perWeight: number,
  population: number,
  people: Int32Array,
): void {
  const remainders: { cell: number; remainder: number }[] = [];
  let left = population;
  for (const cell of cells) {
    const exact = (weights[cell] ?? 0) * perWeight;
    if (exact <= 0) continue;
    const whole = Math.max(0, Math.floor(exact - TINY));
    people[cell] = whole;
    left -= whole;
    remainders.push({ cell, remainder: exact - whole });
  }
  remainders.sort((a, b) => b.remainder - a.remainder || a.cell - b.cell);
  for (const { cell } of remainders.slice(0, left)) people[cell] = (people[cell] ?? 0) + 1;
}
