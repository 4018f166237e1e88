import { neighbours } from '../../electron/core/judging/month-edge.ts';
import type { RowId } from '../../electron/core/finding.ts';
import { customerSql, dueSql, taxedSql } from './bill-lines.ts';
import { resaleSql } from './consumption-role.ts';
import type { RunContext } from './context.ts';
import { cyclesOf } from './rows-of.ts';
import { prepared } from '../prepared.ts';

/** What one month's bill or consumption says of an order, 1e-8 yuan. */
export interface OrderMonth {
  readonly tradeId: string;
  readonly cycle: string;
  readonly from: 'bill' | 'consumption';
  readonly customerKey: string;
  readonly accountName: string | null;
  readonly product: string | null;
  readonly resale: boolean;
  /** Bill: due; consumption: amount due. */
  readonly due: bigint;
  /** Bill: due with all printed tax; consumption: as `due`. */
  readonly taxed: bigint;
  /** Bill: customer amount; consumption: due without coupons (what is paid). */
  readonly other: bigint;
  /** Consumption: cash and credit, what moves an account; else as `other`. */
  readonly money: bigint;
}

type Raw = Omit<OrderMonth, 'resale'> & { readonly resale: bigint };
const product = (t: string): string => {
  const p = `coalesce(${t}.product_type, ${t}.product_type_code)`;
  return `CASE WHEN min(${p}) = max(${p}) THEN min(${p}) END`;
};

/**
 * Everything the imported months know of the orders in TEMP `ledger_open`, by trade id: this month and its neighbours first, earlier months only for
 * orders still unknown. One scan of a month's index each.
 */
export function orderFacts(context: RunContext): Map<string, OrderMonth[]> {
  const { db, cycle } = context;
  const facts = new Map<string, OrderMonth[]>();
  const bill = db.prepare<[string], Raw>(
    `SELECT b.trade_id AS tradeId, b.cycle AS cycle, 'bill' AS "from", min(b.customer_key) AS customerKey, min(b.account_name) AS accountName,
            ${product('b')} AS product, 1 AS resale, sum(${dueSql}) AS due, sum(${taxedSql}) AS taxed, sum(${customerSql}) AS other, sum(${customerSql}) AS money
       FROM partner_bill b WHERE b.cycle = ? AND b.in_force = 1 AND b.trade_id IN (SELECT trade_id FROM temp.ledger_open)
      GROUP BY b.trade_id ORDER BY b.trade_id`,
  );
  const consumption = db.prepare<[string], Raw>(
    `SELECT c.trade_id AS tradeId, c.cycle AS cycle, 'consumption' AS "from", min(c.customer_key) AS customerKey, min(c.account_name) AS accountName,
            ${product('c')} AS product, max(${resaleSql}) AS resale, sum(coalesce(c.amount_due, 0)) AS due, sum(coalesce(c.amount_due, 0)) AS taxed,
            sum(coalesce(c.amount_due, 0) - coalesce(c.coupon_amount, 0)) AS other,
            sum(CASE WHEN c.cash_amount IS NULL AND c.credit_amount IS NULL THEN coalesce(c.amount_due, 0) - coalesce(c.coupon_amount, 0)
                     ELSE coalesce(c.cash_amount, 0) + coalesce(c.credit_amount, 0) END) AS money
       FROM consumption c WHERE c.cycle = ? AND c.in_force = 1 AND c.trade_id IN (SELECT trade_id FROM temp.ledger_open)
      GROUP BY c.trade_id ORDER BY c.trade_id`,
  );
  const unknown = db.prepare<[], bigint>('SELECT count(*) FROM temp.ledger_open').pluck().get()!;
  for (const month of monthsFor(context)) {
    if (facts.size === Number(unknown) && month < neighbours(cycle)[0]) break;
    for (const raw of [...bill.all(month), ...consumption.all(month)]) {
      const known = facts.get(raw.tradeId);
      const fact = { ...raw, resale: raw.resale === 1n };
      if (known) known.push(fact);
      else facts.set(raw.tradeId, [fact]);
    }
  }
  return facts;
}

/** This month, its neighbours, then the earlier months, newest first; months after the next one must not change the result. */
function monthsFor({ db, cycle }: RunContext): string[] {
  const near = [cycle, ...neighbours(cycle)];
  const known = new Set([...cyclesOf(db, 'partner_bill'), ...cyclesOf(db, 'consumption')]);
  return [
    ...near.filter((c) => known.has(c)),
    ...[...known]
      .filter((c) => c < neighbours(cycle)[0])
      .sort()
      .reverse(),
  ];
}

/** Row ids of an order in one month's bill or consumption, in file order. */
export function orderRows({ db }: RunContext, fact: OrderMonth): RowId[] {
  const table = fact.from === 'bill' ? 'partner_bill' : 'consumption';
  return prepared<[string, string, string], bigint>(
    db,
    `SELECT id FROM ${table} WHERE cycle = ? AND in_force = 1 AND customer_key = ? AND trade_id = ? ORDER BY id`,
  )
    .pluck()
    .all(fact.cycle, fact.customerKey, fact.tradeId);
}
