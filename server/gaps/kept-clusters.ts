/**
 * The clusters of a country by one method, kept up to date commune by commune. What changed is found
 * by comparing the masks with how they were: 2.8 million bytes take about a millisecond, and it is
 * exact, where a commune's number of covered people may well stay the same while others are covered.
 */
import type { Coverage } from '../coverage/engine.ts';
import { placeOf } from './cell-place.ts';
import { clustersIn, type Clusters } from './clusters.ts';
import type { CommuneCells } from './commune-cells.ts';
import { layersOf, newSite, type Wanted } from './wanted.ts';

/**
 * Kept for so many wishes, and for those that are waited for; the one that was asked for longest ago
 * goes. Each takes about 10 MB, and there are nine: 5G of three operators, 4G of four, of any.
 */
const MOST_KEPT = 4;

interface Kept {
  layers: number;
  /** By commune; undefined where they have to be made anew. */
  clusters: (Clusters | undefined)[];
}

export class KeptClusters {
  readonly coverage: Coverage;
  readonly #cells: CommuneCells;
  readonly #communes: number;
  /** The masks as they were when last compared. */
  readonly #masks: Uint8Array;
  readonly #reached: Uint8Array;
  readonly #kept = new Map<number, Kept>();
  /** How many wait for a wish, by its layers. */
  readonly #waiting = new Map<number, number>();

  constructor(coverage: Coverage, cells: CommuneCells, communes: number) {
    this.coverage = coverage;
    this.#cells = cells;
    this.#communes = communes;
    this.#masks = coverage.masks.slice();
    this.#reached = new Uint8Array(coverage.field.count);
  }

  /** Lets nothing go of what is made for a wish while somebody waits for all of it. */
  async whileWaitedFor<T>(wanted: Wanted, work: () => Promise<T>): Promise<T> {
    const layers = layersOf(wanted);
    this.#waiting.set(layers, (this.#waiting.get(layers) ?? 0) + 1);
    try {
      return await work();
    } finally {
      const others = (this.#waiting.get(layers) ?? 0) - 1;
      if (others > 0) this.#waiting.set(layers, others);
      else this.#waiting.delete(layers);
    }
  }

  /** Forgets the clusters of the communes in which cells of their layers changed. */
  follow(): void {
    const { masks } = this.coverage;
    const before = this.#masks;
    const words = wordsOf(masks);
    const wordsBefore = wordsOf(before);
    for (let word = 0; word < words.length; word++)
      if (words[word] !== wordsBefore[word])
        for (let cell = word * 4; cell < word * 4 + 4; cell++) this.#followCell(cell);
    for (let cell = words.length * 4; cell < masks.length; cell++) this.#followCell(cell);
  }

  #followCell(cell: number): void {
    const mask = this.coverage.masks[cell] ?? 0;
    const changed = mask ^ (this.#masks[cell] ?? 0);
    this.#masks[cell] = mask;
    const commune = this.coverage.field.commune[cell] ?? 0;
    for (const { layers, clusters } of this.#kept.values())
      if ((changed & layers) !== 0) clusters[commune] = undefined;
  }

  /** Clusters of a commune where they are known and nothing changed since `follow`. */
  known(wanted: Wanted, commune: number): Clusters | undefined {
    return this.#keptFor(wanted).clusters[commune];
  }

  /** Whether they are made, also where something changed since `follow`; what is kept stays as it is. */
  isMade(wanted: Wanted, commune: number): boolean {
    return this.#kept.get(layersOf(wanted))?.clusters[commune] !== undefined;
  }

  /** Makes the clusters of a commune, as of the last `follow`, which must not be called meanwhile. */
  *make(wanted: Wanted, commune: number): Generator<void, Clusters> {
    const { field } = this.coverage;
    const { layers, clusters } = this.#keptFor(wanted);
    const masks = this.#masks;
    const made = yield* clustersIn(this.#cells.of(commune), {
      field,
      reached: this.#reached,
      uncovered: (cell) => ((masks[cell] ?? 0) & layers) === 0,
      reach: (cell) => {
        const { lon, lat } = placeOf(field, cell);
        const site = newSite(wanted, lon, lat);
        return site ? this.coverage.reach(site) : 0;
      },
    });
    clusters[commune] = made;
    return made;
  }

  #keptFor(wanted: Wanted): Kept {
    const layers = layersOf(wanted);
    const kept = this.#kept.get(layers) ?? {
      layers,
      clusters: new Array<Clusters | undefined>(this.#communes).fill(undefined),
    };
    // Put in again, it is the newest.
    this.#kept.delete(layers);
    this.#kept.set(layers, kept);
    for (const old of this.#kept.keys()) {
      if (this.#kept.size <= MOST_KEPT) break;
      if (old !== layers && !this.#waiting.has(old)) this.#kept.delete(old);
    }
    return kept;
  }
}

/** Four cells at a time, as many whole fours as there are. */
function wordsOf({ buffer, byteOffset, length }: Readonly<Uint8Array>): Uint32Array {
  return new Uint32Array(buffer, byteOffset, length >> 2);
}
