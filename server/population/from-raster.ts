/**
 * People of a raster onto the grid. A pixel smaller than a cell gives its people to the cell that holds
 * its centre; a larger one shares them equally over the grid's cells whose centres lie in it (where
 * there is none, they go to the cell at its own centre).
 */
import type { Box, Raster } from '../raster/geotiff.ts';
import { RasterRefused } from '../raster/refusal.ts';
import type { PeopleGrid } from '../territory/territory.ts';
import type { Placing } from './placing.ts';

/** Mean area of a cell of resolution 9 over the country. */
const CELL_KM2 = 0.118;
const KM_PER_DEGREE = 111.2;
/** How far around the country people are looked for, degrees: more than a cell's width. */
const AROUND = 0.01;

type Progress = (done: number, of: number) => void;

/** `bounds` are the country's. Throws RasterRefused for negative numbers of people. */
export async function placeRaster(
  raster: Raster,
  grid: PeopleGrid,
  bounds: Box,
  placing: Placing,
  onProgress: Progress,
): Promise<void> {
  const [west, south, east, north] = bounds;
  const box: Box = [west - AROUND, south - AROUND, east + AROUND, north + AROUND];
  const narrowing = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const km2 = raster.stepLon * raster.stepLat * KM_PER_DEGREE ** 2 * narrowing;
  if (km2 < CELL_KM2)
    await eachPixel(raster, box, onProgress, (lon, lat, people) => placing.add(lon, lat, people));
  else await placeLargePixels(raster, grid, box, placing, onProgress);
}

async function placeLargePixels(
  raster: Raster,
  grid: PeopleGrid,
  box: Box,
  placing: Placing,
  onProgress: Progress,
): Promise<void> {
  const { west, north, stepLon, stepLat } = raster;
  const firstColumn = Math.max(0, Math.floor((box[0] - west) / stepLon));
  const firstRow = Math.max(0, Math.floor((north - box[3]) / stepLat));
  const columns = Math.min(raster.width, Math.ceil((box[2] - west) / stepLon)) - firstColumn;
  const rows = Math.min(raster.height, Math.ceil((north - box[1]) / stepLat)) - firstRow;
  if (columns <= 0 || rows <= 0) return;
  /** Which pixel of the window holds a place, or -1. */
  const pixelAt = (lon: number, lat: number): number => {
    const x = Math.floor((lon - west) / stepLon) - firstColumn;
    const y = Math.floor((north - lat) / stepLat) - firstRow;
    return x >= 0 && x < columns && y >= 0 && y < rows ? y * columns + x : -1;
  };

  const cells = new Uint32Array(columns * rows);
  for (let i = 0; i < grid.count; i++) {
    const pixel = pixelAt(grid.lon[i] ?? NaN, grid.lat[i] ?? NaN);
    if (pixel >= 0) cells[pixel] = (cells[pixel] ?? 0) + 1;
  }
  const people = new Float32Array(columns * rows);
  await eachPixel(raster, box, onProgress, (lon, lat, value) => {
    const pixel = pixelAt(lon, lat);
    if ((cells[pixel] ?? 0) > 0) people[pixel] = value;
    else placing.add(lon, lat, value);
  });
  for (let i = 0; i < grid.count; i++) {
    const pixel = pixelAt(grid.lon[i] ?? NaN, grid.lat[i] ?? NaN);
    const value = people[pixel] ?? 0;
    if (value > 0) placing.addToIndex(i, value / (cells[pixel] ?? 1));
  }
}

/** Visits the centre of each pixel in the box that has people. */
async function eachPixel(
  { file, west, north, stepLon, stepLat, none, blocks }: Raster,
  box: Box,
  onProgress: Progress,
  visit: (lon: number, lat: number, people: number) => void,
): Promise<void> {
  for await (const block of blocks(box)) {
    const { column, row, width, height, stride, values } = block;
    for (let y = 0; y < height; y++) {
      const lat = north - (row + y + 0.5) * stepLat;
      if (lat < box[1] || lat > box[3]) continue;
      for (let x = 0; x < width; x++) {
        const people = values[y * stride + x] ?? 0;
        if (people === 0 || people === none || Number.isNaN(people)) continue;
        if (!(people > 0 && people < Infinity))
          throw new RasterRefused(
            `${file}: ${people} people at column ${column + x}, row ${row + y}. If that stands for ` +
              `"no data", say so in the file with: gdal_edit.py -a_nodata ${people} ${file}`,
          );
        const lon = west + (column + x + 0.5) * stepLon;
        if (lon >= box[0] && lon <= box[2]) visit(lon, lat, people);
      }
    }
    onProgress(block.done, block.of);
  }
}
