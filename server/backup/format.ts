/**
 * A backup is one file: a first line that names it, the length of a JSON header (uint32, big-endian),
 * the header, the rows of all tables compressed with gzip, and a seal: the length of everything
 * before it (uint64, big-endian) and its SHA-256. First line and seal stay as they are in every
 * format to come, so that any version can tell a newer file from a damaged one.
 *
 * The rows are PostgreSQL's own `COPY` text, which every version of it reads, table after table in
 * the header's order, in pieces: the length of each (uint32) and its bytes; a length of 0 ends a table.
 */
import * as v from 'valibot';

/** Changes whenever the layout behind the first line does. */
export const BACKUP_FORMAT = 1;

export const FIRST_LINE = Buffer.from('phusong-backup\n');
export const SEAL_BYTES = 8 + 32;

const Whole = v.pipe(v.number(), v.integer(), v.minValue(0));
const Name = v.pipe(v.string(), v.minLength(1), v.maxLength(63));

export const Header = v.object({
  format: v.literal(BACKUP_FORMAT),
  /** Version of the product that wrote it, and how far its tables had come. */
  product: v.string(),
  migration: Whole,
  /** The newest number in its log, and the instant as of which everything is. */
  seq: Whole,
  taken: v.pipe(v.string(), v.isoTimestamp()),
  /** What it takes on a disk once it is restored. */
  bytes: Whole,
  /** In an order in which each comes after those that it refers to. */
  tables: v.array(v.object({ name: Name, columns: v.array(Name), rows: Whole })),
  /** How far the sequences had counted; those that had not begun are left out. */
  sequences: v.array(v.object({ name: Name, last: v.pipe(v.string(), v.digits()) })),
});
export type Header = v.InferOutput<typeof Header>;

/** What any format says of itself. */
export const AnyHeader = v.object({ format: Whole, product: v.string() });

/** Everything before the rows. */
export function headOf(header: Header): Buffer {
  const json = Buffer.from(JSON.stringify(header));
  return Buffer.concat([FIRST_LINE, lengthOf(json), json]);
}

export function sealOf(length: number, sha256: Buffer): Buffer {
  const seal = Buffer.alloc(SEAL_BYTES);
  seal.writeBigUInt64BE(BigInt(length));
  sha256.copy(seal, 8);
  return seal;
}

/** The length that stands before a piece of a table. */
export function lengthOf(piece: Uint8Array): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(piece.length);
  return length;
}

export const END_OF_TABLE = Buffer.alloc(4);
