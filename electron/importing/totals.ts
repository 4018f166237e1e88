import { absolute } from '../core/money.ts';
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

const isNumber = /^[\d.,%\s-]+$/;

/**
 * Finds the label of a total row behind cells that name no row of their own (2025-09, 合计, 小计 of a customer): the last cell that names anything,
 * leaving amounts, rates and the currency aside.
 */
export function totalLabelOf(slots: readonly Slot[]): (texts: readonly string[]) => 'subtotal' | 'total' | undefined {
  const named = slots.filter(({ column }) => (column.type === 'other' || column.type === 'time') && column.field !== 'currency');
  const fromRight = named.map(({ from }) => from).toSorted((a, b) => b - a);
  return (texts) => {
    for (const at of fromRight) {
      const text = texts[at];
      if (text === undefined || text === '' || text.trim() === '') continue;
      const label = totalLabel(text);
      if (label !== undefined || !isNumber.test(text)) return label;
    }
    return undefined;
  };
}

/** Running sums of the amount columns of one sheet, whole and since the last subtotal. */
export class Totals {
  readonly found: ControlTotal[] = [];
  readonly #slots: readonly Slot[];
  /** For each slot of the sheet: are its amounts ever added up? A balance or a unit price is not. */
  readonly #summed: readonly boolean[];
  readonly #sums: bigint[];
  readonly #before: bigint[];
  /** Of the parts that a repeated header has ended. */
  readonly #past: bigint[];
  #closed = false;

  constructor(slots: readonly Slot[]) {
    const isSummed = (s: Slot): boolean => s.money && s.column.additive !== false;
    this.#slots = slots.filter(isSummed);
    this.#summed = slots.map(isSummed);
    this.#sums = slots.map(() => 0n);
    this.#before = slots.map(() => 0n);
    this.#past = slots.map(() => 0n);
  }

  /** The largest sum of one amount column over the whole sheet, whether or not a total is printed; never negative. */
  get largest(): bigint {
    let most = 0n;
    for (const [i, summed] of this.#summed.entries()) {
      if (!summed) continue;
      const sum = absolute(this.#sums[i]! + this.#before[i]! + this.#past[i]!);
      if (sum > most) most = sum;
    }
    return most;
  }

  /** Adds a printed amount of the slot with this index among all slots. */
  add(slot: number, amount: bigint): void {
    this.#sums[slot]! += amount;
  }

  /** Takes the amounts of a row out again that turned out to be a total. */
  takeBack(slot: number, amount: bigint): void {
    this.#sums[slot]! -= amount;
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
    for (let i = 0; i < this.#past.length; i++) this.#past[i]! += this.#sums[i]! + this.#before[i]!;
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
