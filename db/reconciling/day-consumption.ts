import { cutToCent, roundToCent } from '../../electron/core/money.ts';
import { addMonths } from '../../electron/core/month.ts';
import type { AccountPass } from './account-pass.ts';
import { resaleSql, truncatedSql } from './consumption-role.ts';
import type { RunContext } from './context.ts';
import { paidBy, type Cell } from './day-sums.ts';
import { ledgerOfMonth, type Deduction } from './ledger-orders.ts';

/** An order of a day that only the consumption has: a referral customer's, which is in no bill, or one whose line the bill lacks. */
export interface Unbilled extends Cell {
  readonly resale: boolean;
  readonly trade: string | null;
}
interface Used {
  readonly day: string;
  readonly cycle: string;
  readonly mode: string | null;
  readonly customer: string;
  readonly trade: string | null;
  readonly product: string | null;
  readonly back: bigint;
  readonly resale: bigint;
  readonly due: bigint;
  readonly other: bigint;
  readonly money: bigint;
  readonly truncated: bigint;
}

/** What was consumed on these days, is in no bill and has no entry of its own, by day; what is charged on the first day may be the month before's. */
export function unbilledOfDays(context: RunContext, pass: AccountPass, days: readonly string[]): Map<string, Unbilled[]> {
  const { db, cycle } = context;
  const months = [cycle, addMonths(cycle, -1)].filter((month) => context.has('consumption', month));
  const other = 'coalesce(c.amount_due, 0) - coalesce(c.coupon_amount, 0)';
  const find = db.prepare<{ cycle: string; month: string; days: string }, Used>(
    `SELECT substr(c.traded_at, 1, 10) AS day, c.cycle AS cycle, min(c.billing_mode) AS mode, c.customer_key AS customer, c.trade_id AS trade,
            min(coalesce(c.product_type, c.product_type_code)) AS product, max(coalesce(c.bill_class, '') = 'refund') AS back, max(${resaleSql}) AS resale,
            sum(coalesce(c.amount_due, 0)) AS due, sum(${other}) AS other, coalesce(sum(${truncatedSql}), 0) AS truncated,
            sum(CASE WHEN c.cash_amount IS NULL AND c.credit_amount IS NULL THEN ${other} ELSE coalesce(c.cash_amount, 0) + coalesce(c.credit_amount, 0) END) AS money
       FROM consumption c
      WHERE c.cycle = :month AND c.in_force = 1 AND substr(c.traded_at, 1, 10) IN (SELECT value FROM json_each(:days))
        AND (c.trade_id IS NULL OR c.trade_id NOT IN (SELECT a.trade_id FROM ${ledgerOfMonth.replace('= :cycle', 'IN (:cycle, :month)')} AND a.trade_id IS NOT NULL))
        AND CASE ${resaleSql} WHEN 0 THEN 1 ELSE c.trade_id NOT IN (SELECT b.trade_id FROM partner_bill b
              WHERE b.cycle IN (:cycle, :month) AND b.in_force = 1 AND b.trade_id IS NOT NULL) END
      GROUP BY day, c.customer_key, coalesce(c.trade_id, c.id)
      ORDER BY day, c.customer_key, c.trade_id`,
  );
  const used = months.flatMap((month) => find.all({ cycle, month, days: JSON.stringify(days) }));
  return Map.groupBy(
    used.filter((u) => !pass.allocated().has(u.customer) && !pass.taken.apart.has(`${u.customer}|${u.trade}`)).map((u) => cellOf(pass, u)),
    (cell) => cell.day,
  );
}

/** A referral customer's order comes to what was paid of it, one whose line is missing to what that would be at the customer's settlement rates. */
function cellOf({ rates }: AccountPass, used: Used): Unbilled {
  const { customer, cycle, product, due, truncated } = used;
  const of = { cycle, customerKey: customer, product, due, truncated };
  const isResale = used.resale === 1n;
  const [settled, ...more] = isResale ? [rates.onlyDue(of), ...rates.dues(of)].filter((amount) => amount !== undefined) : [used.money];
  const amounts = { due: settled ?? due, taxed: isResale ? (more[0] ?? settled ?? due) : used.other, before: due };
  return {
    day: used.day,
    mode: used.mode,
    customer,
    product,
    back: used.back,
    resale: isResale,
    trade: used.trade,
    lines: 0n,
    ...amounts,
    dueInCents: roundToCent(amounts.due),
    taxedInCents: roundToCent(amounts.taxed),
    dueCut: cutToCent(amounts.due),
    taxedCut: cutToCent(amounts.taxed),
  };
}

/**
 * What a sum pays of the day's consumption that no bill has: referral customers' alone; or lines of the bill with those that are missing beside them,
 * which is the bill's fault alone; or all of these.
 */
export function paidWithUnbilled(
  lines: readonly Cell[],
  unbilled: readonly Unbilled[],
  { amount }: Deduction,
  alike: number,
): readonly (Cell | Unbilled)[] | 'several' | undefined {
  const referral = unbilled.filter((u) => !u.resale);
  const missing = unbilled.filter((u) => u.resale);
  const attempts: readonly (readonly (Cell | Unbilled)[])[] = [
    referral,
    ...(missing.length > 0 ? [[...lines, ...missing]] : []),
    ...(referral.length > 0 ? [[...lines, ...unbilled]] : []),
  ];
  for (const cells of attempts) {
    const paid = paidBy(cells, amount, alike);
    if (paid !== undefined) return paid;
  }
  return undefined;
}

export const isUnbilled = (cell: Cell | Unbilled): cell is Unbilled => 'resale' in cell;
