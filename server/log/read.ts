/** Reading the log: the truth is `select … where seq > n`, in order, without a gap. */
import type { Pool } from 'pg';
import { upcast, type Event } from '../../data/log/event.ts';

interface Row {
  format: number;
  event: Event;
}

/** An event as one object, put together where it lies: here it is read seventy thousand at a time. */
const EVENT = `format, data || jsonb_build_object('seq', seq, 'at',
  to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'effective', effective, 'by', by,
  'type', type, 'id', subject, 'version', version) as event`;

/** At most `limit` events after `seq`, upcast to today's format; `commune` is not yet in them. */
export async function readEvents(pool: Pool, seq: number, limit: number): Promise<Event[]> {
  const result = await pool.query<Row>({
    name: 'read-events',
    text: `select ${EVENT} from events where seq > $1 order by seq limit $2`,
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
    text: `select ${EVENT} from events where seq > $1 and seq <= $2
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
    text: `select ${EVENT} from events where subject = $1 order by version`,
    values: [id],
  });
  return result.rows.map(eventOf);
}

/**
 * Since when each of some stations is down without a break, ms since 1970, by the events that told its
 * status; those that are not down by the log are left out.
 */
export async function readDownSince(
  pool: Pool,
  stations: readonly number[],
): Promise<Map<number, number>> {
  const result = await pool.query<{ subject: string; since: Date }>({
    name: 'read-down-since',
    text: `with told as (
             select subject, version, at, data ->> 'status' as status from events
             where subject = any($1::bigint[]) and data ? 'status'
           ), up as (
             select subject, max(version) as version from told where status <> 'down' group by subject
           )
           select told.subject, min(told.at) as since from told left join up using (subject)
           where told.status = 'down' and told.version > coalesce(up.version, 0)
           group by told.subject`,
    values: [stations],
  });
  return new Map(result.rows.map(({ subject, since }) => [Number(subject), since.getTime()]));
}

function eventOf({ format, event }: Row): Event {
  return upcast(format, event.type, event) as Event;
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
