/**
 * How far a draft reaches, as it is drawn round it: by the method in use. The table of radii is all
 * round; the link budget keeps to the sector where one is given. Method `terrain` is drawn as the link
 * budget, the farthest that it can reach: what the land takes away, only the server knows.
 */
import type { Method } from '../../data/model/estimate.ts';
import { BANDS } from '../../data/model/things.ts';
import { footprintRadiusM } from '../../data/radio/footprint.ts';
import { linkBudgetRangeM, type LinkBudgetParameters } from '../../data/radio/link-budget.ts';
import type { Draft } from '../../data/wire/scenarios.ts';
import type { MapPlace } from '../map/drawing.svelte.ts';

export interface Reach {
  /** Metres; 0 where it reaches nobody. */
  radiusM: number;
  /** Degrees, as a station has them; null all round. */
  sector: { azimuth: number; beamwidth: number } | null;
}

/** Of a draft in surroundings, by their index into `SURROUNDINGS`. */
export function reachOf(
  { band, heightM, azimuth, beamwidth }: Draft,
  surroundings: number,
  method: Method,
  parameters: LinkBudgetParameters,
): Reach {
  const index = BANDS.indexOf(band);
  if (method === 'radius') return { radiusM: footprintRadiusM(index, surroundings), sector: null };
  return {
    radiusM: linkBudgetRangeM(index, surroundings, heightM, parameters),
    sector:
      azimuth !== undefined && beamwidth !== undefined && beamwidth < 360
        ? { azimuth, beamwidth }
        : null,
  };
}

/** On the plane of the place, as the server measures. */
const METRES_PER_DEGREE = 111_195;
/** Degrees between two points of an arc: the chord is 0.1 % nearer than the circle. */
const STEP_DEGREES = 5;

/** Outline of the part of a circle round a place that a sector is; not closed. */
export function outlineOf(
  { lon, lat }: MapPlace,
  radiusM: number,
  { azimuth, beamwidth }: { azimuth: number; beamwidth: number },
): [lon: number, lat: number][] {
  const steps = Math.max(1, Math.ceil(beamwidth / STEP_DEGREES));
  const arc = Array.from({ length: steps + 1 }, (_, step): [number, number] => {
    const towards = ((azimuth - beamwidth / 2 + (beamwidth * step) / steps) * Math.PI) / 180;
    const north = radiusM / METRES_PER_DEGREE;
    return [
      lon + (north * Math.sin(towards)) / Math.cos((lat * Math.PI) / 180),
      lat + north * Math.cos(towards),
    ];
  });
  return [[lon, lat], ...arc];
}
