/** Where to look: the bounds that show a unit best in the space that the panels leave free. */
import { NATION } from '../../data/model/unit.ts';
import type { Unit } from '../live/live.ts';

export type Bounds = [west: number, south: number, east: number, north: number];

/** Space at the edges of the map that panels cover, CSS pixels. */
export interface Padding {
  top: number;
  right: number;
  bottom: number;
  left: number;
}

/** The whole country with both archipelagos, Hoàng Sa and Trường Sa, and the sea between. */
const COUNTRY: Bounds = [102.1, 6.2, 117.6, 23.5];
/** What an upright phone shows of it first: the land and its near islands. */
const LAND: Bounds = [102.1, 8.2, 110.2, 23.5];
/** Free space narrower than this, as width ÷ height, is an upright phone. */
const UPRIGHT = 0.6;
/** An island zone farther than this from the middle of its province would leave mostly sea to see. */
const FAR_DEGREES = 1.4;

/** Bounds for the nation in a free space of this shape (width ÷ height). */
export function boundsOfNation(shape: number): Bounds {
  return shape < UPRIGHT ? LAND : COUNTRY;
}

/**
 * Bounds that show a unit; null for one that is not known. A province is shown without its far
 * island zones (Hoàng Sa, Trường Sa, Côn Đảo), each of which can be opened by itself.
 */
export function boundsOfUnit(
  code: string,
  units: ReadonlyMap<string, Unit>,
  shape: number,
): Bounds | null {
  if (code === NATION) return boundsOfNation(shape);
  const unit = units.get(code);
  if (!unit) return null;
  if (unit.level !== 'province') return unit.bounds;
  let bounds: Bounds | null = null;
  for (const commune of units.values())
    if (commune.parent === code && !isFarZone(commune, unit))
      bounds = bounds ? union(bounds, commune.bounds) : commune.bounds;
  return bounds ?? unit.bounds;
}

function isFarZone(commune: Unit, province: Unit): boolean {
  const [lon, lat] = commune.centre;
  const [provinceLon, provinceLat] = province.centre;
  const far = Math.hypot(lon - provinceLon, lat - provinceLat) > FAR_DEGREES;
  return commune.type === 'special_zone' && far;
}

function union(a: Bounds, b: Bounds): Bounds {
  return [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])];
}

/** A place nearer to the edge of the free space than this share of it counts as covered. */
const NEAR_EDGE = 0.2;
/** Panels may never leave less than this of the map free when something is brought into view. */
const LEAST_FREE = 160;

/** What is brought into view keeps this share of the free space clear on each side. */
const MARGIN = 0.035;

/** The padding with a margin, and smaller where the window is too small to keep all of it. */
export function fittingPadding(padding: Padding, width: number, height: number): Padding {
  const [left, right] = fitted(padding.left, padding.right, width);
  const [top, bottom] = fitted(padding.top, padding.bottom, height);
  return { top, right, bottom, left };
}

function fitted(before: number, after: number, length: number): [number, number] {
  const fits = Math.min(1, Math.max(0, length - LEAST_FREE) / (before + after || 1));
  const margin = (length - (before + after) * fits) * MARGIN;
  return [before * fits + margin, after * fits + margin];
}

/**
 * Where the place that a camera names is seen, CSS pixels from the middle of the map: in the middle,
 * unless panels cover that or nearly do; then in the middle of what they leave free.
 */
export function offsetOf(padding: Padding, width: number, height: number): [number, number] {
  const { left, right, top, bottom } = fittingPadding(padding, width, height);
  return [offsetAlong(left, right, width), offsetAlong(top, bottom, height)];
}

function offsetAlong(before: number, after: number, length: number): number {
  const middle = length / 2;
  const near = NEAR_EDGE * (length - before - after);
  const isFree = middle > before + near && middle < length - after - near;
  return isFree ? 0 : (before - after) / 2;
}

/** Width ÷ height of what the panels leave free. */
export function freeShape(padding: Padding, width: number, height: number): number {
  const { left, right, top, bottom } = fittingPadding(padding, width, height);
  return (width - left - right) / Math.max(1, height - top - bottom);
}
