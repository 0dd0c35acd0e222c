/** The estimates of all units by method, as the snapshot brought them and the stream patched them. */
import {
  ESTIMATE_FIELDS,
  METHODS,
  type Method,
  type UnitEstimates,
} from '../../data/model/estimate.ts';
import type { EstimateTables } from '../../data/wire/snapshot.ts';
import type { Estimates } from '../../data/wire/stream.ts';

export class EstimateBook {
  readonly #units = new Map<string, UnitEstimates>();
  /** Number up to which the snapshot's estimates are known. */
  readonly #seq: number;

  constructor(tables: EstimateTables, seq: number) {
    this.#seq = seq;
    for (const method of METHODS) {
      const table = tables[method];
      table?.units.forEach((unit, index) => {
        const from = index * ESTIMATE_FIELDS.length;
        this.#put(unit, method, table.rows.subarray(from, from + ESTIMATE_FIELDS.length));
      });
    }
  }

  of(unit: string): UnitEstimates | undefined {
    return this.#units.get(unit);
  }

  get units(): string[] {
    return [...this.#units.keys()];
  }

  /** All of them, as a snapshot holds them. */
  tables(): EstimateTables {
    const tables: EstimateTables = {};
    for (const method of METHODS) {
      const units = this.units.filter((unit) => this.#units.get(unit)?.[method]);
      if (units.length === 0) continue;
      const rows = new Int32Array(units.length * ESTIMATE_FIELDS.length);
      units.forEach((unit, index) =>
        rows.set(this.#units.get(unit)?.[method] ?? [], index * ESTIMATE_FIELDS.length),
      );
      tables[method] = { units, rows };
    }
    return tables;
  }

  /** Takes what changed and answers the units; estimates older than the snapshot are dropped. */
  patch({ seq, units }: Estimates): string[] {
    if (seq < this.#seq) return [];
    for (const [unit, estimates] of Object.entries(units))
      this.#units.set(unit, { ...this.#units.get(unit), ...estimates });
    return Object.keys(units);
  }

  #put(unit: string, method: Method, row: Int32Array): void {
    const known = this.#units.get(unit);
    if (known) known[method] = row;
    else this.#units.set(unit, { [method]: row });
  }
}
