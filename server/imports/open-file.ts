/** A file of a stranger, as it came: told by its content, unpacked where it is packed, and opened. */
import { createReadStream, createWriteStream } from 'node:fs';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type { Kind } from '../../data/imports/kinds.ts';
import { damaged, tooLarge } from './archive.ts';
import { MOST_UNPACKED } from './limits.ts';
import { openSheet, type Asked, type Opened } from './open-sheet.ts';
import { ImportRefused } from './refused.ts';
import { contentOf } from './sniff.ts';

/** Throws `ImportRefused` for what cannot be read, and so do the rows of what it opens. */
export async function openFile(
  file: string,
  name: string,
  kind: Kind,
  asked: Asked,
): Promise<Opened> {
  const content = await contentOf(file, name);
  if (content !== 'gzip') return openSheet(file, content, kind, asked);
  const unpacked = `${file}.unpacked`;
  await unpack(file, unpacked);
  const inside = await contentOf(unpacked, name.replace(/\.gz$/i, ''));
  if (inside === 'gzip') throw damaged(new Error('an archive in an archive'));
  return openSheet(unpacked, inside, kind, asked);
}

async function unpack(from: string, to: string): Promise<void> {
  let bytes = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _, done) {
      bytes += chunk.length;
      if (bytes > MOST_UNPACKED) done(tooLarge());
      else done(null, chunk);
    },
  });
  try {
    await pipeline(createReadStream(from), createGunzip(), counted, createWriteStream(to));
  } catch (error) {
    throw error instanceof ImportRefused ? error : damaged(error);
  }
}
