/**
 * What the rows of an import were checked against, besides the things that they are about. While all
 * of it is the same, only rows about things that were touched since can have become wrong.
 */
import { dayInVietnam } from '../../data/model/scalars.ts';
import type { Account, Role } from '../../data/model/account.ts';
import type { LiveCountry } from '../country/live.ts';
import { codeHash } from '../log/states.ts';

export interface Standing {
  /** What was touched up to this number of the log was known; later things perhaps. */
  seq: number;
  /** The adoption of the territory, by its number; null where there was none. */
  territory: number | null;
  /** The day in Viet Nam: what is still to come is asked of it. */
  today: string;
  role: Role;
  units: readonly string[];
  /** Fingerprint of the code that checks: of another version of it nothing is known. */
  rules: string;
}

const RULES = ['data/model', 'data/radio', 'data/wire', 'server/commands'];
let rules: Promise<string> | undefined;

/** How things stand for an account, as this server knows them. */
export async function standingOf(
  { role, units }: Account,
  live: Pick<LiveCountry, 'country'>,
  now: () => number,
): Promise<Standing> {
  const code = await (rules ??= codeHash(RULES));
  const { seq, territory } = live.country;
  const today = dayInVietnam(now());
  return { seq, territory: territory?.seq ?? null, today, role, units, rules: code };
}

/** Whether nothing but the log, and who asks, has changed from one to another. */
export function isSameStanding(one: Standing, other: Standing): boolean {
  const { territory, today, rules } = one;
  return territory === other.territory && today === other.today && rules === other.rules;
}

/** Whether who asks may the same. */
export function hasSameRights(one: Standing, other: Standing): boolean {
  const units = (standing: Standing): string => [...standing.units].sort().join();
  return one.role === other.role && units(one) === units(other);
}
