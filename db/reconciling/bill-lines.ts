import {
  customerOf,
  isFlawed,
  settledDue,
  settleLine,
  taxOf,
  unroundedDue,
  type PrintedLine,
} from '../../electron/core/judging/bill-line.ts';
import type { Settings } from '../../electron/core/settings.ts';
import type { RunContext } from './context.ts';

/** The tax of a `partner_bill` row under the alias `b`, as far as it can be in the line's due; a line without one follows the setting. Needs `addBillFunctions`. */
export const printedTaxSql = `CASE WHEN b.tax_amount IS NULL OR b.amount_due IS NOT NULL THEN b.tax_amount ELSE added_tax(b.tax_amount) END`;
/** The figures of a `partner_bill` row under the alias `b`, in the order of `PrintedLine`. */
const figures = `b.customer_amount, b.settlement_rate, b.settlement_amount, b.coupon_amount, ${printedTaxSql}, b.amount_due, b.settlement_scale`;

/** What the line asks us to pay, 1e-8 yuan: its due, else settlement − coupon + tax. Needs `addBillFunctions`. */
export const dueSql = `coalesce(b.amount_due, b.settlement_amount - coalesce(b.coupon_amount, 0) + coalesce(${printedTaxSql}, 0), bill_due(${figures}))`;
/** The due before a line rounded it to cents, 1e-8 yuan. Needs `addBillFunctions`. */
export const unroundedDueSql = `CASE WHEN b.amount_due IS NULL OR b.settlement_amount IS NULL THEN ${dueSql} ELSE bill_unrounded(${figures}) END`;
/** What the customer consumed, 1e-8 yuan: the printed customer amount, else the settlement before its discount. Needs `addBillFunctions`. */
export const customerSql = `coalesce(b.customer_amount, bill_customer(${figures}))`;
/** The tax inside the line's due, 1e-8 yuan. Needs `addBillFunctions`. */
export const taxSql = `CASE WHEN coalesce(b.tax_amount, 0) = 0 THEN 0 ELSE bill_tax(${figures}) END`;
/**
 * The due by the other reading of its tax: with all that is printed where the due may hold it already; of a line without a due where the file is to say it,
 * without the tax that was added. Needs `addBillFunctions`.
 */
export const taxedSql = `(${dueSql} + CASE WHEN coalesce(b.tax_amount, 0) = 0 THEN 0 WHEN b.amount_due IS NULL THEN other_tax(b.tax_amount) ELSE b.tax_amount - bill_tax(${figures}) END)`;
/** 1 where the line contradicts itself (bill.settlement, row.payment-parts). Needs `addBillFunctions`. */
export const flawedSql = `CASE WHEN b.settlement_amount IS NULL THEN 0 ELSE bill_flawed(${figures}) END`;

type Figure = bigint | null;

/** Gives this connection the line rules of core as SQL functions, so that they exist once, and what the settings say of tax. */
export function addBillFunctions({ db, settings }: Pick<RunContext, 'db'> & { readonly settings: Pick<Settings, 'billTax'> }): void {
  const { billTax } = settings;
  db.function('added_tax', { deterministic: true, safeIntegers: true }, (tax: Figure) => (billTax === 'inside' ? null : tax));
  const others = { inside: 1n, outside: 0n, fromFile: -1n };
  db.function('other_tax', { deterministic: true, safeIntegers: true }, (tax: bigint) => tax * others[billTax]);
  const add = (name: string, judge: (line: PrintedLine) => bigint): void => {
    db.function(
      name,
      { deterministic: true, safeIntegers: true },
      (customer: Figure, rate: Figure, settlement: Figure, coupon: Figure, tax: Figure, due: Figure, scale: Figure) =>
        judge({ customer, rate, settlement, coupon, tax, due, scale }),
    );
  };
  add('bill_due', settledDue);
  add('bill_unrounded', unroundedDue);
  add('bill_customer', customerOf);
  add('bill_tax', taxOf);
  add('bill_flawed', (line) => (isFlawed(settleLine(line)) ? 1n : 0n));
}
