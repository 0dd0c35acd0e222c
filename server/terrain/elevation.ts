/**
 * Heights of the land, asked by place. The arrays are in shared memory: sending `Heights` to a worker
 * copies nothing, and `elevationOver` makes the questions there.
 */
import { EARTH_RADIUS_M } from '../coverage/plane.ts';
import { UNKNOWN } from './holes.ts';
import { CELLS_PER_DEGREE, TILE_CELLS, TILE_SIDE } from './tile-grid.ts';

export interface Heights {
  /** First column and row of tiles, and how many there are of each. */
  west: number;
  south: number;
  columns: number;
  rows: number;
  /** For each of them the slot of its tile in `heights`, `ALL_SEA` or `NO_TILE`. */
  slots: Int32Array;
  /** Metres, `TILE_CELLS` for each slot. */
  heights: Int16Array;
}

export const NO_TILE = -1;
export const ALL_SEA = -2;

export interface Elevation {
  /** Metres above the sea at a place in degrees, between cells' centres bilinear; NaN where not known. */
  heightAt(lon: number, lat: number): number;
  /**
   * Heights along the straight line of longitude and latitude between two places `[lon, lat]`, both
   * included, at equal distances of at most `stepM` metres; answers how many it wrote into `out`.
   * Throws a RangeError when `out` is too short for them.
   */
  profile(
    from: readonly [number, number],
    to: readonly [number, number],
    stepM: number,
    out: Float64Array,
  ): number;
}

const RADIANS = Math.PI / 180;

export function elevationOver({ west, south, columns, rows, slots, heights }: Heights): Elevation {
  function cellHeight(column: number, row: number): number {
    const tileColumn = Math.floor(column / TILE_SIDE);
    const tileRow = Math.floor(row / TILE_SIDE);
    const x = tileColumn - west;
    const y = tileRow - south;
    if (!(x >= 0 && y >= 0 && x < columns && y < rows)) return NaN;
    const slot = slots[y * columns + x] ?? NO_TILE;
    if (slot < 0) return slot === ALL_SEA ? 0 : NaN;
    const inTile = (row - tileRow * TILE_SIDE) * TILE_SIDE + column - tileColumn * TILE_SIDE;
    const height = heights[slot * TILE_CELLS + inTile] ?? UNKNOWN;
    return height === UNKNOWN ? NaN : height;
  }

  function heightAt(lon: number, lat: number): number {
    const x = lon * CELLS_PER_DEGREE - 0.5;
    const y = lat * CELLS_PER_DEGREE - 0.5;
    const column = Math.floor(x);
    const row = Math.floor(y);
    const east = x - column;
    const north = y - row;
    const inColumn = column % TILE_SIDE;
    const inRow = row % TILE_SIDE;
    const tileColumn = (column - inColumn) / TILE_SIDE - west;
    const tileRow = (row - inRow) / TILE_SIDE - south;
    const here = tileColumn >= 0 && tileRow >= 0 && tileColumn < columns && tileRow < rows;
    const slot = here ? (slots[tileRow * columns + tileColumn] ?? NO_TILE) : NO_TILE;
    // Mostly all four cells are in one tile: they are read there.
    if (slot >= 0 && inColumn < TILE_SIDE - 1 && inRow < TILE_SIDE - 1) {
      const at = slot * TILE_CELLS + inRow * TILE_SIDE + inColumn;
      const sw = heights[at] ?? UNKNOWN;
      const se = heights[at + 1] ?? UNKNOWN;
      const nw = heights[at + TILE_SIDE] ?? UNKNOWN;
      const ne = heights[at + TILE_SIDE + 1] ?? UNKNOWN;
      if (sw !== UNKNOWN && se !== UNKNOWN && nw !== UNKNOWN && ne !== UNKNOWN)
        return (sw * (1 - east) + se * east) * (1 - north) + (nw * (1 - east) + ne * east) * north;
    }
    const between =
      (cellHeight(column, row) * (1 - east) + cellHeight(column + 1, row) * east) * (1 - north) +
      (cellHeight(column, row + 1) * (1 - east) + cellHeight(column + 1, row + 1) * east) * north;
    // Beside something unknown: the cell that the place is in.
    return Number.isNaN(between) ? cellHeight(Math.round(x), Math.round(y)) : between;
  }

  return {
    heightAt,
    profile(from, to, stepM, out) {
      const steps = Math.max(1, Math.ceil(distanceM(from, to) / stepM));
      if (!(steps < out.length))
        throw new RangeError(`a profile of ${steps + 1} heights into room for ${out.length}`);
      for (let i = 0; i <= steps; i++) {
        const part = i / steps;
        out[i] = heightAt(from[0] + part * (to[0] - from[0]), from[1] + part * (to[1] - from[1]));
      }
      return steps + 1;
    },
  };
}

/** Metres between two places on a sphere (haversine). */
function distanceM(from: readonly [number, number], to: readonly [number, number]): number {
  const rise = Math.sin(((to[1] - from[1]) * RADIANS) / 2);
  const run = Math.sin(((to[0] - from[0]) * RADIANS) / 2);
  const part = rise * rise + Math.cos(from[1] * RADIANS) * Math.cos(to[1] * RADIANS) * run * run;
  return 2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(part)));
}
