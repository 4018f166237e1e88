import type { WriteDb } from '../../../db/open.ts';
import { beside, due } from './sound-orders.ts';

/** How much more a wrong row states. */
export const by = 777_000_000n;

export interface Entry {
  readonly id: bigint;
  readonly cycle: string;
  readonly trade: string | null;
  readonly amount: bigint;
  readonly at: string;
}
/** The deductions and refunds of the orders under test. */
export const entriesOf = (db: WriteDb): Entry[] =>
  db
    .prepare<[], Entry>(
      `SELECT id, cycle, trade_id AS trade, -change_amount AS amount, traded_at AS at FROM account_statement
        WHERE coalesce(trade_id, '') NOT LIKE '${beside}%' AND trade_type IN ('deduction', 'refund') ORDER BY id`,
    )
    .all();

export interface Row {
  readonly id: bigint;
  readonly trade: string;
  readonly amount: bigint;
}
/**
 * The rows of the orders under test. `billed`: those that bill and consumption hold against each other; nothing says of an adjustment that it should be
 * there, and nothing of a referral that it should be billed.
 */
export function rowsOf(db: WriteDb, table: string, column: string, billed: boolean): Row[] {
  const of = billed ? "association_type IS NOT 'referral' AND bill_class <> 'adjustment'" : 'true';
  const sql = `SELECT id, trade_id AS trade, ${column} AS amount FROM ${table} WHERE trade_id NOT LIKE '${beside}%' AND ${of} ORDER BY id`;
  return db.prepare<[], Row>(sql).all();
}

/** Makes one row wrong; returns by how much its side is. */
export function change(db: WriteDb, table: string, column: string, what: 'gone' | 'again' | 'more', { id, amount }: Row): bigint {
  if (what === 'gone') {
    db.prepare(`DELETE FROM ${table} WHERE id = ?`).run(id);
    return -amount;
  }
  if (what === 'again') {
    const columns = db.prepare<[], string>(`SELECT name FROM pragma_table_info('${table}') WHERE name <> 'id'`).pluck().all().join(', ');
    db.prepare(`INSERT INTO ${table} (id, ${columns}) SELECT id + 1000, ${columns} FROM ${table} WHERE id = ?`).run(id);
    return amount;
  }
  const more = amount + by;
  if (table === 'consumption')
    db.prepare('UPDATE consumption SET amount_due = amount_due + ?, cash_amount = cash_amount + ? WHERE id = ?').run(by, by, id); // prettier-ignore
  else db.prepare(`UPDATE ${table} SET ${column} = ? WHERE id = ?`).run(more, id);
  if (table === 'partner_bill') db.prepare('UPDATE partner_bill SET settlement_amount = ? WHERE id = ?').run(due(more), id);
  return by;
}
