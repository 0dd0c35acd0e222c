/**
 * The lattice every boundary is snapped to: whole steps of 1e-5 degrees (about 1.1 m), so that
 * two neighbours' common vertices are equal numbers and arithmetic on them is exact.
 */
export const STEPS_PER_DEGREE = 100_000;

/** Nearest lattice step to `degrees`. */
export function toSteps(degrees: number): number {
  return Math.round(degrees * STEPS_PER_DEGREE);
}

/** Degrees of a lattice step, the double nearest to its five decimals. */
export function toDegrees(steps: number): number {
  return steps / STEPS_PER_DEGREE;
}

/** A list of 32-bit integers that grows; `values()` is a view of what has been pushed. */
export class GrowingInts {
  #data: Int32Array;
  length = 0;

  constructor(capacity = 1024) {
    this.#data = new Int32Array(capacity);
  }

  push(value: number): void {
    if (this.length === this.#data.length) {
      const larger = new Int32Array(this.#data.length * 2);
      larger.set(this.#data);
      this.#data = larger;
    }
    this.#data[this.length++] = value;
  }

  values(): Int32Array {
    return this.#data.subarray(0, this.length);
  }
}
