/**
 * What an import makes, as bytes that prove themselves: a word that says what it is, a line of JSON,
 * and a body; its name is the SHA-256 of all of it. Kept in the database, read there piece by piece, so
 * that a server goes on answering.
 */
import { createHash } from 'node:crypto';
import type { Pool } from 'pg';

export interface Artifact<Heading> {
  heading: Heading;
  body: Uint8Array;
}

export type Kind = 'population' | 'terrain';

const TABLE = { population: 'populations', terrain: 'terrains' } as const;

/** Raised when the layout of anything in them changes; a server reads only its own. */
const FORMAT = 1;

/** Bytes read from the database at a time. */
const PIECE = 1_000_000;

/** The same heading and body give the same bytes. */
export function writeArtifact<Heading>(
  kind: Kind,
  { heading, body }: Artifact<Heading>,
): { bytes: Uint8Array; hash: string } {
  const head = Buffer.from(`${firstLine(kind)}\n${JSON.stringify(heading)}\n`);
  const bytes = new Uint8Array(Buffer.concat([head, body]));
  return { bytes, hash: createHash('sha256').update(bytes).digest('hex') };
}

/** Throws an Error when the bytes are of another kind or format. */
export function readArtifact<Heading>(kind: Kind, bytes: Uint8Array): Artifact<Heading> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const firstEnd = buffer.indexOf('\n');
  const first = buffer.toString('utf8', 0, Math.min(firstEnd, 80));
  if (first !== firstLine(kind))
    throw new Error(`"${first}" is stored where this version reads "${firstLine(kind)}"`);
  const secondEnd = buffer.indexOf('\n', firstEnd + 1);
  return {
    heading: JSON.parse(buffer.toString('utf8', firstEnd + 1, secondEnd)) as Heading,
    body: bytes.subarray(secondEnd + 1),
  };
}

/** A stored one. Throws an Error when the log names one that is not there, or it is damaged. */
export async function readStored<Heading>(
  pool: Pool,
  kind: Kind,
  hash: string,
): Promise<Artifact<Heading>> {
  const pieces: Buffer[] = [];
  const digest = createHash('sha256');
  for (let from = 1; ; from += PIECE) {
    const result = await pool.query<{ piece: Buffer }>(
      `select substring(bytes from $2 for $3) as piece from ${TABLE[kind]} where hash = $1`,
      [hash, from, PIECE],
    );
    const piece = result.rows[0]?.piece;
    if (!piece) throw new Error(`${kind} ${hash} is not in the database`);
    digest.update(piece);
    pieces.push(piece);
    if (piece.length < PIECE) break;
  }
  if (digest.digest('hex') !== hash)
    throw new Error(`${kind} ${hash} is damaged: its bytes are not what they were`);
  return readArtifact(kind, new Uint8Array(Buffer.concat(pieces)));
}

function firstLine(kind: Kind): string {
  return `PHUSONG ${kind} ${FORMAT}`;
}
