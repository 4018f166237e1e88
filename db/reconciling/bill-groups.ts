import type { BillSums } from '../../electron/core/judging/bill-group.ts';
import type { RowId } from '../../electron/core/row-id.ts';
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

/** What a row of the union is; the sorter carries few and narrow columns, and what they count for is told apart when they are added up. */
const is = { line: 1, adjustment: 2, flawed: 4, row: 8, precise: 16, referral: 32 } as const;
const has = (what: keyof typeof is): string => `(what & ${is[what]}) <> 0`;
const sumOf = (column: string, what: keyof typeof is): string => `coalesce(sum(${column}) FILTER (WHERE ${has(what)}), 0)`;

/** Bill lines as rows of the union: `amount` is the customer's, `second` the due. `from` names the line `b` and says which. */
const lineSide = (from: string): string => `
  SELECT b.customer_key AS customer_key, b.trade_id AS trade_id,
         ${is.line} + ${is.adjustment} * (b.bill_class IS 'adjustment') + ${is.flawed} * ${flawedSql} AS what,
         ${customerSql} AS amount, ${dueSql} AS second, coalesce(b.coupon_amount, 0) AS coupon, ${taxSql} AS tax
    FROM ${from}`;

/** Consumption rows as rows of the union: `amount` is the due, `second` the truncated amount; a referral row counts only as referral. `from` names the row `c` and says which. */
const rowSide = (from: string): string => `
  SELECT c.customer_key, c.trade_id,
         CASE ${resaleSql} WHEN 1 THEN ${is.row} + ${is.precise} * (coalesce(c.bill_type, 0) = 25) ELSE ${is.referral} END,
         coalesce(c.amount_due, 0), ${truncatedSql}, 0, 0
    FROM ${from}`;

const grouped = (lines: string, rows: string): string => `
  SELECT customer_key AS customerKey, trade_id AS tradeId, sum(${has('line')}) AS lines, ${sumOf('amount', 'line')} AS customer,
         ${sumOf('amount', 'adjustment')} AS adjustment, ${sumOf('second', 'line')} AS lineDue,
         sum(coupon) AS coupon, sum(coupon <> 0) AS couponLines, sum(tax) AS tax, sum(tax <> 0) AS taxLines, sum(${has('flawed')}) AS flawedLines,
         sum(${has('row')}) AS rows, ${sumOf('amount', 'row')} AS due, ${sumOf('second', 'row')} AS truncated,
         sum(${has('row')} AND second IS NULL) AS underivable, ${sumOf('amount', 'precise')} AS precision,
         CASE WHEN trade_id IS NULL THEN sum(${has('row')}) ELSE 1 END AS charges,
         sum(${has('referral')}) AS referralRows, ${sumOf('amount', 'referral')} AS referralDue
    FROM (${lineSide(lines)} UNION ALL ${rowSide(rows)})
   GROUP BY customer_key, trade_id
   ORDER BY customer_key, trade_id`;

/** Every (customer, trade id) of the month on either side, in key order; one pass over both tables. */
export function billGroups({ db, cycle }: RunContext): IterableIterator<BillGroup> {
  const sql = grouped(monthScan('partner_bill', 'b'), monthScan('consumption', 'c'));
  return db.prepare<{ cycle: string }, BillGroup>(sql).iterate({ cycle });
}

/** The groups whose keys are in TEMP `bill_key`, in key order, by the index. */
export function keyedBillGroups({ db, cycle }: RunContext): IterableIterator<BillGroup> {
  const of = (table: string, t: string): string =>
    `temp.bill_key o CROSS JOIN ${table} ${t} ON ${t}.cycle = :cycle AND ${t}.in_force = 1
       AND ${t}.customer_key = o.customer_key AND ${t}.trade_id IS o.trade_id`;
  return db.prepare<{ cycle: string }, BillGroup>(grouped(of('partner_bill', 'b'), of('consumption', 'c'))).iterate({ cycle });
}

/** Fills TEMP `bill_open` with the keys of groups that have a trade id, to look them up in other months. */
export function fillBillOpen(db: RunContext['db'], groups: readonly Pick<BillGroup, 'customerKey' | 'tradeId'>[]): void {
  db.exec(`DROP TABLE IF EXISTS temp.bill_open;
    CREATE TEMP TABLE bill_open (customer_key TEXT NOT NULL, trade_id TEXT NOT NULL, PRIMARY KEY (customer_key, trade_id)) WITHOUT ROWID`);
  const insert = db.prepare('INSERT INTO temp.bill_open (customer_key, trade_id) VALUES (?, ?)');
  for (const g of groups) insert.run(g.customerKey, g.tradeId);
}

/** The groups of another month that have one of the keys in TEMP `bill_open` (customer_key, trade_id), in key order. */
export function billGroupsOf({ db }: RunContext, cycle: string): BillGroup[] {
  const join = (table: string, alias: string): string =>
    `temp.bill_open o CROSS JOIN ${table} ${alias} ON ${alias}.cycle = :cycle AND ${alias}.in_force = 1
       AND ${alias}.customer_key = o.customer_key AND ${alias}.trade_id = o.trade_id`;
  const sql = grouped(join('partner_bill', 'b'), join('consumption', 'c'));
  return db.prepare<{ cycle: string }, BillGroup>(sql).all({ cycle });
}
