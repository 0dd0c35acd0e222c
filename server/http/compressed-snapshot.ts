/**
 * The snapshot as it goes over the wire: compressed once, and shared by everyone who asks within a
 * second, so that a thousand clients coming back at once cost as much as one. Who follows on over the
 * stream may take one that is older (`Cache-Control: max-age`): what happened since comes to them there.
 */
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { encodeSnapshot } from '../../data/wire/snapshot.ts';
import type { LiveCountry } from '../country/live.ts';

const SHARED_MS = 1_000;
/** However old somebody takes it: fewer events by far than the stream can tell from memory. */
const MOST_BEHIND = 500;
const compressBrotli = promisify(brotliCompress);
const compressGzip = promisify(gzip);

export type Encoding = 'br' | 'gzip' | 'identity';

export interface CompressedSnapshot {
  seq: number;
  /** Bytes before compression. */
  length: number;
  as(encoding: Encoding): Promise<Uint8Array>;
}

/** Answers a snapshot that is at most a second old, or at most `agedMs`. */
export function sharedSnapshots(
  live: LiveCountry,
  now: () => number,
): (agedMs?: number) => CompressedSnapshot {
  let shared: { snapshot: CompressedSnapshot; at: number; territory: string } | undefined;
  // Who is told to start over must not be given what it was told to leave behind.
  live.onApplied((_applied, reset) => {
    if (reset) shared = undefined;
  });
  return (agedMs = SHARED_MS) => {
    const { seq, territory } = live.country;
    const standing = territory?.hash ?? '';
    const fresh =
      shared &&
      shared.territory === standing &&
      (shared.snapshot.seq === seq ||
        (now() - shared.at < Math.max(SHARED_MS, agedMs) &&
          seq - shared.snapshot.seq <= MOST_BEHIND));
    if (!shared || !fresh) {
      const bytes = encodeSnapshot(live.snapshot());
      shared = { snapshot: compressed(seq, bytes), at: now(), territory: standing };
    }
    return shared.snapshot;
  };
}

function compressed(seq: number, bytes: Uint8Array): CompressedSnapshot {
  const made = new Map<Encoding, Promise<Uint8Array>>();
  const make = (encoding: Encoding): Promise<Uint8Array> => {
    if (encoding === 'identity') return Promise.resolve(bytes);
    if (encoding === 'gzip') return compressGzip(bytes, { level: 6 });
    return compressBrotli(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: 5,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    });
  };
  return {
    seq,
    length: bytes.length,
    as(encoding) {
      const known = made.get(encoding) ?? make(encoding);
      made.set(encoding, known);
      return known;
    },
  };
}
