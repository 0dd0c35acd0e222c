/**
 * Who someone is. Passwords are kept as Argon2id, sessions as the SHA-256 of their token, so that
 * neither can be read out of the database and used.
 */
import { createHash, randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import type { Pool } from 'pg';

type Role = 'editor' | 'operator';

export interface Account {
  name: string;
  role: Role;
}

const SESSION_DAYS = 7;
/** Verified when the name is unknown, so that the answer takes as long as for a known one. */
let decoy: Promise<string> | undefined;

/** Makes an account, or leaves the one of that name as it is; says whether it was made. */
export async function ensureAccount(
  pool: Pool,
  account: Account,
  password: string,
): Promise<boolean> {
  const result = await pool.query(
    `insert into accounts (name, password, role) values ($1, $2, $3)
     on conflict (name) do nothing`,
    [account.name, await hash(password), account.role],
  );
  return result.rowCount === 1;
}

export async function hasAccounts(pool: Pool): Promise<boolean> {
  const result = await pool.query('select from accounts limit 1');
  return result.rowCount === 1;
}

/** A new session's token, or undefined when name and password do not belong together. */
export async function signIn(
  pool: Pool,
  name: string,
  password: string,
): Promise<{ token: string; account: Account } | undefined> {
  const found = await pool.query<{ name: string; password: string; role: Role }>(
    'select name, password, role from accounts where name = $1',
    [name],
  );
  const row = found.rows[0];
  decoy ??= hash(randomBytes(16).toString('hex'));
  const right = await verify(row?.password ?? (await decoy), password);
  if (!row || !right) return undefined;
  const token = randomBytes(32).toString('base64url');
  await pool.query(
    `insert into sessions (token, account, expires)
     values ($1, $2, now() + make_interval(days => $3))`,
    [fingerprint(token), row.name, SESSION_DAYS],
  );
  await pool.query('delete from sessions where expires < now()');
  return { token, account: { name: row.name, role: row.role } };
}

/** Whose session a token is; undefined when it is nobody's or has ended. */
export async function accountOf(pool: Pool, token: string): Promise<Account | undefined> {
  const result = await pool.query<Account>({
    name: 'account-of-session',
    text: `select a.name, a.role from sessions s join accounts a on a.name = s.account
           where s.token = $1 and s.expires > now()`,
    values: [fingerprint(token)],
  });
  return result.rows[0];
}

export async function signOut(pool: Pool, token: string): Promise<void> {
  await pool.query('delete from sessions where token = $1', [fingerprint(token)]);
}

function fingerprint(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
