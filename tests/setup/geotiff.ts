/**
 * A GeoTIFF of one value a pixel, as GDAL writes it: in tiles or strips, packed or not, in either byte
 * order. What a test wants to be wrong is said in `tags` or done to the bytes.
 */
import { deflateSync } from 'node:zlib';

export interface Picture {
  width: number;
  height: number;
  /** Edges of the first pixel and the pixels' size, degrees. */
  west: number;
  north: number;
  step: number;
  valueAt: (column: number, row: number) => number;
  kind?: 'float32' | 'int16';
  none?: number;
  /** Size of square tiles; without it strips of `rows` rows. */
  tile?: number;
  rows?: number;
  deflate?: boolean;
  bigEndian?: boolean;
  /** Positions mean the pixels' centres, as in SRTM. */
  pixelIsPoint?: boolean;
  /** EPSG code of geographic coordinates; with `projected` of projected ones. */
  epsg?: number;
  projected?: number;
  samples?: number;
  georeferenced?: boolean;
}

const SHORT = 3;
const LONG = 4;
const DOUBLE = 12;
const ASCII = 2;
const SIZES: Record<number, number> = { [SHORT]: 2, [LONG]: 4, [DOUBLE]: 8, [ASCII]: 1 };

type Tag = [tag: number, type: number, values: number[]];

export function geotiffOf(picture: Picture): Buffer {
  const { width, height, tile, rows = 16, bigEndian = false, samples = 1 } = picture;
  const blocks = blocksOf(picture);
  const tags: Tag[] = [
    [256, LONG, [width]],
    [257, LONG, [height]],
    [258, SHORT, Array.from({ length: samples }, () => (picture.kind === 'int16' ? 16 : 32))],
    [259, SHORT, [picture.deflate ? 8 : 1]],
    [262, SHORT, [1]],
    [277, SHORT, [samples]],
    [284, SHORT, [1]],
    [339, SHORT, Array.from({ length: samples }, () => (picture.kind === 'int16' ? 2 : 3))],
    ...(tile === undefined
      ? ([[278, LONG, [rows]]] satisfies Tag[])
      : ([
          [322, LONG, [tile]],
          [323, LONG, [tile]],
        ] satisfies Tag[])),
    [tile === undefined ? 273 : 324, LONG, blocks.map(() => 0)],
    [tile === undefined ? 279 : 325, LONG, blocks.map((block) => block.length)],
    ...geoTags(picture),
  ];
  tags.sort(([a], [b]) => a - b);

  const directoryEnd = 8 + 2 + 12 * tags.length + 4;
  const lengthOf = ([, type, values]: Tag): number => (SIZES[type] ?? 1) * values.length;
  const aside = tags.map(lengthOf).reduce((sum, bytes) => sum + (bytes > 4 ? bytes : 0), 0);
  let at = directoryEnd + aside;
  for (const [tag, , values] of tags)
    if (tag === 273 || tag === 324)
      for (const [i, block] of blocks.entries()) {
        values[i] = at;
        at += block.length;
      }

  const head = new DataView(new ArrayBuffer(directoryEnd + aside));
  const little = !bigEndian;
  head.setUint16(0, bigEndian ? 0x4d4d : 0x4949);
  head.setUint16(2, 42, little);
  head.setUint32(4, 8, little);
  head.setUint16(8, tags.length, little);
  let beside = directoryEnd;
  for (const [i, one] of tags.entries()) {
    const [tag, type, values] = one;
    const entry = 10 + 12 * i;
    head.setUint16(entry, tag, little);
    head.setUint16(entry + 2, type, little);
    head.setUint32(entry + 4, values.length, little);
    let to = entry + 8;
    if (lengthOf(one) > 4) {
      head.setUint32(to, beside, little);
      to = beside;
      beside += lengthOf(one);
    }
    for (const value of values) {
      if (type === SHORT) head.setUint16(to, value, little);
      else if (type === LONG) head.setUint32(to, value, little);
      else if (type === DOUBLE) head.setFloat64(to, value, little);
      else head.setUint8(to, value);
      to += SIZES[type] ?? 1;
    }
  }
  return Buffer.concat([new Uint8Array(head.buffer), ...blocks]);
}

function geoTags(picture: Picture): Tag[] {
  const { west, north, step, none, pixelIsPoint, projected, epsg = 4326 } = picture;
  const absent = none === undefined ? [] : [...Buffer.from(`${none}\0`)];
  const tags: Tag[] = none === undefined ? [] : [[42113, ASCII, absent]];
  if (picture.georeferenced === false) return tags;
  const keys = [
    [1024, 0, 1, projected === undefined ? 2 : 1],
    [1025, 0, 1, pixelIsPoint ? 2 : 1],
    projected === undefined ? [2048, 0, 1, epsg] : [3072, 0, 1, projected],
  ];
  const half = pixelIsPoint ? step / 2 : 0;
  return [
    ...tags,
    [33550, DOUBLE, [step, step, 0]],
    [33922, DOUBLE, [0, 0, 0, west + half, north - half, 0]],
    [34735, SHORT, [1, 1, 0, keys.length, ...keys.flat()]],
  ];
}

function blocksOf(picture: Picture): Buffer[] {
  const { width, height, tile, rows = 16, samples = 1, bigEndian, none = 0 } = picture;
  const blockWidth = tile ?? width;
  const blockHeight = tile ?? rows;
  const size = picture.kind === 'int16' ? 2 : 4;
  const blocks: Buffer[] = [];
  for (let y = 0; y < height; y += blockHeight)
    for (let x = 0; x < width; x += blockWidth) {
      const blockRows = tile ?? Math.min(blockHeight, height - y);
      const view = new DataView(new ArrayBuffer(blockWidth * blockRows * samples * size));
      for (let row = 0; row < blockRows; row++)
        for (let column = 0; column < blockWidth; column++) {
          const inside = x + column < width && y + row < height;
          const value = inside ? picture.valueAt(x + column, y + row) : none;
          for (let sample = 0; sample < samples; sample++) {
            const to = ((row * blockWidth + column) * samples + sample) * size;
            if (size === 2) view.setInt16(to, value, !bigEndian);
            else view.setFloat32(to, value, !bigEndian);
          }
        }
      const bytes = Buffer.from(view.buffer);
      blocks.push(picture.deflate ? deflateSync(bytes) : bytes);
    }
  return blocks;
}
