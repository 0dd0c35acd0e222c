/**
 * The files of a dataset, in a zip or a folder, read one at a time. Nothing of a zip is written to
 * disk, so its names can do no harm; the size of one file is bounded.
 */
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import { openPromise, type Entry, type ZipFile } from 'yauzl';
import { codeOf } from '../../errors.ts';
import { TerritoryRefused } from '../refusal.ts';

export interface DatasetFile {
  /** Path inside the zip or folder, with forward slashes. */
  name: string;
  /** The whole content. Throws TerritoryRefused naming the file when it is damaged or too large. */
  read(): Promise<Buffer>;
}

export interface Dataset {
  files: DatasetFile[];
  close(): Promise<void>;
}

/** No unit of the country comes near this; a larger file is not one. */
const MOST_BYTES = 256 * 1024 * 1024;

/** Opens a zip or a folder. Throws TerritoryRefused when it is neither or cannot be read. */
export async function openDataset(place: string): Promise<Dataset> {
  let isFolder: boolean;
  try {
    isFolder = (await stat(place)).isDirectory();
  } catch (error) {
    const why = codeOf(error) === 'ENOENT' ? 'there is no such file or folder' : String(error);
    throw new TerritoryRefused(`${place}: ${why}.`);
  }
  return isFolder ? openFolder(place) : openZip(place);
}

async function openFolder(folder: string): Promise<Dataset> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = found
    .filter((each) => each.isFile())
    .map((each) => {
      const full = path.join(each.parentPath, each.name);
      const name = path.relative(folder, full).split(path.sep).join('/');
      return {
        name,
        read: async () => {
          checkSize(name, (await stat(full)).size);
          return readFile(full);
        },
      };
    });
  return { files, close: async () => undefined };
}

async function openZip(place: string): Promise<Dataset> {
  const label = path.basename(place);
  let zip: ZipFile;
  const files: DatasetFile[] = [];
  try {
    zip = await openPromise(place, { lazyEntries: true, autoClose: false });
    for await (const entry of zip.eachEntry())
      if (!entry.fileName.endsWith('/'))
        files.push({ name: entry.fileName, read: () => readEntry(zip, entry) });
  } catch (error) {
    throw new TerritoryRefused(
      `${label} is not a whole zip file (${messageOf(error)}): bring it again from its source.`,
    );
  }
  return {
    files,
    close: async () => zip.close(),
  };
}

async function readEntry(zip: ZipFile, entry: Entry): Promise<Buffer> {
  const name = entry.fileName;
  checkSize(name, entry.uncompressedSize);
  try {
    const stream: Readable = await zip.openReadStreamPromise(entry);
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk as Buffer);
    const bytes = Buffer.concat(chunks);
    if (crc32(bytes) !== entry.crc32) throw new Error('its checksum is wrong');
    return bytes;
  } catch (error) {
    throw new TerritoryRefused(
      `${name}: cannot be read from the zip (${messageOf(error)}); the zip is damaged, bring it again.`,
    );
  }
}

function checkSize(name: string, bytes: number): void {
  if (bytes > MOST_BYTES)
    throw new TerritoryRefused(
      `${name}: ${Math.round(bytes / 1e6)} MB is too large for the boundary of one unit.`,
    );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
