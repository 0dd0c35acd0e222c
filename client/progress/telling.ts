/** Values and forecasts as people read them. */
import type { ProgressRow } from '../../data/forecast/answer.ts';
import { day, number, percent, upTo, type Language } from '../words/format.ts';
import { comparable } from './board.ts';
import type { Verdict } from './verdict.ts';
import type { ProgressWords } from './words.ts';

type Whole = Pick<ProgressRow, 'outOf'>;

/** A value of a metric: a share of the people, or a number of things; a dash for none. */
export function written(value: number | null, row: Whole, language: Language): string {
  if (value === null) return '–';
  if (row.outOf === null) return number(value, language);
  return percent(comparable(value, row), language);
}

/** What the chart's axis and points hold: a share (0–1) where `row` is a part of something. */
export function writtenScaled(value: number | null, row: Whole, language: Language): string {
  if (value === null) return '–';
  return row.outOf === null ? number(value, language) : percent(value, language);
}

/** A change a week, with its sign. */
export function writtenPace(perWeek: number | null, language: Language): string {
  if (perWeek === null) return '–';
  const size = Math.abs(perWeek);
  const sign = perWeek > 0 ? '+' : perWeek < 0 ? '−' : '';
  return sign + (size < 10 ? upTo(size, language, 1) : number(size, language));
}

/** What is aimed for; a share as exact as it was published. */
export function writtenTarget(row: ProgressRow, national: number, language: Language): string {
  if (!row.target) return '–';
  if (row.outOf === null) return number(row.target.value, language);
  return `${upTo(national * 100, language, 1)}%`;
}

export function arrivalWords(
  { forecast }: ProgressRow,
  p: ProgressWords,
  language: Language,
): { what: string; more: string } {
  const on = (text: string): string => day(text, language);
  switch (forecast.state) {
    case 'reached':
      return {
        what: forecast.day === null ? p.reached : p.reachedOn(on(forecast.day)),
        more: '',
      };
    case 'arrives':
      return {
        what: on(forecast.day),
        more:
          forecast.latest === null
            ? p.noLatest(on(forecast.earliest))
            : p.interval(on(forecast.earliest), on(forecast.latest)),
      };
    case 'never':
      return { what: p.never, more: p.why[forecast.why] };
    case 'unknown':
      return { what: p.unknown, more: p.why[forecast.why] };
  }
}

export function verdictWords(verdict: Verdict, p: ProgressWords, language: Language): string {
  switch (verdict.kind) {
    case 'reached':
      return verdict.late > 0
        ? `${p.verdict.reached}, ${p.verdict.late(number(verdict.late, language))}`
        : p.verdict.reached;
    case 'in_time':
      return p.verdict.inTime;
    case 'coming':
      return p.verdict.coming;
    case 'late': {
      const days = number(verdict.late, language);
      return verdict.overdue ? p.verdict.overdue(days) : p.verdict.late(days);
    }
    case 'never':
      return verdict.overdue ? p.verdict.neverOverdue : p.verdict.never;
    case 'unknown':
      return p.verdict.unknown;
  }
}

/** How a verdict is set off; the words beside it say the same. */
export function toneOf({ kind }: Verdict): 'good' | 'alert' | 'bad' | 'plain' {
  if (kind === 'reached' || kind === 'in_time') return 'good';
  if (kind === 'late') return 'alert';
  return kind === 'never' ? 'bad' : 'plain';
}
