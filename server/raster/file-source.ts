/** A file as the GeoTIFF reader asks for it: pieces by offset, read when they are wanted. */
import { open, type FileHandle } from 'node:fs/promises';
import { codeOf } from '../errors.ts';
import { RasterRefused } from './refusal.ts';

interface Slice {
  offset: number;
  length: number;
}

export class FileSource {
  /** Bytes. */
  readonly fileSize: number;
  readonly #file: FileHandle;

  private constructor(file: FileHandle, size: number) {
    this.#file = file;
    this.fileSize = size;
  }

  /** Throws RasterRefused when there is no such file or it is not one. */
  static async open(place: string): Promise<FileSource> {
    let file: FileHandle;
    try {
      file = await open(place, 'r');
    } catch (error) {
      const why =
        codeOf(error) === 'ENOENT'
          ? 'there is no such file'
          : `it cannot be opened (${codeOf(error) ?? String(error)})`;
      throw new RasterRefused(`${place}: ${why}.`);
    }
    const found = await file.stat();
    if (found.isFile()) return new FileSource(file, found.size);
    await file.close();
    throw new RasterRefused(`${place}: this is not a file.`);
  }

  async fetch(slices: Slice[]): Promise<ArrayBuffer[]> {
    return Promise.all(slices.map(async (slice) => (await this.fetchSlice(slice)).data));
  }

  /** Shorter than asked for only where the file ends. */
  async fetchSlice({ offset, length }: Slice): Promise<Slice & { data: ArrayBuffer }> {
    const bytes = new Uint8Array(Math.max(0, Math.min(length, this.fileSize - offset)));
    let read = 0;
    while (read < bytes.length) {
      const { bytesRead } = await this.#file.read(bytes, read, bytes.length - read, offset + read);
      if (bytesRead === 0) break;
      read += bytesRead;
    }
    return { offset, length, data: bytes.buffer };
  }

  async close(): Promise<void> {
    await this.#file.close();
  }
}
