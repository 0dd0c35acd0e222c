/** The national figures of the strip: what the country has now against what is aimed for. */
import { publishedFigures } from '../../data/country/figures.ts';
import { shareIn, type EstimateRow } from '../../data/model/estimate.ts';
import type { Counts } from '../live/live.ts';

const FIGURE_CODES = [
  '5g.stations',
  '5g.population',
  'hamlets.uncovered',
  'tslcd.communes',
] as const;
type FigureCode = (typeof FIGURE_CODES)[number];

export interface NationalFigure {
  code: FigureCode;
  measure: 'count' | 'share';
  /** Null while there is nothing to count or to estimate from: none noted is not none there. */
  value: number | null;
  target: { value: number; about: boolean; by?: string };
  /** How much of the way to the target has been gone, 0–1. */
  progress: number;
  published: { value: number; atLeast: boolean; asOf: string; source: string };
}

/** Sources give the number of stations aimed for as about 69,000, all other targets exactly. */
const ABOUT: ReadonlySet<FigureCode> = new Set(['5g.stations']);

export function nationalFigures(
  counts: Counts | null,
  estimate: EstimateRow | undefined,
): NationalFigure[] {
  const values: Record<FigureCode, number | null> = {
    '5g.stations': counts && any(counts.stations['5g']) ? counts.stations['5g'].on_air : null,
    '5g.population': estimate ? shareIn(estimate, '5g') : null,
    'hamlets.uncovered':
      counts && counts.hamlets.uncovered + counts.hamlets.resolved > 0
        ? counts.hamlets.uncovered
        : null,
    'tslcd.communes': counts && any(counts.nodes.communal) ? counts.nodes.communal.up : null,
  };
  return FIGURE_CODES.map((code) => {
    const published = publishedFigures.find((figure) => figure.code === code);
    if (published?.target === undefined)
      throw new Error(`the published figures have no target for ${code}`);
    const { target, targetDate, asOf, source, bound } = published;
    const value = values[code];
    return {
      code,
      measure: published.unit === 'share' ? 'share' : 'count',
      value,
      target: {
        value: target,
        about: ABOUT.has(code),
        ...(targetDate === undefined ? {} : { by: targetDate }),
      },
      progress: progress(code, value, target, counts),
      published: { value: published.value, atLeast: bound === 'above', asOf, source },
    };
  });
}

function any(counts: Record<string, number>): boolean {
  return Object.values(counts).some((count) => count > 0);
}

function progress(
  code: FigureCode,
  value: number | null,
  target: number,
  counts: Counts | null,
): number {
  if (value === null) return 0;
  if (code !== 'hamlets.uncovered') return Math.min(1, value / target);
  // Towards none: the part of all hamlets ever noted that has a signal by now.
  const resolved = counts?.hamlets.resolved ?? 0;
  return resolved / (value + resolved);
}
