/**
 * A tour of the wall: views, one after the other, each for some seconds, round and round. Where a tour
 * is at an instant follows from the instant alone, so that two walls with the same tour stay in step
 * without a word between them.
 */
import * as v from 'valibot';
import { UnitCode } from '../model/scalars.ts';
import { IndicatorCode } from '../model/things.ts';
import { FilmSpan } from './film.ts';

const Seconds = v.pipe(v.number(), v.integer(), v.minValue(5), v.maxValue(3_600));

/** What is shown, and how long (each of several: so long). */
export const Scene = v.variant('show', [
  v.strictObject({ show: v.literal('nation'), seconds: Seconds }),
  v.strictObject({ show: v.literal('unit'), unit: UnitCode, seconds: Seconds }),
  /** Every province, from north to south. */
  v.strictObject({ show: v.literal('provinces'), seconds: Seconds }),
  /** The communes with the most people whom 5G does not reach. */
  v.strictObject({
    show: v.literal('worst'),
    count: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(50)),
    seconds: Seconds,
  }),
  /** The provinces coloured by an indicator, with those at both ends. */
  v.strictObject({
    show: v.literal('indicator'),
    code: IndicatorCode,
    seconds: Seconds,
  }),
  /** A unit as it was, moment after moment of a span of the past. */
  v.strictObject({
    show: v.literal('film'),
    unit: UnitCode,
    span: FilmSpan,
    seconds: Seconds,
  }),
  /** The alerts that are open, the worst of them first. */
  v.strictObject({
    show: v.literal('alerts'),
    count: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(12)),
    seconds: Seconds,
  }),
]);
export type Scene = v.InferOutput<typeof Scene>;

export const MOST_SCENES = 60;
export const Scenes = v.pipe(v.array(Scene), v.minLength(1), v.maxLength(MOST_SCENES));

/** Names a tour in an address: `phong-hop-tang-2`. */
export const TourCode = v.pipe(
  v.string(),
  v.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be small letters and digits with dashes between'),
  v.maxLength(60),
);

/** What a wall shows that names no tour. */
export const ORDINARY_TOUR: readonly Scene[] = [
  { show: 'nation', seconds: 40 },
  { show: 'worst', count: 10, seconds: 10 },
  { show: 'indicator', code: '5g.population', seconds: 20 },
  { show: 'provinces', seconds: 12 },
];

/** One view of a tour, as it is shown. */
export type Stop =
  | { show: 'unit'; unit: string }
  /** The commune at a place (from 0) in the order of people without 5G. */
  | { show: 'worst'; rank: number; of: number }
  | { show: 'indicator'; code: string }
  | { show: 'film'; unit: string; span: FilmSpan }
  | { show: 'alerts'; count: number };

export interface TimedStop {
  stop: Stop;
  seconds: number;
}

/** The views of a tour, one by one. @param provinces codes, in the order in which they are shown */
export function stopsOf(scenes: readonly Scene[], provinces: readonly string[]): TimedStop[] {
  return scenes.flatMap((scene): TimedStop[] => {
    const { seconds } = scene;
    switch (scene.show) {
      case 'nation':
        return [{ stop: { show: 'unit', unit: 'vn' }, seconds }];
      case 'unit':
        return [{ stop: { show: 'unit', unit: scene.unit }, seconds }];
      case 'provinces':
        return provinces.map((unit) => ({ stop: { show: 'unit', unit }, seconds }));
      case 'worst':
        return Array.from({ length: scene.count }, (_, rank) => ({
          stop: { show: 'worst', rank, of: scene.count },
          seconds,
        }));
      case 'indicator':
        return [{ stop: { show: 'indicator', code: scene.code }, seconds }];
      case 'film':
        return [{ stop: { show: 'film', unit: scene.unit, span: scene.span }, seconds }];
      case 'alerts':
        return [{ stop: { show: 'alerts', count: scene.count }, seconds }];
    }
  });
}

/** Where a tour is. */
export interface Position {
  /** Index of the stop; -1 for a tour without any. */
  index: number;
  /** How much of its time is gone, 0–1. */
  gone: number;
  /** When the next one comes, ms since 1970. */
  until: number;
}

/** Where a tour is at an instant, ms since 1970 by the server's clock. */
export function positionAt(stops: readonly TimedStop[], instantMs: number): Position {
  const round = stops.reduce((sum, { seconds }) => sum + seconds * 1000, 0);
  if (round === 0) return { index: -1, gone: 0, until: Infinity };
  let into = instantMs % round;
  for (const [index, { seconds }] of stops.entries()) {
    const length = seconds * 1000;
    if (into < length) return { index, gone: into / length, until: instantMs + length - into };
    into -= length;
  }
  throw new Error('a remainder is less than what it is the remainder of');
}
