import type { BillingCycle } from '../../electron/core/month.ts';
import type { ReadDb } from '../open.ts';

/** How many rows of an index are read in the time of one look-up in it. */
const rowsOfALookUp = 8n;

/**
 * Fills TEMP `far_order` (trade_id, customer_key) with those of the orders in TEMP `ledger_unknown` that `table` has in this month. No index begins
 * with the trade id: where the month has few customers, each order is looked up under each of them; else the month's index is read once.
 */
export function fillFarOrders(db: ReadDb, table: 'partner_bill' | 'consumption', month: BillingCycle): void {
  db.exec(`DELETE FROM temp.far_order; DROP TABLE IF EXISTS temp.far_customer;
    CREATE TEMP TABLE far_customer (customer_key TEXT PRIMARY KEY) WITHOUT ROWID`);
  const next = `(SELECT min(t.customer_key) FROM ${table} t WHERE t.cycle = :month AND t.in_force = 1 AND t.customer_key > far.customer_key)`;
  const customers = db
    .prepare<{ month: string }>(
      `INSERT INTO temp.far_customer
       WITH RECURSIVE far (customer_key) AS (
         SELECT (SELECT min(t.customer_key) FROM ${table} t WHERE t.cycle = :month AND t.in_force = 1)
         UNION ALL SELECT ${next} FROM far WHERE far.customer_key IS NOT NULL
       ) SELECT customer_key FROM far WHERE customer_key IS NOT NULL`,
    )
    .run({ month }).changes;
  const rows = db
    .prepare<[string, string], bigint>(
      'SELECT coalesce(sum(c.rows), 0) FROM sheet_cycle c JOIN sheet s ON s.id = c.sheet WHERE c.cycle = ? AND s.kind = ?',
    )
    .pluck()
    .get(month, table === 'partner_bill' ? 'partner-bill' : 'consumption')!;
  const unknown = db.prepare<[], bigint>('SELECT count(*) FROM temp.ledger_unknown').pluck().get()!;
  const byCustomer = BigInt(customers) * unknown * rowsOfALookUp < rows;
  const of = `t.cycle = :month AND t.in_force = 1`;
  db.prepare<{ month: string }>(
    byCustomer
      ? `INSERT INTO temp.far_order SELECT DISTINCT t.trade_id, t.customer_key FROM temp.ledger_unknown u CROSS JOIN temp.far_customer c
           CROSS JOIN ${table} t ON ${of} AND t.customer_key = c.customer_key AND t.trade_id = u.trade_id`
      : `INSERT INTO temp.far_order SELECT DISTINCT t.trade_id, t.customer_key FROM ${table} t
          WHERE ${of} AND t.trade_id IN (SELECT trade_id FROM temp.ledger_unknown)`,
  ).run({ month });
}
