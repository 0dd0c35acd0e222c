/** The picture of reported values over time, worked out as points of an SVG. */
import { dayNumberOf, dayOf } from '../../data/model/scalars.ts';
import { pathOf } from '../progress/chart.ts';

export const MARGIN = { top: 10, right: 12, bottom: 24, left: 64 } as const;

export interface LinePicture {
  path: string;
  points: { x: number; y: number; day: string; value: number }[];
  /** Height of the target; null where there is none. */
  target: number | null;
  values: { at: number; value: number }[];
  days: { at: number; day: string }[];
}

/** @param size of the drawing, in its own measure */
export function lineOf(
  series: readonly { day: string; value: number }[],
  target: number | null,
  { width, height }: { width: number; height: number },
): LinePicture {
  const days = series.map(({ day }) => dayNumberOf(day));
  const first = Math.min(...days);
  const last = Math.max(...days);
  const top = Math.max(...series.map(({ value }) => value), target ?? 0) || 1;
  const inner = {
    width: width - MARGIN.left - MARGIN.right,
    height: height - MARGIN.top - MARGIN.bottom,
  };
  const x = (day: number): number =>
    MARGIN.left + (last === first ? 0.5 : (day - first) / (last - first)) * inner.width;
  const y = (value: number): number => MARGIN.top + (1 - value / (top * 1.05)) * inner.height;
  const points = series.map(({ day, value }, index) => ({
    ...{ day, value },
    x: x(days[index] ?? first),
    y: y(value),
  }));
  return {
    path: pathOf(points.map((point) => [point.x, point.y])),
    points,
    target: target === null ? null : y(target),
    values: [0, top / 2, top].map((value) => ({ value, at: y(value) })),
    days: (last === first ? [first] : [first, Math.round((first + last) / 2), last]).map((day) => ({
      day: dayOf(day),
      at: x(day),
    })),
  };
}
