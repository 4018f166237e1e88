import { addSums, judgeBillGroup } from '../../electron/core/judging/bill-group.ts';
import { isMonthEdge } from '../../electron/core/judging/month-edge.ts';
import { addMonths } from '../../electron/core/month.ts';
import { prepared } from '../prepared.ts';
import { combinedOrders, mayCombine, type Combined } from './bill-combined.ts';
import { keyOf } from './bill-combined-elsewhere.ts';
import type { Shared } from './bill-combined-split.ts';
import { billGroupsOf, fillBillOpen, type BillGroup } from './bill-groups.ts';
import type { GroupRows } from './bill-rows.ts';
import type { RunContext } from './context.ts';

type Key = Pick<BillGroup, 'customerKey' | 'tradeId'>;

/**
 * Combined orders that were used under the parent's number and are billed under the children's, some of these in the next month though not used at the
 * edge: all lines of both months come to what was used.
 */
export function lateChildren(context: RunContext, rows: GroupRows, combined: readonly Combined[], alone: readonly BillGroup[]): Shared[] {
  return [...billedLater(context, rows, combined.filter(isShort)), ...usedBefore(context, rows, alone)];
}

const isShort = ({ parent, verdict }: Combined): boolean => parent.lines === 0n && verdict === 'differs';

/** The order is here, the rest of its children's lines in the next month. */
function billedLater(context: RunContext, rows: GroupRows, pools: readonly Combined[]): Shared[] {
  const at = addMonths(context.cycle, 1);
  return pools.flatMap((pool): Shared[] => {
    const keys = linesNaming(context, at, pool.parent);
    if (keys.length === 0) return [];
    fillBillOpen(context.db, keys);
    const later = billGroupsOf(context, at).filter((g) => g.rows === 0n);
    if (!isWhole(context, rows, pool, later, [context.cycle, at])) return [];
    const lines = later.flatMap((g) => rows.lines(at, g.customerKey, g.tradeId));
    return [{ ...pool, elsewhere: { cycle: at, edge: false, rows: lines.map((line) => line.id) } }];
  });
}

/** The rest of its children's lines is here, the order in the month before. */
function usedBefore(context: RunContext, rows: GroupRows, alone: readonly BillGroup[]): Shared[] {
  const { cycle, db, settings } = context;
  const at = addMonths(cycle, -1);
  if (alone.length === 0 || !context.has('consumption', at) || !context.has('partner-bill', at)) return [];
  const parents = Map.groupBy(alone, (g) => {
    const lines = rows.lines(cycle, g.customerKey, g.tradeId);
    const [parent, ...more] = new Set(lines.map((line) => (line.billClass === 'refund' ? null : line.originalTradeId)));
    return parent && more.length === 0 ? keyOf({ customerKey: g.customerKey, tradeId: parent }) : '';
  });
  return [...parents].flatMap(([key, later]): Shared[] => {
    if (key === '') return [];
    const [customerKey, tradeId] = JSON.parse(key) as [string, string];
    const used = rows.rows(at, customerKey, tradeId).map((row) => row.id);
    if (used.length === 0 || rows.lines(at, customerKey, tradeId).length > 0) return [];
    fillBillOpen(db, [{ customerKey, tradeId }, ...linesNaming(context, at, { customerKey, tradeId })]);
    const there = billGroupsOf(context, at).filter((group) =>
      mayCombine(rows, at, { group, verdict: judgeBillGroup(group, settings.regime) }),
    );
    const pool = combinedOrders({ ...context, cycle: at }, rows, there).combined.find((c) => isShort(c) && c.parent.tradeId === tradeId);
    if (!pool || !isWhole(context, rows, pool, later, [at, cycle])) return [];
    const sums = addSums(later);
    const parent = { ...later[0]!, tradeId };
    return [
      { parent, members: later, sums, verdict: judgeBillGroup(sums, settings.regime), elsewhere: { cycle: at, edge: false, rows: used } },
    ];
  });
}

/** Do the lines of both months come to the whole order, those of the later month not for what was used at the edge? */
function isWhole(
  { settings }: RunContext,
  rows: GroupRows,
  pool: Combined,
  later: readonly BillGroup[],
  [month, next]: readonly [string, string],
): boolean {
  const together = judgeBillGroup(addSums([pool.sums, ...later]), settings.regime);
  const lines = later.flatMap((g) => rows.lines(next, g.customerKey, g.tradeId));
  return (together === 'agreed' || together === 'truncation') && lines.length > 0 && !lines.some((line) => isMonthEdge(line, month));
}

/** The orders of a month's bill that name one as their original, but its refunds. */
function linesNaming({ db }: RunContext, cycle: string, { customerKey, tradeId }: Key): Key[] {
  return prepared<[string, string, string | null], Key>(
    db,
    `SELECT DISTINCT customer_key AS customerKey, trade_id AS tradeId FROM partner_bill
      WHERE cycle = ? AND in_force = 1 AND customer_key = ? AND original_trade_id = ? AND trade_id IS NOT NULL AND trade_id <> original_trade_id
        AND coalesce(bill_class, '') <> 'refund' ORDER BY 1, 2`,
  ).all(cycle, customerKey, tradeId);
}
