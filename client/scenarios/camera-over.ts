/** From where some places are seen together. */
import type { MapPlace } from '../map/drawing.svelte.ts';
import type { Camera } from '../view/view.svelte.ts';

/** Not nearer than this: one site is judged by its surroundings. */
const NEAREST = 11.5;
/** Part of the map's width that the places take. */
const FILLED = 0.35;
/** Degrees of longitude across a map of about two tiles at zoom 0. */
const DEGREES_AT_ZOOM_0 = 720;

/** The camera over all of them; null for none. */
export function cameraOver(places: readonly MapPlace[]): Camera | null {
  if (places.length === 0) return null;
  const lons = places.map(({ lon }) => lon);
  const lats = places.map(({ lat }) => lat);
  const [west, east] = [Math.min(...lons), Math.max(...lons)];
  const [south, north] = [Math.min(...lats), Math.max(...lats)];
  const extent = Math.max(east - west, north - south);
  const zoom = Math.log2((DEGREES_AT_ZOOM_0 * FILLED) / extent);
  return { lon: (west + east) / 2, lat: (south + north) / 2, zoom: Math.min(NEAREST, zoom) };
}
