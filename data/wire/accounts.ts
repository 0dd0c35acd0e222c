/** Accounts, sessions and display tokens, as an operator keeps them. */
import * as v from 'valibot';
import { AccountName, AccountUnits, ROLES, type Role } from '../model/account.ts';
import { LineOrNothing } from '../model/scalars.ts';

/** Long enough that guessing is hopeless; the throttle does the rest. */
const LEAST_PASSWORD = 10;
const Password = v.pipe(
  v.string(),
  v.minLength(LEAST_PASSWORD, `must have ${LEAST_PASSWORD} characters or more`),
  v.maxLength(200),
  v.check((text) => new Set(text).size > 3, 'must not repeat a few characters'),
);

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
  current: v.pipe(v.string(), v.maxLength(200)),
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
}

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

/** Something done to accounts, newest first. */
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
    | 'display.removed';
  about: string;
}
