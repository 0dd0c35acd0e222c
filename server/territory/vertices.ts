/**
 * Second stage: which vertices are the same place, and which edges only one ring has.
 */
import type { Rings } from './rings.ts';

/** For each vertex of the rings the number of its place; equal places share a number. */
export interface Places {
  of: Uint32Array;
  count: number;
}

export function findPlaces(rings: Rings): Places {
  const { x, y } = rings;
  const n = x.length;
  const mask = tableSize(n) - 1;
  const table = new Uint32Array(mask + 1); // vertex + 1 of the first vertex at a place; 0 is free
  const of = new Uint32Array(n);
  let count = 0;
  for (let v = 0; v < n; v++) {
    let slot = mix(x[v] ?? 0, y[v] ?? 0) & mask;
    for (;;) {
      const other = (table[slot] ?? 0) - 1;
      if (other < 0) {
        table[slot] = v + 1;
        of[v] = count++;
        break;
      }
      if (x[other] === x[v] && y[other] === y[v]) {
        of[v] = of[other] ?? 0;
        break;
      }
      slot = (slot + 1) & mask;
    }
  }
  return { of, count };
}

/** For each vertex 1 when the edge that leaves it is in no other ring (a coast, or a mismatch). */
export function findLoneEdges(rings: Rings, places: Places): Uint8Array {
  const { start } = rings;
  const n = rings.x.length;
  const mask = tableSize(n) - 1;
  const table = new Uint32Array(mask + 1);
  const lone = new Uint8Array(n).fill(1);
  const next = nextInRing(rings);
  for (let ring = 0; ring + 1 < start.length; ring++) {
    for (let v = start[ring] ?? 0; v < (start[ring + 1] ?? 0); v++) {
      const a = places.of[v] ?? 0;
      const b = places.of[next(v, ring)] ?? 0;
      let slot = mix(Math.min(a, b), Math.max(a, b)) & mask;
      for (;;) {
        const other = (table[slot] ?? 0) - 1;
        if (other < 0) {
          table[slot] = v + 1;
          break;
        }
        const c = places.of[other] ?? 0;
        if (c === a || c === b) {
          const d = places.of[next(other, -1)] ?? 0;
          if ((c === a && d === b) || (c === b && d === a)) {
            lone[v] = 0;
            lone[other] = 0;
            break;
          }
        }
        slot = (slot + 1) & mask;
      }
    }
  }
  return lone;
}

/** The vertex after `v` round its ring; the ring's number may be given where it is known, or -1. */
export function nextInRing(rings: Rings): (v: number, ring: number) => number {
  const { start } = rings;
  const firstOfEnding = new Map<number, number>();
  for (let ring = 0; ring + 1 < start.length; ring++)
    firstOfEnding.set((start[ring + 1] ?? 0) - 1, start[ring] ?? 0);
  return (v, ring) => {
    if (ring >= 0) return v + 1 === start[ring + 1] ? (start[ring] ?? 0) : v + 1;
    return firstOfEnding.get(v) ?? v + 1;
  };
}

function tableSize(entries: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(16, entries * 1.4)));
}

function mix(a: number, b: number): number {
  let h = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca77);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  return (h ^ (h >>> 13)) >>> 0;
}
