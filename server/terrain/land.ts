/** Whose land each cell of the elevation grid is: a province's, a neighbour's, or nobody's, the sea. */
import type { MultiPolygon, Position } from 'geojson';
import type { Territory } from '../territory/territory.ts';
import { CELLS_PER_DEGREE, TILE_CELLS, TILE_SIDE, type TileGrid } from './tile-grid.ts';

export const SEA = 0;
export const NEIGHBOUR = 255;

/** For each cell `SEA`, `NEIGHBOUR`, or one more than the index of its province. */
export function landOf(grid: TileGrid, territory: Territory): Uint8Array {
  const land = new Uint8Array(grid.cells);
  for (const { geometry } of territory.neighbours()) fill(land, grid, geometry, NEIGHBOUR);
  for (const [index, { code }] of territory.provinces.entries())
    fill(land, grid, territory.geometryOf(code), index + 1);
  return land;
}

function fill(land: Uint8Array, grid: TileGrid, shape: MultiPolygon, value: number): void {
  for (const polygon of shape.coordinates) {
    for (const [row, crossings] of crossingsOf(polygon, grid)) {
      crossings.sort((a, b) => a - b);
      for (let i = 0; i + 1 < crossings.length; i += 2) {
        // Cells whose centres lie between the two lines.
        const first = Math.ceil((crossings[i] ?? 0) * CELLS_PER_DEGREE - 0.5);
        const last = Math.ceil((crossings[i + 1] ?? 0) * CELLS_PER_DEGREE - 0.5) - 1;
        fillRow(land, grid, row, first, last, value);
      }
    }
  }
}

/** Longitudes at which a polygon's rings cross the middle line of each row of cells. */
function crossingsOf(polygon: Position[][], grid: TileGrid): Map<number, number[]> {
  const lowest = grid.south * TILE_SIDE;
  const highest = lowest + grid.rows * TILE_SIDE - 1;
  const rows = new Map<number, number[]>();
  for (const ring of polygon)
    for (let i = 0; i + 1 < ring.length; i++) {
      const [lon = NaN, lat = NaN] = ring[i] ?? [];
      const [nextLon = NaN, nextLat = NaN] = ring[i + 1] ?? [];
      const from = Math.ceil(Math.min(lat, nextLat) * CELLS_PER_DEGREE - 0.5);
      const to = Math.ceil(Math.max(lat, nextLat) * CELLS_PER_DEGREE - 0.5) - 1;
      for (let row = Math.max(from, lowest); row <= Math.min(to, highest); row++) {
        const part = ((row + 0.5) / CELLS_PER_DEGREE - lat) / (nextLat - lat);
        const crossings = rows.get(row);
        const crossing = lon + part * (nextLon - lon);
        if (crossings) crossings.push(crossing);
        else rows.set(row, [crossing]);
      }
    }
  return rows;
}

function fillRow(
  land: Uint8Array,
  grid: TileGrid,
  row: number,
  first: number,
  last: number,
  value: number,
): void {
  const tileRow = Math.floor(row / TILE_SIDE);
  const firstTile = Math.max(grid.west, Math.floor(first / TILE_SIDE));
  const lastTile = Math.min(grid.west + grid.columns - 1, Math.floor(last / TILE_SIDE));
  for (let tile = firstTile; tile <= lastTile; tile++) {
    const slot = grid.slotAt(tile, tileRow);
    if (slot < 0) continue;
    const start = slot * TILE_CELLS + (row - tileRow * TILE_SIDE) * TILE_SIDE;
    const from = Math.max(first - tile * TILE_SIDE, 0);
    const to = Math.min(last - tile * TILE_SIDE, TILE_SIDE - 1);
    land.fill(value, start + from, start + to + 1);
  }
}
