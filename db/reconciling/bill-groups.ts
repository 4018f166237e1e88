import type { RowId } from '../../electron/core/finding.ts';
import type { BillSums } from '../../electron/core/judging/bill-group.ts';
import { customerSql, dueSql, flawedSql, taxSql } from './bill-lines.ts';
import { resaleSql, truncatedSql } from './consumption-role.ts';
import type { RunContext } from './context.ts';
import { monthScan } from './month-scan.ts';

/** Both sides of one (customer, trade id), or of a customer's rows without one, and the components of its lines. Amounts are 1e-8 yuan. */
export interface BillGroup extends BillSums {
  readonly customerKey: string;
  readonly tradeId: string | null;
  readonly lineDue: bigint;
  readonly coupon: bigint;
  readonly couponLines: bigint;
  readonly tax: bigint;
  readonly taxLines: bigint;
  readonly flawedLines: bigint;
  readonly referralRows: bigint;
  readonly referralDue: bigint;
  /** Its rows, where a match took others of its key. */
  readonly kept?: { readonly lines: readonly RowId[]; readonly rows: readonly RowId[] };
}

/** Bill lines as rows of the union; `from` names the line `b` and says which. */
const lineSide = (from: string): string => `
  SELECT b.customer_key AS customer_key, b.trade_id AS trade_id, 1 AS line, ${customerSql} AS customer,
         CASE WHEN b.bill_class = 'adjustment' THEN ${customerSql} ELSE 0 END AS adjustment, ${dueSql} AS line_due,
         coalesce(b.coupon_amount, 0) AS coupon, ${taxSql} AS tax, ${flawedSql} AS flawed,
         0 AS row, 0 AS due, 0 AS truncated, 0 AS underivable, 0 AS precision, 0 AS referral_row, 0 AS referral_due
    FROM ${from}`;

/** Consumption rows as rows of the union; a referral row counts only as referral. `from` names the row `c` and says which. */
const rowSide = (from: string): string => `
  SELECT customer_key, trade_id, 0, 0, 0, 0, 0, 0, 0,
         resale, resale * amount_due, resale * coalesce(truncated, 0), resale * (truncated IS NULL), resale * precise * amount_due,
         1 - resale, (1 - resale) * amount_due
    FROM (SELECT c.customer_key, c.trade_id, ${resaleSql} AS resale, coalesce(c.amount_due, 0) AS amount_due, ${truncatedSql} AS truncated,
                 coalesce(c.bill_type, 0) = 25 AS precise
            FROM ${from})`;

const grouped = (lines: string, rows: string): string => `
  SELECT customer_key AS customerKey, trade_id AS tradeId, sum(line) AS lines, sum(customer) AS customer, sum(adjustment) AS adjustment,
         sum(line_due) AS lineDue, sum(coupon) AS coupon, sum(coupon <> 0) AS couponLines, sum(tax) AS tax, sum(tax <> 0) AS taxLines,
         sum(flawed) AS flawedLines, sum(row) AS rows, sum(due) AS due, sum(truncated) AS truncated, sum(underivable) AS underivable,
         sum(precision) AS precision, CASE WHEN trade_id IS NULL THEN sum(row) ELSE 1 END AS charges,
         sum(referral_row) AS referralRows, sum(referral_due) AS referralDue
    FROM (${lineSide(lines)} UNION ALL ${rowSide(rows)})
   GROUP BY customer_key, trade_id
   ORDER BY customer_key, trade_id`;

/** Every (customer, trade id) of the month on either side, in key order; one pass over both tables. */
export function billGroups({ db, cycle }: RunContext): IterableIterator<BillGroup> {
  const sql = grouped(monthScan('partner_bill', 'b'), monthScan('consumption', 'c'));
  return db.prepare<{ cycle: string }, BillGroup>(sql).iterate({ cycle });
}

/** The groups of another month that have one of the keys in TEMP `bill_open` (customer_key, trade_id), in key order. */
export function billGroupsOf({ db }: RunContext, cycle: string): BillGroup[] {
  const join = (table: string, alias: string): string =>
    `temp.bill_open o CROSS JOIN ${table} ${alias} ON ${alias}.cycle = :cycle AND ${alias}.in_force = 1
       AND ${alias}.customer_key = o.customer_key AND ${alias}.trade_id = o.trade_id`;
  const sql = grouped(join('partner_bill', 'b'), join('consumption', 'c'));
  return db.prepare<{ cycle: string }, BillGroup>(sql).all({ cycle });
}
