import type { ReadDb } from './open.ts';

/** Statements whose index leads to the rows of a customer. */
const statements = ['partner_bill', 'consumption', 'performance'] as const;

/**
 * Ids of the customers with findings whose full name, or account manager, fits a LIKE pattern. `scope` is the condition that chooses the findings by
 * one parameter (the month); of each customer and statement one row is read, for a statement names its customers everywhere or nowhere.
 */
export function namedCustomers(db: ReadDb, scope: string, cycle: string, like: string): string[] {
  const fits = (column: string) => `${column} LIKE ? ESCAPE '\\'`;
  const probes = statements.map(
    (table) => `EXISTS (SELECT 1 FROM (SELECT customer_name, account_manager FROM ${table} AS t
        WHERE t.cycle = f.cycle AND t.in_force = 1 AND t.customer_key = f.customer_id LIMIT 1) WHERE ${fits('customer_name')} OR ${fits('account_manager')})`,
  );
  const sql = `
    SELECT customer_id FROM customer WHERE in_force = 1 AND ${fits('customer_name')}
    UNION SELECT customer_id FROM manager_history WHERE in_force = 1 AND ${fits('account_manager')}
    UNION SELECT f.customer_id FROM (SELECT DISTINCT cycle, customer_id FROM finding WHERE ${scope} AND customer_id IS NOT NULL) AS f
           WHERE ${probes.join(' OR ')}`;
  return db
    .prepare<string[], string>(sql)
    .pluck()
    .all(like, like, cycle, ...statements.flatMap(() => [like, like]));
}
