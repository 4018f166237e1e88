import type { CellKind, RowBatch, RowFault, SheetRow } from './cells.ts';

/**
 * A batch of rows as few large values, which cross from thread to thread in a fraction of the time that its rows and cells would take. Cells stand one
 * after another, row by row; their texts are cut from `ascii` or, in columns named by `wide`, from `text`.
 */
export interface PackedBatch {
  readonly faults: readonly RowFault[];
  readonly bytesRead: number;
  /** For each row its number and how many cells it has, in turn. */
  readonly rows: Uint32Array<ArrayBuffer>;
  readonly lengths: Uint32Array<ArrayBuffer>;
  readonly kinds: Uint8Array<ArrayBuffer>;
  readonly ascii: Uint8Array<ArrayBuffer>;
  readonly text: string;
  /** 1 for each column that holds more than ASCII; those beyond its end hold ASCII only. */
  readonly wide: Uint8Array<ArrayBuffer>;
}

/** The buffers of a batch that can be handed over instead of copied. */
export const buffersOf = (batch: PackedBatch): ArrayBuffer[] =>
  [batch.rows, batch.lengths, batch.kinds, batch.ascii, batch.wide].map((part) => part.buffer);

/** Packs the batches of one sheet, remembering which of its columns hold more than ASCII. */
export class RowPacker {
  #wide = new Uint8Array(64);

  pack(batch: RowBatch): PackedBatch {
    const { rows, faults, bytesRead } = batch;
    const cells = rows.reduce((n, row) => n + row.texts.length, 0);
    const heads = new Uint32Array(rows.length * 2);
    const lengths = new Uint32Array(cells);
    const kinds = new Uint8Array(cells);
    let at = 0;
    for (const [i, row] of rows.entries()) {
      heads[2 * i] = row.row;
      heads[2 * i + 1] = row.texts.length;
      this.#reserve(row.texts.length);
      for (let c = 0; c < row.texts.length; c++) {
        lengths[at] = row.texts[c]!.length;
        kinds[at++] = row.kinds[c]!;
      }
    }
    return { faults, bytesRead, rows: heads, lengths, kinds, ...this.#texts(rows), wide: this.#wide.slice() };
  }

  #texts(rows: readonly SheetRow[]): { ascii: Uint8Array<ArrayBuffer>; text: string } {
    for (;;) {
      const narrow: string[] = [];
      const wide: string[] = [];
      for (const { texts } of rows) {
        for (let c = 0; c < texts.length; c++) {
          const text = texts[c]!;
          if (text.length > 0) (this.#wide[c] === 1 ? wide : narrow).push(text);
        }
      }
      const joined = narrow.join('');
      // Only ASCII has as many bytes as characters.
      if (Buffer.byteLength(joined) !== joined.length) this.#widen(rows);
      else {
        const ascii = new Uint8Array(joined.length);
        Buffer.from(ascii.buffer).write(joined, 'latin1');
        return { ascii, text: wide.join('') };
      }
    }
  }

  #widen(rows: readonly SheetRow[]): void {
    for (const { texts } of rows) {
      // oxlint-disable-next-line no-control-regex -- ASCII is what is looked for
      for (let c = 0; c < texts.length; c++) if (this.#wide[c] === 0 && !/^[\x00-\x7f]*$/.test(texts[c]!)) this.#wide[c] = 1;
    }
  }

  #reserve(columns: number): void {
    if (columns <= this.#wide.length) return;
    const larger = new Uint8Array(columns * 2);
    larger.set(this.#wide);
    this.#wide = larger;
  }
}

/** The rows of a packed batch, as they were. */
export function unpackRows(packed: PackedBatch): RowBatch {
  const { faults, bytesRead, rows: heads, lengths, kinds, text, wide } = packed;
  const ascii = Buffer.from(packed.ascii.buffer, packed.ascii.byteOffset, packed.ascii.length).toString('latin1');
  const rows: SheetRow[] = [];
  let cell = 0;
  let narrowAt = 0;
  let wideAt = 0;
  for (let r = 0; r < heads.length; r += 2) {
    const width = heads[r + 1]!;
    const texts: string[] = [];
    const rowKinds: CellKind[] = [];
    for (let c = 0; c < width; c++) {
      const length = lengths[cell]!;
      rowKinds.push(kinds[cell++] as CellKind);
      if (length === 0) texts.push('');
      else if (wide[c] === 1) texts.push(text.slice(wideAt, (wideAt += length)));
      else texts.push(ascii.slice(narrowAt, (narrowAt += length)));
    }
    rows.push({ row: heads[r]!, texts, kinds: rowKinds });
  }
  return { rows, faults, bytesRead };
}
