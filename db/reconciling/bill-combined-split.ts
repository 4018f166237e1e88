import { addSums, judgeBillGroup } from '../../electron/core/judging/bill-group.ts';
import { judgeSplit } from '../../electron/core/judging/bill-split.ts';
import { isMonthEdge } from '../../electron/core/judging/month-edge.ts';
import { addMonths } from '../../electron/core/month.ts';
import { combinedOrders, mayCombine, type Combined } from './bill-combined.ts';
import { keyOf, namingAny } from './bill-combined-elsewhere.ts';
import type { Elsewhere } from './bill-elsewhere.ts';
import { billGroupsOf, fillBillOpen, type BillGroup } from './bill-groups.ts';
import { sumsOfRows } from './bill-pools.ts';
import type { GroupRows } from './bill-rows.ts';
import { byTime, type Split } from './bill-split.ts';
import type { RunContext } from './context.ts';

/** One month's part of a combined order that two bills share: with the rows that the later one bills, or only where the rest of it stands. */
export interface Shared extends Combined {
  readonly split?: Split;
  readonly elsewhere?: Elsewhere;
}

/**
 * Combined orders whose parent is billed in the month of its children for some of them, and in the next month for those that were used at the edge: what
 * `findSplits` is for an order under one number; or wrongly for others: what `findRest` is for that.
 */
export function sharedOrders(
  context: RunContext,
  rows: GroupRows,
  combined: readonly Combined[],
  oneSided: readonly BillGroup[],
): Shared[] {
  const pooled = new Set(combined.flatMap((pool) => pool.members));
  const alone = oneSided.filter((g) => !pooled.has(g) && g.lines > 0n);
  return [...billedOn(context, rows, combined.filter(isDiffering)), ...billedBefore(context, rows, alone)];
}

/** Its children are here, the rest of its lines in the next month. */
function billedOn(context: RunContext, rows: GroupRows, pools: readonly Combined[]): Shared[] {
  const { cycle, db } = context;
  const at = addMonths(cycle, 1);
  if (pools.length === 0 || !context.has('partner-bill', at)) return [];
  fillBillOpen(db, pools.map(({ parent }) => parent)); // prettier-ignore
  const there = groupsByKey(billGroupsOf(context, at).filter((g) => g.lines > 0n && g.rows === 0n));
  return pools.flatMap((pool): Shared[] => {
    const later = there.get(keyOf(pool.parent));
    const found = later && judge(context, rows, { pool, later, months: [cycle, at] });
    return found ? [{ ...pool, ...found(at) }] : [];
  });
}

/** The rest of its lines is here, its children in the month before. */
function billedBefore(context: RunContext, rows: GroupRows, parents: readonly BillGroup[]): Shared[] {
  const { cycle, db, settings } = context;
  const at = addMonths(cycle, -1);
  if (parents.length === 0 || !context.has('consumption', at) || !context.has('partner-bill', at)) return [];
  const named = namingAny(context, parents, at);
  if (named.length === 0) return [];
  const here = groupsByKey(parents);
  fillBillOpen(db, [...groupsByKey<Pick<BillGroup, 'customerKey' | 'tradeId'>>([...parents, ...named]).values()]);
  const there = billGroupsOf(context, at).filter((group) => {
    return mayCombine(rows, at, { group, verdict: judgeBillGroup(group, settings.regime) });
  });
  const pools = combinedOrders({ ...context, cycle: at }, rows, there).combined.filter(isDiffering);
  return pools.flatMap((pool): Shared[] => {
    const later = here.get(keyOf(pool.parent));
    const found = later && judge(context, rows, { pool, later, months: [at, cycle] });
    const own = (parent: BillGroup): Combined => {
      const sums = addSums([parent]);
      return { parent, members: [parent], sums, verdict: judgeBillGroup(sums, settings.regime) };
    };
    return found ? [{ ...own(later), ...found(at) }] : [];
  });
}

interface Two {
  /** What the month of the children has. */
  readonly pool: Combined;
  /** The parent's lines of the month after it. */
  readonly later: BillGroup;
  readonly months: readonly [string, string];
}

/** What moves to the later month, as either month sees it; undefined where nothing does, or where that month has children of its own to bill. */
function judge(context: RunContext, rows: GroupRows, { pool, later, months: [month, next] }: Two) {
  const used = pool.members.flatMap((g) => rows.rows(month, g.customerKey, g.tradeId));
  const own = namingAny(context, [later], next);
  const edge = used.filter((row) => isMonthEdge(row, month)).sort(byTime);
  const order = { earlier: pool.sums, later, edge: edge.map((row) => sumsOfRows([], [row])) };
  const verdict = edge.length === 0 || own.length > 0 ? ({ kind: 'none' } as const) : judgeSplit(order, context.settings.regime);
  if (verdict.kind === 'none') {
    // Some of its children are billed in the wrong month: all of its lines come to all of them.
    if (own.some((child) => rows.lines(next, child.customerKey, child.tradeId).length === 0)) return undefined;
    const together = judgeBillGroup(addSums([pool.sums, later]), context.settings.regime);
    if (together !== 'agreed' && together !== 'truncation') return undefined;
    const lines = rows.lines(next, later.customerKey, later.tradeId);
    return (cycle: string): Pick<Shared, 'elsewhere'> => ({
      elsewhere: { cycle, edge: false, rows: (cycle === next ? lines : used).map((row) => row.id) },
    });
  }
  return (cycle: string): Pick<Shared, 'split' | 'elsewhere'> =>
    verdict.kind === 'moved'
      ? { split: { cycle, rows: verdict.at.map((index) => edge[index]!) } }
      : { elsewhere: { cycle, edge: true, rows: edge.map((row) => row.id) } };
}

/** Its children do not come to what its lines bill. */
const isDiffering = ({ parent, verdict }: Combined): boolean => parent.lines > 0n && verdict === 'differs';

const groupsByKey = <G extends Pick<BillGroup, 'customerKey' | 'tradeId'>>(groups: readonly G[]): ReadonlyMap<string, G> =>
  new Map(groups.map((g) => [keyOf(g), g]));
