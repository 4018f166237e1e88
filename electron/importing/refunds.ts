import type { SheetRow } from './cells.ts';
import type { SheetPlan } from './plan.ts';
import type { Bound } from './values/fault.ts';

/** A refund that is printed with a positive amount. */
export interface PositiveRefund {
  readonly row: number;
  readonly cycle: string;
  readonly column: string;
  readonly value: string;
}

const refundTypes = new Set([4n, 9n, 20n, 24n]);

/**
 * Watches the sign of refunds (4, 20, 24, or the class 退款) and compensations (9): all ≤ 0 stay; positive throughout the file are negated;
 * a mixture cannot be told, and the positive ones are refused (handbook: exports §2).
 */
export class RefundSigns {
  readonly positive: PositiveRefund[] = [];
  negative = 0;
  readonly #amounts: readonly { at: number; from: number; header: string }[];
  readonly #type: number;
  readonly #class: number;
  readonly #always: boolean;

  constructor(plan: SheetPlan) {
    this.#amounts = (plan.spec.refundAmounts ?? []).flatMap((name) => {
      const slot = plan.slots.find((s) => s.column.column === name);
      return slot ? [{ at: slot.to, from: slot.from, header: slot.header }] : [];
    });
    this.#type = plan.position.get('bill_type') ?? -1;
    this.#class = plan.position.get('bill_class') ?? -1;
    this.#always = plan.spec.kind === 'bill-summary';
  }

  watch(row: SheetRow, values: readonly Bound[], cycle: string): void {
    if (this.#amounts.length === 0 || !this.#isRefund(values)) return;
    for (const amount of this.#amounts) {
      const value = values[amount.at];
      if (typeof value !== 'bigint' || value === 0n) continue;
      if (value < 0n) this.negative++;
      else this.positive.push({ row: row.row, cycle, column: amount.header, value: row.texts[amount.from]! });
      return;
    }
  }

  #isRefund(values: readonly Bound[]): boolean {
    if (this.#always) return true;
    const type = values[this.#type];
    return typeof type === 'bigint' ? refundTypes.has(type) : values[this.#class] === 'refund';
  }
}
