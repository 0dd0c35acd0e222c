/**
 * Where one ring's vertex lies on another's edge (a T-junction), the edge gets that vertex too, so
 * that both have the same line and are simplified alike. Only edges without a partner are looked at.
 */
import Flatbush from 'flatbush';
import type { Rings } from './rings.ts';
import { findLoneEdges, nextInRing, type Places } from './vertices.ts';

/** How far, in lattice steps, a vertex may lie from an edge to be put on it. */
const REACH = 1.5;

interface Insertion {
  vertex: number;
  along: number;
  x: number;
  y: number;
}

/** Rings with the missing vertices put in, and how many there were. */
export function nodeRings(rings: Rings, places: Places): { rings: Rings; inserted: number } {
  const insertions = findInsertions(rings, places);
  if (insertions.length === 0) return { rings, inserted: 0 };
  insertions.sort((a, b) => a.vertex - b.vertex || a.along - b.along || a.x - b.x || a.y - b.y);

  const total = rings.x.length + insertions.length;
  const x = new Int32Array(total);
  const y = new Int32Array(total);
  const start = new Int32Array(rings.start.length);
  let to = 0;
  let pending = 0;
  for (let ring = 0; ring + 1 < rings.start.length; ring++) {
    start[ring] = to;
    for (let v = rings.start[ring] ?? 0; v < (rings.start[ring + 1] ?? 0); v++) {
      x[to] = rings.x[v] ?? 0;
      y[to++] = rings.y[v] ?? 0;
      for (let next = insertions[pending]; next?.vertex === v; next = insertions[++pending]) {
        if (x[to - 1] === next.x && y[to - 1] === next.y) continue;
        x[to] = next.x;
        y[to++] = next.y;
      }
    }
  }
  start[rings.start.length - 1] = to;
  return {
    rings: { x: x.subarray(0, to), y: y.subarray(0, to), start, units: rings.units },
    inserted: to - rings.x.length,
  };
}

function findInsertions(rings: Rings, places: Places): Insertion[] {
  const { x, y, start } = rings;
  const lone = findLoneEdges(rings, places);
  const next = nextInRing(rings);
  const from: number[] = [];
  const to: number[] = [];
  for (let ring = 0; ring + 1 < start.length; ring++)
    for (let v = start[ring] ?? 0; v < (start[ring + 1] ?? 0); v++)
      if (lone[v] === 1) {
        from.push(v);
        to.push(next(v, ring));
      }
  if (from.length === 0) return [];

  const index = new Flatbush(from.length, 16, Int32Array);
  for (let i = 0; i < from.length; i++) {
    const a = from[i] ?? 0;
    const b = to[i] ?? 0;
    index.add(
      Math.min(x[a] ?? 0, x[b] ?? 0),
      Math.min(y[a] ?? 0, y[b] ?? 0),
      Math.max(x[a] ?? 0, x[b] ?? 0),
      Math.max(y[a] ?? 0, y[b] ?? 0),
    );
  }
  index.finish();

  const found: Insertion[] = [];
  const done = new Set<number>();
  for (const v of [...from, ...to]) {
    const place = places.of[v] ?? 0;
    if (done.has(place)) continue;
    done.add(place);
    const px = x[v] ?? 0;
    const py = y[v] ?? 0;
    for (const i of index.search(px - 2, py - 2, px + 2, py + 2)) {
      const a = from[i] ?? 0;
      const b = to[i] ?? 0;
      if (places.of[a] === place || places.of[b] === place) continue;
      const dx = (x[b] ?? 0) - (x[a] ?? 0);
      const dy = (y[b] ?? 0) - (y[a] ?? 0);
      const qx = px - (x[a] ?? 0);
      const qy = py - (y[a] ?? 0);
      const square = dx * dx + dy * dy;
      const along = (qx * dx + qy * dy) / square;
      if (along <= 0 || along >= 1) continue;
      if ((qx * dy - qy * dx) ** 2 > REACH * REACH * square) continue;
      found.push({ vertex: a, along, x: px, y: py });
    }
  }
  return found;
}
