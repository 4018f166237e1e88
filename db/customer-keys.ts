import { tableOf, type Kind } from '../electron/core/kinds.ts';
import type { WriteDb } from './open.ts';
import { highestStamp, stampStatement } from './statement-stamp.ts';

/** Kinds whose rows name a customer, by id or by account name alone. */
const keyed = [
  'partner-bill',
  'consumption',
  'consumption-summary',
  'account-statement',
  'performance',
  'incentive',
  'adjustment',
  'performance-transfer',
  'order',
] as const satisfies readonly Kind[];

/** The customer id that a resolved `customer_key` stands for; undefined where only the account name is known. */
export function customerIdOf(key: string | null | undefined): string | undefined {
  return key === null || key === undefined || key === '' || key.startsWith('@') ? undefined : key;
}

/** SQL of the same for the row under `alias`: its own id, else the id resolved for its account name, else NULL. */
export const customerIdSql = (alias: string): string =>
  `CASE WHEN ${alias}.customer_key NOT LIKE '@%' THEN ${alias}.customer_key ELSE ${alias}.customer_id END`;

/**
 * Gives every row without a customer id the id of its account name, where the imported files know exactly one for it; else '@' and the name.
 * A pure function of the rows in force, so the order of import does not matter; runs before each reconciliation. Does nothing where no row changed
 * since it last did; true where it gave a row another key.
 */
export function resolveCustomerKeys(db: WriteDb): boolean {
  return db
    .transaction(() => {
      const at = highestStamp(db);
      if (db.prepare<[], bigint>('SELECT stamp FROM keys_resolved').pluck().get() === at && at > 0n) return false;
      const changed = resolve(db);
      // What this gave is settled too.
      db.prepare('INSERT INTO keys_resolved (only, stamp) VALUES (1, ?) ON CONFLICT (only) DO UPDATE SET stamp = excluded.stamp').run(
        highestStamp(db),
      );
      return changed;
    })
    .immediate();
}

function resolve(db: WriteDb): boolean {
  const needing = keyed.filter(
    (kind) =>
      db.prepare(`SELECT 1 FROM ${tableOf(kind)} WHERE customer_id IS NULL AND account_name IS NOT NULL LIMIT 1`).get() !== undefined,
  );
  if (needing.length === 0) return false;
  db.exec(
    'CREATE TEMP TABLE IF NOT EXISTS account_owner (account_name TEXT PRIMARY KEY, customer_id TEXT NOT NULL) WITHOUT ROWID; DELETE FROM account_owner;',
  );
  const pairs = [...keyed, 'customer' as const]
    .map(
      (kind) =>
        `SELECT DISTINCT account_name, customer_id FROM ${tableOf(kind)} WHERE in_force = 1 AND customer_id IS NOT NULL AND account_name IS NOT NULL`,
    )
    .join(' UNION ');
  db.exec(`INSERT INTO account_owner SELECT account_name, min(customer_id) FROM (${pairs}) GROUP BY account_name HAVING count(*) = 1`);
  return needing.filter((kind) => giveKeys(db, kind)).length > 0;
}

/** Writes where the key is another one only, and stamps the months in which it is; true where there is one. */
function giveKeys(db: WriteDb, kind: Kind): boolean {
  const table = tableOf(kind);
  const key = `coalesce((SELECT o.customer_id FROM account_owner o WHERE o.account_name = ${table}.account_name), '@' || account_name)`;
  const cycles = db
    .prepare<[], string>(
      `SELECT DISTINCT cycle FROM ${table} WHERE customer_id IS NULL AND account_name IS NOT NULL AND customer_key IS NOT ${key} ORDER BY cycle`,
    )
    .pluck()
    .all();
  if (cycles.length === 0) return false;
  db.exec(
    `UPDATE ${table} SET customer_key = ${key} WHERE customer_id IS NULL AND account_name IS NOT NULL AND customer_key IS NOT ${key}`,
  );
  for (const cycle of cycles) stampStatement(db, kind, cycle);
  return true;
}
