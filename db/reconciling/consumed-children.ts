import { neighbours } from '../../electron/core/judging/month-edge.ts';
import type { RunContext } from './context.ts';
import { ledgerOfMonth } from './ledger-orders.ts';
import { monthScan } from './month-scan.ts';
import { factsOfOrder, type OrderMonth } from './order-facts.ts';

interface Child {
  readonly parent: string;
  readonly customerKey: string;
  readonly tradeId: string;
}

/**
 * What the consumption of this month and its neighbours says of combined orders (组合交易单) in TEMP `ledger_open` that nothing knows by their own number,
 * by their children's, which have no entry of their own; only where they are one customer's.
 */
export function consumedChildren(context: RunContext, known: ReadonlyMap<string, unknown>): Map<string, OrderMonth[]> {
  const { db, cycle } = context;
  const find = db.prepare<{ cycle: string; here: string }, Child>(
    `SELECT DISTINCT c.original_trade_id AS parent, c.customer_key AS customerKey, c.trade_id AS tradeId
       FROM ${monthScan('consumption', 'c')} AND c.original_trade_id IN (SELECT trade_id FROM temp.ledger_open)
        AND c.trade_id IS NOT NULL AND c.trade_id <> c.original_trade_id AND coalesce(c.bill_class, '') <> 'refund'
        AND c.trade_id NOT IN (SELECT a.trade_id FROM ${ledgerOfMonth.replace(':cycle', ':here')} AND a.trade_id IS NOT NULL)
      ORDER BY parent, customerKey, tradeId`,
  );
  const children = [cycle, ...neighbours(cycle)].flatMap((month) =>
    find.all({ cycle: month, here: cycle }).map((child) => ({ ...child, month })),
  );
  const families = Map.groupBy(
    children.filter((child) => !known.has(child.parent)),
    (child) => child.parent,
  );
  return new Map(
    [...families]
      .filter(([, own]) => new Set(own.map((child) => child.customerKey)).size === 1)
      .map(([parent, own]) => [
        parent,
        own.flatMap(({ month, customerKey, tradeId }) =>
          factsOfOrder(context, month, customerKey, tradeId).filter((f) => f.from === 'consumption'),
        ),
      ]),
  );
}
