import type { RunContext } from './context.ts';
import type { WriteDb } from '../open.ts';
import { prepared } from '../prepared.ts';

/** Fills TEMP `transferred` with the orders that 业绩转移记录 lists, by order number or through their 业绩ID; false where it lists none. */
export function fillTransferred(db: WriteDb): boolean {
  db.exec(`DROP TABLE IF EXISTS temp.transferred;
    CREATE TEMP TABLE transferred (trade_id TEXT PRIMARY KEY) WITHOUT ROWID;
    INSERT OR IGNORE INTO temp.transferred SELECT trade_id FROM performance_transfer WHERE in_force = 1 AND trade_id IS NOT NULL`);
  const byId = 'SELECT performance_id FROM performance_transfer WHERE in_force = 1 AND trade_id IS NULL AND performance_id IS NOT NULL';
  // Performance has no index by its id: only where a transfer names nothing else is it looked through.
  if (db.prepare(`${byId} LIMIT 1`).get() !== undefined) {
    db.exec(`INSERT OR IGNORE INTO temp.transferred
      SELECT p.trade_id FROM performance p WHERE p.trade_id IS NOT NULL AND p.performance_id IN (${byId})`);
  }
  return db.prepare('SELECT 1 FROM temp.transferred LIMIT 1').get() !== undefined;
}

/** Orders of the month without any performance that were transferred away stand on their own (pooled 5): no pool may wait for their performance. */
export function setTransferredApart(db: WriteDb): void {
  db.exec(`UPDATE temp.performance_group SET pooled = 5
            WHERE pooled = 0 AND performance_rows = 0 AND trade_id IN (SELECT trade_id FROM temp.transferred)`);
}

/** Was an order of this customer transferred away that no consumption row of the month names? Its consumption may be a row without a number. */
export function unseenTransfer({ db, cycle }: RunContext, customerKey: string): boolean {
  return (
    prepared<[string, string], unknown>(
      db,
      `SELECT 1 FROM performance_transfer t WHERE t.in_force = 1 AND t.cycle = ? AND t.customer_key = ? AND t.trade_id IS NOT NULL
           AND NOT EXISTS (SELECT 1 FROM consumption c WHERE c.cycle = t.cycle AND c.in_force = 1 AND c.customer_key = t.customer_key AND c.trade_id = t.trade_id)
          LIMIT 1`,
    ).get(cycle, customerKey) !== undefined
  );
}
