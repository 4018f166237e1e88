import { addBillFunctions, customerSql, dueSql, flawedSql, taxSql } from './bill-lines.ts';
import { resaleSql, truncatedSql } from './consumption-role.ts';
import type { RunContext } from './context.ts';
import { monthScan } from './month-scan.ts';
import { inSheets } from './sheet-steps.ts';

/** Orders of both statements that agree at once, or differ by exactly what was truncated: nothing of them is left to look at. */
export interface AgreedBills {
  readonly groups: bigint;
  readonly agreedRows: bigint;
  readonly truncated: bigint;
  readonly truncatedRows: bigint;
  readonly discount: bigint;
  readonly discountLines: bigint;
}

/** What a row is; a line that contradicts itself leaves its group open. */
const is = { row: 0, line: 1, flawed: 2 } as const;
const sum = (column: string, what: keyof typeof is): string => `coalesce(sum(${column}) FILTER (WHERE what = ${is[what]}), 0)`;
/** A group's rows and its lines, in one sum: each further one over all rows takes its time. */
const counted = { sql: `sum(1 + (what = ${is.line}) * 2147483648)`, rows: 'counts % 2147483648', lines: 'counts / 2147483648' };
/** How a group agrees. */
const how = { open: 0, equal: 1, truncated: 2 } as const;

/**
 * Finds the orders that agree by sorting no more than keys and two amounts of bill lines and resale rows; TEMP `bill_key` keeps the keys of all others.
 * Undefined where those have more than a few of the month's rows: then it is quicker to read all. Needs `addBillFunctions` and `addRoleFunctions`.
 */
export function agreedBills({ db, cycle }: RunContext): AgreedBills | undefined {
  db.exec('DROP TABLE IF EXISTS temp.bill_key');
  // Of what agrees only the sums are written.
  db.prepare(
    `CREATE TEMP TABLE bill_key AS
     SELECT CASE agrees WHEN ${how.open} THEN customer_key END AS customer_key, CASE agrees WHEN ${how.open} THEN trade_id END AS trade_id,
            agrees, ${counted.lines} AS lines, ${counted.rows} AS rows, -balance AS remainder, discount
       FROM (
         SELECT customer_key, trade_id, counts, balance, discount,
                CASE WHEN trade_id IS NULL OR most <> ${is.line} OR ${counted.lines} = ${counted.rows} THEN ${how.open}
                     WHEN balance = 0 THEN ${how.equal} WHEN balance = truncated THEN ${how.truncated} ELSE ${how.open} END AS agrees
           FROM (
             SELECT customer_key, trade_id, ${counted.sql} AS counts, max(what) AS most,
                    sum(CASE what WHEN ${is.row} THEN -amount ELSE amount END) AS balance,
                    ${sum('second', 'line')} AS discount, ${sum('second', 'row')} AS truncated
               FROM (
                 SELECT b.customer_key AS customer_key, b.trade_id AS trade_id, CASE ${flawedSql} WHEN 1 THEN ${is.flawed} ELSE ${is.line} END AS what,
                        ${customerSql} AS amount, ${customerSql} - ${dueSql} - coalesce(b.coupon_amount, 0) + ${taxSql} AS second
                   FROM ${monthScan('partner_bill', 'b')}
                 UNION ALL
                 SELECT c.customer_key, c.trade_id, ${is.row}, coalesce(c.amount_due, 0), ${truncatedSql} FROM ${monthScan('consumption', 'c')} AND ${resaleSql} = 1
               )
              GROUP BY trade_id, customer_key
           )
       )`,
  ).run({ cycle });
  const total = (column: string, where: string): string => `coalesce(sum(${column}) FILTER (WHERE ${where}), 0)`;
  const { few, ...agreed } = db
    .prepare<[], AgreedBills & { readonly few: bigint }>(
      `SELECT count(*) FILTER (WHERE agrees <> ${how.open}) AS groups, ${total('rows', `agrees = ${how.equal}`)} AS agreedRows,
              ${total('remainder', `agrees = ${how.truncated}`)} AS truncated, ${total('rows', `agrees = ${how.truncated}`)} AS truncatedRows,
              ${total('discount', `agrees <> ${how.open}`)} AS discount,
              ${total('lines', `agrees <> ${how.open} AND discount <> 0`)} AS discountLines,
              ${total('rows', `agrees = ${how.open}`)} * 4 < coalesce(sum(rows), 0) AS few
         FROM temp.bill_key`,
    )
    .get()!;
  return few === 1n ? agreed : undefined;
}

/** 1e-8 yuan, and the lines that have it. */
type LineSum = 'due' | 'coupon' | 'couponLines' | 'tax' | 'taxLines';

export type LineSums = Readonly<Record<LineSum, bigint>>;

/** What the month's bill lines come to, with what they have in them that is no group's difference. */
export function lineSums(context: RunContext): LineSums {
  const sheets = inSheets(context, 'lines', ['partner-bill', 'b'], (ask, own) => {
    addBillFunctions(own);
    return ask<Record<LineSum, bigint>>(
      (
        from,
        where,
      ) => `SELECT coalesce(sum(due), 0) AS due, coalesce(sum(coupon), 0) AS coupon, coalesce(sum(coupon <> 0), 0) AS couponLines,
                               coalesce(sum(tax), 0) AS tax, coalesce(sum(tax <> 0), 0) AS taxLines
         FROM (SELECT ${dueSql} AS due, coalesce(b.coupon_amount, 0) AS coupon, ${taxSql} AS tax FROM ${from} WHERE ${where})`,
    );
  });
  const total = (of: LineSum): bigint => sheets.flat().reduce((n, sheet) => n + sheet[of], 0n);
  return { due: total('due'), coupon: total('coupon'), couponLines: total('couponLines'), tax: total('tax'), taxLines: total('taxLines') };
}

/** What of the month's consumption is no resale. */
export function referralSums({ db, cycle }: RunContext): Readonly<Record<'referralRows' | 'referralDue', bigint>> {
  return db
    .prepare<{ cycle: string }, Record<'referralRows' | 'referralDue', bigint>>(
      `SELECT count(*) AS referralRows, coalesce(sum(c.amount_due), 0) AS referralDue FROM ${monthScan('consumption', 'c')} AND ${resaleSql} <> 1`,
    )
    .get({ cycle })!;
}
