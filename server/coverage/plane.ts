/**
 * The local equirectangular plane of a place, on the mean sphere, as H3 and Turf measure. Within 6 km,
 * at our latitudes, that is less than a metre from the great circle. From the geodesic of WGS 84 the
 * sphere differs by at most 0.6 % north to south and 0.2 % east to west: nothing beside what a fixed
 * radius does not know.
 */

/** Mean radius of the Earth, metres (IUGG). */
export const EARTH_RADIUS_M = 6_371_008.8;
export const METRES_PER_DEGREE = (EARTH_RADIUS_M * Math.PI) / 180;

export function metresPerDegreeOfLongitude(lat: number): number {
  return METRES_PER_DEGREE * Math.cos((lat * Math.PI) / 180);
}
