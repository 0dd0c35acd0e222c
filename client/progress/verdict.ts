/** What a forecast means against the day that was set. */
import type { ProgressRow } from '../../data/forecast/answer.ts';
import { dayNumberOf } from '../../data/model/scalars.ts';

export type Verdict =
  /** It is there; `late` are the days after the target's, 0 in time. */
  | { kind: 'reached'; late: number }
  /** It will come within the time that was set. */
  | { kind: 'in_time' }
  /** It will come after the day, or the day has passed (`overdue`). */
  | { kind: 'late'; late: number; overdue: boolean }
  /** It will come, and no day was set. */
  | { kind: 'coming' }
  | { kind: 'never'; overdue: boolean }
  | { kind: 'unknown' };

/** @param asOf the day that the forecast counts from, `YYYY-MM-DD` */
export function verdictOf({ target, forecast }: ProgressRow, asOf: string): Verdict {
  const due = target?.day ?? null;
  const after = (day: string): number => (due === null ? 0 : dayNumberOf(day) - dayNumberOf(due));
  switch (forecast.state) {
    case 'reached':
      return {
        kind: 'reached',
        late: forecast.day === null ? 0 : Math.max(0, after(forecast.day)),
      };
    case 'arrives': {
      if (due === null) return { kind: 'coming' };
      const late = after(forecast.day);
      return late <= 0 ? { kind: 'in_time' } : { kind: 'late', late, overdue: after(asOf) > 0 };
    }
    case 'never':
      return { kind: 'never', overdue: after(asOf) > 0 };
    case 'unknown':
      return { kind: 'unknown' };
  }
}

/** Days late that the map tells apart: a year, three years. */
const STEPS = [365, 1_095];
const NEVER = 0;
const IN_TIME = 6;

/** The class of the map's ramp (0–6, the middle one unused); -1 where nothing is known. */
export function classOfVerdict(verdict: Verdict): number {
  switch (verdict.kind) {
    case 'reached':
      return IN_TIME;
    case 'in_time':
      return IN_TIME - 1;
    case 'coming':
      return IN_TIME - 2;
    case 'late':
      return STEPS.length - STEPS.filter((days) => verdict.late > days).length;
    case 'never':
      return NEVER;
    case 'unknown':
      return -1;
  }
}
