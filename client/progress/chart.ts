/**
 * The picture of one unit's progress, worked out as points of an SVG: what was built and planned,
 * the line of the forecast with the band of its interval, and the axes. Values are as they are shown:
 * a share (0–1) for people, else things.
 */
import type { UnitProgress } from '../../data/forecast/answer.ts';
import { dayNumberOf, dayOf } from '../../data/model/scalars.ts';
import { comparable } from './board.ts';

export interface Size {
  width: number;
  height: number;
}
/** What the axes and their words take at each side, pixels. */
export const MARGIN = { top: 18, right: 16, bottom: 26, left: 50 };

/** What is told before the last day at most, and after it and the target's at least, days. */
const BEFORE = 400;
const AFTER = 60;
/** A forecast that comes later is left at the edge: the years up to it would press all else flat. */
const MOST_AFTER = 4 * 365;

type Place = readonly [x: number, y: number];

interface Tick {
  at: number;
  value: number;
}

export interface Picture {
  built: string;
  planned: string;
  forecast: string;
  band: string;
  today: number;
  target: { y: number; x: number | null } | null;
  /** Where the forecast meets the target; null where that lies outside. */
  arrival: Place | null;
  /** Values on the upright axis; days (since 1970) on the other. */
  values: Tick[];
  days: Tick[];
  /** What is known, in the order of days, for whoever points at the picture. */
  points: { day: string; x: number; built: number | null; planned: number | null }[];
}

export function pictureOf(unit: UnitProgress, { width, height }: Size): Picture {
  const today = dayNumberOf(unit.asOf);
  const scaled = (value: number): number => comparable(value, unit);
  const due = unit.target?.day ? dayNumberOf(unit.target.day) : null;
  const first = unit.series[0]?.day;
  const from = Math.max(today - BEFORE, first ? dayNumberOf(first) : -Infinity);
  const to = endOf(unit, today, due);
  const series = unit.series
    .map((point) => ({ ...point, number: dayNumberOf(point.day) }))
    .filter(({ number }) => number >= from && number <= to);

  const target = unit.target && scaled(unit.target.value);
  const top = topOf(
    series.flatMap(({ built, planned }) => [scaled(built ?? 0), scaled(planned ?? 0)]),
    target ?? 0,
    unit.outOf !== null,
  );
  const inner = {
    width: width - MARGIN.left - MARGIN.right,
    height: height - MARGIN.top - MARGIN.bottom,
  };
  const x = (day: number): number => MARGIN.left + ((day - from) / (to - from)) * inner.width;
  const y = (value: number): number => MARGIN.top + (1 - value / top) * inner.height;
  const line = (of: 'built' | 'planned'): Place[] =>
    series.flatMap((point) => {
      const value = point[of];
      return value === null ? [] : [[x(point.number), y(scaled(value))] as const];
    });

  const now: Place = [x(today), y(scaled(unit.built))];
  const ahead = forecastLines(unit, { today, to, x, y: (value) => y(scaled(value)) });
  return {
    built: pathOf(line('built')),
    planned: pathOf(line('planned')),
    forecast: ahead ? pathOf([now, ahead.middle]) : '',
    band: ahead ? `${pathOf([now, ...ahead.band])}Z` : '',
    today: x(today),
    target: target === null ? null : { y: y(target), x: due === null ? null : x(due) },
    arrival: ahead?.arrives ? ahead.middle : null,
    values: ticksUpTo(top).map((value) => ({ value, at: y(value) })),
    days: firstsOfMonths(from, to, inner.width).map((day) => ({ value: day, at: x(day) })),
    points: series.map(({ day, number, built, planned }) => ({
      day,
      x: x(number),
      built: built === null ? null : scaled(built),
      planned: planned === null ? null : scaled(planned),
    })),
  };
}

function endOf({ forecast, planEnd }: UnitProgress, today: number, due: number | null): number {
  const days = [today + AFTER];
  if (due !== null) days.push(due + AFTER);
  if (planEnd) days.push(Math.min(dayNumberOf(planEnd.day), today + MOST_AFTER));
  if (forecast.state === 'arrives') {
    const day = dayNumberOf(forecast.latest ?? forecast.day);
    const nearest = dayNumberOf(forecast.day);
    if (nearest <= today + MOST_AFTER) days.push(Math.min(day, today + MOST_AFTER) + AFTER);
  }
  return Math.max(...days);
}

/** Where the forecast leads, and the corners of its band behind the present: at the target or the edge. */
function forecastLines(
  { forecast, built, target, paceLimits, pacePerWeek }: UnitProgress,
  scale: { today: number; to: number; x: (day: number) => number; y: (value: number) => number },
): { middle: Place; arrives: boolean; band: Place[] } | undefined {
  if (forecast.state !== 'arrives' || !target || !paceLimits || pacePerWeek === null)
    return undefined;
  const { today, to, x, y } = scale;
  const upwards = target.value > built;
  const leading = (day: string | null, perWeek: number): { at: Place; arrives: boolean } => {
    const number = day === null ? Infinity : dayNumberOf(day);
    if (number <= to) return { at: [x(number), y(target.value)], arrives: true };
    const value = built + (perWeek / 7) * (to - today);
    const short = upwards ? Math.min(value, target.value) : Math.max(value, target.value);
    return { at: [x(to), y(Math.max(0, short))], arrives: false };
  };
  const { least, most } = paceLimits;
  const earliest = leading(forecast.earliest, upwards ? most : least);
  const latest = leading(forecast.latest, upwards ? least : most);
  const middle = leading(forecast.day, pacePerWeek);
  const corner: Place[] = earliest.arrives && !latest.arrives ? [[x(to), y(target.value)]] : [];
  return {
    middle: middle.at,
    arrives: middle.arrives,
    band: [earliest.at, ...corner, latest.at],
  };
}

/** All for shares, else the highest value with a little air. */
function topOf(values: readonly number[], target: number, isShare: boolean): number {
  if (isShare) return 1;
  return Math.max(1, ...values, target) * 1.06;
}

/** Round values from nought on, at most five. */
function ticksUpTo(top: number): number[] {
  const rough = top / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const round = [1, 2, 2.5, 5, 10].find((step) => step * power >= rough) ?? 10;
  // Things do not come in halves.
  const step = top > 1 ? Math.max(1, Math.round(round * power)) : round * power;
  return Array.from({ length: Math.floor(top / step + 1e-9) + 1 }, (_, i) => i * step);
}

const PIXELS_PER_TICK = 86;

/** First days of months (days since 1970), so many apart that their names have room. */
function firstsOfMonths(from: number, to: number, width: number): number[] {
  const months = (to - from) / 30.4;
  const every =
    [1, 2, 3, 6, 12, 24, 60].find((n) => (width * n) / months >= PIXELS_PER_TICK) ?? 120;
  const firsts: number[] = [];
  const [year = 0, month = 1] = dayOf(from).split('-').map(Number);
  for (let count = year * 12 + month; ; count++) {
    if (count % every !== 0) continue;
    const day = Date.UTC(Math.floor(count / 12), count % 12, 1) / 86_400_000;
    if (day > to) return firsts;
    if (day >= from) firsts.push(day);
  }
}

export function pathOf(places: readonly Place[]): string {
  return places
    .map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`)
    .join('');
}
