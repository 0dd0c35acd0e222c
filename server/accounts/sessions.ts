/**
 * Sessions: a random token in a cookie, kept as its SHA-256. They end by themselves, when they lie
 * idle or grow old, and at once when the account is disabled, its password changes or somebody ends
 * them. A display's session can only look and lasts as long as its token.
 */
import { createHash, randomBytes } from 'node:crypto';
import type { Pool } from 'pg';
import type { Account, Role } from '../../data/model/account.ts';
import { NATION } from '../../data/model/unit.ts';
import type { OpenSession } from '../../data/wire/accounts.ts';

/** Where a session is opened from. */
export interface Origin {
  address: string;
  agent: string;
}

/** Who a token stands for. */
export interface Session extends Account {
  fullName: string;
  mustChange: boolean;
  display: boolean;
  external: boolean;
}

export const SESSION_DAYS = 14;
const DISPLAY_DAYS = 365;
const IDLE_DAYS = 3;
/** A wall opens a session each time that it starts: the old ones go. */
const DISPLAY_IDLE_DAYS = 30;
/** A session is noted as seen at most this often. */
const SEEN_MINUTES = 5;

const LIVES = `s.expires > now()
  and (s.display is not null or s.seen > now() - interval '${IDLE_DAYS} days')
  and (a.name is null or a.disabled is null)`;

export async function openSession(
  pool: Pool,
  whose: { account: string } | { display: number },
  { address, agent }: Origin,
): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  await pool.query(
    `insert into sessions (token, account, display, address, agent, expires)
     values ($1, $2, $3, $4, $5, now() + make_interval(days => $6))`,
    [
      fingerprint(token),
      'account' in whose ? whose.account : null,
      'display' in whose ? whose.display : null,
      address,
      agent.slice(0, 300),
      'display' in whose ? DISPLAY_DAYS : SESSION_DAYS,
    ],
  );
  await pool.query(
    `delete from sessions where expires < now()
       or seen < now() - make_interval(days => case when display is null then $1::int else $2::int end)`,
    [IDLE_DAYS, DISPLAY_IDLE_DAYS],
  );
  return token;
}

/** Whose session a token is; undefined when it is nobody's or has ended. */
export async function sessionOf(pool: Pool, token: string): Promise<Session | undefined> {
  const { rows } = await pool.query<{
    name: string;
    full_name: string | null;
    role: Role | null;
    units: string[] | null;
    must_change: boolean | null;
    display: boolean;
    external: boolean;
    stale: boolean;
  }>({
    name: 'session-of-token',
    text: `select coalesce(a.name, d.name) as name, a.full_name, a.role, a.units, a.must_change,
                  s.display is not null as display, a.issuer is not null as external,
                  s.seen < now() - interval '${SEEN_MINUTES} minutes' as stale
           from sessions s left join accounts a on a.name = s.account
                           left join displays d on d.id = s.display
           where s.token = $1 and ${LIVES}`,
    values: [fingerprint(token)],
  });
  const row = rows[0];
  if (!row) return undefined;
  if (row.stale)
    await pool.query('update sessions set seen = now() where token = $1', [fingerprint(token)]);
  return {
    name: row.name,
    fullName: row.full_name ?? '',
    role: row.role ?? 'viewer',
    units: row.units ?? [NATION],
    mustChange: row.must_change ?? false,
    display: row.display,
    external: row.external,
  };
}

/** Of some tokens those whose session has ended. */
export async function endedAmong(pool: Pool, tokens: readonly string[]): Promise<Set<string>> {
  const { rows } = await pool.query<{ token: string }>(
    `select s.token from sessions s left join accounts a on a.name = s.account
     where s.token = any($1) and ${LIVES}`,
    [tokens.map(fingerprint)],
  );
  const living = new Set(rows.map(({ token }) => token));
  return new Set(tokens.filter((token) => !living.has(fingerprint(token))));
}

export async function closeSession(pool: Pool, token: string): Promise<void> {
  await pool.query('delete from sessions where token = $1', [fingerprint(token)]);
}

/** Ends all sessions of an account, but for the one of `token`. */
export async function endSessionsOf(pool: Pool, account: string, token = ''): Promise<void> {
  await pool.query('delete from sessions where account = $1 and token <> $2', [
    account,
    fingerprint(token),
  ]);
}

/** Ends one session; answers whose it was, or undefined where there is none. */
export async function endSession(pool: Pool, id: number): Promise<string | undefined> {
  const { rows } = await pool.query<{ account: string }>(
    'delete from sessions where id = $1 and account is not null returning account',
    [id],
  );
  return rows[0]?.account;
}

/** The sessions of people that are open, the latest seen first. */
export async function listSessions(pool: Pool, token: string): Promise<OpenSession[]> {
  const { rows } = await pool.query<
    Omit<OpenSession, 'made' | 'seen' | 'expires'> & Record<'made' | 'seen' | 'expires', Date>
  >(
    `select s.id, s.account, s.made, s.seen, s.expires, s.address, s.agent, s.token = $1 as own
     from sessions s join accounts a on a.name = s.account
     where ${LIVES} order by s.seen desc, s.id desc`,
    [fingerprint(token)],
  );
  return rows.map((row) => ({
    ...row,
    made: row.made.toISOString(),
    seen: row.seen.toISOString(),
    expires: row.expires.toISOString(),
  }));
}

export function fingerprint(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
