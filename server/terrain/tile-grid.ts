/**
 * The elevation grid: cells of 0.001° (about 110 × 105 m), in tiles of 100 × 100, of which only those
 * near land are kept. A cell is told by its column and row, whole thousandths of a degree from 0° E and
 * 0° N; in memory the cells of a tile follow each other, row by row from its south-west corner.
 */
import type { PeopleGrid } from '../territory/territory.ts';

export const CELLS_PER_DEGREE = 1_000;
/** Cells along a tile's side. */
export const TILE_SIDE = 100;
export const TILE_CELLS = TILE_SIDE * TILE_SIDE;

const TILES_PER_DEGREE = CELLS_PER_DEGREE / TILE_SIDE;
const TILES_ROUND_THE_WORLD = 360 * TILES_PER_DEGREE;

/** Number of the tile in a column and row of tiles, and back. */
function tileNumber(column: number, row: number): number {
  return row * TILES_ROUND_THE_WORLD + column;
}

export function tilePlace(tile: number): { column: number; row: number } {
  const column = tile % TILES_ROUND_THE_WORLD;
  return { column, row: (tile - column) / TILES_ROUND_THE_WORLD };
}

/** The tiles that hold a cell of the people grid, and those that touch one of them, in order. */
export function tilesNearLand({ count, lon, lat }: PeopleGrid): number[] {
  const land = new Set<number>();
  for (let i = 0; i < count; i++)
    land.add(
      tileNumber(
        Math.floor((lon[i] ?? 0) * TILES_PER_DEGREE),
        Math.floor((lat[i] ?? 0) * TILES_PER_DEGREE),
      ),
    );
  const near = new Set<number>();
  for (const tile of land)
    for (const row of [-1, 0, 1])
      for (const column of [-1, 0, 1]) near.add(tile + tileNumber(column, row));
  return [...near].sort((a, b) => a - b);
}

/** Tiles by place, the n-th of the list at slot n. */
export class TileGrid {
  readonly tiles: readonly number[];
  /** First column and row of tiles, and how many there are of each. */
  readonly west: number;
  readonly south: number;
  readonly columns: number;
  readonly rows: number;
  readonly #slots: Int32Array;

  constructor(tiles: readonly number[]) {
    const places = tiles.map(tilePlace);
    this.tiles = tiles;
    this.west = places.reduce((least, { column }) => Math.min(least, column), Infinity);
    this.south = places.reduce((least, { row }) => Math.min(least, row), Infinity);
    this.columns = places.reduce((most, { column }) => Math.max(most, column - this.west + 1), 0);
    this.rows = places.reduce((most, { row }) => Math.max(most, row - this.south + 1), 0);
    this.#slots = new Int32Array(this.columns * this.rows).fill(-1);
    for (const [slot, { column, row }] of places.entries())
      this.#slots[(row - this.south) * this.columns + column - this.west] = slot;
  }

  get cells(): number {
    return this.tiles.length * TILE_CELLS;
  }

  /** `[west, south, east, north]` of all tiles, degrees. */
  get box(): [number, number, number, number] {
    return [
      this.west / TILES_PER_DEGREE,
      this.south / TILES_PER_DEGREE,
      (this.west + this.columns) / TILES_PER_DEGREE,
      (this.south + this.rows) / TILES_PER_DEGREE,
    ];
  }

  /** Slot of the tile in a column and row of tiles, or -1. */
  slotAt(column: number, row: number): number {
    const x = column - this.west;
    const y = row - this.south;
    if (x < 0 || y < 0 || x >= this.columns || y >= this.rows) return -1;
    return this.#slots[y * this.columns + x] ?? -1;
  }

  /** Index in memory of the cell in a column and row of cells, or -1. */
  indexAt(column: number, row: number): number {
    const tileColumn = Math.floor(column / TILE_SIDE);
    const tileRow = Math.floor(row / TILE_SIDE);
    const slot = this.slotAt(tileColumn, tileRow);
    if (slot < 0) return -1;
    return (
      slot * TILE_CELLS + (row - tileRow * TILE_SIDE) * TILE_SIDE + column - tileColumn * TILE_SIDE
    );
  }

  /** Column and row of the cell at an index. */
  placeOf(index: number): { column: number; row: number } {
    const slot = Math.floor(index / TILE_CELLS);
    const tile = tilePlace(this.tiles[slot] ?? 0);
    const inTile = index - slot * TILE_CELLS;
    const column = inTile % TILE_SIDE;
    return {
      column: tile.column * TILE_SIDE + column,
      row: tile.row * TILE_SIDE + (inTile - column) / TILE_SIDE,
    };
  }

  /** Visits the indexes of the four cells that share a side with this one, -1 where there is none. */
  eachBeside(index: number, visit: (index: number) => void): void {
    const column = index % TILE_SIDE;
    const row = Math.floor(index / TILE_SIDE) % TILE_SIDE;
    if (column > 0 && column < TILE_SIDE - 1 && row > 0 && row < TILE_SIDE - 1) {
      visit(index - 1);
      visit(index + 1);
      visit(index - TILE_SIDE);
      visit(index + TILE_SIDE);
      return;
    }
    const place = this.placeOf(index);
    visit(this.indexAt(place.column - 1, place.row));
    visit(this.indexAt(place.column + 1, place.row));
    visit(this.indexAt(place.column, place.row - 1));
    visit(this.indexAt(place.column, place.row + 1));
  }
}
