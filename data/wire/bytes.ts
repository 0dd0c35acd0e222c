/**
 * Whole numbers as bytes: each the zigzag difference from the one before, seven bits a byte, least
 * first. Neighbouring rows are alike, so most take one or two bytes and compress well after that.
 */

/** A buffer that grows as it is written. */
export class ByteWriter {
  #bytes = new Uint8Array(1024);
  #length = 0;

  bytes(more: Uint8Array): void {
    this.#reserve(more.length);
    this.#bytes.set(more, this.#length);
    this.#length += more.length;
  }

  /** A whole number from 0 to 2^53 - 1; throws a RangeError for any other, which would have no end. */
  unsigned(value: number): void {
    if (!(value <= Number.MAX_SAFE_INTEGER)) throw new RangeError(`${value} is no whole number`);
    this.#reserve(8);
    let rest = value;
    while (rest >= 128) {
      this.#bytes[this.#length++] = (rest % 128) + 128;
      rest = Math.floor(rest / 128);
    }
    this.#bytes[this.#length++] = rest;
  }

  finish(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#bytes.length) return;
    const bigger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + more));
    bigger.set(this.#bytes);
    this.#bytes = bigger;
  }
}

const SCALE = Array.from({ length: 8 }, (_, i) => 128 ** i);

/** Reads what `ByteWriter` wrote; throws a RangeError at the end of the bytes. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  unsigned(): number {
    let value = 0;
    for (let i = 0; i < 8; i++) {
      const byte = this.#bytes[this.#at++];
      if (byte === undefined) throw new RangeError('the bytes end inside a number');
      value += (byte & 127) * (SCALE[i] ?? 0);
      if (byte < 128) return value;
    }
    throw new RangeError('a number of more than eight bytes');
  }
}

/** Differences of whole numbers; NaN is kept as NaN and stands for "none". */
export function packIntegers(count: number, valueAt: (index: number) => number): Uint8Array {
  const out = new ByteWriter();
  let previous = 0;
  for (let i = 0; i < count; i++) {
    const value = valueAt(i);
    if (Number.isNaN(value)) {
      out.unsigned(0);
      continue;
    }
    const difference = value - previous;
    out.unsigned((difference < 0 ? -2 * difference - 1 : 2 * difference) + 1);
    previous = value;
  }
  return out.finish();
}

/**
 * The numbers that `packIntegers` packed, NaN for none. One loop without calls: a snapshot holds a
 * million of them, and the page stands still while it reads. Throws a RangeError at the end of the bytes.
 */
export function unpackIntegers(bytes: Uint8Array, count: number): Float64Array {
  const numbers = new Float64Array(count);
  let at = 0;
  let previous = 0;
  for (let i = 0; i < count; i++) {
    let byte = bytes[at++] ?? 0;
    let packed = byte & 127;
    for (let scale = 128; byte >= 128; scale *= 128) {
      byte = bytes[at++] ?? 0;
      packed += (byte & 127) * scale;
    }
    if (at > bytes.length) throw new RangeError('the bytes end inside a number');
    if (packed === 0) {
      numbers[i] = NaN;
      continue;
    }
    packed--;
    previous += packed % 2 === 1 ? -(packed + 1) / 2 : packed / 2;
    numbers[i] = previous;
  }
  return numbers;
}
