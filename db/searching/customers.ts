import type { ReadDb } from '../open.ts';

/** Statements whose index (`<table>_cycle`) holds every customer of a month. */
export const customerTables: ReadonlySet<string> = new Set(['partner_bill', 'consumption', 'performance', 'consumption_summary']);

/**
 * The keys of all customers whose id, account or name holds the text: from the register, and from the months' statements, of which only one row
 * for each customer is read. Pauses after each statement.
 */
export function* customersLike(db: ReadDb, cycles: readonly string[], like: string): Generator<[], string[]> {
  const found = new Set(
    db
      .prepare<{ like: string }, string>(
        String.raw`SELECT customer_id FROM customer WHERE in_force = 1
           AND (customer_id LIKE :like ESCAPE '\' OR account_name LIKE :like ESCAPE '\' OR customer_name LIKE :like ESCAPE '\')`,
      )
      .pluck()
      .all({ like }),
  );
  for (const table of customerTables) {
    // The next key after each: as many steps as there are customers, however many rows they have.
    const keys = db
      .prepare<{ cycle: string; like: string }, string>(
        String.raw`WITH RECURSIVE of_month (key) AS (
             SELECT min(customer_key) FROM ${table} WHERE cycle = :cycle AND in_force = 1
             UNION ALL
             SELECT (SELECT min(customer_key) FROM ${table} WHERE cycle = :cycle AND in_force = 1 AND customer_key > of_month.key)
               FROM of_month WHERE of_month.key IS NOT NULL)
           SELECT key FROM of_month
            WHERE key IS NOT NULL
              AND (key LIKE :like ESCAPE '\'
                OR EXISTS (SELECT 1 FROM (SELECT account_name, customer_name FROM ${table}
                                           WHERE cycle = :cycle AND in_force = 1 AND customer_key = of_month.key LIMIT 1)
                            WHERE account_name LIKE :like ESCAPE '\' OR customer_name LIKE :like ESCAPE '\'))`,
      )
      .pluck();
    for (const cycle of cycles) {
      for (const key of keys.all({ cycle, like })) found.add(key);
      yield [];
    }
  }
  return [...found];
}
