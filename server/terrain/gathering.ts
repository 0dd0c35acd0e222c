/**
 * Heights of source rasters gathered on the elevation grid: of a finer source the mean of the pixels in
 * each cell, of a coarser one the pixel that holds the cell's centre. Where sources overlap, all count.
 */
import type { Block, Raster } from '../raster/geotiff.ts';
import { RasterRefused } from '../raster/refusal.ts';
import { CELLS_PER_DEGREE, TILE_CELLS, TILE_SIDE, type TileGrid } from './tile-grid.ts';

/** Metres; lower and higher than any land. */
const LOWEST = -500;
const HIGHEST = 9_000;
/** A pixel this much larger than a cell still counts as no larger: 0.001° is no exact number. */
const SLACK = 1.000_001;

export class Gathering {
  /** Metres; meaningless where `pixels` is 0. */
  readonly height: Float32Array;
  /** How many pixels went into each cell. */
  readonly pixels: Uint16Array;
  /** 1 where a source lies over the cell, also if it has no height there. */
  readonly covered: Uint8Array;
  readonly #grid: TileGrid;

  constructor(grid: TileGrid) {
    this.#grid = grid;
    this.height = new Float32Array(grid.cells);
    this.pixels = new Uint16Array(grid.cells);
    this.covered = new Uint8Array(grid.cells);
  }

  /** Throws RasterRefused for heights that are none. */
  async add(raster: Raster, onProgress: (done: number, of: number) => void): Promise<void> {
    for await (const block of raster.blocks(this.#grid.box)) {
      this.#addBlock(raster, block);
      onProgress(block.done, block.of);
    }
  }

  #addBlock(raster: Raster, block: Block): void {
    const { file, none } = raster;
    const { stride, values } = block;
    const columns = pairs(
      block.column,
      block.width,
      (pixel) => raster.west + pixel * raster.stepLon,
      (lon) => (lon - raster.west) / raster.stepLon,
    );
    const rows = pairs(
      block.row,
      block.height,
      (pixel) => raster.north - pixel * raster.stepLat,
      (lat) => (raster.north - lat) / raster.stepLat,
    );
    const tileOf = columns.cells.map((cell) => Math.floor(cell / TILE_SIDE));
    for (let r = 0; r < rows.cells.length; r++) {
      const row = rows.cells[r] ?? 0;
      const tileRow = Math.floor(row / TILE_SIDE);
      const inTile = (row - tileRow * TILE_SIDE) * TILE_SIDE;
      const line = (rows.pixels[r] ?? 0) * stride;
      let tile = NaN;
      let slot = -1;
      for (let c = 0; c < columns.cells.length; c++) {
        if (tileOf[c] !== tile) {
          tile = tileOf[c] ?? 0;
          slot = this.#grid.slotAt(tile, tileRow);
        }
        if (slot < 0) continue;
        const index = slot * TILE_CELLS + inTile + (columns.cells[c] ?? 0) - tile * TILE_SIDE;
        const height = values[line + (columns.pixels[c] ?? 0)] ?? NaN;
        this.covered[index] = 1;
        if (height === none || Number.isNaN(height)) continue;
        if (!(height >= LOWEST && height <= HIGHEST))
          throw new RasterRefused(
            `${file}: a height of ${height} at column ${block.column + (columns.pixels[c] ?? 0)}, row ` +
              `${block.row + (rows.pixels[r] ?? 0)}, but heights are metres. If that stands for "no ` +
              `data", say so in the file with: gdal_edit.py -a_nodata ${height} ${file}`,
          );
        const pixels = Math.min((this.pixels[index] ?? 0) + 1, 65_535);
        const mean = this.height[index] ?? 0;
        this.pixels[index] = pixels;
        this.height[index] = mean + (height - mean) / pixels;
      }
    }
  }
}

/** Which pixel of a block goes to which column (or row) of cells. */
interface Pairs {
  /** Counted from the block's first. */
  pixels: Int32Array;
  cells: Int32Array;
}

/**
 * Each pixel with the cell that holds its centre, or, where pixels are larger, each cell with the pixel
 * that holds its centre. `degreesAt` is where a pixel (fractions allowed) is, `pixelAt` the reverse.
 */
function pairs(
  first: number,
  length: number,
  degreesAt: (pixel: number) => number,
  pixelAt: (degrees: number) => number,
): Pairs {
  const step = Math.abs(degreesAt(1) - degreesAt(0)) * CELLS_PER_DEGREE;
  if (step <= SLACK)
    return {
      pixels: Int32Array.from({ length }, (_, i) => i),
      cells: Int32Array.from({ length }, (_, i) =>
        Math.floor(degreesAt(first + i + 0.5) * CELLS_PER_DEGREE),
      ),
    };
  const [low = 0, high = 0] = [degreesAt(first), degreesAt(first + length)].sort((a, b) => a - b);
  const from = Math.ceil(low * CELLS_PER_DEGREE - 0.5);
  const to = Math.ceil(high * CELLS_PER_DEGREE - 0.5);
  const cells = Int32Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);
  const within = (pixel: number): number => Math.min(Math.max(Math.floor(pixel), 0), length - 1);
  return {
    cells,
    pixels: cells.map((cell) => within(pixelAt((cell + 0.5) / CELLS_PER_DEGREE) - first)),
  };
}
