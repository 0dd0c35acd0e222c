/** A rule being written: what it begins with, and what is wrong with it before anybody is asked. Pure. */
import * as v from 'valibot';
import {
  RuleFields,
  type Escalation,
  type QuietHours,
  type Watch,
} from '../../data/alerts/rule.ts';
import type { Rule } from '../../data/wire/alerts.ts';
import { refusedBy, type Refusal } from '../../data/wire/commands.ts';

export const WATCHES = [
  'commune_cut',
  'station_down',
  'coverage_falling',
  'deadline',
  'silent',
] as const satisfies readonly Watch['what'][];

/** What is watched before anybody chose anything of it. */
export function freshWatch(what: Watch['what']): Watch {
  switch (what) {
    case 'commune_cut':
      return { what, minutes: 15 };
    case 'station_down':
      return { what, hours: 24, alone: true };
    case 'coverage_falling':
      return { what, field: '5g', points: 2, hours: 24 };
    case 'deadline':
      return { what, of: 'hamlets', daysBefore: 30 };
    case 'silent':
      return { what, hours: 72 };
  }
}

export const FRESH_QUIET: QuietHours = { from: '22:00', until: '06:00' };
export const FRESH_ESCALATION: Escalation = {
  afterMinutes: 30,
  severity: 'critical',
  webhooks: [],
};

/** A new rule. @param units where somebody may make one */
export function freshRule(units: readonly string[]): RuleFields {
  return {
    name: '',
    on: true,
    watch: freshWatch('commune_cut'),
    units: [...units],
    severity: 'warning',
    wall: false,
    settleMinutes: 10,
    quiet: null,
    escalation: null,
    webhooks: [],
  };
}

/** What of a kept rule is sent when it is saved again. */
export function fieldsOf(rule: Rule): RuleFields {
  const { name, on, watch, units, severity } = rule;
  const { wall, settleMinutes, quiet, escalation, webhooks } = rule;
  return { name, on, watch, units, severity, wall, settleMinutes, quiet, escalation, webhooks };
}

/** What the server would say against it; null when it would take its shape. */
export function faultIn(fields: RuleFields): Refusal | null {
  const read = v.safeParse(RuleFields, fields);
  return read.success ? null : refusedBy(read.issues[0], 'rule');
}

/** A list with one of its members put in, or taken out. */
export function withOrWithout(ids: readonly number[], id: number, on: boolean): number[] {
  const others = ids.filter((other) => other !== id);
  return on ? [...others, id].sort((a, b) => a - b) : others;
}
