/**
 * Who may do what: the one rule, asked by the server for every command from every entrance, and by
 * the screen to know what to offer.
 */
import type { Account } from '../model/account.ts';
import { NATION } from '../model/unit.ts';
import type { Command } from './commands.ts';

/** A command as far as authority is concerned. */
export interface Act {
  type: Command['type'];
  /**
   * Units in which it happens, before and after: all of them must be the account's; of a link, which
   * joins two, one is enough. Communes; the unit that an indicator is a figure of; the nation for
   * what stands in no commune.
   */
  units: readonly string[];
  /** Names of the fields that it sets. */
  fields: readonly string[];
  /** Statuses that a thing has before or after it. */
  statuses: readonly string[];
}

export type ProvinceOf = (commune: string) => string | undefined;

/** What a reporter in the field can see for themselves of a station. */
const SEEN_IN_THE_FIELD = new Set([
  'status',
  'since',
  'lon',
  'lat',
  'heightM',
  'azimuth',
  'source',
  'photo',
]);

/** Why an account may not: its role does not, or not there; undefined when it may. */
export function forbids(
  account: Account,
  act: Act,
  provinceOf: ProvinceOf,
): 'role' | 'units' | undefined {
  if (!roleMay(account, act)) return 'role';
  const inside = (unit: string): boolean => holds(account, unit, provinceOf);
  const may = act.type.startsWith('link.') ? act.units.some(inside) : act.units.every(inside);
  return may ? undefined : 'units';
}

/** Whether a unit is among those of an account. */
export function holds({ units }: Account, unit: string, provinceOf: ProvinceOf): boolean {
  if (units.includes(NATION) || units.includes(unit)) return true;
  const province = provinceOf(unit);
  return province !== undefined && units.includes(province);
}

/** Whether an account keeps scenarios and asks for plans to be kept; everybody may try out. */
export function mayPlan({ role }: Account): boolean {
  return role !== 'viewer' && role !== 'reporter';
}

/** Whether an account may take what is personal out of the reports of a commune for good. */
export function mayErase(account: Account, commune: string, provinceOf: ProvinceOf): boolean {
  const { role } = account;
  const keeps = role === 'editor' || role === 'approver' || role === 'operator';
  return keeps && holds(account, commune, provinceOf);
}

function roleMay({ role }: Account, { type, fields, statuses }: Act): boolean {
  switch (role) {
    case 'operator':
      return true;
    case 'editor':
    case 'approver':
      return type !== 'coverage.configure';
    case 'planner':
      return (
        type === 'coverage.configure' ||
        (type.startsWith('station.') && statuses.every((status) => status === 'planned'))
      );
    case 'reporter':
      return (
        type === 'report.change' ||
        (type === 'station.change' && fields.every((field) => SEEN_IN_THE_FIELD.has(field)))
      );
    case 'viewer':
      return false;
  }
}
