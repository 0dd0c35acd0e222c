/** Which accounts are shown: by what was typed, a role and a unit. */
import { ROLES, type Role } from '../../data/model/account.ts';
import type { AccountAnswer } from '../../data/wire/accounts.ts';
import { levelOf } from '../../data/model/unit.ts';
import type { Unit } from '../live/live.ts';
import { fold } from '../search/fold.ts';

export interface Wanted {
  /** Words in the name or the full name, accents optional. */
  query: string;
  role: Role | null;
  /** The nation or a province: those who are bound to it, or to a commune of it. */
  unit: string | null;
}

export function accountsWanted(
  accounts: readonly AccountAnswer[],
  { query, role, unit }: Wanted,
  units: ReadonlyMap<string, Unit>,
): AccountAnswer[] {
  const words = fold(query).split(' ');
  const provinceOf = (code: string): string | null =>
    levelOf(code) === 'commune' ? (units.get(code)?.parent ?? null) : null;
  return accounts.filter((account) => {
    const names = fold(`${account.name} ${account.fullName}`);
    return (
      words.every((word) => names.includes(word)) &&
      (role === null || account.role === role) &&
      (unit === null || account.units.some((code) => code === unit || provinceOf(code) === unit))
    );
  });
}

/** A role by its name; null for anything else. */
export function roleNamed(text: string | undefined): Role | null {
  return ROLES.find((role) => role === text) ?? null;
}
