/**
 * What webhooks are still to be told, in the database: written in the transaction of what it tells of,
 * and kept until it has arrived or is given up. It is bounded: of too much the oldest is lost.
 */
import { randomUUID } from 'node:crypto';
import type { ClientBase, Pool } from 'pg';
import type { AlertMessage, Attempt, Delivery } from '../../data/wire/alerts.ts';
import type { Message, Outcome } from './sending.ts';

/** Messages that wait for one webhook; and that are kept of it when they wait no more. */
export const MOST_WAITING = 1_000;
const MOST_KEPT = 200;
const SHOWN = 50;
const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
/** Waits between one attempt and the next: about a day in all, then it is given up. */
const WAITS_MS: readonly number[] = [
  ...[5 * SECOND_MS, 30 * SECOND_MS, 2 * MINUTE_MS, 5 * MINUTE_MS, 15 * MINUTE_MS, 30 * MINUTE_MS],
  ...[HOUR_MS, 2 * HOUR_MS, 3 * HOUR_MS, 4 * HOUR_MS, 6 * HOUR_MS, 6 * HOUR_MS],
];
/** What is older is given up untried, as after a restore of an old backup. */
const OLDEST_MS = 36 * HOUR_MS;
/** Waits are drawn a little shorter or longer, so that not everybody comes back at once. */
const JITTER = 0.2;

/** A message that is due. */
export interface Due extends Message {
  row: string;
  attempts: number;
  made: number;
}

/** Puts a message into the outbox of those of some webhooks that are switched on. */
export async function putIn(
  client: Pool | ClientBase,
  webhooks: readonly number[],
  { type, body, at }: { type: AlertMessage['type']; body: string; at: number },
): Promise<void> {
  if (webhooks.length === 0) return;
  const { rows } = await client.query<{ webhook: number }>(
    `insert into alert_deliveries (webhook, message, type, body, made, next)
     select w.id, $2, $3, $4, $5, $5 from webhooks w where w.id = any($1) and w.active
     order by w.id returning webhook`,
    [webhooks, `msg_${randomUUID()}`, type, body, new Date(at)],
  );
  for (const { webhook } of rows) await keepWithin(client, webhook, at);
}

/** The outbox of a webhook stays bounded, whatever waits in it and however long. */
async function keepWithin(client: Pool | ClientBase, webhook: number, at: number): Promise<void> {
  await lose(
    client,
    `select id from alert_deliveries where webhook = $1 and state = 'waiting'
     order by id desc offset ${MOST_WAITING}`,
    webhook,
    { at, what: `more than ${MOST_WAITING} messages were waiting` },
  );
  await client.query(
    `delete from alert_deliveries where webhook = $1 and state <> 'waiting' and id <= coalesce(
       (select id from alert_deliveries where webhook = $1 and state <> 'waiting'
        order by id desc offset ${MOST_KEPT} limit 1), 0)`,
    [webhook],
  );
}

/** Gives up all that waits for a webhook, as when it is switched off. */
export async function loseAll(
  pool: Pool,
  webhook: number,
  at: number,
  what: string,
): Promise<void> {
  await lose(
    pool,
    `select id from alert_deliveries where webhook = $1 and state = 'waiting'`,
    webhook,
    { at, what },
  );
}

async function lose(
  client: Pool | ClientBase,
  which: string,
  webhook: number,
  { at, what }: { at: number; what: string },
): Promise<void> {
  await client.query(
    `with gone as (
       update alert_deliveries set state = 'lost', last = $2 where id in (${which}) returning id
     )
     update webhooks set lost = lost + (select count(*) from gone)
     where id = $1 and exists (select from gone)`,
    [webhook, JSON.stringify(attemptOf(at, { ok: false, what }))],
  );
}

/** Webhooks for which something is due. */
export async function webhooksDue(pool: Pool, at: number): Promise<number[]> {
  const { rows } = await pool.query<{ webhook: number }>(
    `select distinct webhook from alert_deliveries where state = 'waiting' and next <= $1`,
    [new Date(at)],
  );
  return rows.map(({ webhook }) => webhook);
}

/** When the next message of any webhook is due, ms since 1970; undefined where none waits. */
export async function nextDue(pool: Pool): Promise<number | undefined> {
  const { rows } = await pool.query<{ next: Date | null }>(
    `select min(next) as next from alert_deliveries where state = 'waiting'`,
  );
  return rows[0]?.next?.getTime();
}

/**
 * The next message of a webhook that is due. Those behind one that waits for another attempt wait with
 * it, so that they come in order, unless it was the message that was refused.
 */
export async function takeDue(pool: Pool, webhook: number, at: number): Promise<Due | undefined> {
  const { rows } = await pool.query<{
    id: string;
    message: string;
    body: string;
    attempts: number;
    made: Date;
  }>(
    `select id, message, body, attempts, made from alert_deliveries d
     where webhook = $1 and state = 'waiting' and next <= $2
       and not exists (select from alert_deliveries b where b.webhook = $1 and b.state = 'waiting'
                         and b.id < d.id and b.next > $2 and not b.aside)
     order by id limit 1`,
    [webhook, new Date(at)],
  );
  const row = rows[0];
  if (!row) return undefined;
  const { id, message, body, attempts, made } = row;
  return { row: id, id: message, body, attempts, made: made.getTime() };
}

/** Writes down what came of an attempt, and when the next one is. */
export async function noteOutcome(
  pool: Pool,
  webhook: number,
  due: Due,
  outcome: Outcome,
  at: number,
): Promise<void> {
  const wait = WAITS_MS[due.attempts];
  const isGivenUp = wait === undefined || at - due.made > OLDEST_MS;
  const state = outcome.ok ? 'delivered' : isGivenUp ? 'lost' : 'waiting';
  const drawn = (wait ?? 0) * (1 + JITTER * (2 * Math.random() - 1));
  const last = JSON.stringify(attemptOf(at, outcome));
  const { rowCount } = await pool.query(
    `update alert_deliveries set state = $2, attempts = attempts + 1, next = $3, aside = $4, last = $5
     where id = $1 and state = 'waiting'`,
    [due.row, state, new Date(at + drawn), outcome.refused, last],
  );
  const isLost = state === 'lost' && rowCount === 1;
  await noteLast(pool, webhook, last, isLost ? 1 : 0);
}

/** Writes down a message that was sent once, and not put in first: a test. */
export async function noteTest(
  pool: Pool,
  webhook: number,
  { id, body }: Message,
  outcome: Outcome,
  at: number,
): Promise<Attempt> {
  const attempt = attemptOf(at, outcome);
  await pool.query(
    `insert into alert_deliveries (webhook, message, type, body, made, state, attempts, next, last)
     select id, $2, 'test', $3, $4, $5, 1, $4, $6 from webhooks where id = $1`,
    [
      ...[webhook, id, body, new Date(at), outcome.ok ? 'delivered' : 'lost'],
      JSON.stringify(attempt),
    ],
  );
  await keepWithin(pool, webhook, at);
  await noteLast(pool, webhook, JSON.stringify(attempt), 0);
  return attempt;
}

async function noteLast(pool: Pool, webhook: number, last: string, lost: number): Promise<void> {
  await pool.query('update webhooks set last = $2, lost = lost + $3 where id = $1', [
    ...[webhook, last, lost],
  ]);
}

/** The newest messages of a webhook, newest first. */
export async function listDeliveries(pool: Pool, webhook: number): Promise<Delivery[]> {
  const { rows } = await pool.query<
    Pick<Delivery, 'type' | 'state' | 'attempts' | 'last'> & {
      message: string;
      made: Date;
      next: Date;
    }
  >(
    `select message, type, made, state, attempts, last, next from alert_deliveries
     where webhook = $1 order by id desc limit ${SHOWN}`,
    [webhook],
  );
  return rows.map(({ message, made, next, ...row }) => ({
    ...row,
    id: message,
    made: made.toISOString(),
    next: row.state === 'waiting' ? next.toISOString() : null,
  }));
}

/** Messages that wait to be delivered, to whomever. */
export async function countWaiting(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ n: number }>(
    `select count(*)::int as n from alert_deliveries where state = 'waiting'`,
  );
  return rows[0]?.n ?? 0;
}

function attemptOf(at: number, { ok, what }: Pick<Outcome, 'ok' | 'what'>): Attempt {
  return { at: new Date(at).toISOString(), ok, what };
}
