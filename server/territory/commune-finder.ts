/**
 * Which commune holds a point: a box index over polygons, then the exact test.
 */
import Flatbush from 'flatbush';
import type { Arcs, Shape } from './arcs.ts';
import { boxAround, ringsHold } from './outline.ts';

export class CommuneFinder {
  readonly #arcs: Arcs;
  readonly #boxes: Int32Array;
  readonly #polygons: { unit: number; refs: number[] }[] = [];
  readonly #index: Flatbush;

  /** `boxes` are the arcs' boxes; a shape's place in `shapes` is what `find` answers. */
  constructor(arcs: Arcs, boxes: Int32Array, shapes: readonly Shape[]) {
    this.#arcs = arcs;
    this.#boxes = boxes;
    for (const [unit, shape] of shapes.entries())
      for (const polygon of shape) this.#polygons.push({ unit, refs: polygon.flat() });
    this.#index = new Flatbush(Math.max(1, this.#polygons.length), 16, Int32Array);
    for (const { refs } of this.#polygons) this.#index.add(...boxAround(boxes, refs));
    if (this.#polygons.length === 0) this.#index.add(0, 0, 0, 0);
    this.#index.finish();
  }

  /**
   * Index of the shape that holds a point given in lattice steps (fractions allowed), or -1. Where
   * shapes overlap, the one that comes first.
   */
  find(x: number, y: number): number {
    let found = -1;
    if (!Number.isFinite(x + y)) return found;
    this.#index.search(x, y, x, y, (i) => {
      const polygon = this.#polygons[i];
      if (!polygon || (found >= 0 && polygon.unit >= found)) return false;
      if (ringsHold(this.#arcs, this.#boxes, polygon.refs, x, y)) found = polygon.unit;
      return false;
    });
    return found;
  }

  /** Whether the box of some polygon is within `reach` steps of the point. */
  isNear(x: number, y: number, reach: number): boolean {
    return this.#index.search(x - reach, y - reach, x + reach, y + reach).length > 0;
  }

  /** Boxes of all polygons, in steps. */
  *polygonBoxes(): Iterable<[number, number, number, number]> {
    for (const { refs } of this.#polygons) yield boxAround(this.#boxes, refs);
  }
}
