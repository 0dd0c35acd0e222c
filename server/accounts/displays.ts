/** Display tokens: what a wall signs in with. It can only look, and ends when it is removed. */
import { randomBytes } from 'node:crypto';
import type { Pool } from 'pg';
import type { DisplayAnswer, NewDisplayAnswer } from '../../data/wire/accounts.ts';
import { fingerprint } from './sessions.ts';

interface Row {
  id: number;
  name: string;
  made_by: string;
  made: Date;
  seen: Date | null;
}

export async function makeDisplay(pool: Pool, name: string, by: string): Promise<NewDisplayAnswer> {
  const token = randomBytes(24).toString('base64url');
  const { rows } = await pool.query<Row>(
    `insert into displays (name, token, made_by) values ($1, $2, $3)
     returning id, name, made_by, made, null::timestamptz as seen`,
    [name, fingerprint(token), by],
  );
  if (!rows[0]) throw new Error('a display was put in and did not come back');
  return { ...answerOf(rows[0]), token };
}

export async function listDisplays(pool: Pool): Promise<DisplayAnswer[]> {
  const { rows } = await pool.query<Row>(
    `select d.id, d.name, d.made_by, d.made, max(s.seen) as seen
     from displays d left join sessions s on s.display = d.id group by d.id order by d.id desc`,
  );
  return rows.map(answerOf);
}

/** Takes a display away, and its sessions with it; answers its name, undefined where there is none. */
export async function removeDisplay(pool: Pool, id: number): Promise<string | undefined> {
  const { rows } = await pool.query<{ name: string }>(
    'delete from displays where id = $1 returning name',
    [id],
  );
  return rows[0]?.name;
}

/** The display that a token belongs to. */
export async function displayOf(pool: Pool, token: string): Promise<number | undefined> {
  const { rows } = await pool.query<{ id: number }>('select id from displays where token = $1', [
    fingerprint(token),
  ]);
  return rows[0]?.id;
}

function answerOf(row: Row): DisplayAnswer {
  return {
    id: row.id,
    name: row.name,
    madeBy: row.made_by,
    made: row.made.toISOString(),
    seen: row.seen?.toISOString() ?? null,
  };
}
