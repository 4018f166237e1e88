import type { SheetRow } from './cells.ts';
import type { KindSpec } from './kinds/column.ts';
import type { SheetPlan } from './plan.ts';
import type { Bound } from './values/fault.ts';

/** A refund that is printed with a positive amount. */
export interface PositiveRefund {
  readonly row: number;
  readonly cycle: string;
  readonly column: string;
  readonly value: string;
}

/** The signs of rows of a class that must come to no more than 0. */
export interface SignsSeen {
  readonly positive: readonly PositiveRefund[];
  readonly negative: number;
  /** Rows whose amount is 0 and whose parts are printed positive: they are turned with the others. */
  readonly following: readonly number[];
}

/** What is negated of a row that is printed positive. */
export const negatedColumns = (spec: KindSpec): readonly string[] =>
  spec.refundColumns ??
  spec.columns.flatMap((c) => (c.type === 'money' && c.column !== undefined && c.additive !== false ? [c.column] : []));

const refundTypes = new Set([4n, 9n, 20n, 24n]);

/**
 * Watches the sign of refunds (4, 20, 24, or the class 退款) and compensations (9), or of the write-offs of a consumption summary: all ≤ 0 stay; positive
 * throughout the file are negated; a mixture cannot be told, and the positive ones are refused (handbook: exports §2, §2.4).
 */
export class RefundSigns implements SignsSeen {
  readonly positive: PositiveRefund[] = [];
  readonly following: number[] = [];
  negative = 0;
  readonly #of: 'refund' | 'writeOff';
  readonly #amounts: readonly { at: number; from: number; header: string }[];
  readonly #parts: readonly number[];
  readonly #type: number;
  readonly #class: number;
  readonly #always: boolean;

  constructor({ spec, slots, position }: SheetPlan, of: 'refund' | 'writeOff') {
    const watched = of === 'refund' || spec.kind === 'consumption-summary' ? (spec.refundAmounts ?? []) : [];
    this.#of = of;
    this.#amounts = watched.flatMap((name) => {
      const slot = slots.find((s) => s.column.column === name);
      return slot ? [{ at: slot.to, from: slot.from, header: slot.header }] : [];
    });
    this.#parts = negatedColumns(spec).flatMap((name) => position.get(name) ?? []);
    this.#type = position.get('bill_type') ?? -1;
    this.#class = position.get('bill_class') ?? -1;
    this.#always = spec.kind === 'bill-summary';
  }

  watch(row: SheetRow, values: readonly Bound[], cycle: string): void {
    if (this.#amounts.length === 0 || !this.#isWatched(values)) return;
    for (const amount of this.#amounts) {
      const value = values[amount.at];
      if (typeof value !== 'bigint' || value === 0n) continue;
      if (value < 0n) this.negative++;
      else this.positive.push({ row: row.row, cycle, column: amount.header, value: row.texts[amount.from]! });
      return;
    }
    const parts = this.#parts.map((at) => values[at]).filter((value) => typeof value === 'bigint' && value !== 0n) as bigint[];
    if (parts.length > 0 && parts.every((value) => value > 0n)) this.following.push(row.row);
  }

  #isWatched(values: readonly Bound[]): boolean {
    if (this.#always) return true;
    if (this.#of === 'writeOff') return values[this.#class] === 'writeOff';
    const type = values[this.#type];
    return typeof type === 'bigint' ? refundTypes.has(type) : values[this.#class] === 'refund';
  }
}
