/** What the screen offers: the server's own rule, asked for whoever is signed in here. */
import { forbids, holds, mayErase, type Act, type ProvinceOf } from '../../data/wire/authority.ts';
import { live } from '../live/live.svelte.ts';
import { session } from './session.svelte.ts';

const provinceOf: ProvinceOf = (commune) => live.units.get(commune)?.parent ?? undefined;

/**
 * Whether whoever is signed in may do something in all of these units (of a link, in one of them).
 * Fields and statuses that are left out are not held against them: say them where a role depends on
 * them. Reactive.
 */
export function mayDo(
  type: Act['type'],
  units: readonly string[],
  { fields = [], statuses = [] }: Partial<Pick<Act, 'fields' | 'statuses'>> = {},
): boolean {
  const { account } = session;
  if (!account || account.mustChange) return false;
  const act = { type, before: units, after: units, fields, statuses };
  return forbids(account, act, provinceOf) === undefined;
}

/**
 * Whether to offer editing. Reactive.
 * @param units codes of the units in which it would happen; those of the account when it is not known
 */
export function mayEdit(units: readonly string[] = session.account?.units ?? []): boolean {
  return mayDo('station.change', units);
}

/** Whether the person's units hold a unit. */
export function keeps(unit: string): boolean {
  const { account } = session;
  return account !== null && !account.display && holds(account, unit, provinceOf);
}

/** Whether the person takes steps with the reports of a commune. */
export function handlesReports(commune: string): boolean {
  return mayDo('report.change', [commune]);
}

/** Whether the person may erase what is personal in the reports of a commune. */
export function erasesReports(commune: string): boolean {
  const { account } = session;
  return account !== null && mayErase(account, commune, provinceOf);
}
