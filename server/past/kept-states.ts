/**
 * States of the whole life of the log, so that any moment is one of them and a short tail: one for
 * each `EVENTS_PER_PAST` events, for ever. A state of the demo country is about 1 MB, so they take
 * about 50 bytes an event beside the 400 that the log itself takes: half a gigabyte at ten million.
 * What is missing (another version of the code or of the boundaries began) is made from the log.
 */
import { promisify } from 'node:util';
import { brotliCompress, brotliDecompress, constants } from 'node:zlib';
import type { Pool } from 'pg';
import type { Event, EventType } from '../../data/log/event.ts';
import { upcast } from '../../data/log/event.ts';
import type { Country } from '../../data/model/country.ts';
import { emptyCountry } from '../../data/model/country.ts';
import type { Fields } from '../../data/model/table.ts';
import { decodeSnapshot, encodeSnapshot } from '../../data/wire/snapshot.ts';

export const EVENTS_PER_PAST = 20_000;

const compress = promisify(brotliCompress);
const decompress = promisify(brotliDecompress);

/** By which code and on which boundaries a state was worked out: others are not believed. */
export interface Origin {
  code: string;
  pack: string;
}

/** The number of the last state at or before an event; 0 where the log has to be read from its start. */
export async function stateBefore(pool: Pool, origin: Origin, seq: number): Promise<number> {
  const { rows } = await pool.query<{ seq: string | null }>(
    'select max(seq) as seq from states where code = $1 and pack = $2 and seq <= $3',
    [origin.code, origin.pack, seq],
  );
  return Number(rows[0]?.seq ?? 0);
}

/** The country of a state; 0 is the empty one. */
export async function readStateAt(pool: Pool, origin: Origin, seq: number): Promise<Country> {
  if (seq === 0) return emptyCountry();
  const { rows } = await pool.query<{ bytes: Buffer }>(
    'select bytes from states where code = $1 and pack = $2 and seq = $3',
    [origin.code, origin.pack, seq],
  );
  const bytes = rows[0]?.bytes;
  if (!bytes) throw new Error(`the state at ${seq} is gone`);
  return decodeSnapshot(await decompress(bytes)).country;
}

/** Keeps the state of a country, once. */
export async function writeStateAt(pool: Pool, origin: Origin, country: Country): Promise<void> {
  const { seq } = country;
  const bytes = await compress(encodeSnapshot({ country, estimates: {} }), {
    params: { [constants.BROTLI_PARAM_QUALITY]: 4 },
  });
  await pool.query(
    `insert into states (seq, code, pack, bytes) values ($1, $2, $3, $4) on conflict do nothing`,
    [seq, origin.code, origin.pack, bytes],
  );
}

/**
 * Drops what nobody believes any more: states of other code or boundaries, but for the newest of each
 * code, with which an older version of the program would start again.
 */
export async function dropOthers(pool: Pool, { code, pack }: Origin): Promise<void> {
  await pool.query(
    `delete from states as s where (code <> $1 or pack <> $2)
       and seq < (select max(seq) from states as newest where newest.code = s.code)`,
    [code, pack],
  );
}

/** Type, format, thing, version and data of an event. */
type Bare = [type: EventType, format: number, subject: number, version: number, data: Fields];

/**
 * The events after `seq`, up to `until` and at most `limit`, with what the country needs of them and
 * no more: without their instants, and as one text, they are read five times as fast.
 */
export async function readBare(
  pool: Pool,
  seq: number,
  until: number,
  limit: number,
): Promise<Event[]> {
  const { rows } = await pool.query<{ events: string | null }>({
    name: 'read-bare',
    text: `select json_agg(json_build_array(type, format, subject, version, data) order by seq)::text
                    as events
           from events where seq > $1 and seq <= $2`,
    values: [seq, Math.min(until, seq + limit)],
  });
  // Numbers have no gap: the place of an event among these tells its own.
  const bare = JSON.parse(rows[0]?.events ?? '[]') as Bare[];
  // Into the data as it was parsed: a spread of it takes ten times as long as all the rest.
  return bare.map(([type, format, id, version, data], index) =>
    Object.assign(upcast(format, type, data), {
      ...{ seq: seq + 1 + index, at: '', by: '', effective: '' },
      ...{ type, id, version },
    }),
  );
}

/** The instant of an event. */
export async function readInstant(pool: Pool, seq: number): Promise<string> {
  const { rows } = await pool.query<{ at: Date }>('select at from events where seq = $1', [seq]);
  return rows[0]?.at.toISOString() ?? '';
}
