import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openRaster, type Box } from '../../../server/raster/geotiff.ts';
import { geotiffOf, type Picture } from '../../setup/geotiff.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'phu-song-raster-'));
});
afterEach(() => rm(folder, { recursive: true }));

const WORLD: Box = [-180, -90, 180, 90];
const picture: Picture = {
  width: 50,
  height: 400,
  west: 105,
  north: 21.5,
  step: 0.01,
  valueAt: (column, row) => column + 100 * row,
};

async function write(bytes: Uint8Array): Promise<string> {
  const place = path.join(folder, 'raster.tif');
  await writeFile(place, bytes);
  return place;
}

/** Every pixel of a file by what the reader says of its place: `lon lat` of its centre → value. */
async function pixelsOf(bytes: Uint8Array, box: Box = WORLD): Promise<Map<string, number>> {
  const raster = await openRaster(await write(bytes));
  const pixels = new Map<string, number>();
  try {
    for await (const { column, row, width, height, stride, values } of raster.blocks(box))
      for (let y = 0; y < height; y++)
        for (let x = 0; x < width; x++) {
          const lon = raster.west + (column + x + 0.5) * raster.stepLon;
          const lat = raster.north - (row + y + 0.5) * raster.stepLat;
          pixels.set(`${lon.toFixed(4)} ${lat.toFixed(4)}`, values[y * stride + x] ?? NaN);
        }
  } finally {
    await raster.close();
  }
  return pixels;
}

async function refusalOf(bytes: Uint8Array): Promise<string> {
  const error: unknown = await pixelsOf(bytes).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ name: 'RasterRefused' });
  return error instanceof Error ? error.message : '';
}

describe('a GeoTIFF', () => {
  it.each<[string, Partial<Picture>]>([
    ['in strips', {}],
    ['in one strip', { rows: 400 }],
    ['in tiles that reach beyond its edges', { tile: 32 }],
    ['packed', { tile: 32, deflate: true }],
    ['in the other byte order', { bigEndian: true, rows: 1, deflate: true }],
    ['of whole numbers', { kind: 'int16' }],
    ['of whole numbers in the other byte order', { kind: 'int16', bigEndian: true }],
    ['whose positions are its pixels’ centres', { pixelIsPoint: true }],
  ])('%s gives each pixel where it is', async (_, more) => {
    const pixels = await pixelsOf(geotiffOf({ ...picture, ...more }));
    expect(pixels.size).toBe(50 * 400);
    expect(pixels.get('105.0050 21.4950')).toBe(0);
    expect(pixels.get('105.4950 21.4950')).toBe(49);
    expect(pixels.get('105.3350 21.1050')).toBe(33 + 100 * 39);
  });

  it('is read only where it is wanted', async () => {
    const pixels = await pixelsOf(
      geotiffOf({ ...picture, tile: 16 }),
      [105.2, 21.2, 105.25, 21.25],
    );
    expect(pixels.get('105.2250 21.2250')).toBe(22 + 100 * 27);
    expect(pixels.size).toBeLessThanOrEqual(4 * 16 * 16);
    expect(await pixelsOf(geotiffOf(picture), [10, 50, 11, 51])).toEqual(new Map());
  });
});

describe('a file that cannot be taken', () => {
  it.each<[string, Uint8Array, string]>([
    ['no TIFF', Buffer.from('h3,people\n'), 'this is not a TIFF file'],
    ['nothing in it', new Uint8Array(0), 'this is not a TIFF file'],
    [
      'in UTM',
      geotiffOf({ ...picture, projected: 32648 }),
      'its projection is EPSG:32648; only longitude and latitude on WGS 84 (EPSG:4326) are read',
    ],
    ['on another ellipsoid', geotiffOf({ ...picture, epsg: 4756 }), 'is EPSG:4756'],
    ['in metres', geotiffOf({ ...picture, west: 580_000, north: 2_300_000 }), 'no degrees'],
    [
      'without a place',
      geotiffOf({ ...picture, georeferenced: false }),
      'a TIFF without georeference',
    ],
    ['of three colours', geotiffOf({ ...picture, samples: 3 }), 'it has 3 values in each pixel'],
    ['cut off', geotiffOf(picture).subarray(0, 6_000), 'the file is cut off: it has 6000 bytes'],
    ['cut off in its contents', geotiffOf(picture).subarray(0, 100), 'cut off or damaged'],
    [
      'damaged',
      geotiffOf({ ...picture, deflate: true }).fill(7, 1_000, 1_400),
      'cannot be unpacked; the file is damaged',
    ],
  ])('%s: one sentence that says so', async (_, bytes, words) => {
    expect(await refusalOf(bytes)).toContain(words);
  });

  it('in one piece too large for memory: how to write it in tiles', async () => {
    const bytes = geotiffOf({ ...picture, step: 1e-4, rows: 400 });
    for (const [tag, value] of [
      [256, 40_000],
      [257, 80_000],
      [278, 80_000],
    ] as const)
      setTag(bytes, tag, value);
    expect(await refusalOf(bytes)).toContain('in pieces of 12800 MB, too large');
  });

  it('not there, or a folder: the place', async () => {
    await expect(openRaster(path.join(folder, 'none.tif'))).rejects.toThrow(
      'there is no such file',
    );
    await expect(openRaster(folder)).rejects.toThrow('this is not a file');
  });
});

/** Overwrites a whole number in a little-endian file's list of contents. */
function setTag(bytes: Buffer, tag: number, value: number): void {
  for (let at = 10; at < 10 + 12 * bytes.readUInt16LE(8); at += 12)
    if (bytes.readUInt16LE(at) === tag) bytes.writeUInt32LE(value, at + 8);
}
