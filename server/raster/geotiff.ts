/**
 * A GeoTIFF read block by block (its tiles or strips), so that a file of any size never lies in memory
 * whole. The format is the library's (`geotiff`); what may be in it is checked here.
 */
import path from 'node:path';
import { GeoTIFF, getDecoder, type BaseDecoder, type ImageFileDirectory } from 'geotiff';
import { checkSizes, layoutOf, type Layout } from './block-layout.ts';
import { FileSource } from './file-source.ts';
import { georeferenceOf, type Georeference } from './georeference.ts';
import { RasterRefused } from './refusal.ts';
import { samplesIn, samplesOf, type Samples } from './samples.ts';

/** `[west, south, east, north]`, degrees. */
export type Box = readonly [number, number, number, number];

export interface Raster extends Georeference {
  /** File name, for messages. */
  file: string;
  /** Pixels. */
  width: number;
  height: number;
  /** The value that stands for none; NaN where only NaN does. */
  none: number;
  /** The blocks that touch a box, from north to south. Throws RasterRefused for a damaged one. */
  blocks(box: Box): AsyncIterable<Block>;
  close(): Promise<void>;
}

/** A rectangle of pixels; the one at (x, y) of it is `values[y * stride + x]`. */
export interface Block {
  column: number;
  row: number;
  width: number;
  height: number;
  stride: number;
  values: Samples;
  /** How many of the wanted blocks have been read with this one, and how many there are. */
  done: number;
  of: number;
}

/**
 * Opens a GeoTIFF with one value a pixel on WGS 84. Throws RasterRefused naming the file for anything
 * else, and for one that is cut off.
 */
export async function openRaster(place: string): Promise<Raster> {
  const file = path.basename(place);
  const source = await FileSource.open(place);
  try {
    const { directory, littleEndian } = await readDirectory(source, file);
    const layout = await layoutOf(directory, file);
    const samples = await samplesOf(directory, littleEndian, file);
    const georeference = georeferenceOf(directory, layout, file);
    checkSizes(layout, samples.bytes, source.fileSize, file);
    const decoder = await getDecoder(layout.compression, {
      tileWidth: layout.blockWidth,
      tileHeight: layout.blockHeight,
      planarConfiguration: 1,
      bitsPerSample: [8 * samples.bytes],
      predictor: samples.predictor,
    });
    return {
      ...georeference,
      file,
      width: layout.width,
      height: layout.height,
      none: samples.none,
      async *blocks(box) {
        const wanted = blocksIn(layout, georeference, box);
        for (const [index, at] of wanted.entries()) {
          const { column, row } = at;
          const width = Math.min(layout.blockWidth, layout.width - column);
          const height = Math.min(layout.blockHeight, layout.height - row);
          const bytes = await readBlock(source, layout, decoder, at, file);
          const values = samplesIn(samples, bytes, layout.blockWidth * height);
          if (!values) throw damaged(file, at);
          const progress = { done: index + 1, of: wanted.length };
          yield { column, row, width, height, stride: layout.blockWidth, values, ...progress };
        }
      },
      close: () => source.close(),
    };
  } catch (error) {
    await source.close();
    throw error;
  }
}

async function readDirectory(
  source: FileSource,
  file: string,
): Promise<{ directory: ImageFileDirectory; littleEndian: boolean }> {
  let tiff: GeoTIFF;
  try {
    tiff = await GeoTIFF.fromSource(source);
  } catch {
    throw new RasterRefused(`${file}: this is not a TIFF file.`);
  }
  // Everything at once: what the library reads later, it reads in one byte order only.
  tiff.parser.eager = true;
  try {
    const { fileDirectory: directory } = await tiff.getImage(0);
    return { directory, littleEndian: tiff.littleEndian };
  } catch {
    throw new RasterRefused(
      `${file}: its list of contents is not there or makes no sense; the file is cut off or damaged, bring it again.`,
    );
  }
}

interface Place {
  index: number;
  column: number;
  row: number;
}

function blocksIn(
  { width, height, blockWidth, blockHeight, across }: Layout,
  { west, north, stepLon, stepLat }: Georeference,
  box: Box,
): Place[] {
  const first = (pixel: number, size: number): number => Math.max(0, Math.floor(pixel / size));
  const end = (pixel: number, size: number, most: number): number =>
    Math.ceil(Math.min(pixel, most) / size);
  const found: Place[] = [];
  const toX = end((box[2] - west) / stepLon, blockWidth, width);
  const toY = end((north - box[1]) / stepLat, blockHeight, height);
  for (let y = first((north - box[3]) / stepLat, blockHeight); y < toY; y++)
    for (let x = first((box[0] - west) / stepLon, blockWidth); x < toX; x++)
      found.push({ index: y * across + x, column: x * blockWidth, row: y * blockHeight });
  return found;
}

/** The block's bytes, unpacked; undefined for one that the file leaves out: nothing is there. */
async function readBlock(
  source: FileSource,
  { offsets, counts }: Layout,
  decoder: BaseDecoder,
  place: Place,
  file: string,
): Promise<ArrayBufferLike | undefined> {
  const offset = Number(offsets[place.index] ?? 0);
  const length = Number(counts[place.index] ?? 0);
  if (length === 0) return undefined;
  const { data } = await source.fetchSlice({ offset, length });
  try {
    return await decoder.decode(data);
  } catch (error) {
    throw damaged(file, place, error);
  }
}

function damaged(file: string, { column, row }: Place, cause?: unknown): RasterRefused {
  return new RasterRefused(
    `${file}: the block at column ${column}, row ${row} cannot be unpacked; the file is damaged, bring it again.`,
    { cause },
  );
}
