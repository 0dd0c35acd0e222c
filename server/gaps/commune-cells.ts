/** The cells of the people field by commune; within a commune in the field's order. */
import type { PeopleField } from '../coverage/field.ts';

export class CommuneCells {
  readonly #starts: Uint32Array;
  readonly #cells: Uint32Array;

  /** `communes` is how many there are: cells name theirs by its index. */
  constructor({ commune, count }: PeopleField, communes: number) {
    const starts = new Uint32Array(communes + 1);
    for (let cell = 0; cell < count; cell++) {
      const next = (commune[cell] ?? 0) + 1;
      starts[next] = (starts[next] ?? 0) + 1;
    }
    for (let i = 1; i <= communes; i++) starts[i] = (starts[i] ?? 0) + (starts[i - 1] ?? 0);
    this.#starts = starts;
    this.#cells = new Uint32Array(count);
    const next = starts.slice();
    for (let cell = 0; cell < count; cell++) {
      const place = next[commune[cell] ?? 0] ?? 0;
      next[commune[cell] ?? 0] = place + 1;
      this.#cells[place] = cell;
    }
  }

  /** Cells of a commune in ascending order; a view, not to be written. */
  of(commune: number): Uint32Array {
    return this.#cells.subarray(this.#starts[commune], this.#starts[commune + 1]);
  }

  /** Where a cell stands among those of its commune. */
  placeOf(cell: number, commune: number): number {
    const cells = this.of(commune);
    let from = 0;
    let to = cells.length;
    while (from < to) {
      const middle = (from + to) >>> 1;
      if ((cells[middle] ?? 0) < cell) from = middle + 1;
      else to = middle;
    }
    return from;
  }
}
