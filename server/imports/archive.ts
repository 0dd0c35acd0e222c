/**
 * A zip archive of a stranger, read file by file where it lies. What would come out of it is counted
 * before anything is unpacked, and what does come out is held to what was said.
 */
import type { Readable } from 'node:stream';
import { openPromise, type Entry, type ZipFile } from 'yauzl';
import { MOST_ENTRIES, MOST_UNPACKED } from './limits.ts';
import { ImportRefused } from './refused.ts';

export interface Archive {
  /** Names as they are in the archive, folders left out. */
  names: readonly string[];
  /** The content of a file, as it is unpacked. */
  stream(name: string): Promise<Readable>;
  /** All of it, of at most `most` bytes. */
  bytes(name: string, most: number): Promise<Buffer>;
  close(): void;
}

export async function openArchive(file: string): Promise<Archive> {
  let zip: ZipFile | undefined;
  const entries = new Map<string, Entry>();
  let unpacked = 0;
  try {
    zip = await openPromise(file, { lazyEntries: true, autoClose: false });
    for await (const entry of zip.eachEntry()) {
      unpacked += entry.uncompressedSize;
      if (entries.size >= MOST_ENTRIES || unpacked > MOST_UNPACKED) throw tooLarge();
      if (entry.fileName.endsWith('/')) continue;
      if (entry.isEncrypted())
        throw new ImportRefused(
          'locked',
          'The file is locked with a password: save it without one.',
        );
      entries.set(entry.fileName, entry);
    }
  } catch (error) {
    zip?.close();
    throw error instanceof ImportRefused ? error : damaged(error);
  }
  const opened = zip;

  async function stream(name: string): Promise<Readable> {
    const entry = entries.get(name);
    if (!entry) throw damaged(new Error(`it has no ${name}`));
    try {
      return await opened.openReadStreamPromise(entry);
    } catch (error) {
      throw damaged(error);
    }
  }

  return {
    names: [...entries.keys()],
    stream,
    async bytes(name, most) {
      if ((entries.get(name)?.uncompressedSize ?? 0) > most) throw tooLarge();
      const chunks: Buffer[] = [];
      try {
        for await (const chunk of await stream(name)) chunks.push(chunk as Buffer);
      } catch (error) {
        throw error instanceof ImportRefused ? error : damaged(error);
      }
      return Buffer.concat(chunks);
    },
    close: () => opened.close(),
  };
}

export function tooLarge(): ImportRefused {
  const megabytes = MOST_UNPACKED / 1024 / 1024;
  return new ImportRefused(
    'unpacks_too_large',
    `Unpacked, the file holds more than ${megabytes} MB: split it.`,
    'too_large',
  );
}

export function damaged(error: unknown): ImportRefused {
  const why = error instanceof Error ? error.message : String(error);
  return new ImportRefused('damaged', `The file is damaged and cannot be read (${why}).`);
}
