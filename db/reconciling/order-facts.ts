import { neighbours } from '../../electron/core/judging/month-edge.ts';
import type { RowId } from '../../electron/core/row-id.ts';
import { customerSql, dueSql, taxedSql } from './bill-lines.ts';
import { resaleSql, truncatedSql } from './consumption-role.ts';
import type { RunContext } from './context.ts';
import { fillFarOrders } from './far-orders.ts';
import { cyclesOf } from './rows-of.ts';
import { prepared } from '../prepared.ts';

/** What one month's bill or consumption says of a customer's order, 1e-8 yuan. */
export interface OrderMonth {
  readonly tradeId: string;
  readonly cycle: string;
  readonly from: 'bill' | 'consumption';
  readonly customerKey: string;
  readonly accountName: string | null;
  readonly product: string | null;
  readonly resale: boolean;
  /** The order that all its rows name as their original, where they are no refund; known of the consumption only. */
  readonly original: string | null;
  /** Rows of the statement. */
  readonly lines: bigint;
  /** Bill: due; consumption: amount due. */
  readonly due: bigint;
  /** Bill: the due by the other reading of its tax (`taxedSql`); consumption: as `due`. */
  readonly taxed: bigint;
  /** Bill: customer amount; consumption: due without coupons (what is paid). */
  readonly other: bigint;
  /** Consumption: cash and credit, what moves an account; else as `other`. */
  readonly money: bigint;
  /** Consumption: what was truncated of `due`, which a bill may hold; else 0. */
  readonly truncated: bigint;
}

type Raw = Omit<OrderMonth, 'resale'> & { readonly resale: bigint };
const product = (t: string): string => {
  const p = `coalesce(${t}.product_type, ${t}.product_type_code)`;
  return `CASE WHEN min(${p}) = max(${p}) THEN min(${p}) END`;
};

const original = `CASE WHEN max(coalesce(c.bill_class, '') = 'refund') = 0 AND count(c.original_trade_id) = count(*)
                      AND min(c.original_trade_id) = max(c.original_trade_id) THEN min(c.original_trade_id) END`;

/** What the months know of orders, by trade id. */
export interface KnownOrders {
  readonly months: ReadonlyMap<string, readonly OrderMonth[]>;
  /** Some order stands in no month up to the next: it was looked for in all later ones, so that they can change the result. */
  readonly ahead: boolean;
}

/**
 * What the imported months know of the orders in TEMP `ledger_open`: this month and its neighbours; for orders that none of these knows all earlier
 * months; for those still unknown all later ones. Most runs know every order of the ledger by then, and no later month concerns them.
 */
export function orderFacts({ db, cycle }: RunContext): KnownOrders {
  const near = [cycle, ...neighbours(cycle)];
  const imported = [...new Set([...cyclesOf(db, 'partner_bill'), ...cyclesOf(db, 'consumption')])].sort();
  const months = new Map<string, OrderMonth[]>();
  const add = (raw: Raw): void => {
    const known = months.get(raw.tradeId);
    const fact = { ...raw, resale: raw.resale === 1n };
    if (known) known.push(fact);
    else months.set(raw.tradeId, [fact]);
  };
  const open = statements(
    db,
    (table, t) => `${table} ${t} WHERE ${t}.cycle = ? AND ${t}.in_force = 1 AND ${t}.trade_id IN (SELECT trade_id FROM temp.ledger_open)`,
  );
  for (const month of near) if (imported.includes(month)) for (const { sums } of open) sums.all(month).forEach(add);
  const lookIn = (far: readonly string[]): boolean => {
    if (fillUnknown(db, months) === 0) return false;
    for (const month of far) {
      for (const { table, sums } of statements(db, farRows)) {
        fillFarOrders(db, table, month);
        sums.all(month).forEach(add);
      }
    }
    return true;
  };
  lookIn(imported.filter((month) => month < near[1]!).reverse());
  return { months, ahead: lookIn(imported.filter((month) => month > near[2]!)) };
}

/** The rows of the orders that were found in a month, by the index. */
const farRows: From = (table, t) =>
  `temp.far_order o CROSS JOIN ${table} ${t} WHERE ${t}.cycle = ? AND ${t}.in_force = 1 AND ${t}.customer_key = o.customer_key AND ${t}.trade_id = o.trade_id`;

/** Fills TEMP `ledger_unknown` with the open orders that no month looked at so far knows; returns how many they are. */
function fillUnknown(db: RunContext['db'], known: ReadonlyMap<string, unknown>): number {
  db.exec(`DROP TABLE IF EXISTS temp.far_order; DROP TABLE IF EXISTS temp.ledger_unknown;
    CREATE TEMP TABLE far_order (trade_id TEXT NOT NULL, customer_key TEXT NOT NULL, PRIMARY KEY (trade_id, customer_key)) WITHOUT ROWID;
    CREATE TEMP TABLE ledger_unknown (trade_id TEXT PRIMARY KEY) WITHOUT ROWID`);
  const insert = db.prepare<[string]>('INSERT INTO temp.ledger_unknown (trade_id) VALUES (?)');
  const open = db.prepare<[], string>('SELECT trade_id FROM temp.ledger_open ORDER BY trade_id').pluck().all();
  const unknown = open.filter((trade) => !known.has(trade));
  for (const trade of unknown) insert.run(trade);
  return unknown.length;
}

type From = (table: string, alias: string) => string;

/** Sums of orders in one month's bill and consumption; `from` says which rows. */
function statements(db: RunContext['db'], from: From) {
  const bill = db.prepare<string[], Raw>(
    `SELECT b.trade_id AS tradeId, b.cycle AS cycle, 'bill' AS "from", b.customer_key AS customerKey, min(b.account_name) AS accountName,
            ${product('b')} AS product, 1 AS resale, NULL AS original, count(*) AS lines, sum(${dueSql}) AS due, sum(${taxedSql}) AS taxed, sum(${customerSql}) AS other, sum(${customerSql}) AS money, 0 AS truncated
       FROM ${from('partner_bill', 'b')}
      GROUP BY b.trade_id, b.customer_key ORDER BY b.trade_id, b.customer_key`,
  );
  const consumption = db.prepare<string[], Raw>(
    `SELECT c.trade_id AS tradeId, c.cycle AS cycle, 'consumption' AS "from", c.customer_key AS customerKey, min(c.account_name) AS accountName,
            ${product('c')} AS product, max(${resaleSql}) AS resale, ${original} AS original, count(*) AS lines, sum(coalesce(c.amount_due, 0)) AS due, sum(coalesce(c.amount_due, 0)) AS taxed,
            sum(coalesce(c.amount_due, 0) - coalesce(c.coupon_amount, 0)) AS other,
            sum(CASE WHEN c.cash_amount IS NULL AND c.credit_amount IS NULL THEN coalesce(c.amount_due, 0) - coalesce(c.coupon_amount, 0)
                     ELSE coalesce(c.cash_amount, 0) + coalesce(c.credit_amount, 0) END) AS money, sum(coalesce(${truncatedSql}, 0)) AS truncated
       FROM ${from('consumption', 'c')}
      GROUP BY c.trade_id, c.customer_key ORDER BY c.trade_id, c.customer_key`,
  );
  return [
    { table: 'partner_bill', sums: bill },
    { table: 'consumption', sums: consumption },
  ] as const;
}

/** What one month's bill and consumption say of a customer's order. */
export function factsOfOrder({ db }: Pick<RunContext, 'db'>, month: string, customerKey: string, tradeId: string): OrderMonth[] {
  const own = statements(
    db,
    (table, t) => `${table} ${t} WHERE ${t}.cycle = ? AND ${t}.in_force = 1 AND ${t}.customer_key = ? AND ${t}.trade_id = ?`,
  );
  return own.flatMap(({ sums }) => sums.all(month, customerKey, tradeId)).map((raw) => ({ ...raw, resale: raw.resale === 1n }));
}

/** The same with all customers of a month's statement together: the ledger does not say whose order it deducts. */
export function ofAllCustomers(facts: readonly OrderMonth[]): OrderMonth[] {
  const statements = Map.groupBy(facts, ({ from, cycle }) => `${from} ${cycle}`);
  return [...statements.values()].map((own) => {
    const sum = (of: 'due' | 'taxed' | 'other' | 'money' | 'truncated'): bigint => own.reduce((n, fact) => n + fact[of], 0n);
    return { ...own[0]!, due: sum('due'), taxed: sum('taxed'), other: sum('other'), money: sum('money'), truncated: sum('truncated') };
  });
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
