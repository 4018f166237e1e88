const chunkBytes = 1024 * 1024;
/** Strings kept decoded, by the last bits of their index: the names and words that come again in row after row. */
const remembered = 4096;

/**
 * A long list of texts as bytes, decoded when asked for: a million short strings as objects take three times the room, and are walked through at every
 * collection.
 */
export class StringTable {
  #chunks: Buffer[] = [];
  #used = Infinity;
  #starts = new Float64Array(1024);
  /** Twice the length in bytes, plus 1 for text beyond ASCII, which is kept in UTF-16. */
  #sizes = new Uint32Array(1024);
  #size = 0;
  readonly #lastIndex = new Int32Array(remembered).fill(-1);
  readonly #lastText: string[] = [];

  get size(): number {
    return this.#size;
  }

  add(text: string): void {
    const wide = Buffer.byteLength(text) !== text.length;
    const bytes = wide ? text.length * 2 : text.length;
    if (this.#used + bytes > chunkBytes) {
      this.#chunks.push(Buffer.allocUnsafeSlow(Math.max(chunkBytes, bytes)));
      this.#used = 0;
    }
    if (this.#size === this.#starts.length) {
      this.#starts = grown(this.#starts, new Float64Array(this.#size * 2));
      this.#sizes = grown(this.#sizes, new Uint32Array(this.#size * 2));
    }
    this.#chunks.at(-1)!.write(text, this.#used, wide ? 'utf16le' : 'latin1');
    this.#starts[this.#size] = (this.#chunks.length - 1) * chunkBytes + this.#used;
    this.#sizes[this.#size++] = bytes * 2 + (wide ? 1 : 0);
    this.#used += bytes;
  }

  /** The text at an index; undefined where there is none. */
  text(index: number): string | undefined {
    if (!Number.isInteger(index) || index < 0 || index >= this.#size) return undefined;
    const slot = index % remembered;
    if (this.#lastIndex[slot] === index) return this.#lastText[slot];
    const start = this.#starts[index]!;
    const size = this.#sizes[index]!;
    const from = start % chunkBytes;
    const chunk = this.#chunks[Math.floor(start / chunkBytes)]!;
    const text = chunk.toString(size % 2 === 1 ? 'utf16le' : 'latin1', from, from + Math.floor(size / 2));
    this.#lastIndex[slot] = index;
    this.#lastText[slot] = text;
    return text;
  }
}

function grown<A extends Float64Array | Uint32Array>(from: A, to: A): A {
  to.set(from);
  return to;
}
