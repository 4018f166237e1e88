import type { ReadDb } from '../open.ts';
import { backSql } from './associations.ts';
import type { RunContext } from './context.ts';
import { cyclesOf } from './rows-of.ts';

/** SQL: when the order that a `consumption` row under `c` takes back was bought last, as far as the imported months say. */
const boughtAtSql = `(SELECT max(coalesce(o.traded_at, o.consumed_from)) FROM consumption o
    WHERE o.cycle IN (SELECT value FROM json_each(consumed_months())) AND o.cycle <= c.cycle AND o.in_force = 1
      AND o.customer_key = c.customer_key AND o.trade_id = coalesce(c.original_trade_id, c.trade_id) AND NOT ${backSql('o')})`;

/**
 * SQL: the association type of a `consumption` row under the alias `c`: its own 关联类型, else the user's association history in force at trade time. What
 * gives something back follows the order that it takes back, whatever its customer became since. Needs `addRoleFunctions`.
 */
export const associationSql = `coalesce(c.association_type, association_at(c.customer_key, coalesce(
    CASE WHEN changed_type(c.customer_key) AND ${backSql('c')} THEN ${boughtAtSql} END, c.traded_at, c.consumed_from, c.cycle || '-01')))`;

/**
 * SQL: 1 where a `consumption` row under the alias `c` is resale. Its association type decides; without one, a customer is resale when the month's
 * bill names it (the bill holds resale customers only). Needs `addRoleFunctions`.
 */
export const resaleSql = `CASE ${associationSql}
    WHEN 'resale' THEN 1 WHEN 'referral' THEN 0 ELSE billed(c.customer_key) END`;

/** SQL: does a row under `c` add up charges, as exports by day or month do? It has no trade id then, and is no order. */
export const addsUp = "(c.trade_id IS NULL AND c.billing_mode IS NOT 'yearlyMonthly')";

/**
 * Truncated amount of a `consumption` row under `c`: printed, else list price − discount − due where that is a fraction of a cent; nothing of yearly and
 * monthly orders (rules §1.1); NULL where unknown. A row without trade id may add up many charges: what it prints may be more than a cent.
 */
export const truncatedSql = `CASE
    WHEN c.truncated_amount IS NOT NULL THEN CASE WHEN abs(c.truncated_amount) < 1000000 OR ${addsUp} THEN c.truncated_amount ELSE 0 END
    WHEN c.list_price IS NULL OR c.discount_amount IS NULL THEN CASE c.billing_mode WHEN 'yearlyMonthly' THEN 0 END
    WHEN abs(c.list_price - c.discount_amount - c.amount_due) < 1000000 THEN c.list_price - c.discount_amount - c.amount_due
    ELSE 0 END`;

interface Held {
  readonly customer: string;
  readonly type: string;
  readonly from: string | null;
  readonly to: string | null;
}

/** Gives this connection `association_at(customer_key, time)`: the association type by the user's history, NULL where it does not say. */
export function addAssociationFunction({ db }: Pick<RunContext, 'db'>): void {
  addHistory(db, associations(db));
}

/** Gives this connection the functions that `associationSql` and `resaleSql` need, for the bill of `cycle`. */
export function addRoleFunctions({ db, cycle }: Pick<RunContext, 'db' | 'cycle'>): void {
  const history = associations(db);
  addHistory(db, history);
  const changed = new Set([...history].flatMap(([customer, held]) => (new Set(held.map(({ type }) => type)).size > 1 ? [customer] : [])));
  db.function('changed_type', { deterministic: true }, (customer: string | null) => (customer !== null && changed.has(customer) ? 1 : 0));
  const months = changed.size === 0 ? '[]' : JSON.stringify(cyclesOf(db, 'consumption'));
  db.function('consumed_months', { deterministic: true }, () => months);
  const billed = billedCustomers(db, cycle);
  db.function('billed', { deterministic: true, safeIntegers: true }, (key: string) => (billed.has(key) ? 1n : 0n));
}

function addHistory(db: ReadDb, history: ReadonlyMap<string, readonly Held[]>): void {
  db.function('association_at', { deterministic: true, safeIntegers: true }, (customer: string | null, time: string) =>
    customer === null ? null : associationAt(history.get(customer) ?? [], time.slice(0, 10)),
  );
}

/** Of overlapping entries the one that began last; null where none covers the day. */
function associationAt(held: readonly Held[], day: string): string | null {
  return held.findLast((h) => (h.from ?? '') <= day && (h.to === null || day <= h.to.slice(0, 10)))?.type ?? null;
}

function associations(db: ReadDb): Map<string, Held[]> {
  const rows = db
    .prepare<[], Held>(
      `SELECT customer_id AS customer, association_type AS type, valid_from AS "from", valid_to AS "to" FROM association_history
        WHERE in_force = 1 ORDER BY customer_id, coalesce(valid_from, ''), coalesce(valid_to, '9'), association_type`,
    )
    .all();
  const map = new Map<string, Held[]>();
  for (const row of rows) map.set(row.customer, [...(map.get(row.customer) ?? []), row]);
  return map;
}

function billedCustomers(db: ReadDb, cycle: string): Set<string> {
  const sql = 'SELECT DISTINCT customer_key FROM partner_bill WHERE cycle = ? AND in_force = 1';
  return new Set(db.prepare<[string], string>(sql).pluck().all(cycle));
}
