import { meets } from '../../electron/core/judging/order-deduction.ts';
import { hasRefundSql, type CellKey } from './account-origins.ts';
import { customerSql, dueSql, taxedSql } from './bill-lines.ts';
import type { RunContext } from './context.ts';
import { ledgerOfMonth } from './ledger-orders.ts';

/** What one sum of a day may pay, with what it comes to on each basis. */
export interface Cell extends CellKey {
  readonly lines: bigint;
  readonly due: bigint;
  readonly taxed: bigint;
  readonly before: bigint;
  /** Σ due and Σ due with tax of its orders, each rounded to cents, and each without its fraction of a cent (rules §2). */
  readonly dueInCents: bigint;
  readonly taxedInCents: bigint;
  readonly dueCut: bigint;
  readonly taxedCut: bigint;
}

/** What may be deducted in one sum: the whole day first, then its parts, the coarsest first. */
const groupings: readonly ((c: Cell) => string)[] = [
  () => '',
  (c) => `${c.mode}`,
  (c) => c.customer,
  (c) => `${c.product}`,
  (c) => `${c.customer}|${c.mode}`,
  (c) => `${c.product}|${c.mode}`,
  (c) => `${c.customer}|${c.product}`,
  (c) => `${c.customer}|${c.product}|${c.mode}`,
];

type Sum = 'lines' | 'due' | 'taxed' | 'before' | 'dueInCents' | 'taxedInCents' | 'dueCut' | 'taxedCut';
export const total = (cells: readonly Cell[], of: Sum): bigint => cells.reduce((sum, c) => sum + c[of], 0n);
const bases: readonly Sum[] = ['due', 'taxed', 'before', 'dueInCents', 'taxedInCents', 'dueCut', 'taxedCut'];

export const comesTo = (cells: readonly Cell[], amount: bigint): boolean => bases.some((basis) => meets(amount, total(cells, basis)));

/** The cells that together come to the amount, all of the day, else what goes its way only: refunds may come back in a sum of their own. */
export function paidBy<C extends Cell>(cells: readonly C[], amount: bigint, entries: number): readonly C[] | 'several' | undefined {
  const oneWay = cells.filter((c) => Number(c.back) === Number(amount < 0n));
  return groupPaidBy(cells, amount, entries) ?? (oneWay.length < cells.length ? groupPaidBy(oneWay, amount, entries) : undefined);
}

/** The cells that come to the amount with some of the month before, or those of the month before alone. */
export function paidWithBefore(cells: readonly Cell[], before: readonly Cell[], amount: bigint): readonly Cell[] | undefined {
  if (before.length === 0) return undefined;
  const paid = paidBy([...cells, ...before], amount, 1) ?? paidBy(before, amount, 1);
  return paid === 'several' ? undefined : paid;
}

/** Of several groups of a kind that come to the amount the first only where so many entries of the amount are there as groups. */
function groupPaidBy<C extends Cell>(cells: readonly C[], amount: bigint, entries: number): readonly C[] | 'several' | undefined {
  for (const grouping of groupings) {
    const groups = [...Map.groupBy(cells, grouping).values()];
    const fitting = groups.filter((group) => comesTo(group, amount));
    if (fitting.length > entries) return 'several';
    if (fitting[0]) return fitting[0];
  }
  return undefined;
}

/** Half away from zero, as every rounding to cents. */
const inCents = (sum: string): string => `(${sum} + CASE WHEN ${sum} < 0 THEN -500000 ELSE 500000 END) / 1000000 * 1000000`;
const cut = (sum: string): string => `${sum} / 1000000 * 1000000`;

/** What no day's sum pays: some orders (`customer|trade id`), and what customers consume who live from allocations. */
export interface InNoSum {
  readonly apart: ReadonlySet<string>;
  readonly allocated: ReadonlySet<string>;
}

/** The lines of a bill traded on these days that a sum may pay: their order has no entry of its own. */
export function undeducted(
  { db, cycle }: Pick<RunContext, 'db' | 'cycle'>,
  days: readonly string[],
  { apart, allocated }: InNoSum,
  bill = cycle,
): Cell[] {
  return db
    .prepare<{ cycle: string; bill: string; days: string; apart: string }, Cell>(
      `SELECT day, mode, customer, product, back, sum(lines) AS lines, sum(due) AS due, sum(taxed) AS taxed, sum(before) AS before,
              sum(${inCents('due')}) AS dueInCents, sum(${inCents('taxed')}) AS taxedInCents, sum(${cut('due')}) AS dueCut, sum(${cut('taxed')}) AS taxedCut
         FROM (SELECT substr(b.traded_at, 1, 10) AS day, min(b.billing_mode) AS mode, b.customer_key AS customer,
                      min(coalesce(b.product_type, b.product_type_code)) AS product, ${hasRefundSql} AS back, count(*) AS lines,
                      sum(${dueSql}) AS due, sum(${taxedSql}) AS taxed, sum(${customerSql}) AS before
                 FROM partner_bill b
                WHERE b.cycle = :bill AND b.in_force = 1 AND substr(b.traded_at, 1, 10) IN (SELECT value FROM json_each(:days))
                  AND (b.trade_id IS NULL OR b.trade_id NOT IN (SELECT a.trade_id FROM ${ledgerOfMonth.replace('= :cycle', 'IN (:cycle, :bill)')} AND a.trade_id IS NOT NULL))
                  AND b.customer_key || '|' || coalesce(b.trade_id, '') NOT IN (SELECT value FROM json_each(:apart))
                GROUP BY day, b.customer_key, coalesce(b.trade_id, b.id))
        GROUP BY day, mode, customer, product, back
        ORDER BY day, mode, customer, product, back`,
    )
    .all({ cycle, bill, days: JSON.stringify(days), apart: JSON.stringify([...apart]) })
    .filter(({ customer }) => !allocated.has(customer));
}
