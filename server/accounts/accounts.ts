/** Accounts: who there is, what they may, and what an operator does to them. */
import type { Pool, PoolClient } from 'pg';
import type { Account, Role } from '../../data/model/account.ts';
import type {
  AccountAct,
  AccountAnswer,
  ChangeAccount,
  NewAccount,
} from '../../data/wire/accounts.ts';
import { hashed, isPassword } from './passwords.ts';
import { endSessionsOf } from './sessions.ts';

/** Makes those accounts that are not there yet, with one password; answers how many. */
export async function ensureAccounts(
  pool: Pool,
  accounts: readonly (Account & { fullName?: string })[],
  password: string,
  { mustChange = false } = {},
): Promise<number> {
  const names = accounts.map(({ name }) => name);
  const known = await pool.query<{ name: string }>(
    'select name from accounts where name = any($1)',
    [names],
  );
  const there = new Set(known.rows.map(({ name }) => name));
  const missing = accounts.filter(({ name }) => !there.has(name));
  if (missing.length === 0) return 0;
  const kept = await hashed(password);
  let made = 0;
  for (const { name, fullName = '', role, units } of missing) {
    const { rowCount } = await pool.query(
      `insert into accounts (name, full_name, password, role, units, must_change)
       values ($1, $2, $3, $4, $5, $6) on conflict (name) do nothing`,
      [name, fullName, kept, role, units, mustChange],
    );
    made += rowCount ?? 0;
  }
  return made;
}

export async function hasOperator(pool: Pool): Promise<boolean> {
  const result = await pool.query(`select from accounts where role = 'operator' limit 1`);
  return result.rowCount === 1;
}

/** What an account may now; undefined for one that is not there, or may not sign in. */
export async function readAccount(pool: Pool, name: string): Promise<Account | undefined> {
  const { rows } = await pool.query<Account>(
    'select name, role, units from accounts where name = $1 and disabled is null',
    [name],
  );
  return rows[0];
}

/** Whether name and password belong together, and the account may still sign in. */
export async function isAccount(pool: Pool, name: string, password: string): Promise<boolean> {
  const { rows } = await pool.query<{ password: string | null; disabled: boolean }>(
    'select password, disabled is not null as disabled from accounts where name = $1',
    [name],
  );
  const right = await isPassword(rows[0]?.password, password);
  return right && rows[0]?.disabled === false;
}

/** Sets a password; every session but the one of `token` ends. */
export async function setPassword(
  pool: Pool,
  name: string,
  password: string,
  { mustChange, token }: { mustChange: boolean; token?: string },
): Promise<boolean> {
  const { rowCount } = await pool.query(
    'update accounts set password = $2, must_change = $3 where name = $1 and issuer is null',
    [name, await hashed(password), mustChange],
  );
  if (rowCount !== 1) return false;
  await endSessionsOf(pool, name, token);
  return true;
}

export async function listAccounts(pool: Pool): Promise<AccountAnswer[]> {
  const { rows } = await pool.query<{
    name: string;
    full_name: string;
    role: Role;
    units: string[];
    disabled: boolean;
    must_change: boolean;
    external: boolean;
    made: Date;
    seen: Date | null;
    sessions: number;
  }>(
    `select a.name, full_name, role, units, disabled is not null as disabled, must_change,
            issuer is not null as external, a.made, max(s.seen) as seen,
            count(s.id)::int as sessions
     from accounts a left join sessions s on s.account = a.name and s.expires > now()
     group by a.name order by a.name`,
  );
  return rows.map((row) => ({
    name: row.name,
    fullName: row.full_name,
    role: row.role,
    units: row.units,
    disabled: row.disabled,
    mustChange: row.must_change,
    external: row.external,
    made: row.made.toISOString(),
    lastSeen: row.seen?.toISOString() ?? null,
    sessions: row.sessions,
  }));
}

/** Makes an account with a password that must be changed; false where the name is taken. */
export async function makeAccount(
  pool: Pool,
  account: NewAccount,
  password: string,
): Promise<boolean> {
  return (await ensureAccounts(pool, [account], password, { mustChange: true })) === 1;
}

/**
 * Changes an account; who is disabled is signed out at once. `last_operator` where nobody would be
 * left who can sign in and keep accounts.
 */
export async function changeAccount(
  pool: Pool,
  name: string,
  { fullName, role, units, disabled }: ChangeAccount,
): Promise<'done' | 'not_found' | 'last_operator'> {
  return keepingAnOperator(pool, async (client) => {
    const { rowCount } = await client.query(
      `update accounts set full_name = coalesce($2, full_name), role = coalesce($3, role),
              units = coalesce($4, units),
              disabled = case when $5::boolean is null then disabled
                              when $5 then coalesce(disabled, now()) end
       where name = $1`,
      [name, fullName, role, units, disabled],
    );
    if (rowCount === 1 && disabled === true)
      await client.query('delete from sessions where account = $1', [name]);
    return rowCount === 1;
  });
}

async function keepingAnOperator(
  pool: Pool,
  change: (client: PoolClient) => Promise<boolean>,
): Promise<'done' | 'not_found' | 'last_operator'> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query('lock table accounts in share row exclusive mode');
    const operators = async (): Promise<number> => {
      const { rows } = await client.query<{ n: number }>(
        `select count(*)::int as n from accounts where role = 'operator' and disabled is null`,
      );
      return rows[0]?.n ?? 0;
    };
    const before = await operators();
    const found = await change(client);
    const lost = before > 0 && (await operators()) === 0;
    await client.query(lost || !found ? 'rollback' : 'commit');
    return lost ? 'last_operator' : found ? 'done' : 'not_found';
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}

/** Notes who did what to whose account. */
export async function noteAct(pool: Pool, act: Omit<AccountAct, 'at'>): Promise<void> {
  await pool.query('insert into account_acts (by, what, about) values ($1, $2, $3)', [
    act.by,
    act.what,
    act.about,
  ]);
}

export async function listActs(pool: Pool, most: number): Promise<AccountAct[]> {
  const { rows } = await pool.query<Omit<AccountAct, 'at'> & { at: Date }>(
    'select at, by, what, about from account_acts order by id desc limit $1',
    [most],
  );
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}
