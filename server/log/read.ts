/** Reading the log: the truth is `select … where seq > n`, in order, without a gap. */
import type { Pool } from 'pg';
import { upcast, type Event, type EventType } from '../../data/log/event.ts';
import type { Fields } from '../../data/model/table.ts';

interface Row {
  seq: string;
  at: Date;
  effective: string;
  by: string;
  type: EventType;
  format: number;
  subject: string;
  version: number;
  data: Fields;
}

/** At most `limit` events after `seq`, upcast to today's format; `commune` is not yet in them. */
export async function readEvents(pool: Pool, seq: number, limit: number): Promise<Event[]> {
  const result = await pool.query<Row>({
    name: 'read-events',
    text: `select seq, at, effective::text, by, type, format, subject, version, data
           from events where seq > $1 order by seq limit $2`,
    values: [seq, limit],
  });
  return result.rows.map(eventOf);
}

/**
 * At most `limit` events of nodes and links after `seq`, not beyond `until`: they are few in a long
 * log, and have an index of their own.
 */
export async function readNetworkEvents(
  pool: Pool,
  seq: number,
  until: number,
  limit: number,
): Promise<Event[]> {
  const result = await pool.query<Row>({
    name: 'read-network-events',
    text: `select seq, at, effective::text, by, type, format, subject, version, data
           from events where seq > $1 and seq <= $2
             and type in ('node.add', 'node.change', 'node.remove',
                          'link.add', 'link.change', 'link.remove')
           order by seq limit $3`,
    values: [seq, until, limit],
  });
  return result.rows.map(eventOf);
}

/** Every event about one thing, oldest first, upcast to today's format. */
export async function readThing(pool: Pool, id: number): Promise<Event[]> {
  const result = await pool.query<Row>({
    name: 'read-thing',
    text: `select seq, at, effective::text, by, type, format, subject, version, data
           from events where subject = $1 order by version`,
    values: [id],
  });
  return result.rows.map(eventOf);
}

function eventOf(row: Row): Event {
  return {
    ...upcast(row.format, row.type, row.data),
    seq: Number(row.seq),
    at: row.at.toISOString(),
    by: row.by,
    type: row.type,
    id: Number(row.subject),
    version: row.version,
    effective: row.effective,
  };
}

/** The first answer to a key, or undefined when no event has it. */
export async function answerTo(
  pool: Pool,
  key: string,
): Promise<{ seq: number; id: number; version: number } | undefined> {
  const result = await pool.query<{ seq: string; subject: string; version: number }>(
    'select seq, subject, version from events where key = $1',
    [key],
  );
  const row = result.rows[0];
  return row && { seq: Number(row.seq), id: Number(row.subject), version: row.version };
}

/** The newest number in the log. */
export async function headOf(pool: Pool): Promise<number> {
  const result = await pool.query<{ seq: string }>('select seq from head');
  return Number(result.rows[0]?.seq ?? 0);
}
