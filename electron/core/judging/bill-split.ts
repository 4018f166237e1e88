import type { Money } from '../money.ts';
import type { Settings } from '../settings.ts';
import { addSums, isUnexplained, judgeBillGroup, type BillSums } from './bill-group.ts';
import { subsetSum } from './subset-sum.ts';

/** The two neighbouring months of one order that the edge between them may split. */
export interface SplitOrder {
  readonly earlier: BillSums;
  readonly later: BillSums;
  /** The earlier month's consumption rows at the edge, each added up alone, in time order. */
  readonly edge: readonly BillSums[];
}

/** `moved`: these rows of the edge (by index) are billed in the later month; `whole`: some of their amount is, and the two months together agree. */
export type SplitVerdict =
  { readonly kind: 'moved'; readonly at: readonly number[] } | { readonly kind: 'whole' } | { readonly kind: 'none' };

/**
 * Which of the consumption at the edge the later month bills. Rows are named only where, moved, they leave at least one of the months without any
 * difference: then what is wrong is wrong in the other, and all of it is told there. All of the edge is tried first, then its last rows in time, as a bill run cuts them off.
 */
export function judgeSplit(order: SplitOrder, regime: Settings['regime']): SplitVerdict {
  const { earlier, later, edge } = order;
  const isClosed = (sums: BillSums): boolean => isExplained(sums, regime);
  const sets = candidates(order).map((at) => {
    const moved = addSums(at.map((index) => edge[index]!));
    return {
      at,
      closes: { earlier: isClosed(withoutSums(earlier, moved)), later: isClosed(withSums(later, moved)) },
      wanted: sameSign(later.customer - later.due, moved.due),
    };
  });
  const best =
    sets.find(({ closes }) => closes.earlier && closes.later) ??
    sets.find(({ closes, wanted }) => wanted && (closes.earlier || closes.later));
  if (best) return { kind: 'moved', at: best.at };
  const surplus = earlier.due - earlier.customer;
  const most = addSums(edge).due;
  const within = sameSign(surplus, most) && (surplus > 0n ? surplus <= most : surplus >= most);
  return within && isClosed({ ...addSums([earlier, later]), charges: 1n }) ? { kind: 'whole' } : { kind: 'none' };
}

/** What the other month would have to take, where its statement is not there to say; `perhaps`: some of their amount, not just these rows. */
export type HalfVerdict =
  { readonly kind: 'moved'; readonly at: readonly number[] } | { readonly kind: 'perhaps' } | { readonly kind: 'none' };

/**
 * Which rows at the edge of one side, each added up alone, explain a month that differs when they are left to the month next to it, whose other side is
 * not imported: nothing contradicts it. All of them are tried first, then the last ones in time, then the only set that comes to the difference.
 */
export function judgeHalf(month: BillSums, edge: readonly BillSums[], regime: Settings['regime']): HalfVerdict {
  const isClosed = (at: readonly number[]): boolean => isExplained(withoutSums(month, addSums(at.map((index) => edge[index]!))), regime);
  const amounts = edge.map((row) => row.customer - row.due);
  const surplus = month.customer - month.due;
  const tails = edge.map((_, from) => Array.from({ length: edge.length - from }, (_none, i) => from + i));
  const sets = [
    subsetSum(surplus, amounts),
    subsetSum(surplus - month.truncated, amounts),
    subsetSum(surplus - month.truncated, edge.map((row) => row.customer - row.due - row.truncated)), // prettier-ignore
  ].flatMap((set) => (set.state === 'found' ? [set.at] : []));
  const at = [...tails, ...sets].find(isClosed);
  if (at) return { kind: 'moved', at };
  const most = addSums(edge);
  const all = most.customer - most.due;
  const within = sameSign(surplus, all) && (surplus > 0n ? surplus <= all : surplus >= all);
  return { kind: within ? 'perhaps' : 'none' };
}

const isExplained = (sums: BillSums, regime: Settings['regime']): boolean => !isUnexplained(judgeBillGroup(sums, regime));
const sameSign = (a: Money, b: Money): boolean => (a > 0n && b > 0n) || (a < 0n && b < 0n);

/** The rows from each moment to the end, and the only sets that come to what one of the months needs, with and without truncation. */
function candidates({ earlier, later, edge }: SplitOrder): number[][] {
  const tails = edge.map((_, from) => Array.from({ length: edge.length - from }, (_none, i) => from + i));
  const due = edge.map((row) => row.due);
  const full = edge.map((row) => row.due + row.truncated);
  const surplus = earlier.due - earlier.customer;
  const lacking = later.customer - later.due;
  const sets = [
    subsetSum(surplus, due),
    subsetSum(surplus + earlier.truncated, full),
    subsetSum(lacking, due),
    subsetSum(lacking - later.truncated, full),
  ];
  return [...tails, ...sets.flatMap((set) => (set.state === 'found' ? [[...set.at]] : []))];
}

/** A month's sums with consumption of the month before. It stays the one charge that it is. */
export const withSums = (to: BillSums, moved: BillSums): BillSums => ({ ...addSums([to, moved]), charges: to.charges });

/** A month's sums without some of its consumption or lines. */
export const withoutSums = (from: BillSums, moved: BillSums): BillSums => ({
  ...from,
  lines: from.lines - moved.lines,
  customer: from.customer - moved.customer,
  adjustment: from.adjustment - moved.adjustment,
  rows: from.rows - moved.rows,
  due: from.due - moved.due,
  truncated: from.truncated - moved.truncated,
  underivable: from.underivable - moved.underivable,
  precision: from.precision - moved.precision,
});
