/**
 * How an indicator stands in a unit, as the board and its own page show it: what is counted now or was
 * reported last, against what is aimed for there.
 */
import { indicatorOf, TARGET_SOURCES, type Indicator } from '../../data/country/indicators.ts';
import { targetOf, METRICS, type Metric } from '../../data/country/targets.ts';
import { lateOf, type Lateness } from '../../data/indicators/late.ts';
import { NOTHING_COUNTED, type CountedFigures } from '../../data/indicators/counted.ts';
import { newestByUnit, seriesOf, type ReportedValue } from '../../data/indicators/reported.ts';
import type { Table } from '../../data/model/table.ts';
import { levelOf, NATION } from '../../data/model/unit.ts';

/** What is known of the country at this moment. */
export interface Known {
  definitions: Table<'definitions'>;
  values: Table<'indicators'>;
  counted: ReadonlyMap<string, CountedFigures>;
  /** Share of the people with 5G (0–1) by the method in use; null while it is not estimated. */
  shareOf(unit: string): number | null;
  communesIn(unit: string): number;
  provinces: readonly string[];
  /** The day by which reports are late or not, days since 1970-01-01. */
  today: number;
}

/** What an indicator comes to in a unit. */
export interface UnitValue {
  unit: string;
  /** Null: nothing is known. */
  value: number | null;
  /** The day that the value is true for; null for one that is counted now. */
  day: string | null;
  target: number | null;
  simulated: boolean;
}

export interface Standing extends UnitValue {
  indicator: Indicator;
  /** How many provinces it is the sum of, where the nation's own was not reported; else null. */
  summedOf: number | null;
  source: string;
  /** How the source states it; absent: exactly. */
  bound?: 'about' | 'above';
  /** How much of the way to the target has been gone (0–1); null where that cannot be said. */
  progress: number | null;
  /** What was reported, in the order of days. */
  series: readonly ReportedValue[];
}

export function standingOf(indicator: Indicator, unit: string, known: Known): Standing {
  const series = seriesOf(known.values, indicator.code, unit);
  const newest = series.at(-1);
  const own = valueIn(indicator, unit, newest, known);
  const counts = indicator.origin === 'counted';
  const sum = counts || newest ? null : sumOf(indicator, unit, known);
  const standing = sum ? { ...own, value: sum.value, day: sum.day, simulated: sum.simulated } : own;
  const { value, target } = standing;
  return {
    ...standing,
    indicator,
    summedOf: sum?.of ?? null,
    source: (counts ? '' : newest?.source) ?? '',
    ...boundOf(indicator, counts ? undefined : newest),
    progress:
      value === null || target === null || target === 0 || indicator.direction !== 'more'
        ? null
        : Math.min(1, value / target),
    series,
  };
}

/** The same of many units, without their histories: reports are gone through once. */
export function valuesIn(
  indicator: Indicator,
  units: readonly string[],
  known: Known,
): UnitValue[] {
  const newest = newestByUnit(known.values, indicator.code);
  return units.map((unit) => valueIn(indicator, unit, newest.get(unit), known));
}

/** The provinces that owe a value; null for an indicator that nobody has to report. */
export function latenessOf(indicator: Indicator, known: Known): Lateness | null {
  if (indicator.due === undefined) return null;
  const newest = newestByUnit(known.values, indicator.code);
  return lateOf(indicator, newest, known.provinces, known.today);
}

function valueIn(
  indicator: Indicator,
  unit: string,
  newest: ReportedValue | undefined,
  known: Known,
): UnitValue {
  const counts = indicator.origin === 'counted';
  return {
    unit,
    value: counts ? countedValue(indicator.code, unit, known) : (newest?.value ?? null),
    day: counts ? null : (newest?.day ?? null),
    target: newest?.target ?? targetIn(indicator, unit, known),
    simulated: !counts && newest?.simulated === true,
  };
}

/** Whether an indicator has a value of its own in a unit. */
export function isOf({ scope, territory }: Indicator, unit: string): boolean {
  return scope.includes(levelOf(unit)) && (territory === undefined || territory === unit);
}

function countedValue(code: string, unit: string, known: Known): number | null {
  if (code === '5g.population') return known.shareOf(unit);
  return (known.counted.get(unit) ?? NOTHING_COUNTED)[code] ?? null;
}

/** What the provinces' newest values come to, for counts of communes and provinces; null for none. */
function sumOf({ code, unit: measure, scope }: Indicator, unit: string, { values }: Known) {
  if (unit !== NATION || !scope.includes('province')) return null;
  if (measure !== 'communes' && measure !== 'provinces') return null;
  const parts = [...newestByUnit(values, code).values()].filter(
    (part) => levelOf(part.unit) === 'province',
  );
  const days = parts.map(({ day }) => day).sort();
  const day = days.at(-1);
  if (day === undefined) return null;
  return {
    value: parts.reduce((sum, part) => sum + part.value, 0),
    day,
    of: parts.length,
    simulated: parts.some(({ simulated }) => simulated),
  };
}

/** The nation's own target, and in a smaller unit what it means there; null where it means nothing. */
function targetIn({ code, unit: measure, target }: Indicator, unit: string, known: Known) {
  if (target === undefined) return null;
  if (unit === NATION) return target;
  if (code === 'crypto.commune') return known.communesIn(unit);
  if (measure === 'provinces') return 1;
  if (!(METRICS as readonly string[]).includes(code)) return measure === 'share' ? target : null;
  switch (targetOf(code as Metric).within) {
    case 'share':
      return target;
    case 'none':
      return 0;
    case 'communes':
      return known.communesIn(unit);
    case 'plan':
      return null;
  }
}

/** Sources state some values as "about" or "above": so is what the register has from them. */
function boundOf({ published }: Indicator, newest: ReportedValue | undefined) {
  const isThat = newest?.value === published?.value && newest?.source === published?.source;
  return isThat && published?.bound ? { bound: published.bound } : {};
}

/** Where the target of an indicator was announced, and when; undefined where there is none. */
export function targetSource(code: string): { asOf: string; source: string } | undefined {
  const { target, published } = indicatorOf(code) ?? {};
  return target === undefined ? undefined : (published ?? TARGET_SOURCES[code]);
}
