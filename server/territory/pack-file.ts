/**
 * The file a territory pack is: eight bytes that say what it is and in which format, the SHA-256 of
 * all that follows (which is the pack's name, its hash), and then named sections, each compressed
 * with brotli on its own. A pack proves itself: a changed or cut one does not open.
 */
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, brotliDecompressSync, constants } from 'node:zlib';
import { TerritoryRefused } from './refusal.ts';

/** Raised when the layout changes; a server opens only its own. */
const PACK_FORMAT = 1;

const MAGIC = new TextEncoder().encode('PHUSONG');
const DIGEST_AT = MAGIC.length + 1;
const TABLE_AT = DIGEST_AT + 32;

export interface PackFile {
  hash: string;
  /** A section's bytes, decompressed. Throws TerritoryRefused when the pack has none of that name. */
  section(name: string): Uint8Array;
}

/** The file of the given sections; the same sections give the same bytes. */
export async function writePackFile(
  sections: Record<string, Uint8Array>,
): Promise<{ bytes: Uint8Array; hash: string; sizes: Record<string, number> }> {
  const packed = await Promise.all(
    Object.entries(sections).map(async ([name, bytes]) => ({ name, bytes: await compress(bytes) })),
  );
  const sizes = Object.fromEntries(packed.map(({ name, bytes }) => [name, bytes.length]));
  const table = Buffer.from(JSON.stringify(sizes));
  const tableLength = Buffer.alloc(4);
  tableLength.writeUInt32LE(table.length);
  const body = Buffer.concat([tableLength, table, ...packed.map(({ bytes }) => bytes)]);
  const digest = createHash('sha256').update(body).digest();
  const bytes = Buffer.concat([MAGIC, Buffer.of(PACK_FORMAT), digest, body]);
  return { bytes: new Uint8Array(bytes), hash: digest.toString('hex'), sizes };
}

/** Throws TerritoryRefused for what is no pack, a pack of another format, or a damaged one. */
export function readPackFile(bytes: Uint8Array): PackFile {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (buffer.length < TABLE_AT + 4 || !buffer.subarray(0, MAGIC.length).equals(MAGIC))
    throw new TerritoryRefused('This is not a territory pack.');
  const format = buffer[MAGIC.length] ?? 0;
  if (format !== PACK_FORMAT)
    throw new TerritoryRefused(
      `This territory pack has format ${format}; this version reads format ${PACK_FORMAT}. Build or import it again.`,
    );
  const digest = buffer.subarray(DIGEST_AT, TABLE_AT);
  if (!createHash('sha256').update(buffer.subarray(TABLE_AT)).digest().equals(digest))
    throw new TerritoryRefused('This territory pack is damaged: its content is not what it was.');
  const tableEnd = TABLE_AT + 4 + buffer.readUInt32LE(TABLE_AT);
  const sizes = JSON.parse(buffer.toString('utf8', TABLE_AT + 4, tableEnd)) as Record<
    string,
    number
  >;
  return {
    hash: digest.toString('hex'),
    section(name) {
      let at = tableEnd;
      for (const [each, size] of Object.entries(sizes)) {
        if (each === name) return brotliDecompressSync(buffer.subarray(at, at + size));
        at += size;
      }
      throw new TerritoryRefused(`This territory pack has no section "${name}".`);
    },
  };
}

async function compress(bytes: Uint8Array): Promise<Uint8Array> {
  return promisify(brotliCompress)(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 10, // half the time of 11 for a hundredth more
      [constants.BROTLI_PARAM_LGWIN]: 22,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });
}
