import { neighbours } from '../../electron/core/judging/month-edge.ts';
import type { BillingCycle } from '../../electron/core/month.ts';
import type { AccountPass } from './account-pass.ts';
import { customerSql, dueSql, taxedSql } from './bill-lines.ts';
import type { RunContext } from './context.ts';
import { ledgerOfMonth, type Deduction, type LedgerOrder } from './ledger-orders.ts';
import type { Basis } from './ledger-sums.ts';
import { monthScan } from './month-scan.ts';
import type { OrderMonth } from './order-facts.ts';

/** Lines of one order of the month's bill that the ledger does not have under its own number; amounts in 1e-8 yuan. */
export interface Billed extends Readonly<Record<Basis, bigint>> {
  readonly customerKey: string;
  readonly tradeId: string;
  /** The number of the combined order. */
  readonly parent: string;
  readonly lines: bigint;
}
/**
 * What a month's bill has without an entry of its own, by the order that it is or names as its original, of these: all lines of such a number, also those
 * that take it back under it.
 */
export function billedOf(
  { db, cycle }: RunContext,
  parents: Iterable<string>,
  number: 'trade_id' | 'original_trade_id',
  at = cycle,
): Map<string, Billed[]> {
  const entered = (month: string): string => `SELECT a.trade_id FROM ${ledgerOfMonth.replace(':cycle', month)} AND a.trade_id IS NOT NULL`;
  const lines = db
    .prepare<{ cycle: string; here: string; parents: string }, Billed>(
      `WITH billed AS MATERIALIZED (
         SELECT b.customer_key AS customer_key, b.trade_id AS trade_id, min(b.${number}) AS parent
           FROM ${monthScan('partner_bill', 'b')} AND b.${number} IN (SELECT value FROM json_each(:parents)) AND b.trade_id IS NOT NULL
            AND coalesce(b.bill_class, '') <> 'refund' AND b.trade_id NOT IN (${entered(':cycle')}) AND b.trade_id NOT IN (${entered(':here')})
          GROUP BY b.customer_key, b.trade_id
       )
       SELECT n.customer_key AS customerKey, n.trade_id AS tradeId, n.parent AS parent, count(*) AS lines,
              sum(${dueSql}) AS due, sum(${taxedSql}) AS taxed, sum(${customerSql}) AS customer
         FROM billed n CROSS JOIN partner_bill b
        WHERE b.cycle = :cycle AND b.in_force = 1 AND b.customer_key = n.customer_key AND b.trade_id = n.trade_id
        GROUP BY n.customer_key, n.trade_id ORDER BY n.customer_key, n.trade_id`,
    )
    .all({ cycle: at, here: cycle, parents: JSON.stringify([...parents]) });
  return Map.groupBy(lines, (line) => keyOf(line.customerKey, line.parent));
}

export const keyOf = (customerKey: string, tradeId: string): string => JSON.stringify([customerKey, tradeId]);

/** What a month's bill says of a child. */
export function factOf(
  { cycle }: Pick<RunContext, 'cycle'>,
  { customerKey, tradeId, parent, lines, due, taxed, customer }: Billed,
): OrderMonth {
  const what = { tradeId, cycle, from: 'bill', customerKey, accountName: null, product: null, resale: true, original: parent } as const;
  return { ...what, lines, due, taxed, other: customer, money: customer, truncated: 0n };
}

/**
 * What the bills of this month and those beside it have of the children of these orders, by the parent's number, where it lies over months: a bill
 * beside has some, or its accounts have the parent. Only where all are one customer's.
 */
export function childrenOverMonths(
  context: RunContext,
  orders: readonly LedgerOrder[],
  here: readonly Billed[],
  others: ReadonlyMap<string, unknown>,
): Map<string, readonly OrderMonth[]> {
  const parents = new Set(orders.map((order) => order.tradeId!));
  if (parents.size === 0) return new Map();
  const at = (cycle: BillingCycle, billed: readonly Billed[]): OrderMonth[] => billed.map((child) => factOf({ cycle }, child));
  const own = at(context.cycle, here.filter(({ parent }) => parents.has(parent))); // prettier-ignore
  const beside = neighbours(context.cycle).flatMap((cycle) =>
    [...billedOf(context, parents, 'original_trade_id', cycle).values()].flatMap((billed) => at(cycle, billed)),
  );
  const all = Map.groupBy([...own, ...beside], (fact) => fact.original!);
  const isOver = (facts: readonly OrderMonth[], parent: string): boolean =>
    (others.has(parent) || facts.some((fact) => fact.cycle !== context.cycle)) && new Set(facts.map((fact) => fact.customerKey)).size === 1;
  return new Map([...all].filter(([parent, facts]) => isOver(facts, parent)));
}

/** A combined order with the lines that this month's bill has of its children: they are deducted with it. */
export function takeChildren(
  { notDeducted, taken }: AccountPass,
  order: Pick<LedgerOrder, 'tradeId' | 'entries' | 'paid'>,
  children: readonly OrderMonth[],
  entries: readonly Deduction[],
): LedgerOrder {
  const sum = (of: 'lines' | 'due' | 'taxed' | 'other'): bigint => children.reduce((n, fact) => n + fact[of], 0n);
  const amounts = { lines: sum('lines'), due: sum('due'), taxed: sum('taxed'), customer: sum('other') };
  notDeducted.amount -= amounts.due;
  notDeducted.rows -= amounts.lines;
  for (const { customerKey, tradeId } of children) taken.orders.add(`${customerKey}|${tradeId}`);
  return { ...order, ...amounts, only: entries.map((entry) => entry.id), children };
}
