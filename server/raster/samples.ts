/** What a pixel's value is made of, and a block's bytes as an array of such values. */
import { endianness } from 'node:os';
import type { ImageFileDirectory } from 'geotiff';
import { RasterRefused } from './refusal.ts';

export type Samples =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array;

type SampleArray = new (bytes: ArrayBufferLike, at: number, length: number) => Samples;

/** By sample format (1 unsigned, 2 signed, 3 float) and bits. */
const ARRAYS: Record<string, SampleArray> = {
  '1/8': Uint8Array,
  '1/16': Uint16Array,
  '1/32': Uint32Array,
  '2/8': Int8Array,
  '2/16': Int16Array,
  '2/32': Int32Array,
  '3/32': Float32Array,
  '3/64': Float64Array,
};
const KINDS = ['', 'unsigned', 'signed', 'float'];

const HORIZONTAL = 2;
const FLOATING_POINT = 3;

export interface SampleKind {
  array: SampleArray;
  bytes: number;
  /** 1 none, 2 differences along the row, 3 the same for floats. */
  predictor: number;
  /** The value that stands for none; NaN where only NaN does. */
  none: number;
  /** What is in blocks that the file leaves out: that, or 0 where the file has no such value. */
  leftOut: number;
  /** Whether unpacked values are in the other byte order. */
  swapped: boolean;
}

/** Throws RasterRefused for values that are not plain numbers of 8 to 64 bits. */
export async function samplesOf(
  directory: ImageFileDirectory,
  littleEndian: boolean,
  file: string,
): Promise<SampleKind> {
  const format = Number(directory.getValue('SampleFormat')?.[0] ?? 1);
  const bits = Number(directory.getValue('BitsPerSample')?.[0] ?? 1);
  const predictor = Number((await directory.loadValue('Predictor')) ?? 1);
  const array = ARRAYS[`${format}/${bits}`];
  if (!array)
    throw new RasterRefused(
      `${file}: its values (${KINDS[format] ?? 'complex'} ${bits} bit) are not read; write it again ` +
        `with: gdal_translate -ot Float32 ${file} float.tif`,
    );
  const swapped = littleEndian !== (endianness() === 'LE');
  if (swapped && predictor === HORIZONTAL && bits > 8)
    throw new RasterRefused(
      `${file}: differences in the other byte order are not read; write it again with: ` +
        `gdal_translate -co ENDIANNESS=LITTLE ${file} little.tif`,
    );
  const declared = noneIn(directory);
  const none = array === Float32Array ? Math.fround(declared ?? NaN) : (declared ?? NaN);
  return {
    array,
    bytes: bits / 8,
    predictor,
    none,
    leftOut: declared === undefined ? 0 : none,
    // Undoing differences of floats leaves them in our own order.
    swapped: swapped && predictor !== FLOATING_POINT,
  };
}

function noneIn(directory: ImageFileDirectory): number | undefined {
  const text: unknown = directory.getValue('GDAL_NODATA');
  if (typeof text !== 'string') return undefined;
  const plain = text.replace(/\0+$/, '').trim();
  return plain === '' ? undefined : Number(plain);
}

/**
 * The `count` values in a block's bytes, or in one that the file leaves out. Undefined when there are
 * fewer bytes than that.
 */
export function samplesIn(
  { array, bytes: size, leftOut, swapped }: SampleKind,
  bytes: ArrayBufferLike | undefined,
  count: number,
): Samples | undefined {
  if (!bytes) return new array(new ArrayBuffer(count * size), 0, count).fill(leftOut);
  if (bytes.byteLength < count * size) return undefined;
  if (swapped) {
    const view = Buffer.from(bytes, 0, count * size);
    if (size === 2) view.swap16();
    if (size === 4) view.swap32();
    if (size === 8) view.swap64();
  }
  return new array(bytes, 0, count);
}
