/**
 * Accounts of those whom an identity provider vouches for: what it says of somebody, checked like
 * everything that comes from outside, and the account that is theirs.
 */
import type { Pool } from 'pg';
import * as v from 'valibot';
import { AccountName, AccountUnits, ROLES, type Account } from '../../data/model/account.ts';
import { LineOrNothing } from '../../data/model/scalars.ts';
import type { SignInRefusal } from '../../data/wire/accounts.ts';
import type { Vouched } from './identity-provider.ts';

export interface Person extends Account {
  fullName: string;
}

/** Why somebody whom the provider vouches for is nobody here. */
export interface Unfit {
  refused: Extract<SignInRefusal, 'role' | 'units' | 'name'>;
  /** For whoever keeps the provider: which claim, and what it said. */
  why: string;
}

/** Who somebody is, by what the provider says of them. */
export function personOf(
  { claims }: Pick<Vouched, 'claims'>,
  { roleClaim, unitsClaim }: { roleClaim: string; unitsClaim: string },
  hasUnit: (code: string) => boolean,
): Person | Unfit {
  const said = (claim: string): string => `${claim}: ${JSON.stringify(claims[claim]) ?? 'absent'}`;

  const roles = ROLES.filter((role) => listOf(claims[roleClaim]).includes(role));
  const [role] = roles;
  if (role === undefined || roles.length > 1)
    return { refused: 'role', why: `${said(roleClaim)}, must be one of ${ROLES.join(', ')}` };

  const units = v.safeParse(AccountUnits, listOf(claims[unitsClaim]));
  const stranger = units.success ? units.output.find((code) => !hasUnit(code)) : undefined;
  if (!units.success) {
    const [{ message }] = units.issues;
    return { refused: 'units', why: `${said(unitsClaim)}, ${message}` };
  }
  if (stranger !== undefined)
    return { refused: 'units', why: `${said(unitsClaim)}, there is no unit ${stranger}` };

  const [name] = ['preferred_username', ...(claims['email_verified'] === false ? [] : ['email'])]
    .map((claim) => v.safeParse(AccountName, claims[claim]))
    .filter(({ success }) => success);
  if (!name?.success)
    return { refused: 'name', why: `${said('preferred_username')}, ${said('email')}` };
  const fullName = v.safeParse(LineOrNothing, claims['name']);
  const known = { name: name.output, fullName: fullName.success ? fullName.output : '' };
  return { ...known, role, units: units.output };
}

/** What became of an account at a sign-in, by its name here. */
export type Kept = { name: string; now: 'made' | 'changed' | 'same' };

/**
 * The account of an identity, known by issuer and subject: made at the first sign-in, under a name
 * that stays. Full name, role and units are the provider's word each time. Refused where the name
 * is somebody else's, or the account is disabled.
 */
export async function keepIdentity(
  pool: Pool,
  { issuer, subject }: Pick<Vouched, 'issuer' | 'subject'>,
  { name, fullName, role, units }: Person,
): Promise<Kept | Extract<SignInRefusal, 'taken' | 'disabled'>> {
  const known = await pool.query<{ name: string; disabled: boolean; same: boolean }>(
    `select name, disabled is not null as disabled,
            (full_name, role, units) = ($3, $4, $5::text[]) as same
     from accounts where issuer = $1 and subject = $2`,
    [issuer, subject, fullName, role, units],
  );
  const [account] = known.rows;
  if (account?.disabled) return 'disabled';
  if (account?.same) return { name: account.name, now: 'same' };
  if (account) {
    await pool.query(
      `update accounts set full_name = $3, role = $4, units = $5 where issuer = $1 and subject = $2`,
      [issuer, subject, fullName, role, units],
    );
    return { name: account.name, now: 'changed' };
  }
  const made = await pool.query(
    `insert into accounts (name, full_name, role, units, issuer, subject)
     values ($1, $2, $3, $4, $5, $6) on conflict do nothing`,
    [name, fullName, role, units, issuer, subject],
  );
  return made.rowCount === 1 ? { name, now: 'made' } : 'taken';
}

/** A claim may be one value, several in a list, or several in a line with blanks or commas between. */
function listOf(claim: unknown): string[] {
  const values: unknown[] = Array.isArray(claim) ? claim : [claim];
  return values.flatMap((value) =>
    typeof value === 'string' ? value.split(/[\s,]+/).filter((one) => one !== '') : [],
  );
}
