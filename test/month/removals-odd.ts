import { addMonths } from '../../electron/core/month.ts';
import { amount, leaves, plain, sums, type Change, type Removed } from './removals.ts';

const changed = 'SELECT customer_id FROM manager_history WHERE in_force = 1 GROUP BY customer_id HAVING count(*) > 1';
const bought = 'SELECT original_trade_id FROM consumption WHERE in_force = 1 AND bill_type = 1 AND original_trade_id IS NOT NULL';
const children = `SELECT trade_id FROM consumption WHERE in_force = 1 AND original_trade_id IN (${bought})`;
const refunds = `SELECT trade_id FROM consumption WHERE in_force = 1 AND bill_class = 'refund' AND original_trade_id IN (${children})`;
const ofOrders = (which: string): string => `trade_id IN (SELECT trade_id FROM ${which})`;

/** Where the rows of orders of rare shapes are, of customers whose manager changed, and of orders with sub-resources of other products. */
export const oddRows: Readonly<Record<string, string>> = {
  shared: ofOrders('consumption WHERE in_force = 1 GROUP BY trade_id HAVING count(DISTINCT customer_key) > 1'),
  split: ofOrders('partner_bill WHERE in_force = 1 GROUP BY trade_id HAVING count(DISTINCT cycle) > 1'),
  combined: `trade_id IN (${bought} UNION ${children} UNION ${refunds})`,
  subs: ofOrders('consumption WHERE in_force = 1 GROUP BY trade_id HAVING count(DISTINCT product_type) > 1'),
  changed: ofOrders(`consumption WHERE in_force = 1 AND customer_key IN (${changed})`),
};

/** The numbers of a combined order: of its parent, its children and their refunds; the row's own where the bill has it under that too. */
export function familyOf(r: Removed): string[] {
  const trade = r.row['trade_id'] as string;
  const own = r.db.prepare<[string], bigint>(
    `SELECT count(*) FROM consumption c JOIN partner_bill b USING (customer_key, trade_id)
      WHERE c.in_force = 1 AND b.in_force = 1 AND c.bill_type = 1 AND c.trade_id = ?`,
  );
  if (own.pluck().get(trade) !== 0n) return [trade];
  const links = r.db
    .prepare<[unknown], { trade: string; original: string; bought: bigint }>(
      `SELECT DISTINCT trade_id AS trade, original_trade_id AS original, bill_type = 1 AS bought FROM consumption
        WHERE customer_key = ? AND in_force = 1 AND trade_id IS NOT NULL AND original_trade_id IS NOT NULL`,
    )
    .all(r.row['customer_key']);
  const naming = (originals: readonly string[]): string[] => links.filter((l) => originals.includes(l.original)).map((l) => l.trade);
  const families = links
    .filter((l) => l.bought === 1n)
    .map(({ original }) => [original, ...naming([original]), ...naming(naming([original]))]);
  return families.find((family) => family.includes(trade)) ?? [trade];
}

/** Of an order with lines in two months: the month of its consumption, and how many of its rows were used at the end of that. */
interface Split {
  readonly month: string;
  readonly edge: bigint;
}

export function splitOf(r: Removed): Split | undefined {
  const { months, month, edge } = r.db
    .prepare<[unknown, unknown, unknown, unknown], { months: bigint; month: string | null; edge: bigint }>(
      `SELECT (SELECT count(DISTINCT cycle) FROM partner_bill WHERE customer_key = ? AND trade_id = ? AND in_force = 1) AS months,
              max(cycle) AS month, coalesce(sum(consumed_from >= date(cycle || '-01', '+1 month', '-1 day')), 0) AS edge
         FROM consumption WHERE customer_key = ? AND trade_id = ? AND in_force = 1`,
    )
    .get(r.row['customer_key'], r.row['trade_id'], r.row['customer_key'], r.row['trade_id'])!;
  return months === 2n && month !== null ? { month, edge } : undefined;
}

const isAtEdge = (r: Removed, month: string): boolean =>
  String(r.row['consumed_from']) >= `${month}-28` && String(r.row['consumed_from']).slice(0, 10) === lastDay(month);
const lastDay = (month: string): string =>
  new Date(Date.parse(`${addMonths(month, 1)}-01T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);

/**
 * A line or consumption row of an order that is split is missing in the month that bills it. What is used at the month's edge leaves that step in both
 * months with its consumption; a line for it leaves the step only where it was the next month's only one: then nothing says that it is billed there.
 */
export function splitChange(r: Removed, { month, edge }: Split, at: -1 | 0 | 1): Change {
  const bridge = addMonths(r.month, at);
  const line = r.row['customer_amount'] as bigint | undefined;
  if (line === undefined) {
    const due = amount(r, 'amount_due');
    if (!isAtEdge(r, month)) return plain(at === 0 ? -due : 0n);
    return at === 0 ? leaves('month-edge', -due) : { unexplained: -due, steps: { 'month-edge': due } };
  }
  if (r.month === month) return plain(at === 0 ? line : 0n);
  if (edge > 1n) return plain(bridge === month ? 0n : line);
  return bridge === month ? { unexplained: line, steps: { 'month-edge': -line } } : leaves('month-edge', line);
}

/** The due of the customer whose lines a deduction is for, where its order number stands on several. */
export function dueOfCustomer(r: Removed, paid: bigint): bigint {
  const customers = r.db
    .prepare<[unknown, unknown], { amount: bigint; due: bigint }>(
      `SELECT sum(customer_amount) AS amount, sum(amount_due) AS due FROM partner_bill WHERE cycle = ? AND in_force = 1 AND trade_id = ? GROUP BY customer_key`,
    )
    .all(r.month, r.row['trade_id']);
  const isNear = (n: bigint): boolean => n - paid < 1_000_000n && paid - n < 1_000_000n;
  return (customers.find((c) => isNear(c.amount)) ?? customers.find((c) => isNear(c.due)))!.due;
}

/** Has the order number lines of several customers in the month? */
export const isShared = (r: Removed): boolean =>
  sums<'n'>(r, 'SELECT count(DISTINCT customer_key) AS n FROM partner_bill WHERE cycle = :month AND in_force = 1 AND trade_id = :trade').n >
  1n;
