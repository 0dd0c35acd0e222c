/**
 * Reads a backup. Its seal is checked from end to end before anything is believed, so that a file
 * that is cut off, changed or something else is told before a system is touched.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import * as v from 'valibot';
import { codeOf } from '../errors.ts';
import { NEWEST_MIGRATION } from '../log/schema.ts';
import { AnyHeader, BACKUP_FORMAT, FIRST_LINE, Header, SEAL_BYTES } from './format.ts';
import { BackupRefused } from './refusal.ts';

export interface Backup {
  file: string;
  header: Header;
  /** Where its compressed rows begin, and their length. */
  body: { from: number; length: number };
}

/** Told how many bytes of the file are done, and all of them. */
type OnBytes = (done: number, of: number) => void;

/** @throws {BackupRefused} unless it is a whole, undamaged backup that this version can restore. */
export async function openBackup(
  file: string,
  onBytes: OnBytes = () => undefined,
): Promise<Backup> {
  const handle = await open(file).catch((error: unknown) => {
    const why = codeOf(error) === 'ENOENT' ? 'there is no such file' : String(error);
    throw new BackupRefused(`${file} cannot be read: ${why}.`);
  });
  try {
    const { size } = await handle.stat();
    const begins = await bytesAt(handle, 0, FIRST_LINE.length + 4);
    if (!begins.subarray(0, FIRST_LINE.length).equals(FIRST_LINE))
      throw new BackupRefused(`${file} is not a backup of Phủ Sóng.`);
    const sealAt = size - SEAL_BYTES;
    const seal = await bytesAt(handle, Math.max(0, sealAt), SEAL_BYTES);
    if (sealAt < begins.length || seal.readBigUInt64BE() !== BigInt(sealAt))
      throw new BackupRefused(
        `${file} is not whole: its end is missing, or something was put behind it; copy it again from where it was made.`,
      );
    if (!(await sha256Of(file, sealAt, onBytes)).equals(seal.subarray(8)))
      throw new BackupRefused(
        `${file} is damaged: what it holds is not what was written; copy it again from where it was made.`,
      );
    const length = begins.readUInt32BE(FIRST_LINE.length);
    const from = begins.length + length;
    const header = headerIn(file, await bytesAt(handle, begins.length, length));
    return { file, header, body: { from, length: sealAt - from } };
  } catch (error) {
    if (codeOf(error) === 'EISDIR') throw new BackupRefused(`${file} is a folder, not a backup.`);
    throw error;
  } finally {
    await handle.close();
  }
}

function headerIn(file: string, bytes: Buffer): Header {
  const json: unknown = JSON.parse(bytes.toString('utf8'));
  const any = v.parse(AnyHeader, json);
  if (any.format > BACKUP_FORMAT) throw newer(file, any.product);
  const header = v.parse(Header, json);
  if (header.migration > NEWEST_MIGRATION) throw newer(file, header.product);
  return header;
}

function newer(file: string, product: string): BackupRefused {
  return new BackupRefused(
    `${file} was written by a newer Phủ Sóng (${product}) than this one can read: restore it with that version or a later one.`,
  );
}

async function bytesAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, position);
  return bytesRead === length ? buffer : Buffer.alloc(length);
}

async function sha256Of(file: string, length: number, onBytes: OnBytes): Promise<Buffer> {
  const sha256 = createHash('sha256');
  let done = 0;
  await pipeline(createReadStream(file, { end: length - 1 }), async (pieces) => {
    for await (const piece of pieces as AsyncIterable<Buffer>) {
      sha256.update(piece);
      onBytes((done += piece.length), length);
    }
  });
  return sha256.digest();
}

/** The rows of a backup, table after table: each call answers the pieces of the next. */
export function tableReader({ file, body: { from, length } }: Backup): {
  nextTable(): AsyncGenerator<Buffer>;
  close(): void;
} {
  const compressed = createReadStream(file, { start: from, end: from + length - 1 });
  const plain = createGunzip();
  compressed.once('error', (error) => plain.destroy(error));
  const pieces = compressed.pipe(plain)[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  let rest: Buffer = Buffer.alloc(0);

  /** Between one byte and `most` of them, whatever comes next. */
  async function some(most: number): Promise<Buffer> {
    while (rest.length === 0) {
      const { done, value } = await pieces.next();
      if (done) throw new Error(`${file}: the rows end too early`);
      rest = value;
    }
    const taken = rest.subarray(0, most);
    rest = rest.subarray(taken.length);
    return taken;
  }

  async function pieceLength(): Promise<number> {
    let bytes = await some(4);
    while (bytes.length < 4) bytes = Buffer.concat([bytes, await some(4 - bytes.length)]);
    return bytes.readUInt32BE();
  }

  return {
    async *nextTable() {
      for (let left = await pieceLength(); left > 0; left = await pieceLength())
        while (left > 0) {
          const piece = await some(left);
          left -= piece.length;
          yield piece;
        }
    },
    close: () => {
      compressed.destroy();
      plain.destroy();
    },
  };
}
