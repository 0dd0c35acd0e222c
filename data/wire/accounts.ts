/** Accounts, sessions and display tokens, as an operator keeps them. */
import * as v from 'valibot';
import { AccountName, AccountUnits, ROLES, type Role } from '../model/account.ts';
import { LineOrNothing } from '../model/scalars.ts';

/** Long enough that guessing is hopeless; the throttle does the rest. */
export const LEAST_PASSWORD = 10;
export const MOST_PASSWORD = 200;
const Password = v.pipe(
  v.string(),
  v.minLength(LEAST_PASSWORD, `must have ${LEAST_PASSWORD} characters or more`),
  v.maxLength(MOST_PASSWORD),
  v.check((text) => !repeatsItself(text), 'must not repeat a few characters'),
);

/** Whether a password is made of hardly any different characters. */
export function repeatsItself(password: string): boolean {
  return new Set(password).size <= 3;
}

export const NewAccount = v.strictObject({
  name: AccountName,
  fullName: v.optional(LineOrNothing, ''),
  role: v.picklist(ROLES),
  units: AccountUnits,
});
export type NewAccount = v.InferOutput<typeof NewAccount>;

export const ChangeAccount = v.strictObject({
  fullName: v.optional(LineOrNothing),
  role: v.optional(v.picklist(ROLES)),
  units: v.optional(AccountUnits),
  disabled: v.optional(v.boolean()),
});
export type ChangeAccount = v.InferOutput<typeof ChangeAccount>;

export const ChangePassword = v.strictObject({
  current: v.pipe(v.string(), v.maxLength(MOST_PASSWORD)),
  password: Password,
});

export const NewDisplay = v.strictObject({ name: v.pipe(LineOrNothing, v.minLength(1)) });

/** Who is signed in, as their own screen is told. */
export interface SessionAnswer {
  name: string;
  fullName: string;
  role: Role;
  units: string[];
  /** The password was given out by somebody else: nothing else is done before it is changed. */
  mustChange: boolean;
  /** A display token, which can only look. */
  display: boolean;
  /** Signs in through the organisation's own identity provider: there is no password of ours. */
  external: boolean;
}

/** The identity provider through which people may sign in beside passwords; null for none. */
export type ProviderAnswer = { name: string } | null;

/** Why a sign-in through the identity provider came to nothing, as the page is told in its address. */
export const SIGN_IN_REFUSALS = [
  'unreachable',
  'expired',
  'denied',
  'role',
  'units',
  'name',
  'taken',
  'disabled',
  'failed',
  'busy',
] as const;
export type SignInRefusal = (typeof SIGN_IN_REFUSALS)[number];

export interface AccountAnswer {
  name: string;
  fullName: string;
  role: Role;
  units: string[];
  disabled: boolean;
  mustChange: boolean;
  /** Signs in through the organisation's own identity provider. */
  external: boolean;
  made: string;
  lastSeen: string | null;
  sessions: number;
}

/** An account just made, or whose password was reset: the only time that the password is shown. */
export interface OneTimePassword {
  name: string;
  password: string;
}

export interface OpenSession {
  id: number;
  account: string;
  made: string;
  seen: string;
  expires: string;
  address: string;
  agent: string;
  /** The session of the one who asks. */
  own: boolean;
}

export interface DisplayAnswer {
  id: number;
  name: string;
  madeBy: string;
  made: string;
  seen: string | null;
}

/** A display token just made: the only time that it is shown. */
export interface NewDisplayAnswer extends DisplayAnswer {
  token: string;
}

/** Something done to accounts, to the rules of alerts or to webhooks, newest first. */
export interface AccountAct {
  at: string;
  by: string;
  what:
    | 'account.made'
    | 'account.changed'
    | 'password.reset'
    | 'password.changed'
    | 'session.ended'
    | 'display.made'
    | 'display.removed'
    | 'rule.made'
    | 'rule.changed'
    | 'rule.removed'
    | 'webhook.made'
    | 'webhook.changed'
    | 'webhook.secret'
    | 'webhook.removed';
  about: string;
}
