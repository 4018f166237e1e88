/** Statements whose index leads to the rows of a customer. */
const statements = ['partner_bill', 'consumption', 'performance'] as const;

/**
 * SQL of the ids of customers with findings whose full name, or account manager, holds a text. `scope` is the condition that chooses the findings by
 * one parameter (the month); only a few rows of each customer are read, for a statement names its customers everywhere or nowhere.
 */
export function namedCustomers(scope: string): { readonly sql: string; values(cycle: string, like: string): string[] } {
  const fits = (column: string) => `${column} LIKE ? ESCAPE '\\'`;
  const probes = statements.map(
    (table) => `EXISTS (SELECT 1 FROM (SELECT customer_name, account_manager FROM ${table} AS t
        WHERE t.cycle = f.cycle AND t.in_force = 1 AND t.customer_key = f.customer_id LIMIT 20) WHERE ${fits('customer_name')} OR ${fits('account_manager')})`,
  );
  const sql = `
    SELECT customer_id FROM customer WHERE in_force = 1 AND ${fits('customer_name')}
    UNION SELECT customer_id FROM manager_history WHERE in_force = 1 AND ${fits('account_manager')}
    UNION SELECT f.customer_id FROM (SELECT DISTINCT cycle, customer_id FROM finding WHERE ${scope} AND customer_id IS NOT NULL) AS f
           WHERE ${probes.join(' OR ')}`;
  return { sql, values: (cycle, like) => [like, like, cycle, ...statements.flatMap(() => [like, like])] };
}
