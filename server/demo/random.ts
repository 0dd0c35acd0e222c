/**
 * Randomness that can be had again: the same seed gives the same country. The generator is sfc32
 * ("small fast counter", Chris Doty-Humphrey, PractRand): 128 bits of state, three additions, a
 * shift and a rotation a number; its state is filled from the seed and a name by FNV-1a, so that
 * each stage draws from a stream of its own and a change in one leaves the others as they were.
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  /** The stream called `stream` of a seed (a whole number). */
  constructor(seed: number, stream: string) {
    const text = `${seed}/${stream}`;
    this.#a = fnv(text, 0x811c9dc5);
    this.#b = fnv(text, this.#a);
    this.#c = fnv(text, this.#b);
    // The first numbers still show the seed; PractRand's own seeding throws away as many.
    for (let i = 0; i < 15; i++) this.next();
  }

  /** The next number, 0 ≤ x < 1, with 32 bits. */
  next(): number {
    const sum = (((this.#a + this.#b) | 0) + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 0x1_0000_0000;
  }

  /** A whole number, 0 ≤ x < `end`. */
  below(end: number): number {
    return Math.floor(this.next() * end);
  }

  /** A number from `low` up to but not with `high`. */
  between(low: number, high: number): number {
    return low + this.next() * (high - low);
  }

  /** True with the given probability. */
  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** One of a list that is not empty. */
  pick<T>(list: readonly T[]): T {
    const item = list[this.below(list.length)];
    if (item === undefined) throw new Error('cannot pick from an empty list');
    return item;
  }
}

/** FNV-1a over the UTF-16 units of a text, from a given start. */
function fnv(text: string, start: number): number {
  let hash = start;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash;
}
