/** How a TIFF's pixels are laid into blocks, and where in the file each block is. */
import type { ImageFileDirectory } from 'geotiff';
import { RasterRefused } from './refusal.ts';

export interface Layout {
  /** Pixels. */
  width: number;
  height: number;
  blockWidth: number;
  blockHeight: number;
  /** Blocks in a row of blocks. */
  across: number;
  compression: number;
  /** Of each block, row by row, bytes from the file's beginning. */
  offsets: ArrayLike<number>;
  counts: ArrayLike<number>;
}

const NOT_COMPRESSED = 1;
/** That, LZW, deflate under both its numbers, PackBits, Zstandard. */
const COMPRESSIONS = new Set([NOT_COMPRESSED, 5, 8, 32_946, 32_773, 50_000]);

/** A larger block is a file that cannot be read piece by piece. */
const MOST_BLOCK_BYTES = 256 * 1024 * 1024;

/** Throws RasterRefused for what is not one picture of one value a pixel in blocks that can be read. */
export async function layoutOf(directory: ImageFileDirectory, file: string): Promise<Layout> {
  const samples = Number(directory.getValue('SamplesPerPixel') ?? 1);
  if (samples !== 1)
    throw new RasterRefused(
      `${file}: it has ${samples} values in each pixel, and one is expected; take the right band out ` +
        `with: gdal_translate -b 1 ${file} band.tif`,
    );
  const compression = Number(directory.getValue('Compression') ?? NOT_COMPRESSED);
  if (!COMPRESSIONS.has(compression))
    throw new RasterRefused(
      `${file}: its compression (number ${compression}) is not read; write it again with: ` +
        `gdal_translate -co COMPRESS=DEFLATE -co TILED=YES ${file} deflate.tif`,
    );
  const width = Number(directory.getValue('ImageWidth') ?? 0);
  const height = Number(directory.getValue('ImageLength') ?? 0);
  const tiled = directory.hasTag('TileOffsets');
  const blockWidth = tiled ? Number(directory.getValue('TileWidth') ?? 0) : width;
  const rows = Number(directory.getValue(tiled ? 'TileLength' : 'RowsPerStrip') ?? height);
  const blockHeight = tiled ? rows : Math.min(rows, height);
  const offsets: unknown = await directory.loadValue(tiled ? 'TileOffsets' : 'StripOffsets');
  const counts: unknown = await directory.loadValue(tiled ? 'TileByteCounts' : 'StripByteCounts');
  const across = Math.ceil(width / blockWidth);
  const blocks = across * Math.ceil(height / blockHeight);
  if (!(blocks > 0) || !isList(offsets, blocks) || !isList(counts, blocks))
    throw new RasterRefused(
      `${file}: it does not say where its ${width} × ${height} pixels are; the file is damaged.`,
    );
  return { width, height, blockWidth, blockHeight, across, compression, offsets, counts };
}

/** Throws RasterRefused when blocks lie beyond the file's end or are too large for memory. */
export function checkSizes(
  { blockWidth, blockHeight, offsets, counts }: Layout,
  bytesPerPixel: number,
  fileSize: number,
  file: string,
): void {
  const bytes = blockWidth * blockHeight * bytesPerPixel;
  if (bytes > MOST_BLOCK_BYTES)
    throw new RasterRefused(
      `${file}: its pixels are in pieces of ${Math.round(bytes / 1e6)} MB, too large to read one by ` +
        `one; write it in tiles with: gdal_translate -co TILED=YES -co COMPRESS=DEFLATE ${file} tiles.tif`,
    );
  let end = 0;
  for (let i = 0; i < counts.length; i++)
    end = Math.max(end, Number(offsets[i]) + Number(counts[i]));
  if (end > fileSize)
    throw new RasterRefused(
      `${file}: the file is cut off: it has ${fileSize} bytes and its pixels reach to byte ${end}; bring it again.`,
    );
}

function isList(value: unknown, length: number): value is ArrayLike<number> {
  return (
    (Array.isArray(value) || ArrayBuffer.isView(value)) &&
    'length' in value &&
    typeof value.length === 'number' &&
    value.length >= length
  );
}
