/**
 * Who may do what: the one rule, asked by the server for every command from every entrance, and by
 * the screen to know what to offer.
 */
import type { Account } from '../model/account.ts';
import { levelOf, NATION } from '../model/unit.ts';
import type { Command } from './commands.ts';

/** A command as far as authority is concerned. */
export interface Act {
  type: Command['type'];
  /**
   * Units in which it happens, by where its thing is before and by where it is after; none where there
   * is no thing. All of them must be the account's. Of a link, which joins two, one is enough, but at
   * either time: whoever keeps neither end does not get the line by moving one. Communes; the unit that
   * an indicator is a figure of, that a programme belongs to or that has a duty; the nation for what
   * stands in no commune.
   */
  before: readonly string[];
  after: readonly string[];
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
  const may = act.type.startsWith('link.')
    ? [act.before, act.after].every((ends) => ends.length === 0 || ends.some(inside))
    : happensIn(act).every(inside);
  return may ? undefined : 'units';
}

/** Every unit in which it happens, before or after. */
export function happensIn({ before, after }: Pick<Act, 'before' | 'after'>): string[] {
  return [...new Set([...before, ...after])];
}

/**
 * Whether what an account does waits for an approver, in a province that asks for approval. It is done
 * at once for everybody else: approvers, planners within their rule, operators.
 */
export function proposes({ role }: Account): boolean {
  return role === 'editor' || role === 'reporter';
}

/** Whether an account accepts or returns a proposal: what it could do itself, and never its own. */
export function mayDecide(
  account: Account,
  { type, author, units }: Pick<Act, 'type'> & { author: string; units: readonly string[] },
  provinceOf: ProvinceOf,
): boolean {
  if (!isApprover(account) || account.name === author) return false;
  // What its thing was and would be is not told apart here; accepting asks again, by the command.
  const act = { type, before: units, after: units, fields: [], statuses: [] };
  return forbids(account, act, provinceOf) === undefined;
}

/** The same of a file that is proposed as a whole: every place in it must be the account's. */
export function mayDecideFile(
  account: Account,
  { author, units }: { author: string; units: readonly string[] },
  provinceOf: ProvinceOf,
): boolean {
  if (!isApprover(account) || account.name === author) return false;
  return units.every((unit) => holds(account, unit, provinceOf));
}

/** Whether an account says that a province asks for approval, or does so no longer. */
export function mayRequireReview(account: Account, province: string): boolean {
  return isApprover(account) && holds(account, province, () => undefined);
}

/** Whether an account accepts anything at all. */
export function isApprover({ role }: Account): boolean {
  return role === 'approver' || role === 'operator';
}

/** Codes of the provinces of some units; the nation is in none. */
export function provincesOf(units: readonly string[], provinceOf: ProvinceOf): string[] {
  const provinces = units.flatMap((unit) =>
    levelOf(unit) === 'province' ? unit : (provinceOf(unit) ?? []),
  );
  return [...new Set(provinces)].sort();
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

/** Whether an account makes and changes the tours of walls, which are everybody's. */
export function mayKeepTours({ role }: Account): boolean {
  return role !== 'viewer' && role !== 'reporter';
}

/** Whether an account takes an alert on, in its name. */
export function mayAcknowledge(account: Account, unit: string, provinceOf: ProvinceOf): boolean {
  return account.role !== 'viewer' && holds(account, unit, provinceOf);
}

/** Whether an account keeps a rule of alerts: all its units must be the account's. */
export function mayKeepRule(account: Account, units: readonly string[]): boolean {
  return isApprover(account) && units.every((unit) => holds(account, unit, () => undefined));
}

/** Whether an account handles reports and tells of stations from the field. */
export function worksInTheField({ role }: Account): boolean {
  return role !== 'viewer' && role !== 'planner';
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
