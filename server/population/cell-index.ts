/** Where a cell (number of cells.ts) stands in the people grid of a territory: runs, searched. */
import { readGridRuns } from '../territory/pack-content.ts';

export class CellIndex {
  #firsts = new Float64Array(0);
  #lengths = new Uint32Array(0);
  /** Index in the grid of each run's first cell. */
  #starts = new Uint32Array(0);
  #last = 0;

  /** `pack`: the bytes of a territory. */
  constructor(pack: Uint8Array) {
    let run = 0;
    let start = 0;
    readGridRuns(pack, ({ runs }) => {
      this.#firsts = new Float64Array(runs);
      this.#lengths = new Uint32Array(runs);
      this.#starts = new Uint32Array(runs);
      return (first, length) => {
        this.#firsts[run] = first;
        this.#lengths[run] = length;
        this.#starts[run] = start;
        start += length;
        run++;
      };
    });
  }

  /** Its index in the grid, or -1. */
  find(cell: number): number {
    if (this.#distanceIn(this.#last, cell) < 0) this.#last = this.#runAtOrBefore(cell);
    const distance = this.#distanceIn(this.#last, cell);
    return distance < 0 ? -1 : (this.#starts[this.#last] ?? 0) + distance;
  }

  /** Visits the indexes of all cells of the grid from `first` to `first + length - 1`. */
  eachIn(first: number, length: number, visit: (index: number) => void): void {
    const end = first + length;
    for (let run = this.#runAtOrBefore(first); run < this.#firsts.length; run++) {
      const runFirst = this.#firsts[run] ?? 0;
      if (runFirst >= end) return;
      const start = this.#starts[run] ?? 0;
      const to = Math.min(this.#lengths[run] ?? 0, end - runFirst);
      for (let i = Math.max(0, first - runFirst); i < to; i++) visit(start + i);
    }
  }

  /** How far into the run the cell is, or -1. */
  #distanceIn(run: number, cell: number): number {
    const distance = cell - (this.#firsts[run] ?? Infinity);
    return distance >= 0 && distance < (this.#lengths[run] ?? 0) ? distance : -1;
  }

  #runAtOrBefore(cell: number): number {
    let low = 0;
    let high = this.#firsts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#firsts[middle] ?? 0) <= cell) low = middle + 1;
      else high = middle;
    }
    return Math.max(0, low - 1);
  }
}
