import type { Money } from '../money.ts';
import type { Settings } from '../settings.ts';
import { withinTruncationBound } from './bill-line.ts';

/** Both sides of one group of the bill ↔ consumption comparison, added up; 1e-8 yuan. Referral rows are not in it. */
export interface BillSums {
  readonly lines: bigint;
  /** Σ customer amount of the lines. */
  readonly customer: Money;
  /** The part of `customer` that stands on 调账 lines. */
  readonly adjustment: Money;
  readonly rows: bigint;
  /** Σ amount due of the resale consumption. */
  readonly due: Money;
  /** Σ truncated amounts of the rows, where the file carries or lets derive them. */
  readonly truncated: Money;
  /** Rows whose truncated amount is unknown. */
  readonly underivable: bigint;
  /** The part of `due` that re-charges truncated fractions (消费-抹零补扣, 25). */
  readonly precision: Money;
  /** Charges in the group: its trade ids (rules §2); rows without one count each. */
  readonly charges: bigint;
}

/**
 * Where a group's remainder C − R belongs: exactly one terminal place. `differs`, `line-only` and `consumption-only` are still open; every other
 * verdict is exact except `truncation-bound`, which is used only where truncated amounts are unknown.
 */
export type BillVerdict =
  'agreed' | 'truncation' | 'truncation-bound' | 'adjustment' | 'precision' | 'line-only' | 'consumption-only' | 'differs';

/** Judges one group. Invariant: a group counts as agreed only at difference 0, and as truncated only at exactly what was truncated. */
export function judgeBillGroup(sums: BillSums, regime: Settings['regime']): BillVerdict {
  const difference = sums.customer - sums.due;
  if (sums.rows === 0n) return difference === 0n ? 'agreed' : difference === sums.adjustment ? 'adjustment' : 'line-only';
  if (sums.lines === 0n) return difference === 0n ? 'agreed' : difference === -sums.precision ? 'precision' : 'consumption-only';
  if (difference === 0n) return 'agreed';
  if (difference === sums.truncated) return 'truncation';
  if (difference === sums.adjustment) return 'adjustment';
  if (difference === -sums.precision) return 'precision';
  const unknown = sums.underivable > 0n && regime === 'truncatePerCharge';
  return unknown && withinTruncationBound(difference, sums.charges) ? 'truncation-bound' : 'differs';
}

/** Adds the sums of several groups, to compare them at a coarser level. */
export function addSums(all: readonly BillSums[]): BillSums {
  const sum = (pick: (s: BillSums) => bigint): bigint => all.reduce((n, s) => n + pick(s), 0n);
  return {
    lines: sum((s) => s.lines),
    customer: sum((s) => s.customer),
    adjustment: sum((s) => s.adjustment),
    rows: sum((s) => s.rows),
    due: sum((s) => s.due),
    truncated: sum((s) => s.truncated),
    underivable: sum((s) => s.underivable),
    precision: sum((s) => s.precision),
    charges: sum((s) => s.charges),
  };
}

/** One bill line or consumption row of a group, as far as it can repeat another. */
export interface Repeatable {
  /** What makes two lines the same: product, resource, type, mode and time. */
  readonly likeness: string;
  readonly product: string;
  readonly amount: Money;
}

/**
 * How many copies of one line are too many: the group differs by exactly `copies` × that line, one of them stays, and there are more of them than
 * consumption rows of the same product and amount. Undefined where nothing repeats like that.
 */
export function surplusCopies(
  difference: Money,
  truncated: Money,
  lines: readonly Repeatable[],
  rows: readonly Repeatable[],
): { readonly copies: bigint; readonly amount: Money } | undefined {
  const counts = new Map<string, { line: Repeatable; count: bigint }>();
  for (const line of lines) {
    const key = `${line.likeness} ${line.amount}`;
    const known = counts.get(key);
    if (known) known.count += 1n;
    else counts.set(key, { line, count: 1n });
  }
  for (const { line, count } of [...counts.values()].sort((a, b) => (a.line.likeness < b.line.likeness ? -1 : 1))) {
    if (line.amount === 0n || count < 2n) continue;
    const genuine = BigInt(rows.filter((r) => r.product === line.product && r.amount === line.amount).length);
    if (count <= genuine) continue;
    const surplus = [difference, difference - truncated].find(
      (d) => d % line.amount === 0n && d / line.amount > 0n && d / line.amount < count,
    );
    if (surplus !== undefined) return { copies: surplus / line.amount, amount: line.amount };
  }
  return undefined;
}
