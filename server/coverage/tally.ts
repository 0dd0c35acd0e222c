/**
 * People covered, counted for every unit: a row of `ESTIMATE_FIELDS` for the nation, each province
 * and each commune. A cell's mask has one bit for each layer (operator × technology) that covers it;
 * which fields its people count in follows from the mask alone.
 */
import { ESTIMATE_FIELDS, type EstimateField } from '../../data/model/estimate.ts';
import { OPERATORS, TECHNOLOGIES } from '../../data/model/things.ts';
import { NATION } from '../../data/model/unit.ts';
import type { PeopleGrid } from '../territory/territory.ts';

export const LAYERS = OPERATORS.length * TECHNOLOGIES.length;
const MASKS = 1 << LAYERS;
const FIELDS = ESTIMATE_FIELDS.length;
/** The first field, as a bit. */
const POPULATION = 1;

/** The layer of an operator's technology, by their indexes in the model; -1 for no such pair. */
export function layerOf(site: { operator: number; technology: number }): number {
  const { operator, technology } = site;
  return operator < OPERATORS.length && technology < TECHNOLOGIES.length
    ? operator * TECHNOLOGIES.length + technology
    : -1;
}

/** Layers of which any one puts a person into a field; none for `population`, which never moves. */
function layersOf(field: EstimateField): number {
  if (field === 'population') return 0;
  let layers = 0;
  OPERATORS.forEach((operator, o) =>
    TECHNOLOGIES.forEach((technology, t) => {
      const names: EstimateField[] = ['covered', technology, operator, `${operator}.${technology}`];
      if (names.includes(field)) layers |= 1 << layerOf({ operator: o, technology: t });
    }),
  );
  return layers;
}

const LAYERS_OF_FIELD = ESTIMATE_FIELDS.map(layersOf);

/** For each mask the fields its people count in, as bits in the order of `ESTIMATE_FIELDS`. */
export const FIELDS_OF_MASK = Uint32Array.from({ length: MASKS }, (_, mask) =>
  LAYERS_OF_FIELD.reduce(
    (bits, layers, field) => bits | ((mask & layers) !== 0 ? 1 << field : 0),
    0,
  ),
);

export class Tally {
  /** The nation, the provinces, the communes: the order of the rows. */
  readonly units: readonly string[];
  readonly #rows: Int32Array;
  readonly #index: Map<string, number>;
  /** For each commune, where the rows of it and of its province begin. */
  readonly #communeAt: Int32Array;
  readonly #provinceAt: Int32Array;
  /** The rows as `takeChanged` last answered for them, and the units touched since. */
  readonly #taken: Int32Array;
  readonly #touched: Uint8Array;

  constructor(grid: PeopleGrid) {
    this.units = [NATION, ...grid.provinces, ...grid.communes];
    this.#index = new Map(this.units.map((unit, index) => [unit, index]));
    this.#rows = new Int32Array(this.units.length * FIELDS);
    this.#communeAt = Int32Array.from(
      grid.communes,
      (_, commune) => (1 + grid.provinces.length + commune) * FIELDS,
    );
    this.#provinceAt = Int32Array.from(
      grid.communes,
      (_, commune) => (1 + (grid.provinceOf[commune] ?? 0)) * FIELDS,
    );
    for (let cell = 0; cell < grid.count; cell++)
      this.#addTo(grid.commune[cell] ?? 0, POPULATION, grid.people[cell] ?? 0);
    this.#taken = this.#rows.slice();
    this.#touched = new Uint8Array(this.units.length);
  }

  /** Moves the people of one cell of a commune from one mask to another that differs in one layer. */
  move(commune: number, people: number, from: number, to: number): void {
    const fields = (FIELDS_OF_MASK[from] ?? 0) ^ (FIELDS_OF_MASK[to] ?? 0);
    this.#addTo(commune, fields, to > from ? people : -people);
    this.#touched[0] = 1;
    this.#touched[(this.#provinceAt[commune] ?? 0) / FIELDS] = 1;
    this.#touched[(this.#communeAt[commune] ?? 0) / FIELDS] = 1;
  }

  /** Counts everybody anew from the cells: the commune, the people and the mask of each. */
  recount(commune: Uint16Array, people: Int32Array, masks: Uint8Array): void {
    const peopleByMask = new Int32Array(this.#communeAt.length * MASKS);
    for (let cell = 0; cell < masks.length; cell++) {
      const at = (commune[cell] ?? 0) * MASKS + (masks[cell] ?? 0);
      peopleByMask[at] = (peopleByMask[at] ?? 0) + (people[cell] ?? 0);
    }
    for (let at = 0; at < this.#rows.length; at++) if (at % FIELDS !== 0) this.#rows[at] = 0;
    peopleByMask.forEach((covered, at) => {
      if (covered !== 0)
        this.#addTo(Math.floor(at / MASKS), FIELDS_OF_MASK[at % MASKS] ?? 0, covered);
    });
    this.#touched.fill(1);
  }

  /** Adds people of a commune to each field of `fields` (bits), for it, its province, the nation. */
  #addTo(commune: number, fields: number, people: number): void {
    const rows = this.#rows;
    const communeAt = this.#communeAt[commune] ?? 0;
    const provinceAt = this.#provinceAt[commune] ?? 0;
    for (let left = fields; left !== 0;) {
      const field = 31 - Math.clz32(left);
      left ^= 1 << field;
      rows[communeAt + field] = (rows[communeAt + field] ?? 0) + people;
      rows[provinceAt + field] = (rows[provinceAt + field] ?? 0) + people;
      rows[field] = (rows[field] ?? 0) + people;
    }
  }

  /** A live view of a unit's row; undefined for a code that the territory does not have. */
  row(unit: string): Int32Array | undefined {
    const index = this.#index.get(unit);
    return index === undefined
      ? undefined
      : this.#rows.subarray(index * FIELDS, (index + 1) * FIELDS);
  }

  /** A copy of all rows, in the order of `units`. */
  rows(): Int32Array {
    return this.#rows.slice();
  }

  /** The units whose rows are not what they were when this was last asked. */
  takeChanged(): string[] {
    const changed: string[] = [];
    this.units.forEach((unit, index) => {
      if (this.#touched[index] === 0) return;
      this.#touched[index] = 0;
      const from = index * FIELDS;
      const row = this.#rows.subarray(from, from + FIELDS);
      if (row.every((people, field) => people === this.#taken[from + field])) return;
      this.#taken.set(row, from);
      changed.push(unit);
    });
    return changed;
  }
}
