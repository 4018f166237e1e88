import type { BridgeOrigin } from '../../electron/core/bridge-part.ts';
import { cutToCent, roundToCent } from '../../electron/core/money.ts';
import { subsetSum } from '../../electron/core/judging/subset-sum.ts';
import { hasRefundSql, cellKey, type CellKey } from './account-origins.ts';
import type { AccountPass } from './account-pass.ts';
import { customerSql, dueSql, taxedSql } from './bill-lines.ts';
import type { RunContext } from './context.ts';
import { ledgerOfMonth, type Deduction } from './ledger-orders.ts';

/** An order of the bill all of whose lines are of one day, and that no entry names. */
export interface DayOrder extends CellKey {
  readonly trade: string;
  readonly lines: bigint;
  readonly due: bigint;
  readonly taxed: bigint;
  readonly before: bigint;
}

/** Of more orders of a customer's day some come to nearly any amount by chance: they are not searched. */
const mostOrders = 10;

/** What an order may be deducted at, exactly or to whole cents. */
const amounts: readonly ((order: DayOrder) => bigint)[] = [
  (o) => o.due,
  (o) => o.before,
  (o) => o.taxed,
  (o) => roundToCent(o.due),
  (o) => roundToCent(o.taxed),
  (o) => cutToCent(o.due),
  (o) => cutToCent(o.taxed),
];

/**
 * Which of a customer's orders of the day an entry pays that is not the sum of all of them: those that come to exactly its amount, where no others do.
 * `cells` are the lines of the day that nothing pays yet.
 */
export function someOfTheDay(
  ofDay: readonly DayOrder[],
  { taken }: AccountPass,
  entry: Deduction,
  cells: readonly CellKey[],
): readonly DayOrder[] | 'several' | undefined {
  const open = new Set(cells.map(cellKey));
  const orders = ofDay.filter((o) => open.has(cellKey(o)) && ![taken.orders, taken.apart].some((names) => names.has(nameOf(o))));
  const found = new Map<string, readonly DayOrder[]>();
  for (const own of Map.groupBy(orders, (o) => o.customer).values()) {
    if (own.length > mostOrders) continue;
    for (const amountOf of amounts) {
      const sum = subsetSum(entry.amount, own.map(amountOf)); // prettier-ignore
      if (sum.state === 'ambiguous') return 'several';
      if (sum.state === 'found') found.set(JSON.stringify(sum.at.map((at) => nameOf(own[at]!))), sum.at.map((at) => own[at]!)); // prettier-ignore
    }
  }
  return found.size > 1 ? 'several' : [...found.values()][0];
}

const nameOf = ({ customer, trade }: DayOrder): string => `${customer}|${trade}`;

/** Books an entry against the orders that it pays. */
export function bookDayOrders({ cycle }: RunContext, pass: AccountPass, entry: Deduction, orders: readonly DayOrder[]): void {
  const due = orders.reduce((sum, o) => sum + o.due, 0n);
  const lines = orders.reduce((sum, o) => sum + o.lines, 0n);
  for (const order of orders) pass.taken.orders.add(nameOf(order));
  pass.notDeducted.amount -= due;
  pass.notDeducted.rows -= lines;
  const origin = (): BridgeOrigin => ({
    customerKey: orders[0]!.customer,
    key: [entry.flowId, entry.at],
    level: 'day',
    left: due,
    right: entry.amount,
    leftRows: lines,
    rightRows: 1,
    evidence: [
      ...orders.map((o) => ({
        side: 'left' as const,
        table: 'partner_bill',
        cycle,
        match: { customer_key: o.customer, trade_id: o.trade },
      })),
      { side: 'right', ids: [entry.id] },
    ],
  });
  if (due === entry.amount) pass.bridge.step('agreed', 0n, lines + 1n, origin);
  else pass.bridge.step('basis', entry.amount - due, lines + 1n, origin);
}

/** The orders that have all their lines on one of these days, by day; one pass over the month's bill. */
export function ordersOfDays({ db, cycle }: RunContext, days: readonly string[]): Map<string, DayOrder[]> {
  const orders = db
    .prepare<{ cycle: string; days: string }, DayOrder>(
      `SELECT min(substr(b.traded_at, 1, 10)) AS day, min(b.billing_mode) AS mode, b.customer_key AS customer, b.trade_id AS trade,
              min(coalesce(b.product_type, b.product_type_code)) AS product, ${hasRefundSql} AS back, count(*) AS lines,
              sum(${dueSql}) AS due, sum(${taxedSql}) AS taxed, sum(${customerSql}) AS before
         FROM partner_bill b
        WHERE b.cycle = :cycle AND b.in_force = 1 AND b.trade_id IS NOT NULL
          AND b.trade_id NOT IN (SELECT a.trade_id FROM ${ledgerOfMonth} AND a.trade_id IS NOT NULL)
        GROUP BY b.customer_key, b.trade_id
       HAVING day IN (SELECT value FROM json_each(:days)) AND min(substr(b.traded_at, 1, 10)) = max(substr(b.traded_at, 1, 10)) AND count(*) = count(b.traded_at)
        ORDER BY b.customer_key, b.trade_id`,
    )
    .all({ cycle, days: JSON.stringify(days) });
  return Map.groupBy(orders, (o) => o.day);
}
