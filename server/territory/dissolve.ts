/**
 * Fifth stage: a province is its communes without the borders between them. An arc that two of them
 * share goes both ways and cancels; what is left is joined into rings.
 */
import type { Arcs, Shape } from './arcs.ts';
import { type Box, boxAround, ringKm2, ringsHold, ringSteps } from './outline.ts';

/** Gaps and overlaps between communes smaller than this (km²) are faults of drawing, not borders. */
const SLIVER_KM2 = 1;

export interface Dissolved {
  shape: Shape;
  /** Area of the gaps between communes that were filled, and of overlaps, km². */
  gapsKm2: number;
  overlapsKm2: number;
}

/**
 * The union of shapes on the same arcs; `boxes` are the arcs' boxes. `usedElsewhere(arc)` says
 * whether a unit outside the union has that arc: a hole with such an arc is an enclave and stays, a
 * small one without is a gap.
 */
export function dissolve(
  arcs: Arcs,
  boxes: Int32Array,
  shapes: readonly Shape[],
  usedElsewhere: (arc: number) => boolean,
): Dissolved {
  const rings = joinRings(arcs, outerArcs(arcs, boxes, shapes)).map((refs) => ({
    refs,
    km2: ringKm2(ringSteps(arcs, refs)),
  }));
  const outer = rings.filter((ring) => ring.km2 > 0).sort((a, b) => b.km2 - a.km2);
  const holes = rings.filter((ring) => ring.km2 < 0);
  const polygons: { refs: number[]; km2: number; holes: number[][] }[] = [];
  let overlapsKm2 = 0;
  for (const ring of outer) {
    const [x, y] = pointBeside(arcs, ring.refs[0] ?? 0);
    const inAnother =
      ring.km2 < SLIVER_KM2 &&
      polygons.some((polygon) => holds(arcs, boxes, polygon.refs, x, y)) &&
      !holes.some((hole) => -hole.km2 > ring.km2 && holds(arcs, boxes, hole.refs, x, y));
    if (inAnother) overlapsKm2 += ring.km2;
    else polygons.push({ ...ring, holes: [] });
  }
  let gapsKm2 = 0;
  for (const hole of holes) {
    const isGap =
      -hole.km2 < SLIVER_KM2 && !hole.refs.some((ref) => usedElsewhere(ref < 0 ? ~ref : ref));
    const [x, y] = pointBeside(arcs, hole.refs[0] ?? 0);
    const home = polygons.findLast(
      (polygon) => polygon.km2 > -hole.km2 && holds(arcs, boxes, polygon.refs, x, y),
    );
    if (isGap || !home) gapsKm2 -= hole.km2;
    else home.holes.push(hole.refs);
  }
  return {
    shape: polygons.map((polygon) => [polygon.refs, ...polygon.holes]),
    gapsKm2,
    overlapsKm2,
  };
}

/** Arcs of the union's edge, in its direction (the inside on the left). */
function outerArcs(arcs: Arcs, boxes: Int32Array, shapes: readonly Shape[]): number[] {
  const balance = new Map<number, number>();
  for (const shape of shapes)
    for (const ref of shape.flat(2)) {
      const arc = ref < 0 ? ~ref : ref;
      balance.set(arc, (balance.get(arc) ?? 0) + (ref < 0 ? -1 : 1));
    }
  const refs: number[] = [];
  for (const [arc, sum] of balance)
    if (sum > 0) refs.push(arc);
    else if (sum < 0) refs.push(~arc);
  // Where communes overlap, the edge of one lies inside another.
  const members = shapes.map((shape) => {
    const refsOfShape = shape.flat(2);
    return { refs: refsOfShape, box: boxAround(boxes, refsOfShape) };
  });
  const inner = refs.filter((ref) => {
    const [x, y] = pointBeside(arcs, ~ref);
    return members.some(
      (member) => within(member.box, x, y) && ringsHold(arcs, boxes, member.refs, x, y),
    );
  });
  return inner.length > 0 ? withoutInner(arcs, refs, inner) : refs;
}

/**
 * Leaves inner arcs out. Where two drawings of one border cross, the rest does not close; the
 * shortest way along inner arcs from each loose end to another is then put back.
 */
function withoutInner(arcs: Arcs, refs: readonly number[], inner: readonly number[]): number[] {
  const innerSet = new Set(inner);
  const kept = refs.filter((ref) => !innerSet.has(ref));
  const flow = new Map<string, number>(); // arcs that leave a place, less those that come to it
  for (const ref of kept) {
    addTo(flow, placeOf(arcs, ref, 'first'), 1);
    addTo(flow, placeOf(arcs, ref, 'last'), -1);
  }
  const leaving = leavingPlaces(arcs, inner);
  for (const [place, sum] of [...flow])
    for (let loose = -sum; loose > 0; loose--) {
      const way = shortestWay(arcs, leaving, place, (each) => (flow.get(each) ?? 0) > 0);
      if (!way) break;
      kept.push(...way);
      addTo(flow, place, 1);
      addTo(flow, placeOf(arcs, way.at(-1) ?? 0, 'last'), -1);
    }
  return kept;
}

/** Breadth first from a place along arcs to the nearest place that is a goal. */
function shortestWay(
  arcs: Arcs,
  leaving: ReadonlyMap<string, number[]>,
  from: string,
  isGoal: (place: string) => boolean,
): number[] | undefined {
  const seen = new Set([from]);
  let ways: { place: string; way: number[] }[] = [{ place: from, way: [] }];
  while (ways.length > 0) {
    const onward: typeof ways = [];
    for (const { place, way } of ways)
      for (const ref of leaving.get(place) ?? []) {
        const next = placeOf(arcs, ref, 'last');
        if (isGoal(next)) return [...way, ref];
        if (seen.has(next)) continue;
        seen.add(next);
        onward.push({ place: next, way: [...way, ref] });
      }
    ways = onward;
  }
  return undefined;
}

/** Arcs by the place they leave. */
function leavingPlaces(arcs: Arcs, refs: readonly number[]): Map<string, number[]> {
  const leaving = new Map<string, number[]>();
  for (const ref of refs) {
    const key = placeOf(arcs, ref, 'first');
    const there = leaving.get(key);
    if (there) there.push(ref);
    else leaving.set(key, [ref]);
  }
  return leaving;
}

function addTo(sums: Map<string, number>, key: string, value: number): void {
  sums.set(key, (sums.get(key) ?? 0) + value);
}

/** Joins arcs end to end; where several go on, the leftmost, which keeps touching rings apart. */
function joinRings(arcs: Arcs, refs: number[]): number[][] {
  const leaving = leavingPlaces(arcs, refs);
  const used = new Set<number>();
  const rings: number[][] = [];
  for (const begin of refs) {
    if (used.has(begin)) continue;
    const ring: number[] = [];
    const home = placeOf(arcs, begin, 'first');
    let ref: number | undefined = begin;
    while (ref !== undefined) {
      used.add(ref);
      ring.push(ref);
      const place = placeOf(arcs, ref, 'last');
      const onward: number[] = (leaving.get(place) ?? []).filter((next) => !used.has(next));
      const next = leftmost(arcs, ref, onward);
      if (place === home && (next === undefined || !turnsBefore(arcs, ref, next, begin))) break;
      ref = next;
    }
    rings.push(ring);
  }
  return rings;
}

/** Whether going on to `next` is more to the left than closing the ring with `begin`. */
function turnsBefore(arcs: Arcs, ref: number, next: number, begin: number): boolean {
  return turn(arcs, ref, next) < turn(arcs, ref, begin);
}

function leftmost(arcs: Arcs, ref: number, onward: number[]): number | undefined {
  let best = onward[0];
  for (const next of onward)
    if (best !== undefined && turn(arcs, ref, next) < turn(arcs, ref, best)) best = next;
  return best;
}

/** Clockwise angle from the way back along `ref` to the start of `next`, 0 … 2π. */
function turn(arcs: Arcs, ref: number, next: number): number {
  const [backX, backY] = direction(arcs, ~ref);
  const [onX, onY] = direction(arcs, next);
  const angle = Math.atan2(backY, backX) - Math.atan2(onY, onX);
  return angle <= 0 ? angle + 2 * Math.PI : angle;
}

/** Vector of the first edge of an arc in the direction of `ref`. */
function direction(arcs: Arcs, ref: number): [number, number] {
  const [a, b] = firstEdge(arcs, ref);
  return [(arcs.x[b] ?? 0) - (arcs.x[a] ?? 0), (arcs.y[b] ?? 0) - (arcs.y[a] ?? 0)];
}

function firstEdge(arcs: Arcs, ref: number): [number, number] {
  if (ref >= 0) {
    const first = arcs.start[ref] ?? 0;
    return [first, first + 1];
  }
  const last = (arcs.start[~ref + 1] ?? 0) - 1;
  return [last, last - 1];
}

function placeOf(arcs: Arcs, ref: number, end: 'first' | 'last'): string {
  const arc = ref < 0 ? ~ref : ref;
  const atStart = ref >= 0 === (end === 'first');
  const v = atStart ? (arcs.start[arc] ?? 0) : (arcs.start[arc + 1] ?? 0) - 1;
  return `${arcs.x[v]} ${arcs.y[v]}`;
}

/** A point a hair to the left of the middle of an arc's middle edge: inside an outer ring. */
function pointBeside(arcs: Arcs, ref: number): [number, number] {
  const arc = ref < 0 ? ~ref : ref;
  const v = ((arcs.start[arc] ?? 0) + (arcs.start[arc + 1] ?? 0) - 1) >> 1;
  const [a, b] = ref < 0 ? [v + 1, v] : [v, v + 1];
  const ax = arcs.x[a] ?? 0;
  const ay = arcs.y[a] ?? 0;
  const dx = (arcs.x[b] ?? 0) - ax;
  const dy = (arcs.y[b] ?? 0) - ay;
  const hair = 0.01 / Math.hypot(dx, dy);
  return [ax + dx / 2 - dy * hair, ay + dy / 2 + dx * hair];
}

function holds(arcs: Arcs, boxes: Int32Array, ring: number[], x: number, y: number): boolean {
  return within(boxAround(boxes, ring), x, y) && ringsHold(arcs, boxes, ring, x, y);
}

function within(box: Box, x: number, y: number): boolean {
  return x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3];
}
