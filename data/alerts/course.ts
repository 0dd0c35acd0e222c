/**
 * The course of the alerts of one rule: how they go on from what the rule finds now. What comes, goes
 * and comes back sooner than the rule asks is one alert; quiet hours hold back what would be said;
 * what nobody takes on in time is said again, louder. Pure: `now`, ms since 1970, is given.
 */
import type { AlertFacts, AlertMessage, AlertThing } from '../wire/alerts.ts';
import { HANOI_OFFSET_MS } from '../model/scalars.ts';
import { NATION } from '../model/unit.ts';
import type { Found } from './found.ts';
import {
  MOST_OF_A_RULE,
  SEVERITIES,
  type QuietHours,
  type RuleFields,
  type Severity,
} from './rule.ts';

/** An alert on its course. Instants are ms since 1970; null: not yet. */
export interface Standing {
  /** Null until it is kept. */
  id: number | null;
  key: string;
  unit: string;
  thing: AlertThing | null;
  facts: AlertFacts;
  severity: Severity;
  /** Version of the rule as which it was last looked at. */
  ruleVersion: number;
  raised: number;
  told: number | null;
  times: number;
  /** Since when it is found no more; it is over when it stays so. */
  gone: number | null;
  ended: number | null;
  acknowledged: number | null;
  /** Whether those who hear of it have heard that. */
  acknowledgedTold: boolean;
  escalated: number | null;
  /** It is over and nothing is left to be said of it. */
  closed: boolean;
}

/** What of a rule steers the course of its alerts. */
export type Steering = Pick<
  RuleFields,
  'on' | 'severity' | 'settleMinutes' | 'quiet' | 'escalation' | 'units'
> & { version: number };

/** What is said of an alert to whoever hears of it. */
export type News = Exclude<AlertMessage['type'], 'test'>;

/** An alert that is not what it was. */
export interface Step {
  alert: Standing;
  /** What is to be said now, in this order. */
  news: News[];
  /** Whether it looks different to whoever reads it. */
  seen: boolean;
}

const MINUTE_MS = 60_000;
const MINUTES_PER_DAY = 1_440;
/** Key of the alert that stands for all that a rule found above what it may have. */
const MANY = 'many';

/** @param standing alerts of the rule that are not closed; they are left as they are */
export function goOn(
  rule: Steering,
  standing: readonly Standing[],
  found: readonly Found[],
  now: number,
): Step[] {
  const present = new Map(
    (rule.on ? within(rule, standing, found) : []).map((one) => [one.key, one]),
  );
  const isQuiet = rule.quiet !== null && isQuietAt(rule.quiet, now);
  const steps: Step[] = [];
  for (const before of standing) {
    const alert = { ...before };
    if (alert.ended === null) {
      follow(alert, present.get(alert.key), rule, now);
      present.delete(alert.key);
    }
    const news = say(alert, rule, now, isQuiet);
    const seen = SEEN.some((field) => alert[field] !== before[field]);
    const isOther = seen || UNSEEN.some((field) => alert[field] !== before[field]);
    if (isOther) steps.push({ alert, news, seen });
  }
  for (const one of present.values()) {
    const alert = newAlert(rule, one, now);
    steps.push({ alert, news: say(alert, rule, now, isQuiet), seen: true });
  }
  return steps;
}

/** Webhooks that hear of an alert. */
export function hearersOf(
  { webhooks, escalation }: Pick<RuleFields, 'webhooks' | 'escalation'>,
  { escalated }: Pick<Standing, 'escalated'>,
): number[] {
  const more = escalated === null ? [] : (escalation?.webhooks ?? []);
  return [...new Set([...webhooks, ...more])];
}

/** Whether an instant lies in quiet hours, by the clock of Viet Nam. */
export function isQuietAt({ from, until }: QuietHours, now: number): boolean {
  const time = Math.floor((now + HANOI_OFFSET_MS) / MINUTE_MS) % MINUTES_PER_DAY;
  const [begin, end] = [minutesOf(from), minutesOf(until)];
  return begin < end ? begin <= time && time < end : begin <= time || time < end;
}

const SEEN = [
  ...(['thing', 'facts', 'severity', 'ruleVersion', 'told', 'times'] as const),
  ...(['ended', 'escalated'] as const),
] satisfies (keyof Standing)[];
const UNSEEN = ['gone', 'acknowledgedTold', 'closed'] satisfies (keyof Standing)[];

/**
 * What is found, or, where that would be more alerts than a rule may have, what of it has an alert
 * already and one that says how many there are.
 */
function within(
  { units }: Steering,
  standing: readonly Standing[],
  found: readonly Found[],
): readonly Found[] {
  const standingOnes = standing.filter(({ ended }) => ended === null);
  const open = standingOnes.filter(({ key }) => key !== MANY);
  // Once they are counted they stay so until they are few: nobody is told of two hundred in one go.
  const most = open.length < standingOnes.length ? MOST_OF_A_RULE / 2 : MOST_OF_A_RULE;
  const known = new Set(open.map(({ key }) => key));
  const fresh = found.filter(({ key }) => !known.has(key));
  if (open.length + fresh.length <= most || fresh.length === 0) return found;
  const people = found.map(({ facts }) => facts.people).filter((some) => some !== undefined);
  const many: Found = {
    key: MANY,
    unit: units.length === 1 ? (units[0] ?? NATION) : NATION,
    thing: null,
    facts: {
      found: found.length,
      ...(people.length > 0 ? { people: people.reduce((sum, some) => sum + some, 0) } : {}),
    },
  };
  return [...found.filter(({ key }) => known.has(key)), many];
}

function newAlert(
  { severity, version }: Steering,
  { key, unit, thing, facts }: Found,
  now: number,
): Standing {
  return {
    ...{ id: null, key, unit, thing, facts, severity, ruleVersion: version },
    ...{ raised: now, told: null, times: 1, gone: null, ended: null },
    ...{ acknowledged: null, acknowledgedTold: false, escalated: null, closed: false },
  };
}

/** Moves on an alert that is not over. */
function follow(alert: Standing, found: Found | undefined, rule: Steering, now: number): void {
  const isOtherRule = alert.ruleVersion !== rule.version;
  if (isOtherRule && rule.on) {
    alert.ruleVersion = rule.version;
    alert.severity = severityOf(rule, alert.escalated !== null);
  }
  if (found) {
    if (alert.gone !== null) alert.times++;
    alert.gone = null;
    if (!isSaidAlike(alert.facts, found.facts)) alert.facts = found.facts;
    if (!isSame(alert.thing, found.thing)) alert.thing = found.thing;
    return;
  }
  alert.gone ??= now;
  // What a rule does not ask for any more need not settle.
  const settles = rule.on && !isOtherRule ? rule.settleMinutes * MINUTE_MS : 0;
  if (now - alert.gone >= settles) alert.ended = alert.gone;
}

/** Says of an alert what is due and may be said now. */
function say(alert: Standing, rule: Steering, now: number, isQuiet: boolean): News[] {
  const news: News[] = [];
  const isOver = alert.ended !== null;
  // What was over before anybody was told is nobody's business any more.
  if (isOver && alert.told === null) alert.closed = true;
  if (isQuiet || alert.closed) return news;
  if (alert.told === null && alert.gone === null) {
    alert.told = now;
    news.push('alert.raised');
  }
  if (alert.told === null) return news;
  if (alert.acknowledged !== null && !alert.acknowledgedTold) {
    alert.acknowledgedTold = true;
    news.push('alert.acknowledged');
  }
  const isDue =
    rule.escalation !== null && now - alert.told >= rule.escalation.afterMinutes * MINUTE_MS;
  if (isDue && alert.acknowledged === null && alert.escalated === null && alert.gone === null) {
    alert.escalated = now;
    alert.severity = severityOf(rule, true);
    news.push('alert.escalated');
  }
  if (isOver) {
    alert.closed = true;
    news.push('alert.ended');
  }
  return news;
}

function severityOf({ severity, escalation }: Steering, isEscalated: boolean): Severity {
  if (!isEscalated || !escalation) return severity;
  const rank = (of: Severity): number => SEVERITIES.indexOf(of);
  return rank(escalation.severity) > rank(severity) ? escalation.severity : severity;
}

/** Facts that differ in nothing worth a message to everybody: a large number may move by a tenth. */
function isSaidAlike(before: AlertFacts, after: AlertFacts): boolean {
  const [was = 0, is = 0] = [before.found, after.found];
  if (was > 0 && is > 0) return Math.abs(is - was) < was / 10;
  return isSame(before, after);
}

/** The database gives back keys in an order of its own. */
function isSame(before: object | null, after: object | null): boolean {
  const sorted = (of: object | null): [string, unknown][] =>
    Object.entries(of ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(sorted(before)) === JSON.stringify(sorted(after));
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}
