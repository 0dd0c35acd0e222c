/**
 * State snapshots in the database: a start reads the newest one and only the tail of the log. They
 * are a shortcut, never a truth: tagged with the code and the territory that made them, so that a
 * changed rule replays the log instead of believing an old result.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, brotliDecompress, constants } from 'node:zlib';
import type { Pool } from 'pg';
import { emptyCountry, type Country } from '../../data/model/country.ts';
import { decodeSnapshot, encodeSnapshot } from '../../data/wire/snapshot.ts';

/** A state is kept after this many events, at most. */
export const EVENTS_PER_STATE = 50_000;

const STATE_WRITER_LOCK = 8_402_002;
const RULES = ['data/model', 'data/log', 'data/wire'];

const compress = promisify(brotliCompress);
const decompress = promisify(brotliDecompress);

/** Fingerprint of the code in some folders: of that which makes a country from events. */
export async function codeHash(rules: readonly string[] = RULES): Promise<string> {
  const hash = createHash('sha256');
  for (const room of rules) {
    const folder = path.resolve(import.meta.dirname, '../..', room);
    for (const file of (await readdir(folder)).sort())
      hash.update(file).update(await readFile(path.join(folder, file)));
  }
  return hash.digest('hex').slice(0, 16);
}

/** The newest kept state of this code, or the empty country. */
export async function readState(pool: Pool, code: string): Promise<Country> {
  const result = await pool.query<{ bytes: Buffer }>(
    'select bytes from states where code = $1 order by seq desc limit 1',
    [code],
  );
  const bytes = result.rows[0]?.bytes;
  return bytes ? decodeSnapshot(await decompress(bytes)).country : emptyCountry();
}

/**
 * Keeps the state if `EVENTS_PER_STATE` events have passed since the last, and no other server is
 * doing so right now. The bytes are taken before the first wait: the country may go on meanwhile.
 */
export async function keepState(pool: Pool, code: string, country: Country): Promise<void> {
  const { seq, territory } = country;
  const bytes = encodeSnapshot({ country, estimates: {} });
  const compressed = await compress(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 4 },
  });
  await pool.query(
    `insert into states (seq, code, pack, bytes)
     select $1, $2, $3, $4
     where pg_try_advisory_xact_lock($5)
       and not exists (select from states where code = $2 and seq > $1::bigint - $6::bigint)
     on conflict do nothing`,
    [seq, code, territory?.hash ?? '', compressed, STATE_WRITER_LOCK, EVENTS_PER_STATE],
  );
}
