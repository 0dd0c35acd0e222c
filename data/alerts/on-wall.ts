/**
 * Which alert interrupts the tour of a wall at an instant. It follows from the alerts and the instant
 * alone, so that two walls interrupt theirs together; and from nothing that is later than the instant,
 * so that what is on the screen does not jump when something else happens.
 */
import type { Alert } from '../wire/alerts.ts';
import { SEVERITIES, type Severity } from './rule.ts';

/** How long an alert has the wall, seconds. */
export const INTERRUPTION_S = 30;
/** So many have it one after the other; then one view says how many more there are. */
export const MOST_IN_A_ROW = 4;
/** And then the tour has it for at least so long, seconds, whatever else is told. */
export const REST_S = 120;

/** What there is to know of an alert for it. */
export type Interrupting = Pick<
  Alert,
  'id' | 'severity' | 'told' | 'ended' | 'acknowledged' | 'wall'
>;

/** Instants are ms since 1970. */
export type Interruption =
  | { show: 'alert'; id: number; from: number; until: number }
  /** Too many to be shown one by one. */
  | { show: 'many'; count: number; worst: Severity; from: number; until: number };

/** What interrupts the tour at an instant, ms since 1970; null: nothing, the tour goes on. */
export function interruptionAt(
  alerts: readonly Interrupting[],
  instantMs: number,
): Interruption | null {
  let queue = waitingIn(alerts);
  /** When the wall is free for the next one, and since when it has had no rest. */
  let free = -Infinity;
  let row = 0;
  for (let next = queue.shift(); next; next = queue.shift()) {
    const from = Math.max(free, next.told);
    if (from > instantMs) return null;
    // Somebody has taken it on, or it was over, before its turn came.
    if (next.gone <= from) continue;
    if (from - free >= REST_S * 1000) row = 0;
    const isLast = row === MOST_IN_A_ROW;
    const shown = isLast ? [next, ...queue.filter((one) => isWaiting(one, from))] : [next];
    if (isLast) queue = queue.filter((one) => !shown.includes(one));
    // It makes way when there is nobody left whom it would tell anything.
    const gone = Math.max(...shown.map((one) => one.gone));
    const until = Math.min(from + INTERRUPTION_S * 1000, gone);
    if (instantMs < until) return shownAs(shown, from, until);
    free = isLast ? until + REST_S * 1000 : until;
    row = isLast ? 0 : row + 1;
  }
  return null;
}

interface InLine {
  id: number;
  severity: Severity;
  told: number;
  /** When it was taken on or over; Infinity while it is neither. */
  gone: number;
}

/** Those that interrupt, in the order in which they were told. */
function waitingIn(alerts: readonly Interrupting[]): InLine[] {
  return alerts
    .flatMap(({ id, severity, told, ended, acknowledged, wall }): InLine[] => {
      if (!wall || told === null) return [];
      const gone = Math.min(instantOf(ended), instantOf(acknowledged?.at ?? null));
      return [{ id, severity, told: Date.parse(told), gone }];
    })
    .sort((a, b) => a.told - b.told || a.id - b.id);
}

function instantOf(text: string | null): number {
  return text === null ? Infinity : Date.parse(text);
}

function isWaiting({ told, gone }: InLine, instantMs: number): boolean {
  return told <= instantMs && gone > instantMs;
}

function shownAs(shown: readonly InLine[], from: number, until: number): Interruption {
  const [first, ...others] = shown;
  if (first && others.length === 0) return { show: 'alert', id: first.id, from, until };
  const worst = SEVERITIES.findLast((severity) => shown.some((one) => one.severity === severity));
  return { show: 'many', count: shown.length, worst: worst ?? 'notice', from, until };
}
