/**
 * Makes a boundary as detailed as a full-size one: every edge is broken into `parts`, the points
 * between set off it by a little. Both units along an edge get the same points.
 */
import type { MultiPolygon, Position } from 'geojson';

export function densify({ coordinates }: MultiPolygon, parts: number): MultiPolygon {
  return {
    type: 'MultiPolygon',
    coordinates: coordinates.map((polygon) => polygon.map((ring) => densifyRing(ring, parts))),
  };
}

function densifyRing(ring: readonly Position[], parts: number): Position[] {
  const out: Position[] = [];
  for (const [i, a] of ring.entries()) {
    const b = ring[i + 1];
    out.push(a);
    if (!b) continue;
    const [ax = 0, ay = 0] = a;
    const [bx = 0, by = 0] = b;
    const isForward = ax < bx || (ax === bx && ay < by);
    const between = isForward ? pointsOn(ax, ay, bx, by, parts) : pointsOn(bx, by, ax, ay, parts);
    out.push(...(isForward ? between : between.reverse()));
  }
  return out;
}

function pointsOn(ax: number, ay: number, bx: number, by: number, parts: number): Position[] {
  return Array.from({ length: parts - 1 }, (_, i) => {
    const along = (i + 1) / parts;
    const aside = 0.015 * Math.sin((ax * 7919 + by * 104_729 + i * 31) * 1e5);
    return [ax + (bx - ax) * along - (by - ay) * aside, ay + (by - ay) * along + (bx - ax) * aside];
  });
}
