/**
 * Appending to the log. One statement takes the head's row and writes the events behind it, so
 * numbers are gapless and commit order is sequence order.
 */
import { DatabaseError, type ClientBase, type Pool, type PoolClient } from 'pg';
import { EVENT_FORMAT, type Event, type EventType } from '../../data/log/event.ts';
import type { Fields } from '../../data/model/table.ts';
import { together } from '../database/together.ts';

/** An event before the log has given it a number. */
export interface NewEvent {
  type: EventType;
  by: string;
  key: string;
  /** Day on which it takes effect, `YYYY-MM-DD`. */
  effective: string;
  /** The thing it is about; absent for an event that adds one: its number becomes the id. */
  id?: number;
  version: number;
  fields: Fields;
}

/** Like `NewEvent`, in a batch whose events name each other before any has a number. */
export interface StagedEvent extends NewEvent {
  /** Index in the batch of the event that adds the thing; absent for one that adds, or has an id. */
  of?: number;
  /** Fields that hold the id of a thing added in the batch, by its index. */
  references?: Record<string, number>;
}

export interface Appended {
  seq: number;
  id: number;
  version: number;
}

/** The database refused: somebody else was first. */
export class Conflict extends Error {
  readonly on: 'key' | 'version';
  constructor(on: 'key' | 'version') {
    super(on === 'key' ? 'an event with this key is in the log' : 'this version is in the log');
    this.on = on;
  }
}

const COLUMNS = '(seq, at, effective, by, type, format, subject, version, key, data)';
const HEAD = 'select seq, greatest(at, clock_timestamp()) as at from head for update';
/** The same as JavaScript knows instants: to the millisecond, which is what the log keeps. */
const HEAD_AT = `select seq, greatest(at, date_trunc('milliseconds', clock_timestamp())) as at
  from head for update`;

/** Appends events in one statement, all or none; a `Conflict` when one of them came too late. */
export async function append(
  pool: Pool | PoolClient,
  events: readonly NewEvent[],
): Promise<Appended[]> {
  const column = <T>(of: (event: NewEvent) => T): T[] => events.map(of);
  try {
    const result = await pool.query<{ seq: string; subject: string; version: number }>(
      `with h as materialized (${HEAD})
       insert into events ${COLUMNS}
       select h.seq + n.ord, h.at, n.effective, n.by, n.type, $8,
              coalesce(n.subject, h.seq + n.ord), n.version, n.key, n.data
       from h, unnest($1::date[], $2::text[], $3::text[], $4::bigint[], $5::int[], $6::text[],
                      $7::jsonb[]) with ordinality
            as n(effective, by, type, subject, version, key, data, ord)
       returning seq, subject, version`,
      [
        column((e) => e.effective),
        column((e) => e.by),
        column((e) => e.type),
        column((e) => e.id ?? null),
        column((e) => e.version),
        column((e) => e.key),
        column((e) => JSON.stringify(e.fields)),
        EVENT_FORMAT,
      ],
    );
    return result.rows
      .map((row) => ({ seq: Number(row.seq), id: Number(row.subject), version: row.version }))
      .sort((a, b) => a.seq - b.seq);
  } catch (error) {
    throw asConflict(error);
  }
}

const STAGE_ROWS = 5_000;

/** The numbers of a batch in the log. */
export interface Batch {
  from: number;
  to: number;
}

/** Appends a large batch, as `appendBatch` does. Answers the first and last number. */
export function appendStaged(
  pool: Pool,
  events: readonly StagedEvent[],
  onProgress: (done: number, of: number) => void = () => undefined,
  more: Pick<BatchWork, 'alongside' | 'appended'> = {},
): Promise<Batch> {
  return appendBatch(pool, {
    async fill(client) {
      for (let start = 0; start < events.length; start += STAGE_ROWS) {
        await stage(client, events, start);
        onProgress(Math.min(start + STAGE_ROWS, events.length), events.length);
      }
    },
    ...more,
  });
}

/** A batch that is appended whole: what is written when. */
export interface BatchWork {
  /** Writes its rows into the table `staged`, `ord` counting from 1 without a gap. Holds nothing up. */
  fill(client: ClientBase): Promise<void>;
  /**
   * Looks whether the batch still holds, now that nobody else can append; `seq` is the last number. It
   * throws where it does not, and then nothing is appended.
   */
  held?(client: ClientBase, seq: number): Promise<void>;
  /** Writes what must be true with the events or not at all. */
  alongside?(client: ClientBase, batch: Batch): Promise<void>;
  /**
   * Called with the events once they are in the log, so that nobody here has to read them there. For a
   * batch whose events do not name each other.
   */
  appended?(events: Event[]): void;
}

/**
 * Appends a large batch in one transaction: its rows are staged without holding the log, which is
 * then held only for one `insert … select`.
 */
export async function appendBatch(pool: Pool, work: BatchWork): Promise<Batch> {
  const { fill, held, alongside, appended } = work;
  let ahead: Event[] = [];
  const batch = await together(pool, async (client) => {
    await client.query(`create temp table staged (
      ord bigint, effective date, by text, type text, subject bigint, of bigint, version int,
      key text, data jsonb, refs jsonb) on commit drop`);
    await fill(client);
    if (appended) ahead = await readStaged(client);
    const { rows } = await client.query<{ seq: string; at: Date }>(HEAD_AT);
    const [head] = rows;
    if (!head) throw new Error('the log has no head');
    const seq = Number(head.seq);
    await held?.(client, seq);
    const { rowCount } = await client.query(
      `insert into events ${COLUMNS}
       select $2::bigint + s.ord, $3, s.effective, s.by, s.type, $1,
              coalesce(s.subject, $2::bigint + coalesce(s.of, s.ord)), s.version, s.key,
              case when s.refs is null then s.data else s.data || (
                select jsonb_object_agg(r.key, $2::bigint + r.value::bigint)
                from jsonb_each_text(s.refs) as r) end
       from staged as s`,
      [EVENT_FORMAT, seq, head.at],
    );
    const done = { from: seq + 1, to: seq + (rowCount ?? 0) };
    await alongside?.(client, done);
    number(ahead, done.from, head.at.toISOString());
    return done;
  }).catch((error: unknown) => {
    throw asConflict(error);
  });
  appended?.(ahead);
  return batch;
}

/** The events of a batch before they have their numbers, as the log will tell them. */
async function readStaged(client: ClientBase): Promise<Event[]> {
  const events: Event[] = [];
  for (let from = 0; ; from += STAGE_ROWS) {
    const { rows } = await client.query<{ event: Event }>(
      `select data || jsonb_build_object('seq', 0, 'at', '', 'effective', effective, 'by', by,
                'type', type, 'id', coalesce(subject, 0), 'version', version) as event
       from staged where ord > $1 and ord <= $2 order by ord`,
      [from, from + STAGE_ROWS],
    );
    for (const { event } of rows) events.push(event);
    if (rows.length < STAGE_ROWS) return events;
  }
}

function number(events: readonly Event[], from: number, at: string): void {
  for (const [index, event] of events.entries()) {
    event.seq = from + index;
    event.at = at;
    if (event.id === 0) event.id = event.seq;
  }
}

async function stage(
  client: ClientBase,
  events: readonly StagedEvent[],
  start: number,
): Promise<void> {
  const part = events.slice(start, start + STAGE_ROWS);
  const column = <T>(of: (event: StagedEvent) => T): T[] => part.map(of);
  // Numbers in the database begin at one behind the head; indexes in the batch at nought.
  const ordinal = (index: number): number => index + 1;
  await client.query(
    `insert into staged
     select $1::bigint + n.ord, n.effective, n.by, n.type, n.subject, n.of, n.version, n.key,
            n.data, n.refs
     from unnest($2::date[], $3::text[], $4::text[], $10::bigint[], $5::bigint[], $6::int[],
                 $7::text[], $8::jsonb[], $9::jsonb[]) with ordinality
          as n(effective, by, type, subject, of, version, key, data, refs, ord)`,
    [
      start,
      column((e) => e.effective),
      column((e) => e.by),
      column((e) => e.type),
      column((e) => (e.of === undefined ? null : ordinal(e.of))),
      column((e) => e.version),
      column((e) => e.key),
      column((e) => JSON.stringify(e.fields)),
      column((e) =>
        e.references
          ? JSON.stringify(
              Object.fromEntries(
                Object.entries(e.references).map(([field, index]) => [field, ordinal(index)]),
              ),
            )
          : null,
      ),
      column((e) => e.id ?? null),
    ],
  );
}

function asConflict(error: unknown): unknown {
  if (!(error instanceof DatabaseError) || error.code !== '23505') return error;
  return new Conflict(error.constraint === 'events_key' ? 'key' : 'version');
}
