/** Terrains in the database: packed, taken into use, and loaded. */
import { promisify } from 'node:util';
import { brotliCompress, brotliDecompress, constants } from 'node:zlib';
import type { Pool } from 'pg';
import { ONLY_ONE } from '../../data/log/event.ts';
import { packIntegers, unpackIntegers } from '../../data/wire/bytes.ts';
import { adopt } from '../raster/adoption.ts';
import { readStored, writeArtifact } from '../raster/artifact.ts';
import { ALL_SEA, elevationOver, NO_TILE, type Elevation, type Heights } from './elevation.ts';
import { UNKNOWN } from './holes.ts';
import { TILE_CELLS, TileGrid, tilePlace } from './tile-grid.ts';

/** Where the heights of a terrain are from. */
export interface TerrainSource {
  /** File names. */
  files: string[];
  /** The day it was brought in, `YYYY-MM-DD`. */
  date: string;
  /** How it is named wherever heights count. */
  name: string;
}

interface Heading {
  source: TerrainSource;
  /** Tiles with heights, in order; those that are 0 m all over; cells not known, by tile. */
  tiles: number[];
  sea: number[];
  unknown: Record<string, number>;
  /** Bytes of each group of tiles. */
  groups: number[];
}

export interface Terrain {
  bytes: Uint8Array;
  hash: string;
  source: TerrainSource;
}

/** Tiles that are compressed together; unpacking one group is a few milliseconds. */
const GROUP = 16;

/** `heights` in the order of the grid, `unknown` cells not known by slot. */
export async function packTerrain(
  source: TerrainSource,
  grid: TileGrid,
  heights: Int16Array,
  unknown: ReadonlyMap<number, number>,
): Promise<Terrain> {
  const slots: number[] = [];
  const sea: number[] = [];
  for (const [slot, tile] of grid.tiles.entries()) {
    const tileHeights = heights.subarray(slot * TILE_CELLS, (slot + 1) * TILE_CELLS);
    if (tileHeights.every((height) => height === 0)) sea.push(tile);
    else if (tileHeights.some((height) => height !== UNKNOWN)) slots.push(slot);
  }
  const groups: Uint8Array[] = [];
  for (let from = 0; from < slots.length; from += GROUP)
    groups.push(await packGroup(heights, slots.slice(from, from + GROUP)));
  const heading: Heading = {
    source,
    tiles: slots.map((slot) => grid.tiles[slot] ?? 0),
    sea,
    unknown: Object.fromEntries([...unknown].map(([slot, cells]) => [grid.tiles[slot], cells])),
    groups: groups.map((group) => group.length),
  };
  return { ...writeArtifact('terrain', { heading, body: Buffer.concat(groups) }), source };
}

async function packGroup(heights: Int16Array, slots: number[]): Promise<Uint8Array> {
  const packed = packIntegers(slots.length * TILE_CELLS, (i) => {
    const slot = slots[Math.floor(i / TILE_CELLS)] ?? 0;
    const height = heights[slot * TILE_CELLS + (i % TILE_CELLS)] ?? UNKNOWN;
    return height === UNKNOWN ? NaN : height;
  });
  return promisify(brotliCompress)(packed, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 5 }, // a higher one takes longer and saves nothing
  });
}

/** Stores a terrain and takes it into use; servers that follow the log pick it up by themselves. */
export async function adoptTerrain(
  pool: Pool,
  { bytes, hash, source }: Terrain,
  by: string,
): Promise<{ seq: number }> {
  await pool.query(
    'insert into terrains (hash, source, bytes) values ($1, $2, $3) on conflict do nothing',
    [hash, source.name, bytes],
  );
  const fields = { hash, source: source.name };
  return adopt(pool, { type: 'terrain.adopted', subject: ONLY_ONE.terrain, fields }, by);
}

/**
 * The heights of a stored terrain, in shared memory. Throws an Error when the log names one that is not
 * there, or it is damaged.
 */
export async function readHeights(pool: Pool, hash: string): Promise<Heights> {
  const { heading, body } = await readStored<Heading>(pool, 'terrain', hash);
  return unpackHeights(heading, body);
}

/** The same, ready to be asked. */
export async function loadTerrain(pool: Pool, hash: string): Promise<Elevation> {
  return elevationOver(await readHeights(pool, hash));
}

/** Group by group, so that a server goes on answering meanwhile. */
async function unpackHeights({ tiles, sea, groups }: Heading, body: Uint8Array): Promise<Heights> {
  const heights = new Int16Array(new SharedArrayBuffer(2 * tiles.length * TILE_CELLS));
  let from = 0;
  for (const [index, length] of groups.entries()) {
    const first = index * GROUP * TILE_CELLS;
    const count = Math.min(GROUP * TILE_CELLS, heights.length - first);
    const packed = await promisify(brotliDecompress)(body.subarray(from, from + length));
    const numbers = unpackIntegers(packed, count);
    for (let i = 0; i < count; i++) {
      const height = numbers[i] ?? NaN;
      heights[first + i] = Number.isNaN(height) ? UNKNOWN : height;
    }
    from += length;
  }
  const { west, south, columns, rows } = new TileGrid([...tiles, ...sea]);
  const slots = new Int32Array(new SharedArrayBuffer(4 * columns * rows)).fill(NO_TILE);
  const put = (tile: number, slot: number): void => {
    const { column, row } = tilePlace(tile);
    slots[(row - south) * columns + column - west] = slot;
  };
  for (const [slot, tile] of tiles.entries()) put(tile, slot);
  for (const tile of sea) put(tile, ALL_SEA);
  return { west, south, columns, rows, slots, heights };
}
