/**
 * Eighth stage: one lattice for all rings. Vertices go to whole steps, those of the builder of packs; those that
 * mean the same point become equal, and an edge on which another ring has a vertex gets it too.
 * After that neighbours share whole edges, and areas are exact integers.
 */
import Flatbush from 'flatbush';
import { STEPS_PER_DEGREE } from '../../server/territory/lattice.ts';
import type { Point } from './plane.ts';

/** Vertices nearer than this, in steps, are the same point. */
const SAME = 2;
/** A vertex nearer than this to an edge, in steps, is on it. */
const ON_EDGE = 1.5;

/** Rings (degrees, unclosed) as rings of steps; the first rings decide where a point is. */
export function toLattice(rings: readonly (readonly Point[])[]): Point[][] {
  const snap = snapper();
  let result = rings.map((ring) => withoutRepeats(ring.map(snap)));
  for (let pass = 0; pass < 6; pass++) {
    const noded = nodeOnce(result);
    if (!noded) return result;
    result = noded;
  }
  throw new Error('The shapes do not come to rest on the lattice.');
}

function snapper(): (point: Point) => Point {
  const bins = new Map<string, Point[]>();
  return ([lon, lat]) => {
    const x = Math.round(lon * STEPS_PER_DEGREE);
    const y = Math.round(lat * STEPS_PER_DEGREE);
    const column = Math.floor(x / 8);
    const row = Math.floor(y / 8);
    for (let c = column - 1; c <= column + 1; c++)
      for (let r = row - 1; r <= row + 1; r++)
        for (const point of bins.get(`${c} ${r}`) ?? [])
          if (Math.hypot(point[0] - x, point[1] - y) <= SAME) return point;
    const point: Point = [x, y];
    const key = `${column} ${row}`;
    bins.set(key, [...(bins.get(key) ?? []), point]);
    return point;
  };
}

/** The rings with every vertex that lies on one of their edges put in; nothing when none does. */
function nodeOnce(rings: Point[][]): Point[][] | undefined {
  const points = new Map<string, Point>();
  for (const ring of rings) for (const point of ring) points.set(point.join(), point);
  const places = [...points.values()];
  const index = new Flatbush(places.length, 16, Int32Array);
  for (const [x, y] of places) index.add(x, y, x, y);
  index.finish();

  let inserted = 0;
  const noded = rings.map((ring) =>
    withoutRepeats(
      ring.flatMap((from, i) => {
        const to = ring[(i + 1) % ring.length] ?? from;
        const between = pointsOn(from, to, places, index);
        inserted += between.length;
        return [from, ...between];
      }),
    ),
  );
  return inserted > 0 ? noded : undefined;
}

function pointsOn(from: Point, to: Point, places: Point[], index: Flatbush): Point[] {
  const dx = to[0] - from[0];
  const dy = to[1] - from[1];
  const square = dx * dx + dy * dy;
  const found: { point: Point; along: number }[] = [];
  const hits = index.search(
    Math.min(from[0], to[0]) - 2,
    Math.min(from[1], to[1]) - 2,
    Math.max(from[0], to[0]) + 2,
    Math.max(from[1], to[1]) + 2,
  );
  for (const hit of hits) {
    const point = places[hit];
    if (!point) continue;
    const qx = point[0] - from[0];
    const qy = point[1] - from[1];
    const along = qx * dx + qy * dy;
    if (along <= 0 || along >= square) continue;
    if ((qx * dy - qy * dx) ** 2 <= ON_EDGE * ON_EDGE * square) found.push({ point, along });
  }
  return found.sort((a, b) => a.along - b.along).map(({ point }) => point);
}

/** A ring without vertices equal to the next, and without there-and-back spikes. */
function withoutRepeats(ring: Point[]): Point[] {
  const kept: Point[] = [];
  const same = (a: Point | undefined, b: Point | undefined) =>
    a !== undefined && b !== undefined && a[0] === b[0] && a[1] === b[1];
  for (const point of ring) {
    if (same(kept.at(-1), point)) continue;
    if (same(kept.at(-2), point)) kept.pop();
    else kept.push(point);
  }
  for (;;) {
    if (kept.length > 1 && same(kept[0], kept.at(-1))) kept.pop();
    else if (kept.length > 2 && same(kept[0], kept.at(-2))) kept.splice(-2);
    else if (kept.length > 2 && same(kept[1], kept.at(-1))) kept.shift();
    else return kept;
  }
}
