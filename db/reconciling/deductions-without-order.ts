import { meets } from '../../electron/core/judging/order-deduction.ts';
import { addMonths } from '../../electron/core/month.ts';
import type { AccountPass } from './account-pass.ts';
import { customerSql, dueSql, taxedSql } from './bill-lines.ts';
import type { RunContext } from './context.ts';
import { claimWithoutBill } from './deduction-orders.ts';
import { deductionsOf, ledgerOfMonth } from './ledger-orders.ts';

interface Day {
  readonly day: string;
  readonly lines: bigint;
  readonly due: bigint;
  readonly taxed: bigint;
  readonly customer: bigint;
  /** Σ due and Σ due with tax of its orders, each in whole cents. */
  readonly dueInCents: bigint;
  readonly taxedInCents: bigint;
}

/**
 * Entries without an order number: a repayment of an earlier bill (its type says so, or it is that bill's exact amount), else the sum of one
 * day's lines that have no entry of their own, each day once; else a finding.
 */
export function judgeWithoutOrder(context: RunContext, pass: AccountPass): void {
  const entries = deductionsOf(context, 'without-order');
  if (entries.length === 0) return;
  const days = new Map(undeductedDays(context).map((d) => [d.day, d]));
  const bills = new Set(earlierBills(context));
  for (const entry of entries) {
    const day = days.get(entry.at.slice(0, 10));
    if (/还款|repay/i.test(entry.detail ?? '') || (entry.amount > 0n && bills.delete(entry.amount))) {
      pass.bridge.step('repayment', entry.amount, 1);
    } else if (day && [day.due, day.taxed, day.customer, day.dueInCents, day.taxedInCents].some((sum) => meets(entry.amount, sum))) {
      days.delete(day.day);
      pass.notDeducted.amount -= day.due;
      pass.notDeducted.rows -= day.lines;
      if (day.due === entry.amount) pass.bridge.step('agreed', 0n, day.lines + 1n);
      else pass.bridge.step('basis', entry.amount - day.due, day.lines + 1n);
    } else claimWithoutBill(context, pass, entry);
  }
}

/** Half away from zero, as every rounding to cents. */
const inCents = (sum: string): string => `(${sum} + CASE WHEN ${sum} < 0 THEN -500000 ELSE 500000 END) / 1000000 * 1000000`;

/** Per day of trade, the month's lines whose order has no entry of its own. */
function undeductedDays({ db, cycle }: RunContext): Day[] {
  return db
    .prepare<{ cycle: string }, Day>(
      `SELECT day, sum(lines) AS lines, sum(due) AS due, sum(taxed) AS taxed, sum(customer) AS customer,
              sum(${inCents('due')}) AS dueInCents, sum(${inCents('taxed')}) AS taxedInCents
         FROM (SELECT substr(b.traded_at, 1, 10) AS day, count(*) AS lines, sum(${dueSql}) AS due, sum(${taxedSql}) AS taxed, sum(${customerSql}) AS customer
                 FROM partner_bill b
                WHERE b.cycle = :cycle AND b.in_force = 1 AND b.traded_at IS NOT NULL
                  AND (b.trade_id IS NULL OR b.trade_id NOT IN (SELECT a.trade_id FROM ${ledgerOfMonth} AND a.trade_id IS NOT NULL))
                GROUP BY day, coalesce(b.trade_id, b.id))
        GROUP BY day
        ORDER BY day`,
    )
    .all({ cycle });
}

/** What the bills of earlier months came to, as stated and as their lines add up. */
function earlierBills({ db, cycle }: RunContext): bigint[] {
  const from = addMonths(cycle, -6);
  const stated = db
    .prepare<[string, string], bigint>(
      'SELECT sum(amount_due) FROM bill_summary WHERE cycle >= ? AND cycle < ? AND in_force = 1 GROUP BY cycle ORDER BY cycle',
    )
    .pluck()
    .all(from, cycle);
  return stated.filter((total) => total > 0n);
}
