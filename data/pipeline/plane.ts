/**
 * A flat plane in kilometres around one latitude. Over a province the error is far below that of
 * the shapes (Natural Earth 10 m), and a straight line stays straight.
 */
export type Point = readonly [number, number];

/** Kilometres of a degree of latitude on the mean sphere (radius 6,371.0088 km). */
const KM_PER_DEGREE = (6371.0088 * Math.PI) / 180;

export interface Plane {
  /** Degrees to kilometres. */
  toKm(lonLat: Point): Point;
  /** Kilometres to degrees. */
  toDegrees(km: Point): Point;
}

/** The plane that is true to scale at `latitude` (degrees). */
export function planeAt(latitude: number): Plane {
  const kx = KM_PER_DEGREE * Math.cos((latitude * Math.PI) / 180);
  return {
    toKm: ([lon, lat]) => [lon * kx, lat * KM_PER_DEGREE],
    toDegrees: ([x, y]) => [x / kx, y / KM_PER_DEGREE],
  };
}

/** Whether a ring (closed or not) goes around a point. */
export function ringHolds(ring: readonly Point[], [x, y]: Point): boolean {
  let inside = false;
  let [previousX, previousY] = ring[ring.length - 1] ?? [NaN, NaN];
  for (const [nextX, nextY] of ring) {
    if (
      nextY > y !== previousY > y &&
      x < ((previousX - nextX) * (y - nextY)) / (previousY - nextY) + nextX
    )
      inside = !inside;
    [previousX, previousY] = [nextX, nextY];
  }
  return inside;
}

/** Signed area of a ring, in the square of its unit; positive counter-clockwise. */
export function ringArea(ring: readonly Point[]): number {
  // Relative to the first vertex: far from the origin the products would drown the sum.
  const [originX, originY] = ring[0] ?? [0, 0];
  let [previousX, previousY] = ring[ring.length - 1] ?? [0, 0];
  let double = 0;
  for (const [x, y] of ring) {
    double += (previousX - originX) * (y - originY) - (x - originX) * (previousY - originY);
    [previousX, previousY] = [x, y];
  }
  return double / 2;
}
