/**
 * Tenth stage: proof that the communes tile the land. Throws with what is wrong and where.
 *
 * When no edge is crossed or used twice from one side, and the faces on each piece of land have
 * together exactly its area (integers), there is neither a gap nor an overlap.
 */
import Flatbush from 'flatbush';
import type { Face } from './cells.ts';
import { STEPS_PER_DEGREE } from '../../server/territory/lattice.ts';
import { ringArea, type Point } from './plane.ts';

/** Checks faces and the land they share out, all on the lattice. */
export function proveTiling(faces: Face[], lands: Point[][]): void {
  const area = new Map<number, number>();
  for (const face of faces) area.set(face.land, (area.get(face.land) ?? 0) + ringArea(face.ring));
  for (const [number, ring] of lands.entries())
    if (area.get(number) !== ringArea(ring))
      throw new Error(
        `The communes near ${degrees(ring[0])} do not add up to their land: ` +
          `${area.get(number)} against ${ringArea(ring)} steps².`,
      );
  const edges = directedEdges(faces);
  proveUncrossed(edges);
}

interface Edge {
  from: Point;
  to: Point;
}

function directedEdges(faces: Face[]): Edge[] {
  const seen = new Set<string>();
  const edges = new Map<string, Edge>();
  for (const { ring } of faces)
    for (const [i, from] of ring.entries()) {
      const to = ring[(i + 1) % ring.length] ?? from;
      const key = `${from.join()} ${to.join()}`;
      if (seen.has(key)) throw new Error(`Two communes overlap along an edge at ${degrees(from)}.`);
      seen.add(key);
      if (!edges.has(`${to.join()} ${from.join()}`)) edges.set(key, { from, to });
    }
  return [...edges.values()];
}

function proveUncrossed(edges: Edge[]): void {
  const index = new Flatbush(edges.length, 16, Int32Array);
  for (const { from, to } of edges)
    index.add(
      Math.min(from[0], to[0]),
      Math.min(from[1], to[1]),
      Math.max(from[0], to[0]),
      Math.max(from[1], to[1]),
    );
  index.finish();
  for (const [i, one] of edges.entries()) {
    const near = index.search(
      Math.min(one.from[0], one.to[0]),
      Math.min(one.from[1], one.to[1]),
      Math.max(one.from[0], one.to[0]),
      Math.max(one.from[1], one.to[1]),
    );
    for (const j of near) {
      const other = edges[j];
      if (j > i && other && cross(one, other))
        throw new Error(`Two borders cross near ${degrees(one.from)}.`);
    }
  }
}

/** Whether two edges share a point that is not an end of both. */
function cross(one: Edge, other: Edge): boolean {
  const a = side(one, other.from);
  const b = side(one, other.to);
  const c = side(other, one.from);
  const d = side(other, one.to);
  if (a !== 0 && b !== 0 && c !== 0 && d !== 0) return a !== b && c !== d;
  return (
    (a === 0 && inside(one, other.from)) ||
    (b === 0 && inside(one, other.to)) ||
    (c === 0 && inside(other, one.from)) ||
    (d === 0 && inside(other, one.to))
  );
}

const side = ({ from, to }: Edge, point: Point) =>
  Math.sign((to[0] - from[0]) * (point[1] - from[1]) - (to[1] - from[1]) * (point[0] - from[0]));

/** Whether a point in line with an edge is strictly between its ends. */
function inside({ from, to }: Edge, point: Point): boolean {
  const along = (to[0] - from[0]) * (point[0] - from[0]) + (to[1] - from[1]) * (point[1] - from[1]);
  return along > 0 && along < (to[0] - from[0]) ** 2 + (to[1] - from[1]) ** 2;
}

const degrees = (point: Point | undefined) =>
  point ? `${point[0] / STEPS_PER_DEGREE}, ${point[1] / STEPS_PER_DEGREE}` : 'nowhere';
