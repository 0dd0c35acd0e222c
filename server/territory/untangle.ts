/**
 * Lines that cross themselves. A small loop in one arc is cut off (both neighbours lose it alike);
 * a unit whose own ring crosses itself with a lobe too large to be a slip of drawing is refused.
 */
import Flatbush from 'flatbush';
import type { Shape } from './arcs.ts';
import { toDegrees } from './lattice.ts';
import { ringKm2, ringSteps } from './outline.ts';
import { TerritoryRefused } from './refusal.ts';
import type { BandedArcs } from './simplify.ts';

/** A part that is inside out is a slip up to this size, km²: about two cells of the people grid. */
const SLIP_KM2 = 0.25;

export interface Untangled {
  arcs: BandedArcs;
  /** Loops cut off. */
  cut: number;
  /** Crossings of two different lines that stay: slips too small to matter. */
  left: { lon: number; lat: number }[];
}

/** One crossing: edges `a → a + 1` and `b → b + 1` (vertices of arcs), a < b. */
interface Crossing {
  a: number;
  b: number;
  arcA: number;
  arcB: number;
}

/** `nameOf(unit)` names a shape's unit in messages. Throws TerritoryRefused. */
export function untangle(
  arcs: BandedArcs,
  shapes: Shape[],
  nameOf: (unit: number) => string,
): Untangled {
  const crossings = findCrossings(arcs);
  if (crossings.length === 0) return { arcs, cut: 0, left: [] };
  for (const { unit, ring, isHole, own } of crossedRings(shapes, crossings)) {
    const inverted = invertedPart(arcs, ring, isHole, own);
    if (inverted && inverted.km2 > SLIP_KM2)
      throw new TerritoryRefused(
        `${nameOf(unit)}: its boundary crosses itself near ${inverted.lon.toFixed(5)}, ` +
          `${inverted.lat.toFixed(5)} (a part of ${inverted.km2.toFixed(2)} km² is inside out); ` +
          'correct the ring there.',
      );
  }
  const removed = new Set<number>();
  const left: Untangled['left'] = [];
  let cut = 0;
  for (const { a, b, arcA, arcB } of crossings) {
    if (arcA === arcB && canLose(arcs, arcA, a, b)) {
      for (let v = a + 1; v <= b; v++) removed.add(v);
      cut++;
    } else left.push({ lon: toDegrees(arcs.x[a] ?? 0), lat: toDegrees(arcs.y[a] ?? 0) });
  }
  return { arcs: removed.size > 0 ? without(arcs, removed) : arcs, cut, left };
}

function findCrossings(arcs: BandedArcs): Crossing[] {
  const { x, y, start } = arcs;
  const edges = x.length - (start.length - 1);
  if (edges < 2) return [];
  const vertexOf = new Int32Array(edges);
  const arcOf = new Int32Array(edges);
  const index = new Flatbush(edges, 16, Int32Array);
  let edge = 0;
  for (let arc = 0; arc + 1 < start.length; arc++)
    for (let v = start[arc] ?? 0; v < (start[arc + 1] ?? 0) - 1; v++) {
      vertexOf[edge] = v;
      arcOf[edge++] = arc;
      const [x0, y0, x1, y1] = [x[v] ?? 0, y[v] ?? 0, x[v + 1] ?? 0, y[v + 1] ?? 0];
      index.add(Math.min(x0, x1), Math.min(y0, y1), Math.max(x0, x1), Math.max(y0, y1));
    }
  index.finish();
  const found: Crossing[] = [];
  for (let i = 0; i < edges; i++) {
    const a = vertexOf[i] ?? 0;
    const [x0, y0, x1, y1] = [x[a] ?? 0, y[a] ?? 0, x[a + 1] ?? 0, y[a + 1] ?? 0];
    index.search(Math.min(x0, x1), Math.min(y0, y1), Math.max(x0, x1), Math.max(y0, y1), (j) => {
      if (j <= i) return false;
      const b = vertexOf[j] ?? 0;
      if (cross(x0, y0, x1, y1, x[b] ?? 0, y[b] ?? 0, x[b + 1] ?? 0, y[b + 1] ?? 0))
        found.push({ a, b, arcA: arcOf[i] ?? 0, arcB: arcOf[j] ?? 0 });
      return false;
    });
  }
  return found;
}

/** Whether two edges cross at a point inside both; exact on integers. */
function cross(
  ax: number,
  ay: number,
  bx: number,
  by: number,
  cx: number,
  cy: number,
  dx: number,
  dy: number,
): boolean {
  return (
    side(ax, ay, bx, by, cx, cy) * side(ax, ay, bx, by, dx, dy) < 0 &&
    side(cx, cy, dx, dy, ax, ay) * side(cx, cy, dx, dy, bx, by) < 0
  );
}

/** On which side of the line p → q the point r lies: 1 left, -1 right, 0 on it. */
function side(px: number, py: number, qx: number, qy: number, rx: number, ry: number): number {
  return Math.sign((qx - px) * (ry - py) - (qy - py) * (rx - px));
}

interface CrossedRing {
  unit: number;
  ring: readonly number[];
  isHole: boolean;
  /** Crossings of two edges that are both in this ring. */
  own: Crossing[];
}

function crossedRings(shapes: readonly Shape[], crossings: readonly Crossing[]): CrossedRing[] {
  const byArc = new Map<number, Crossing[]>();
  for (const crossing of crossings) {
    const there = byArc.get(crossing.arcA);
    if (there) there.push(crossing);
    else byArc.set(crossing.arcA, [crossing]);
  }
  return shapes.flatMap((shape, unit) =>
    shape.flatMap((polygon) =>
      polygon.flatMap((ring, index) => {
        const members = ring.map((ref) => (ref < 0 ? ~ref : ref));
        const own = members
          .flatMap((arc) => byArc.get(arc) ?? [])
          .filter(({ arcB }) => members.includes(arcB));
        return own.length > 0 ? [{ unit, ring, isHole: index > 0, own }] : [];
      }),
    ),
  );
}

/**
 * The largest part of a ring that is inside out. Walking round the ring, whenever a crossing is met
 * the second time the loop since the first is taken out; a loop that turns the wrong way is inside
 * out. (Two banks of a narrow neck that touch come to two right loops and a sliver.)
 */
function invertedPart(
  arcs: BandedArcs,
  ring: readonly number[],
  isHole: boolean,
  crossings: readonly Crossing[],
): { km2: number; lon: number; lat: number } | undefined {
  const steps = ringSteps(arcs, ring);
  const meetings = new Map<number, { along: number; id: number; x: number; y: number }[]>();
  for (const [id, { a, b }] of crossings.entries()) {
    const [x, y] = meetingPoint(arcs, a, b);
    for (const edge of [edgeIn(steps, arcs, a), edgeIn(steps, arcs, b)]) {
      const along = Math.hypot(x - (steps[2 * edge] ?? 0), y - (steps[2 * edge + 1] ?? 0));
      const there = meetings.get(edge) ?? [];
      there.push({ along, id, x, y });
      meetings.set(edge, there);
    }
  }
  let worst: { km2: number; lon: number; lat: number } | undefined;
  const walk: number[] = [];
  const metAt = new Map<number, number>();
  for (let edge = 0; edge < steps.length / 2; edge++) {
    walk.push(steps[2 * edge] ?? 0, steps[2 * edge + 1] ?? 0);
    for (const { id, x, y } of (meetings.get(edge) ?? []).sort((p, q) => p.along - q.along)) {
      const from = metAt.get(id);
      if (from === undefined || from >= walk.length) {
        metAt.set(id, walk.length);
        walk.push(x, y);
        continue;
      }
      const km2 = ringKm2(walk.slice(from)) * (isHole ? 1 : -1);
      walk.length = from + 2;
      if (km2 > (worst?.km2 ?? 0)) worst = { km2, lon: toDegrees(x), lat: toDegrees(y) };
    }
  }
  const rest = ringKm2(walk) * (isHole ? 1 : -1);
  if (rest > (worst?.km2 ?? 0))
    worst = { km2: rest, lon: toDegrees(walk[0] ?? 0), lat: toDegrees(walk[1] ?? 0) };
  return worst;
}

/** Where the edges that leave vertices a and b cross, in steps. */
function meetingPoint({ x, y }: BandedArcs, a: number, b: number): [number, number] {
  const [ax, ay, bx, by] = [x[a] ?? 0, y[a] ?? 0, x[b] ?? 0, y[b] ?? 0];
  const [ux, uy] = [(x[a + 1] ?? 0) - ax, (y[a + 1] ?? 0) - ay];
  const [vx, vy] = [(x[b + 1] ?? 0) - bx, (y[b + 1] ?? 0) - by];
  const along = ((bx - ax) * vy - (by - ay) * vx) / (ux * vy - uy * vx);
  return [ax + along * ux, ay + along * uy];
}

/** Index in the ring of the edge between vertices v and v + 1 of the arcs, either way round; or -1. */
function edgeIn(steps: readonly number[], arcs: BandedArcs, v: number): number {
  const [x0, y0, x1, y1] = [arcs.x[v], arcs.y[v], arcs.x[v + 1], arcs.y[v + 1]];
  const n = steps.length;
  for (let i = 0; i < n; i += 2) {
    const k = (i + 2) % n;
    const forward =
      steps[i] === x0 && steps[i + 1] === y0 && steps[k] === x1 && steps[k + 1] === y1;
    const backward =
      steps[i] === x1 && steps[i + 1] === y1 && steps[k] === x0 && steps[k + 1] === y0;
    if (forward || backward) return i / 2;
  }
  return -1;
}

/**
 * Whether an arc may lose the loop between the crossing edges at a and b: a slip, without which it
 * still is a line (or, when closed, a triangle).
 */
function canLose(arcs: BandedArcs, arc: number, a: number, b: number): boolean {
  const first = arcs.start[arc] ?? 0;
  const end = arcs.start[arc + 1] ?? 0;
  const closed = arcs.x[first] === arcs.x[end - 1] && arcs.y[first] === arcs.y[end - 1];
  if (end - first - (b - a) < (closed ? 4 : 2)) return false;
  const loop: number[] = meetingPoint(arcs, a, b);
  for (let v = a + 1; v <= b; v++) loop.push(arcs.x[v] ?? 0, arcs.y[v] ?? 0);
  return Math.abs(ringKm2(loop)) <= SLIP_KM2;
}

function without(arcs: BandedArcs, removed: Set<number>): BandedArcs {
  const kept = arcs.x.length - removed.size;
  const x = new Int32Array(kept);
  const y = new Int32Array(kept);
  const band = new Uint8Array(kept);
  const start = new Int32Array(arcs.start.length);
  let to = 0;
  for (let arc = 0; arc + 1 < arcs.start.length; arc++) {
    start[arc] = to;
    for (let v = arcs.start[arc] ?? 0; v < (arcs.start[arc + 1] ?? 0); v++) {
      if (removed.has(v)) continue;
      x[to] = arcs.x[v] ?? 0;
      y[to] = arcs.y[v] ?? 0;
      band[to++] = arcs.band[v] ?? 0;
    }
  }
  start[arcs.start.length - 1] = to;
  return { x, y, start, band };
}
