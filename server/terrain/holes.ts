/**
 * Cells for which no source has a height. At sea they are 0 m. Narrow holes are filled from around them.
 * Wider ones near the sea are 0 m where a source lies over them: it draws the coast farther in. What is
 * left is not known, and told.
 */
import { GrowingInts } from '../territory/lattice.ts';
import type { Gathering } from './gathering.ts';
import { SEA } from './land.ts';
import { TILE_CELLS, type TileGrid } from './tile-grid.ts';

/** Height of a cell of which none is known. */
export const UNKNOWN = -32_768;

/** How far a coast may be drawn otherwise, cells (3 km). */
const COAST = 30;
/** Holes no wider than this, in one direction, are filled; cells. */
const NARROW = 3;

export interface Filled {
  /** Metres, in the order of the grid; `UNKNOWN` where there is none. */
  heights: Int16Array;
  /** Cells that were filled. */
  filled: number;
  /** Cells on land, not filled, by what `land` says of them: not under any source, and without data in one. */
  uncovered: Uint32Array;
  withoutData: Uint32Array;
  /** Cells not known, by the slot of their tile. */
  byTile: Map<number, number>;
}

/** `land` as `landOf` gives it. */
export function fillHoles(
  grid: TileGrid,
  { height, pixels, covered }: Gathering,
  land: Uint8Array,
): Filled {
  const heights = new Int16Array(grid.cells);
  const coast = new GrowingInts();
  for (let i = 0; i < grid.cells; i++) {
    if ((pixels[i] ?? 0) > 0) heights[i] = Math.round(height[i] ?? 0);
    else if (land[i] === SEA) coast.push(i);
    else heights[i] = UNKNOWN;
  }
  const filled = fillNarrow(grid, heights, covered);
  drawCoast(grid, heights, covered, coast.values());

  const result: Filled = {
    heights,
    filled,
    uncovered: new Uint32Array(256),
    withoutData: new Uint32Array(256),
    byTile: new Map(),
  };
  for (let i = 0; i < grid.cells; i++) {
    if (heights[i] !== UNKNOWN) continue;
    const counts = covered[i] === 1 ? result.withoutData : result.uncovered;
    counts[land[i] ?? 0] = (counts[land[i] ?? 0] ?? 0) + 1;
    const slot = Math.floor(i / TILE_CELLS);
    result.byTile.set(slot, (result.byTile.get(slot) ?? 0) + 1);
  }
  return result;
}

/** From the sea inwards, cell by cell, over what a source leaves without data. */
function drawCoast(
  grid: TileGrid,
  heights: Int16Array,
  covered: Uint8Array,
  sea: Int32Array,
): void {
  let edge = sea;
  for (let distance = 0; distance < COAST && edge.length > 0; distance++) {
    const next = new GrowingInts();
    for (const cell of edge)
      grid.eachBeside(cell, (beside) => {
        if (beside < 0 || heights[beside] !== UNKNOWN || covered[beside] !== 1) return;
        heights[beside] = 0;
        next.push(beside);
      });
    edge = next.values();
  }
}

/** Answers how many cells it filled. */
function fillNarrow(grid: TileGrid, heights: Int16Array, covered: Uint8Array): number {
  const seen = new Uint8Array(grid.cells);
  let filled = 0;
  for (let i = 0; i < grid.cells; i++) {
    if (heights[i] !== UNKNOWN || seen[i] === 1) continue;
    const hole = holeAt(grid, heights, covered, seen, i);
    if (hole.width <= NARROW || hole.height <= NARROW) filled += fill(grid, heights, hole.cells);
  }
  return filled;
}

interface Hole {
  cells: Int32Array;
  /** Cells between its outermost columns and rows, both included. */
  width: number;
  height: number;
}

/** The unknown cells connected with one, all under a source or all under none. */
function holeAt(
  grid: TileGrid,
  heights: Int16Array,
  covered: Uint8Array,
  seen: Uint8Array,
  start: number,
): Hole {
  const cells = new GrowingInts(16);
  const { column, row } = grid.placeOf(start);
  const box = { west: column, east: column, south: row, north: row };
  seen[start] = 1;
  cells.push(start);
  for (let at = 0; at < cells.length; at++) {
    const cell = cells.values()[at] ?? 0;
    const place = grid.placeOf(cell);
    box.west = Math.min(box.west, place.column);
    box.east = Math.max(box.east, place.column);
    box.south = Math.min(box.south, place.row);
    box.north = Math.max(box.north, place.row);
    grid.eachBeside(cell, (beside) => {
      if (beside < 0 || seen[beside] === 1 || heights[beside] !== UNKNOWN) return;
      if (covered[beside] !== covered[start]) return;
      seen[beside] = 1;
      cells.push(beside);
    });
  }
  return {
    cells: cells.values(),
    width: box.east - box.west + 1,
    height: box.north - box.south + 1,
  };
}

/** From the rim inwards, each cell the mean of the known ones beside it. */
function fill(grid: TileGrid, heights: Int16Array, cells: Int32Array): number {
  let left = [...cells];
  while (left.length > 0) {
    const found: { cell: number; height: number }[] = [];
    for (const cell of left) {
      let sum = 0;
      let count = 0;
      grid.eachBeside(cell, (beside) => {
        const height = heights[beside] ?? UNKNOWN;
        if (height === UNKNOWN) return;
        sum += height;
        count++;
      });
      if (count > 0) found.push({ cell, height: Math.round(sum / count) });
    }
    if (found.length === 0) break; // nothing is known around it
    for (const { cell, height } of found) heights[cell] = height;
    left = left.filter((cell) => heights[cell] === UNKNOWN);
  }
  return cells.length - left.length;
}
