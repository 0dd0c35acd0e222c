/** Plan against built, written out for one unit or a board of them. */
import { targetOf, type Metric } from '../../data/country/targets.ts';
import type {
  ProgressBoard,
  ProgressPoint,
  ProgressRow,
  UnitProgress,
  WrittenArrival,
} from '../../data/forecast/answer.ts';
import { forecast, WINDOW_DAYS, type Arrival, type Forecast } from '../../data/forecast/arrival.ts';
import type { Point } from '../../data/forecast/slope.ts';
import { dayNumberOf, dayOf } from '../../data/model/scalars.ts';
import { levelOf, NATION, type UnitLevel } from '../../data/model/unit.ts';
import type { Ground } from '../country/ground.ts';
import type { Standing } from './progress.ts';

const DAYS_A_WEEK = 7;

export function boardOf(
  standing: Standing,
  metric: Metric,
  level: UnitLevel,
  units: readonly string[],
): ProgressBoard {
  const rows = units.map((unit) => measure(standing, unit, metric).row);
  return { ...about(standing, metric), level, rows };
}

export function progressOf(standing: Standing, unit: string, metric: Metric): UnitProgress {
  const { row, points, pace } = measure(standing, unit, metric);
  return {
    ...about(standing, metric),
    ...row,
    paceLimits: pace && {
      least: pace.least * DAYS_A_WEEK,
      most: pace.most * DAYS_A_WEEK,
    },
    series: seriesOf(standing, unit, metric, points),
  };
}

function about({ today, simulated }: Standing, metric: Metric) {
  const { value, day, asOf, source } = targetOf(metric);
  return {
    metric,
    method: metric === '5g.population' ? ('radius' as const) : null,
    asOf: dayOf(today),
    simulated,
    national: { value, day, asOf, source },
  };
}

interface Measured {
  row: ProgressRow;
  points: Point[];
  pace: Forecast['pace'];
}

function measure(standing: Standing, unit: string, metric: Metric): Measured {
  const { history, plan, today } = standing;
  const points = history.pointsOf(unit, metric);
  const built = points.at(-1)?.value ?? 0;
  const { direction } = targetOf(metric);
  const target = targetIn(standing, unit, metric);
  const { arrival, pace } = target
    ? forecast(points, target.value, direction)
    : { arrival: { state: 'unknown', why: 'noTarget' } as const, pace: null };
  const way = target && (direction === 'more' ? target.value - built : built - target.value);
  const end = plan.lastDayOf(metric);
  const planned = end === undefined ? null : plan.valueOn(unit, metric, end);
  return {
    row: {
      unit,
      target,
      outOf: metric === '5g.population' ? history.populationOf(unit) : null,
      planned: plan.valueOn(unit, metric, today),
      built,
      gap: way === null ? null : Math.max(0, way),
      pacePerWeek: pace && pace.perDay * DAYS_A_WEEK,
      recent: points.filter(({ day }) => day >= today - WINDOW_DAYS).map(({ value }) => value),
      planEnd: end === undefined || planned === null ? null : { value: planned, day: dayOf(end) },
      forecast: written(arrival),
    },
    points,
    pace,
  };
}

/** The national target as it applies to a unit; null where there is nothing to aim for. */
function targetIn(
  { history, ground, plan }: Standing,
  unit: string,
  metric: Metric,
): ProgressRow['target'] {
  const { value, day, within } = targetOf(metric);
  const national = (own: number) => ({ value: own, day, basis: 'national' as const });
  if (within === 'share') return national(Math.ceil(value * history.populationOf(unit)));
  if (unit === NATION || within === 'none') return national(value);
  if (within === 'communes') return national(communesIn(ground, unit));
  const own = day === null ? null : plan.valueOn(unit, metric, dayNumberOf(day));
  return own === null || own === 0 ? null : { value: own, day, basis: 'plan' };
}

function communesIn({ territory }: Ground, unit: string): number {
  if (levelOf(unit) === 'commune') return 1;
  return territory.communes.filter(({ province }) => province === unit).length;
}

/** The history, then what is planned for the weeks behind today; the plan's own end is one of them. */
function seriesOf(
  { plan, today }: Standing,
  unit: string,
  metric: Metric,
  points: readonly Point[],
): ProgressPoint[] {
  const point = (day: number, built: number | null): ProgressPoint => ({
    day: dayOf(day),
    built,
    planned: plan.valueOn(unit, metric, day),
  });
  return [
    ...points.map(({ day, value }) => point(day, value)),
    ...plan.daysAfter(today, metric).map((day) => point(day, null)),
  ];
}

function written(arrival: Arrival): WrittenArrival {
  if (arrival.state === 'reached')
    return { state: 'reached', day: arrival.day === null ? null : dayOf(arrival.day) };
  if (arrival.state !== 'arrives') return arrival;
  const { state, day, earliest, latest } = arrival;
  return {
    state,
    day: dayOf(day),
    earliest: dayOf(earliest),
    latest: latest === null ? null : dayOf(latest),
  };
}
