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
 * verdict is exact except `truncation-bound`, which is used only where truncated amounts are unknown. `several`: adjustments or re-charged fractions
 * stand beside what was truncated, or beside each other (`severalOf`).
 */
export type BillVerdict =
  'agreed' | 'truncation' | 'truncation-bound' | 'adjustment' | 'precision' | 'several' | 'line-only' | 'consumption-only' | 'differs';

/** Is a remainder still to be explained? */
export const isUnexplained = (verdict: BillVerdict): boolean => ['differs', 'line-only', 'consumption-only'].includes(verdict);

/** Judges one group. Invariant: a group counts as agreed only at difference 0, and as truncated only at exactly what was truncated. */
export function judgeBillGroup(sums: BillSums, regime: Settings['regime']): BillVerdict {
  const difference = sums.customer - sums.due;
  if (sums.rows === 0n) return difference === 0n ? 'agreed' : difference === sums.adjustment ? 'adjustment' : 'line-only';
  if (sums.lines === 0n) return difference === 0n ? 'agreed' : difference === -sums.precision ? 'precision' : 'consumption-only';
  if (difference === 0n) return 'agreed';
  if (difference === sums.truncated) return 'truncation';
  if (difference === sums.adjustment) return 'adjustment';
  if (difference === -sums.precision) return 'precision';
  if (isBound(sums, regime)) return 'truncation-bound';
  return severalOf(sums, regime) ? 'several' : 'differs';
}

const isBound = ({ customer, due, charges, underivable }: BillSums, regime: Settings['regime']): boolean =>
  underivable > 0n && regime === 'truncatePerCharge' && withinTruncationBound(customer, due, charges);

/** What of a remainder the other side lacks altogether, and what the rest of the group comes to. */
export interface Several {
  readonly adjustment: Money;
  readonly precision: Money;
  readonly rest: 'agreed' | 'truncation' | 'truncation-bound';
}

/** The parts of a remainder that is more than one thing; what is exact comes before the bound. Undefined where they do not explain it. */
export function severalOf(sums: BillSums, regime: Settings['regime']): Several | undefined {
  const { adjustment, precision } = sums;
  const ways = [
    { adjustment, precision: 0n },
    { adjustment: 0n, precision },
    { adjustment, precision },
  ].map((way) => ({ way, left: { ...sums, customer: sums.customer - way.adjustment, due: sums.due - way.precision } }));
  const agreed = ways.find(({ left }) => left.customer === left.due);
  if (agreed) return { ...agreed.way, rest: 'agreed' };
  const truncated = ways.find(({ left }) => left.customer - left.due === sums.truncated);
  if (truncated) return { ...truncated.way, rest: 'truncation' };
  const within = ways.find(({ left }) => isBound(left, regime));
  return within && { ...within.way, rest: 'truncation-bound' };
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

/** So many lines are copies of others, and this is what they come to. */
export interface Surplus {
  readonly copies: bigint;
  readonly total: Money;
}

/**
 * How many copies of a line are too many: one of them stays, and there are more of them than consumption rows of the same product and amount.
 * Without the copies, of one line or of each that repeats, nothing is left to explain; or those of one line are just as many as there are more lines
 * than rows, and most of the difference: the rest is a fault of lower rank. Undefined where nothing repeats like that.
 */
export function surplusCopies(
  sums: BillSums,
  regime: Settings['regime'],
  lines: readonly Repeatable[],
  rows: readonly Repeatable[],
): Surplus | undefined {
  const all = repeatedLines(lines).filter(({ line, count }) => {
    return count > BigInt(rows.filter((r) => r.product === line.product && r.amount === line.amount).length);
  });
  const difference = sums.customer - sums.due;
  const isExplained = ({ total }: Surplus): boolean => judgeBillGroup({ ...sums, customer: sums.customer - total }, regime) !== 'differs';
  const ofOne = all.flatMap(({ line: { amount }, count }) => {
    const near = [difference, difference - sums.truncated].map((d) => d / amount);
    const possible = [...near, near[0]! + 1n].filter((copies) => copies > 0n && copies < count);
    return possible.map((copies) => ({ copies, total: copies * amount }));
  });
  const ofEach = all.reduce<Surplus>(
    ({ copies, total }, { line, count }) => ({ copies: copies + count - 1n, total: total + (count - 1n) * line.amount }),
    { copies: 0n, total: 0n },
  );
  const whole = [...ofOne, ...(all.length > 1 ? [ofEach] : [])].find(isExplained);
  if (whole || rows.length === 0) return whole;
  const copies = BigInt(lines.length - rows.length);
  const most = all.find(({ line: { amount }, count }) => copies > 0n && copies < count && (2n * difference) / (copies * amount) > 0n);
  return most && { copies, total: copies * most.line.amount };
}

/** The lines that stand more than once, in order of what they say. */
function repeatedLines(lines: readonly Repeatable[]): { readonly line: Repeatable; readonly count: bigint }[] {
  const groups = Map.groupBy(lines, (line) => `${line.likeness} ${line.amount}`);
  return [...groups.values()]
    .filter((same) => same.length > 1 && same[0]!.amount !== 0n)
    .map((same) => ({ line: same[0]!, count: BigInt(same.length) }))
    .sort((a, b) => (a.line.likeness < b.line.likeness ? -1 : 1));
}
