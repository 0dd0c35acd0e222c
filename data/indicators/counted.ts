/**
 * Indicators that nobody has to report, because the country itself says them: counted for every unit
 * in one pass over the things. Shares of people are estimates and come from whoever has them.
 */
import type { Country } from '../model/country.ts';
import { emptySummary, summariesByCommune, type ReportSummary } from '../model/reports.ts';
import {
  FACILITY_KINDS,
  HAMLET_STATUSES,
  LINE_STATUSES,
  NODE_LEVELS,
  STATION_STATUSES,
  TECHNOLOGIES,
} from '../model/things.ts';
import { communeCodeOf, NATION } from '../model/unit.ts';

/** The figures that are counted from things, without `5g.population`. */
export type CountedFigures = Readonly<Record<string, number | null>>;

/** Whole numbers by code, as they are counted up. */
const SUMS = [
  '5g.stations',
  'hamlets.uncovered',
  'hamlets.uncovered.hard',
  'tslcd.communes',
  'datacentres',
] as const;
type Sum = (typeof SUMS)[number];

interface Tally {
  sums: Record<Sum, number>;
  reports: ReportSummary;
}

/**
 * The counted figures of every unit that has anything to count; of a unit that is not in the answer
 * they are `NOTHING_COUNTED`. Days are counted to `today`, days since 1970-01-01.
 *
 * @param provinceOf the province of a commune; undefined for none
 */
export function countByUnit(
  country: Country,
  provinceOf: (commune: string) => string | undefined,
  today: number,
): Map<string, CountedFigures> {
  const tallies = new Map<string, Tally>();
  const province = new Map<number, string | undefined>();
  const tallyOf = (unit: string): Tally => {
    const known = tallies.get(unit) ?? { sums: noSums(), reports: emptySummary() };
    tallies.set(unit, known);
    return known;
  };
  /** The units that hold a commune, by its number: itself, its province, the nation. */
  const holding = (commune: number): string[] => {
    if (commune === 0) return [NATION];
    const code = communeCodeOf(commune);
    if (!province.has(commune)) province.set(commune, provinceOf(code));
    const parent = province.get(commune);
    return parent === undefined ? [NATION, code] : [NATION, parent, code];
  };
  for (const { code, commune } of counted(country))
    for (const unit of holding(commune)) tallyOf(unit).sums[code]++;
  for (const [commune, summary] of summariesByCommune(country.tables.reports, today))
    for (const unit of holding(commune)) {
      const tally = tallyOf(unit);
      tally.reports = together(tally.reports, summary);
    }
  return new Map(
    [...tallies].map(([unit, { sums, reports }]) => [
      unit,
      { ...sums, 'reports.open': reports.open, 'reports.oldest': reports.oldestDays },
    ]),
  );
}

/** What is counted where there is nothing. */
export const NOTHING_COUNTED: CountedFigures = {
  ...noSums(),
  'reports.open': 0,
  'reports.oldest': null,
};

/** Every thing that counts, as the figure that it counts in and its commune's number. */
function* counted({ tables }: Country): Generator<{ code: Sum; commune: number }> {
  const { stations, hamlets, nodes, facilities } = tables;
  const onAir = STATION_STATUSES.indexOf('on_air');
  const fiveG = TECHNOLOGIES.indexOf('5g');
  for (let row = 0; row < stations.count; row++) {
    const { status, technology, commune } = stations.columns;
    if (status[row] === onAir && technology[row] === fiveG)
      yield { code: '5g.stations', commune: commune[row] ?? 0 };
  }
  const uncovered = HAMLET_STATUSES.indexOf('uncovered');
  for (let row = 0; row < hamlets.count; row++) {
    const { status, speciallyDisadvantaged, commune } = hamlets.columns;
    if (status[row] !== uncovered) continue;
    yield { code: 'hamlets.uncovered', commune: commune[row] ?? 0 };
    if (speciallyDisadvantaged[row] === 1)
      yield { code: 'hamlets.uncovered.hard', commune: commune[row] ?? 0 };
  }
  const up = LINE_STATUSES.indexOf('up');
  const communal = NODE_LEVELS.indexOf('communal');
  for (let row = 0; row < nodes.count; row++) {
    const { status, level, commune } = nodes.columns;
    if (status[row] === up && level[row] === communal)
      yield { code: 'tslcd.communes', commune: commune[row] ?? 0 };
  }
  const dataCentre = FACILITY_KINDS.indexOf('data_centre');
  for (let row = 0; row < facilities.count; row++) {
    const { kind, status, commune } = facilities.columns;
    if (kind[row] === dataCentre && status[row] === up)
      yield { code: 'datacentres', commune: commune[row] ?? 0 };
  }
}

function noSums(): Record<Sum, number> {
  return Object.fromEntries(SUMS.map((code) => [code, 0])) as Record<Sum, number>;
}

function together(a: ReportSummary, b: ReportSummary): ReportSummary {
  const oldest = [a.oldestDays, b.oldestDays].filter((days) => days !== null);
  return {
    ...a,
    open: a.open + b.open,
    oldestDays: oldest.length === 0 ? null : Math.max(...oldest),
  };
}
