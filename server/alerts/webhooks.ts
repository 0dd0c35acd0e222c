/** Webhooks in the database. Their secrets are told to whoever made them, once, and to nobody after. */
import { randomBytes } from 'node:crypto';
import type { Pool } from 'pg';
import type { Attempt, SaveWebhook, Webhook } from '../../data/wire/alerts.ts';

export const MOST_WEBHOOKS = 50;
const SECRET_BYTES = 32;

interface Row {
  id: number;
  version: number;
  name: string;
  url: string;
  active: boolean;
  lost: number;
  last: Attempt | null;
  waiting: number;
}

const COLUMNS = `id, version, name, url, active, lost, last,
  (select count(*)::int from alert_deliveries d where d.webhook = w.id and state = 'waiting') as waiting`;

export async function listWebhooks(pool: Pool): Promise<Webhook[]> {
  const { rows } = await pool.query<Row>(`select ${COLUMNS} from webhooks w order by name, id`);
  return rows.map(webhookOf);
}

export async function readWebhook(pool: Pool, id: number): Promise<Webhook | undefined> {
  const { rows } = await pool.query<Row>(`select ${COLUMNS} from webhooks w where id = $1`, [id]);
  return rows[0] && webhookOf(rows[0]);
}

/** Where a webhook is, and what its messages are signed with. */
export async function readTarget(
  pool: Pool,
  id: number,
): Promise<{ url: string; secret: string } | undefined> {
  const { rows } = await pool.query<{ url: string; secret: string }>(
    'select url, secret from webhooks where id = $1',
    [id],
  );
  return rows[0];
}

/** Keeps a new webhook with its secret; undefined where there are as many as there may be. */
export async function makeWebhook(
  pool: Pool,
  { name, url, on }: SaveWebhook,
  secret: string,
  by: string,
): Promise<Webhook | undefined> {
  const { rows } = await pool.query<Row>(
    `insert into webhooks as w (name, url, active, secret, changed_by)
     select $1, $2, $3, $4, $5 where (select count(*) from webhooks) < $6 returning ${COLUMNS}`,
    [name, url, on, secret, by, MOST_WEBHOOKS],
  );
  return rows[0] && webhookOf(rows[0]);
}

/** Keeps a webhook over the version that its sender saw; else undefined. */
export async function changeWebhook(
  pool: Pool,
  id: number,
  { name, url, on, base }: SaveWebhook,
  by: string,
): Promise<Webhook | undefined> {
  const { rows } = await pool.query<Row>(
    `update webhooks w set name = $3, url = $4, active = $5, changed_by = $6, changed = now(),
            version = version + 1
     where id = $1 and version = $2 returning ${COLUMNS}`,
    [id, base, name, url, on, by],
  );
  return rows[0] && webhookOf(rows[0]);
}

/** Gives a webhook another secret; the old one is good for nothing from then on. */
export async function replaceSecret(
  pool: Pool,
  id: number,
  secret: string,
  by: string,
): Promise<Webhook | undefined> {
  const { rows } = await pool.query<Row>(
    `update webhooks w set secret = $2, changed_by = $3, changed = now(), version = version + 1
     where id = $1 returning ${COLUMNS}`,
    [id, secret, by],
  );
  return rows[0] && webhookOf(rows[0]);
}

/** Takes a version of a webhook away, and what it was to be told; answers whether it was there. */
export async function removeWebhook(pool: Pool, id: number, base: number): Promise<boolean> {
  const { rowCount } = await pool.query('delete from webhooks where id = $1 and version = $2', [
    id,
    base,
  ]);
  return rowCount === 1;
}

/** Name of a rule that tells a webhook, whether at first or when nobody takes an alert on. */
export async function ruleThatNames(pool: Pool, webhook: number): Promise<string | undefined> {
  const { rows } = await pool.query<{ name: string }>(
    `select body ->> 'name' as name from alert_rules
     where not removed and (body -> 'webhooks' @> to_jsonb($1::int)
        or body #> '{escalation,webhooks}' @> to_jsonb($1::int))
     order by id limit 1`,
    [webhook],
  );
  return rows[0]?.name;
}

/** The first of some ids that no webhook has. */
export async function unknownWebhook(
  pool: Pool,
  ids: readonly number[],
): Promise<number | undefined> {
  const { rows } = await pool.query<{ id: number }>('select id from webhooks where id = any($1)', [
    ids,
  ]);
  const known = new Set(rows.map(({ id }) => id));
  return ids.find((id) => !known.has(id));
}

/** A fresh secret as Standard Webhooks writes it. */
export function newSecret(): string {
  return `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;
}

function webhookOf({ active, ...row }: Row): Webhook {
  return { ...row, on: active };
}
