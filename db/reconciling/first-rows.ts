import { maxRows } from '../../electron/core/finding.ts';
import type { RowId } from '../../electron/core/row-id.ts';

/** The first `maxRows` rows by rank of any number of rows, and how many there were. */
export class FirstRows {
  readonly #rank: (row: RowId) => bigint;
  #rows: { readonly row: RowId; readonly at: bigint }[] = [];
  count = 0;

  constructor(rank: (row: RowId) => bigint) {
    this.#rank = rank;
  }
  add(row: RowId): void {
    this.count += 1;
    this.#rows.push({ row, at: this.#rank(row) });
    if (this.#rows.length >= maxRows * 4) this.#cut();
  }
  kept(): RowId[] {
    this.#cut();
    return this.#rows.map(({ row }) => row);
  }
  #cut(): void {
    this.#rows = this.#rows.sort((a, b) => (a.at < b.at ? -1 : 1)).slice(0, maxRows);
  }
}
