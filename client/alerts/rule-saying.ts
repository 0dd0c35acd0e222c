/** Rules in words, in the language of the view. Reactive. */
import type { RuleFields, Watch } from '../../data/alerts/rule.ts';
import { view } from '../view/view.svelte.ts';
import { number, upTo } from '../words/format.ts';
import { unitSaid } from './saying.ts';
import { alertWords } from './words.ts';

/** Units that a line has room for. */
const MOST_UNITS = 3;

/** What a rule watches, how bad that is, and where. */
export function ruleSaid({ watch, severity, units }: RuleFields): string {
  const a = alertWords();
  return [watchSaid(watch), a.severities[severity], a.rules.in(unitsSaid(units))].join(' · ');
}

function watchSaid(watch: Watch): string {
  const { said, fields, ofs } = alertWords().rules;
  const written = (value: number): string => number(value, view.language);
  switch (watch.what) {
    case 'commune_cut':
      return said.commune_cut(written(watch.minutes));
    case 'station_down':
      return (watch.alone ? said.station_alone : said.station_down)(written(watch.hours));
    case 'coverage_falling': {
      const points = upTo(watch.points, view.language, 1);
      return said.coverage_falling(fields[watch.field], points, written(watch.hours));
    }
    case 'deadline':
      return said.deadline(ofs[watch.of], written(watch.daysBefore));
    case 'silent':
      return said.silent(written(watch.hours));
  }
}

function unitsSaid(units: readonly string[]): string {
  const names = units.slice(0, MOST_UNITS).map(unitSaid).join(', ');
  const more = units.length - MOST_UNITS;
  return more > 0 ? alertWords().rules.moreUnits(names, number(more, view.language)) : names;
}

/** The fields of a rule as its form calls them, for what is said of them. */
export function ruleNames(): Record<string, string> {
  const { rules: r } = alertWords();
  return {
    ...{ name: r.name, watch: r.watch, minutes: r.minutes, hours: r.hours, points: r.points },
    ...{ field: r.field, of: r.of, daysBefore: r.daysBefore, units: r.units },
    ...{ severity: r.severity, settleMinutes: r.settle, quiet: r.quiet, from: r.from },
    ...{ until: r.until, escalation: r.escalate, afterMinutes: r.after, webhooks: r.webhooks },
  };
}
