/**
 * What the programme aims for, and by when: the targets of the published figures, each with what it
 * means for a province or a commune. Values, sources and dates are those of figures.ts.
 */
import { publishedFigures } from './figures.ts';

/** The figures of which a history is kept, by their codes in figures.ts. */
export const METRICS = [
  '5g.population',
  '5g.stations',
  'hamlets.uncovered',
  'tslcd.communes',
] as const;
export type Metric = (typeof METRICS)[number];

export interface Target {
  metric: Metric;
  /** Share of the people (0–1) for `5g.population`, else a number of things. */
  value: number;
  /** Last day on which it is in time, `YYYY-MM-DD`; null where none was set. */
  day: string | null;
  /** Whether the figure is to grow or to shrink. */
  direction: 'more' | 'less';
  /**
   * What a smaller unit aims for: the same share of its own people, none as everywhere, all of its
   * own communes, or what its own plan comes to by the day.
   */
  within: 'share' | 'none' | 'communes' | 'plan';
  /** Day the target was stated, and by whom. */
  asOf: string;
  source: string;
}

const WITHIN: Record<Metric, Target['within']> = {
  '5g.population': 'share',
  '5g.stations': 'plan',
  'hamlets.uncovered': 'none',
  'tslcd.communes': 'communes',
};

/**
 * Days that figures.ts does not have: of the 355 hamlets, 238 with grid power were due in the middle
 * of September 2025 and the 117 without, the last, on 30 November.
 */
const LAST_DAYS: Partial<Record<Metric, string>> = { 'hamlets.uncovered': '2025-11-30' };

export function targetOf(metric: Metric): Target {
  const figure = publishedFigures.find(({ code }) => code === metric);
  if (figure?.target === undefined || figure.direction === 'neither')
    throw new Error(`the published figures have no target for ${metric}`);
  const { target, targetDate, direction, asOf, source } = figure;
  return {
    metric,
    value: target,
    day: targetDate ?? LAST_DAYS[metric] ?? null,
    direction,
    within: WITHIN[metric],
    asOf,
    source,
  };
}
