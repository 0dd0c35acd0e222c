/** People and what they may: a role, and the units to which it is bound. */
import * as v from 'valibot';
import { UnitCode } from './scalars.ts';

/**
 * A viewer looks. A reporter tells from the field how a station is. An editor keeps what stands in
 * their units, an approver besides accepts what editors propose. A planner tries out and plans. An
 * operator runs the system and its accounts.
 */
export const ROLES = ['viewer', 'reporter', 'editor', 'approver', 'planner', 'operator'] as const;
export type Role = (typeof ROLES)[number];

/** In place of the name of an account, where it is nobody's business. */
const SOMEBODY = 'somebody';
/** Authors in the log who are nobody with an account: the system, the demo and its feed, the public. */
const NO_ACCOUNTS: ReadonlySet<string> = new Set(['system', 'demo', 'feed', 'public', SOMEBODY]);

/** An author as whoever is not signed in is told: names of accounts are for those who have one. */
export function authorForAnybody(by: string): string {
  return NO_ACCOUNTS.has(by) ? by : SOMEBODY;
}

/** Lower case, so that no two differ only in it; an e-mail address is one. */
export const AccountName = v.pipe(
  v.string(),
  v.trim(),
  v.toLowerCase(),
  v.regex(/^[a-z0-9][a-z0-9._@+-]{1,79}$/, 'must be 2–80 of a–z 0–9 . _ @ + -'),
  v.check((name) => !NO_ACCOUNTS.has(name), 'is a name that the log keeps for itself'),
);

/** Codes of provinces and communes, or the nation's; a province stands for all its communes. */
export const AccountUnits = v.pipe(
  v.array(UnitCode),
  v.minLength(1, 'must name a unit'),
  v.maxLength(200),
  v.transform((units) => [...new Set(units)].sort()),
);

/** Who acts. */
export interface Account {
  name: string;
  role: Role;
  units: readonly string[];
}
