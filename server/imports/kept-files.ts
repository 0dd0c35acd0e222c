/** Files as they were sent, kept in pieces so that any server can read them again. */
import { createReadStream, createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Pool } from 'pg';

const PART = 1024 * 1024;

/** Keeps the file, piece by piece. */
export async function keepFile(pool: Pool, id: number, file: string): Promise<void> {
  await pool.query('delete from import_parts where import = $1', [id]);
  let part = 0;
  for await (const bytes of createReadStream(file, { highWaterMark: PART }))
    await pool.query('insert into import_parts (import, part, bytes) values ($1, $2, $3)', [
      id,
      part++,
      bytes,
    ]);
}

/** Brings the file back; false where it is not kept any more. */
export async function bringFile(pool: Pool, id: number, to: string): Promise<boolean> {
  let parts = 0;
  async function* bytes(): AsyncGenerator<Buffer> {
    for (;;) {
      const { rows } = await pool.query<{ bytes: Buffer }>(
        'select bytes from import_parts where import = $1 and part = $2',
        [id, parts],
      );
      if (!rows[0]) return;
      parts++;
      yield rows[0].bytes;
    }
  }
  await pipeline(Readable.from(bytes()), createWriteStream(to));
  return parts > 0;
}
