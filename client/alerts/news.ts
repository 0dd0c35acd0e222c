/** What is new among alerts, and of which of them there is the most to say. Pure. */
import { SEVERITIES } from '../../data/alerts/rule.ts';
import type { Alert, Alerts } from '../../data/wire/alerts.ts';
import type { Account } from '../../data/model/account.ts';
import { NATION } from '../../data/model/unit.ts';

/**
 * Those that were told between two answers, the worst first. What fell into quiet hours is none until
 * it is told; nor is what was there already when the page was opened.
 */
export function newlyTold(before: Alerts | null, after: Alerts): Alert[] {
  if (!before) return [];
  const known = new Set(before.alerts.flatMap(({ id, told }) => (told === null ? [] : id)));
  // What lay on a page that was not shown, and has come up since others are over, is nothing new.
  const newest = Math.max(...before.alerts.map(({ told }) => instantOf(told)), 0);
  return worstFirst(
    after.alerts.filter(({ id, told }) => !known.has(id) && instantOf(told) >= newest && told),
  );
}

/** The worst first; of equals the one that was raised last. */
export function worstFirst(alerts: readonly Alert[]): Alert[] {
  const rank = ({ severity }: Alert): number => SEVERITIES.indexOf(severity);
  return alerts.toSorted(
    (a, b) => rank(b) - rank(a) || instantOf(b.raised) - instantOf(a.raised) || b.id - a.id,
  );
}

/** How many alerts there are, on all pages. */
export function countOf({ counts }: Alerts): number {
  return SEVERITIES.reduce((sum, severity) => sum + counts[severity], 0);
}

/** Whose alerts the mark counts: the one unit that somebody keeps, or the country. */
export function watchedUnit(account: Pick<Account, 'units'> | null): string {
  const [unit, ...others] = account?.units ?? [];
  return unit !== undefined && others.length === 0 ? unit : NATION;
}

function instantOf(text: string | null): number {
  return text === null ? 0 : Date.parse(text);
}
