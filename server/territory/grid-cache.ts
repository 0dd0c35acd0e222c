/**
 * An unpacked people grid as one file in the data folder: a line of JSON, the arrays as they lie in
 * memory, and a checksum over everything. Named by the pack it is from and by its own format.
 */
import { mkdir, open, readdir, rename, rm, writeFile, type FileHandle } from 'node:fs/promises';
import { endianness } from 'node:os';
import path from 'node:path';
import { crc32 } from 'node:zlib';
import type { PeopleGrid } from './territory.ts';

/** Raised when the file's layout or what is computed into it (surroundings, shares) changes. */
const FORMAT = 1;

interface Heading {
  count: number;
  communes: string[];
  provinces: string[];
}

const HEAD_BYTES = 12; // crc32, length of the heading, length of the arrays
/** Arrays begin on a multiple of this, whatever the heading's length. */
const ALIGNMENT = 8;

/** The cached grid of a pack; undefined when there is none or it is damaged. */
export async function readCachedGrid(
  folder: string,
  packHash: string,
): Promise<PeopleGrid | undefined> {
  let file: FileHandle | undefined;
  try {
    file = await open(fileOf(folder, packHash), 'r');
    const { size } = await file.stat();
    const bytes = new Uint8Array(new SharedArrayBuffer(size));
    let read = 0;
    while (read < size) {
      const { bytesRead } = await file.read(bytes, read, size - read, read);
      if (bytesRead === 0) return undefined;
      read += bytesRead;
    }
    return decode(bytes);
  } catch (error) {
    if (error instanceof Error && 'code' in error) return undefined; // not there, not readable
    throw error;
  } finally {
    await file?.close();
  }
}

/** Caches a grid, as a whole or not at all; a folder that cannot be written is left without. */
export async function writeCachedGrid(
  folder: string,
  packHash: string,
  grid: PeopleGrid,
): Promise<void> {
  const target = fileOf(folder, packHash);
  const partial = `${target}.${process.pid}.part`;
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(partial, encode(grid));
    await rename(partial, target);
    for (const name of await readdir(folder))
      if (/^grid-.*\.cells$/.test(name) && name !== path.basename(target))
        await rm(path.join(folder, name), { force: true });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    await rm(partial, { force: true }).catch(() => undefined);
  }
}

function fileOf(folder: string, packHash: string): string {
  return path.join(folder, `grid-${packHash.slice(0, 16)}-${FORMAT}-${endianness()}.cells`);
}

function encode(grid: PeopleGrid): Uint8Array {
  const { count, communes, provinces } = grid;
  const heading = Buffer.from(JSON.stringify({ count, communes, provinces } satisfies Heading));
  const arrays = [
    grid.lon,
    grid.lat,
    grid.people,
    grid.commune,
    grid.provinceOf,
    grid.surroundings,
  ];
  const at = arraysAt(heading.length);
  const length = arrays.reduce((sum, array) => sum + array.byteLength, 0);
  const bytes = Buffer.alloc(at + length);
  bytes.writeUInt32LE(heading.length, 4);
  bytes.writeUInt32LE(length, 8);
  heading.copy(bytes, HEAD_BYTES);
  let to = at;
  for (const array of arrays) {
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), to);
    to += array.byteLength;
  }
  bytes.writeUInt32LE(crc32(bytes.subarray(4)), 0);
  return bytes;
}

function decode(bytes: Uint8Array): PeopleGrid | undefined {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (buffer.length < HEAD_BYTES || crc32(buffer.subarray(4)) !== buffer.readUInt32LE(0))
    return undefined;
  const headingEnd = HEAD_BYTES + buffer.readUInt32LE(4);
  const { count, communes, provinces } = JSON.parse(
    buffer.toString('utf8', HEAD_BYTES, headingEnd),
  ) as Heading;
  let at = arraysAt(buffer.readUInt32LE(4));
  const take = (size: number): number => {
    const from = at;
    at += size;
    return from;
  };
  const { buffer: memory } = bytes;
  return {
    count,
    lon: new Float32Array(memory, take(4 * count), count),
    lat: new Float32Array(memory, take(4 * count), count),
    people: new Int32Array(memory, take(4 * count), count),
    commune: new Uint16Array(memory, take(2 * count), count),
    communes,
    provinceOf: new Uint16Array(memory, take(2 * communes.length), communes.length),
    provinces,
    surroundings: new Uint8Array(memory, take(count), count),
  };
}

function arraysAt(headingLength: number): number {
  return Math.ceil((HEAD_BYTES + headingLength) / ALIGNMENT) * ALIGNMENT;
}
