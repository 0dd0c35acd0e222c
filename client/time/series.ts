/** A figure of a unit over time as places in a drawing. Pure. */
import { seriesOf } from '../../data/indicators/reported.ts';
import { dayNumberOf, dayOf } from '../../data/model/scalars.ts';
import type { Table } from '../../data/model/table.ts';

export interface Value {
  /** Days since 1970. */
  day: number;
  value: number;
}

/** What was reported of an indicator for a unit, in the order of days; of one day the last report counts. */
export function reportedOf(
  table: Table<'indicators'>,
  code: string,
  unit: string,
): (Value & { source: string })[] {
  return seriesOf(table, code, unit).map(({ day, value, source }) => ({
    ...{ value, source },
    day: dayNumberOf(day),
  }));
}

/** The indicators of which anything was reported for a unit. */
export function indicatorsOf(indicators: Table<'indicators'>, unit: string): string[] {
  const codes = new Set<string>();
  for (let row = 0; row < indicators.count; row++)
    if (indicators.columns.unit[row] === unit) codes.add(indicators.columns.indicator[row] ?? '');
  return [...codes].sort();
}

interface Placed extends Value {
  x: number;
  y: number;
}

export interface Picture {
  points: Placed[];
  values: { value: number; y: number }[];
  days: { day: string; x: number }[];
}

export const MARGIN = { top: 8, right: 10, bottom: 22, left: 52 };
const PIXELS_PER_DAY_TICK = 84;

/** Where the values of a span lie in a drawing of a size; values begin at nought. */
export function pictureOf(
  values: readonly Value[],
  { from, to }: { from: number; to: number },
  { width, height }: { width: number; height: number },
): Picture {
  const shown = values.filter(({ day, value }) => day >= from && day <= to && !Number.isNaN(value));
  const top = Math.max(...shown.map(({ value }) => value), 0) * 1.06 || 1;
  const across = Math.max(1, width - MARGIN.left - MARGIN.right);
  const down = Math.max(1, height - MARGIN.top - MARGIN.bottom);
  const x = (day: number): number => MARGIN.left + (across * (day - from)) / Math.max(1, to - from);
  const y = (value: number): number => MARGIN.top + down * (1 - value / top);
  const count = Math.max(1, Math.floor(across / PIXELS_PER_DAY_TICK));
  const days = Array.from({ length: count }, (_, i) =>
    Math.round(from + ((to - from) * (i + 0.5)) / count),
  );
  return {
    points: shown.map((one) => ({ ...one, x: x(one.day), y: y(one.value) })),
    values: roundUpTo(top).map((value) => ({ value, y: y(value) })),
    days: days.map((day) => ({ day: dayOf(day), x: x(day) })),
  };
}

/** Round values from nought, at most five. */
function roundUpTo(top: number): number[] {
  const power = 10 ** Math.floor(Math.log10(top / 4));
  const step = ([1, 2, 2.5, 5, 10].find((one) => one * power >= top / 4) ?? 10) * power;
  return Array.from({ length: Math.floor(top / step + 1e-9) + 1 }, (_, i) => i * step);
}
