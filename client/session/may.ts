/** What to offer to whoever is signed in; the server has the last word. Reactive. */
import { holds, mayErase, type ProvinceOf } from '../../data/wire/authority.ts';
import type { Role } from '../../data/model/account.ts';
import { live } from '../live/live.svelte.ts';
import { session } from './session.svelte.ts';

/** Roles that handle reports and tell of stations from the field. */
const IN_THE_FIELD: readonly Role[] = ['reporter', 'editor', 'approver', 'operator'];

const provinceOf: ProvinceOf = (commune) => live.units.get(commune)?.parent ?? undefined;

/** Whether the person's units hold a unit. */
export function keeps(unit: string): boolean {
  const { account } = session;
  return account !== null && !account.display && holds(account, unit, provinceOf);
}

/** Whether the person works in the field at all. */
export function worksInTheField(): boolean {
  return session.account !== null && IN_THE_FIELD.includes(session.account.role);
}

/** Whether the person takes steps with the reports of a commune. */
export function handlesReports(commune: string): boolean {
  return worksInTheField() && keeps(commune);
}

/** Whether the person may erase what is personal in the reports of a commune. */
export function erasesReports(commune: string): boolean {
  const { account } = session;
  return account !== null && mayErase(account, commune, provinceOf);
}
