import type { SheetRow } from './cells.ts';
import type { Slot } from './plan.ts';
import { Fault } from './values/fault.ts';

/** A printed total beside the sum of the rows above it, both as printed (before any change of sign). */
export interface ControlTotal {
  readonly row: number;
  readonly column: string;
  readonly stated: bigint;
  readonly computed: bigint;
}

const label = /^(?:本页|本表|本期|全部|总)?(合计|总计|小计)(?:金额)?(?:[:：(（].*)?$|^(?:grand|sub)?-?totals?(?:amount)?[:：]?$/i;
const firstLetters = new Set([...'合总小本全TtGgSs'].map((c) => c.charCodeAt(0)));

/** What a cell says if it labels a total row: a subtotal (since the last one), a total (of the whole sheet), or neither. */
export function totalLabel(cell: string): 'subtotal' | 'total' | undefined {
  if (!firstLetters.has(cell.trimStart().charCodeAt(0)) || cell.length > 24) return undefined;
  const text = cell.replace(/\s+/g, '');
  if (!label.test(text)) return undefined;
  return /小计|^本页|^sub/i.test(text) ? 'subtotal' : 'total';
}

/** Running sums of the amount columns of one sheet, whole and since the last subtotal. */
export class Totals {
  readonly found: ControlTotal[] = [];
  readonly #slots: readonly Slot[];
  readonly #sums: bigint[];
  readonly #before: bigint[];
  #closed = false;

  constructor(slots: readonly Slot[]) {
    this.#slots = slots.filter((s) => s.money && s.column.additive !== false);
    this.#sums = slots.map(() => 0n);
    this.#before = slots.map(() => 0n);
  }

  /** Adds a printed amount of the slot with this index among all slots. */
  add(slot: number, amount: bigint): void {
    this.#sums[slot]! += amount;
  }

  /** Takes a total row: returns the amount cells that could not be read. */
  take(row: SheetRow, scope: 'subtotal' | 'total', all: readonly Slot[]): { header: string; value: string; fault: Fault }[] {
    const faults: { header: string; value: string; fault: Fault }[] = [];
    for (const slot of this.#slots) {
      const index = all.indexOf(slot);
      const text = row.texts[slot.from] ?? '';
      const stated = slot.read(text, row.kinds[slot.from] ?? 0);
      if (stated instanceof Fault && totalLabel(text) === undefined) faults.push({ header: slot.header, value: text, fault: stated });
      if (typeof stated !== 'bigint') continue;
      const computed = scope === 'subtotal' ? this.#sums[index]! : this.#sums[index]! + this.#before[index]!;
      this.found.push({ row: row.row, column: slot.header, stated, computed });
    }
    if (scope === 'subtotal') this.#roll();
    this.#closed = scope === 'total';
    return faults;
  }

  /** The header came again: a part that its own total has closed starts anew. */
  newPart(): void {
    if (!this.#closed) return;
    this.#sums.fill(0n);
    this.#before.fill(0n);
    this.#closed = false;
  }

  #roll(): void {
    for (let i = 0; i < this.#sums.length; i++) {
      this.#before[i]! += this.#sums[i]!;
      this.#sums[i] = 0n;
    }
  }
}
