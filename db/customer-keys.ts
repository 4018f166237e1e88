import type { WriteDb } from './open.ts';

const keyed = [
  'partner_bill',
  'consumption',
  'consumption_summary',
  'account_statement',
  'performance',
  'incentive',
  'adjustment',
  'performance_transfer',
  'customer_order',
] as const;

/** The customer id that a resolved `customer_key` stands for; undefined where only the account name is known. */
export function customerIdOf(key: string | null | undefined): string | undefined {
  return key === null || key === undefined || key === '' || key.startsWith('@') ? undefined : key;
}

/** SQL of the same for the row under `alias`: its own id, else the id resolved for its account name, else NULL. */
export const customerIdSql = (alias: string): string =>
  `CASE WHEN ${alias}.customer_key NOT LIKE '@%' THEN ${alias}.customer_key ELSE ${alias}.customer_id END`;

/**
 * Gives every row without a customer id the id of its account name, where the imported files know exactly one for it; else '@' and the name.
 * A pure function of the rows in force, so the order of import does not matter; runs before each reconciliation.
 */
export function resolveCustomerKeys(db: WriteDb): void {
  db.transaction(() => {
    const needing = keyed.filter(
      (table) => db.prepare(`SELECT 1 FROM ${table} WHERE customer_id IS NULL AND account_name IS NOT NULL LIMIT 1`).get() !== undefined,
    );
    if (needing.length === 0) return;
    db.exec(
      'CREATE TEMP TABLE IF NOT EXISTS account_owner (account_name TEXT PRIMARY KEY, customer_id TEXT NOT NULL) WITHOUT ROWID; DELETE FROM account_owner;',
    );
    const pairs = [...keyed, 'customer']
      .map(
        (table) =>
          `SELECT DISTINCT account_name, customer_id FROM ${table} WHERE in_force = 1 AND customer_id IS NOT NULL AND account_name IS NOT NULL`,
      )
      .join(' UNION ');
    db.exec(`INSERT INTO account_owner SELECT account_name, min(customer_id) FROM (${pairs}) GROUP BY account_name HAVING count(*) = 1`);
    for (const table of needing) {
      db.exec(
        `UPDATE ${table} SET customer_key = coalesce((SELECT o.customer_id FROM account_owner o WHERE o.account_name = ${table}.account_name), '@' || account_name)
          WHERE customer_id IS NULL AND account_name IS NOT NULL`,
      );
    }
  }).immediate();
}
