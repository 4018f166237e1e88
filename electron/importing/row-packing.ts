import type { Bound } from './values/fault.ts';

/**
 * Typed rows as few large values, which cross from thread to thread in a fraction of the time that the rows themselves would take. Each value is a code,
 * row by row: one met before by its number in the sheet's list of such (null and zero are the first two), else below zero its form and length.
 */
export interface PackedRows {
  /** The rows' numbers. */
  readonly rows: Uint32Array<ArrayBuffer>;
  readonly codes: Int32Array<ArrayBuffer>;
  readonly integers: BigInt64Array<ArrayBuffer>;
  /** Texts of ASCII, and all others, each one after another. */
  readonly ascii: Uint8Array<ArrayBuffer>;
  readonly text: string;
  /** Values that the list has got since the last batch. */
  readonly met: readonly Bound[];
}

/** The buffers of a batch, to be handed over instead of copied. */
export const buffersOf = (packed: PackedRows): ArrayBuffer[] =>
  [packed.rows, packed.codes, packed.integers, packed.ascii].map((part) => part.buffer);

const forms = { integer: 1, ascii: 2, wide: 3 } as const;
/** A column of more different values than this has none of them listed from then on. */
const mostListed = 500;
const alwaysListed: readonly Bound[] = [null, 0n];

/** Packs the rows of one sheet; `width`: values of a row with the id, which is not packed. */
export class RowPacker {
  rows = 0;
  readonly #width: number;
  /** By column, the values that are listed and their codes; undefined where the column has too many. */
  readonly #listed: (Map<Bound, number> | undefined)[];
  #count = alwaysListed.length;
  #met: Bound[] = [];
  #numbers = new Uint32Array(64);
  #codes = new Int32Array(64);
  #integers = new BigInt64Array(64);
  #integersUsed = 0;
  #ascii = new Uint8Array(64);
  #asciiUsed = 0;
  #wide: string[] = [];

  constructor(width: number) {
    this.#width = width;
    this.#listed = Array.from({ length: width }, () => new Map());
  }

  add(row: number, values: readonly Bound[]): void {
    const width = this.#width;
    const needed = (this.rows + 1) * (width - 1);
    if (this.rows === this.#numbers.length) this.#numbers = larger(this.#numbers, this.rows + 1);
    if (needed > this.#codes.length) this.#codes = larger(this.#codes, needed);
    const codes = this.#codes;
    let at = needed - width + 1;
    for (let c = 1; c < width; c++) {
      const value = values[c]!;
      codes[at++] = value === null ? 0 : value === 0n ? 1 : this.#code(c, value);
    }
    this.#numbers[this.rows++] = row;
  }

  /** What was added since the last call. */
  take(): PackedRows {
    const rows = this.#numbers.subarray(0, this.rows);
    const codes = this.#codes.subarray(0, this.rows * (this.#width - 1));
    const integers = this.#integers.subarray(0, this.#integersUsed);
    const ascii = this.#ascii.subarray(0, this.#asciiUsed);
    const packed = { rows, codes, integers, ascii, text: this.#wide.join(''), met: this.#met };
    // The next batch will need about as much; these buffers are given away.
    this.#numbers = new Uint32Array(this.#numbers.length);
    this.#codes = new Int32Array(this.#codes.length);
    this.#integers = new BigInt64Array(this.#integers.length);
    this.#ascii = new Uint8Array(this.#ascii.length);
    this.rows = this.#integersUsed = this.#asciiUsed = 0;
    this.#wide = [];
    this.#met = [];
    return packed;
  }

  #code(column: number, value: string | bigint): number {
    const listed = this.#listed[column];
    if (listed !== undefined) {
      const known = listed.get(value);
      if (known !== undefined) return known;
      if (listed.size < mostListed) {
        listed.set(value, this.#count);
        this.#met.push(value);
        return this.#count++;
      }
      this.#listed[column] = undefined;
    }
    if (typeof value === 'string') return this.#text(value);
    // The array would wrap it in silence.
    if (BigInt.asIntN(64, value) !== value) throw new RangeError(`${value} has more than 64 bits`);
    if (this.#integersUsed === this.#integers.length) this.#integers = larger(this.#integers, this.#integersUsed + 1);
    this.#integers[this.#integersUsed++] = value;
    return -forms.integer;
  }

  #text(value: string): number {
    const { length } = value;
    const end = this.#asciiUsed + length;
    if (end > this.#ascii.length) this.#ascii = larger(this.#ascii, end);
    const ascii = this.#ascii;
    for (let at = this.#asciiUsed, i = 0; i < length; i++) {
      const c = value.charCodeAt(i);
      if (c > 127) {
        this.#wide.push(value);
        return -(length * 4 + forms.wide);
      }
      ascii[at++] = c;
    }
    this.#asciiUsed = end;
    return -(length * 4 + forms.ascii);
  }
}

/** Gives the rows of one sheet as they were; `values` is the same array each time, its first element unused. */
export class RowUnpacker {
  readonly #width: number;
  readonly #listed: Bound[] = [...alwaysListed];

  constructor(width: number) {
    this.#width = width;
  }

  give(packed: PackedRows, accept: (row: number, values: readonly Bound[]) => void): void {
    const { rows, codes, integers, text } = packed;
    const listed = this.#listed;
    for (const value of packed.met) listed.push(value);
    const ascii = Buffer.from(packed.ascii.buffer, packed.ascii.byteOffset, packed.ascii.length).toString('latin1');
    const values: Bound[] = [null];
    let [at, integer, narrow, wide] = [0, 0, 0, 0];
    for (const row of rows) {
      for (let c = 1; c < this.#width; c++) {
        const code = codes[at++]!;
        if (code >= 0) values[c] = listed[code]!;
        else {
          const length = -code >> 2;
          const form = -code & 3;
          if (form === forms.integer) values[c] = integers[integer++]!;
          else if (form === forms.ascii) values[c] = ascii.slice(narrow, (narrow += length));
          else values[c] = text.slice(wide, (wide += length));
        }
      }
      accept(row, values);
    }
  }
}

function larger<A extends Uint8Array<ArrayBuffer> | Uint32Array<ArrayBuffer> | Int32Array<ArrayBuffer> | BigInt64Array<ArrayBuffer>>(
  array: A,
  needed: number,
): A {
  const made = new (array.constructor as new (length: number) => A)(Math.max(needed, array.length * 2));
  made.set(array as never);
  return made;
}
