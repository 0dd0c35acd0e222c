/**
 * What the simulated provinces report each month of the indicators that are due from them: slowly
 * growing values, a province always a little ahead of another, and now and then one that is late.
 */
import { INDICATORS } from '../../data/country/indicators.ts';
import { newestByUnit } from '../../data/indicators/reported.ts';
import { dayNumberOf } from '../../data/model/scalars.ts';
import type { Fields } from '../../data/model/table.ts';
import { levelOf } from '../../data/model/unit.ts';
import type { Chronicle } from './chronicle.ts';
import { monthEnd, monthEnds, writtenDay } from './curve.ts';
import type { FeedView, Proposal } from './feed-view.ts';
import type { DemoFigures } from './figures.ts';
import type { Land } from './land.ts';
import { SIMULATED } from './names.ts';
import { Random } from './random.ts';

/** The provinces of today report from here on: the first months of the year of the merger. */
const FROM = '2024-12-31';
/** How many of the reports of a month never came; how often one is put off for a day. */
const LEFT_OUT = 0.06;
const PUT_OFF = 0.5;
/** Days of a month on which provinces begin to report the one before; the last ones are late by then. */
const REPORTING_DAYS = 12;

/**
 * How an indicator stands in the middle of the provinces at the first report and at the last one of
 * the past, as a part of all that it can be; and how far apart they are.
 */
const COURSES: Readonly<Record<string, { first: number; last: number; spread: number }>> = {
  // Published for June 2025: localities above 15 %, adults with a signature 35.48 %.
  'dvc.online': { first: 0.11, last: 0.155, spread: 0.4 },
  'signature.adults': { first: 0.28, last: 0.3548, spread: 0.25 },
  'crypto.commune': { first: 0.02, last: 0.3, spread: 0.6 },
  'tthc.configured': { first: 0.2, last: 27 / 34, spread: 0 },
  'tthc.connected': { first: 0.5, last: 33 / 34, spread: 0 },
};
/** Of these a province has all or nothing: 1 or 0. */
const YES_OR_NO: ReadonlySet<string> = new Set(['tthc.configured', 'tthc.connected']);

const DUE = INDICATORS.flatMap(({ code, due }) => (due === undefined ? [] : [code]));

/** Months of reports before the end of the past; the last month's is not complete. */
export function tellProvinces(
  chronicle: Chronicle,
  land: Land,
  figures: DemoFigures,
  seed: number,
): void {
  const random = new Random(seed, 'province reports');
  const ends = monthEnds(
    Math.max(dayNumberOf(figures.from), dayNumberOf(FROM)),
    dayNumberOf(figures.to),
  );
  const communes = communesBy(land.communes);
  for (const code of DUE) {
    const course = COURSES[code];
    if (!course) continue;
    // Who is ahead stays ahead: a place in the order of the provinces, 0–1.
    const order = shuffled(land.provinces, random);
    ends.forEach((end, month) => {
      const way = ends.length === 1 ? 1 : month / (ends.length - 1);
      const middle = course.first + (course.last - course.first) * way;
      order.forEach(({ code: unit }, place) => {
        const rank = order.length === 1 ? 0.5 : place / (order.length - 1);
        if (random.chance(LEFT_OUT)) return;
        const value = YES_OR_NO.has(code)
          ? Number(place < Math.round(middle * order.length))
          : valueOf(code, middle * (1 + course.spread * (1 - 2 * rank)), communes.get(unit) ?? 0);
        const told = Math.min(end + 1 + random.below(REPORTING_DAYS), dayNumberOf(figures.to));
        chronicle.add('indicator.report', told, report(code, unit, end, value));
      });
    });
  }
}

/**
 * What some provinces report on the simulated day of the month before. Each has its own day for it and
 * a stream of chance of its own, so that the rest of the feed stays as it was.
 */
export function reportProvinces(view: FeedView): Proposal[] {
  const today = dayNumberOf(view.day);
  const lastMonth = monthEnd(today - new Date(today * 86_400_000).getUTCDate());
  return DUE.flatMap((code) =>
    [...newestByUnit(view.country.tables.indicators, code)].flatMap(
      ([unit, { day, value, simulated }]) => {
        const isTheirs = lastMonth + 1 + (Number(unit) % REPORTING_DAYS) <= today;
        const isTold = dayNumberOf(day) >= lastMonth;
        if (!simulated || levelOf(unit) !== 'province' || isTold || !isTheirs) return [];
        const random = new Random(today, `${code} of ${unit}`);
        if (random.chance(PUT_OFF)) return [];
        return view.add(
          'indicator.report',
          report(code, unit, lastMonth, next(code, value, random)),
        );
      },
    ),
  );
}

function next(code: string, value: number, random: Random): number {
  if (YES_OR_NO.has(code)) return value === 1 || random.chance(0.3) ? 1 : 0;
  const grown = value * (1 + random.between(0, 0.06));
  return code === 'crypto.commune' ? Math.round(grown) : rounded(Math.min(0.98, grown));
}

function report(indicator: string, unit: string, day: number, value: number): Fields {
  return { ...SIMULATED, indicator, unit, day: writtenDay(day), value };
}

function valueOf(code: string, part: number, communes: number): number {
  const share = Math.min(1, Math.max(0, part));
  return code === 'crypto.commune' ? Math.round(share * communes) : rounded(share);
}

function rounded(share: number): number {
  return Math.round(share * 1e4) / 1e4;
}

function communesBy(communes: Land['communes']): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { province } of communes) counts.set(province, (counts.get(province) ?? 0) + 1);
  return counts;
}

function shuffled<T>(list: readonly T[], random: Random): T[] {
  const left = [...list];
  return list.flatMap(() => left.splice(random.below(left.length), 1));
}
