/**
 * Ninth stage: the shape of each commune, from its faces. Where the coast or a border cuts a cell
 * in two, the piece without its commune's main part goes to the neighbour it touches most.
 */
import type { MultiPolygon, Polygon } from 'geojson';
import { merge } from 'topojson-client';
import { topology } from 'topojson-server';
import type { GeometryObject, Topology } from 'topojson-specification';
import type { Face } from './cells.ts';
import { STEPS_PER_DEGREE } from '../../server/territory/lattice.ts';
import { ringArea, type Point } from './plane.ts';

/** The shape of each commune in degrees, from faces whose rings are on the lattice. */
export function shapesOf(faces: Face[]): Map<string, MultiPolygon> {
  const pieces = giveAway(faces.flatMap(simplePieces));
  const objects: Record<string, Polygon> = {};
  for (const [i, piece] of pieces.entries())
    objects[i] = { type: 'Polygon', coordinates: [closed(piece.ring)] };
  const whole = topology(objects) as Topology;

  const shapes = new Map<string, MultiPolygon>();
  for (const [i, { commune }] of pieces.entries()) {
    if (shapes.has(commune)) continue;
    const own = pieces.flatMap((piece, j) => (j >= i && piece.commune === commune ? [j] : []));
    const { coordinates } = merge(
      whole,
      own.map((j) => whole.objects[j] as Extract<GeometryObject, { type: 'Polygon' }>),
    );
    shapes.set(commune, { type: 'MultiPolygon', coordinates: coordinates.map(toDegrees) });
  }
  return shapes;
}

/** A ring that touches itself in a point, as the simple rings it is made of. */
function simplePieces(face: Face): Face[] {
  const rings: Point[][] = [];
  let path: Point[] = [];
  for (const point of face.ring) {
    const seen = path.findIndex(([x, y]) => x === point[0] && y === point[1]);
    if (seen >= 0) {
      rings.push(path.slice(seen));
      path = path.slice(0, seen);
    }
    path.push(point);
  }
  rings.push(path);
  return rings
    .filter((ring) => ring.length >= 3 && ringArea(ring) !== 0)
    .map((ring) => ({ ...face, ring }));
}

/** The pieces, with those cut off from their commune's largest piece on the same land given away. */
function giveAway(pieces: Face[]): Face[] {
  const largest = new Map<string, Face>();
  for (const piece of pieces) {
    const key = `${piece.commune} ${piece.land}`;
    const best = largest.get(key);
    if (!best || Math.abs(ringArea(piece.ring)) > Math.abs(ringArea(best.ring)))
      largest.set(key, piece);
  }
  const main = (piece: Face) => largest.get(`${piece.commune} ${piece.land}`) === piece;

  const touching = new Map<string, Face[]>();
  for (const piece of pieces)
    for (const [key] of edgesOf(piece.ring)) {
      const sharers = touching.get(key);
      if (sharers) sharers.push(piece);
      else touching.set(key, [piece]);
    }
  return pieces.map((piece) => {
    if (main(piece)) return piece;
    const shared = new Map<string, number>();
    for (const [key, length] of edgesOf(piece.ring))
      for (const other of touching.get(key) ?? [])
        if (other.land === piece.land && main(other))
          shared.set(other.commune, (shared.get(other.commune) ?? 0) + length);
    const [taker] = [...shared].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    return taker ? { ...piece, commune: taker[0] } : piece;
  });
}

/** The edges of a ring: a key that is the same from both sides, and the length in steps. */
function edgesOf(ring: readonly Point[]): [key: string, length: number][] {
  return ring.map((from, i) => {
    const to = ring[(i + 1) % ring.length] ?? from;
    const forward = from[0] < to[0] || (from[0] === to[0] && from[1] < to[1]);
    const [a, b] = forward ? [from, to] : [to, from];
    return [`${a.join()} ${b.join()}`, Math.hypot(to[0] - from[0], to[1] - from[1])];
  });
}

const closed = (ring: readonly Point[]) => [...ring, ...ring.slice(0, 1)].map(([x, y]) => [x, y]);

const toDegrees = (polygon: number[][][]) =>
  polygon.map((ring) =>
    ring.map(([x = NaN, y = NaN]) => [x / STEPS_PER_DEGREE, y / STEPS_PER_DEGREE]),
  );
