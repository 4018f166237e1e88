import { tableOf, type Kind } from '../../electron/core/kinds.ts';
import type { BillingCycle } from '../../electron/core/month.ts';
import { type RowId, rowsPerSheet } from '../../electron/core/row-id.ts';
import type { ReadDb } from '../open.ts';
import { prepared } from '../prepared.ts';

/** The columns and values that choose rows: null matches NULL. */
type RowMatch = Readonly<Record<string, string | bigint | null>>;

/** Ids of a month's rows in force whose columns have exactly these values, in file order: the evidence of a finding. */
export function rowsOf(db: ReadDb, table: string, cycle: BillingCycle, match: RowMatch): readonly RowId[] {
  return prepared<unknown[], bigint>(db, `${select(table, match)} ORDER BY id`)
    .pluck()
    .all(cycle, ...Object.values(match));
}

/** The sheets that hold a month's rows in force of a kind, in the order in which findings list their rows (see `rowRank`). */
export const sheetsByRank = (db: ReadDb, kind: Kind, cycle: BillingCycle): bigint[] =>
  prepared<[string, string], bigint>(
    db,
    `SELECT s.id FROM sheet_cycle c JOIN sheet s ON s.id = c.sheet JOIN import i ON i.id = s.import
      WHERE c.cycle = ? AND c.in_force = 1 AND s.kind = ? ORDER BY i.import_id, s.position`,
  )
    .pluck()
    .all(cycle, kind);

/**
 * The first rows, in the order in which findings list them, whose column has one of the values, of groups that may be a whole month: no more are read
 * than until there are so many.
 */
export function firstRowsOf(
  db: ReadDb,
  kind: Kind,
  cycle: BillingCycle,
  [column, values]: readonly [string, readonly (string | null)[]],
  most: number,
): RowId[] {
  const one = values.map(() => `${column} IS ?`).join(' OR ');
  const select = db
    .prepare<unknown[], bigint>(
      `SELECT id FROM ${tableOf(kind)} NOT INDEXED WHERE id BETWEEN ? AND ? AND cycle = ? AND in_force = 1 AND (${one}) ORDER BY id LIMIT ?`,
    )
    .pluck();
  const rows: RowId[] = [];
  for (const sheet of sheetsByRank(db, kind, cycle)) {
    if (rows.length === most) break;
    rows.push(...select.all(sheet * rowsPerSheet, (sheet + 1n) * rowsPerSheet - 1n, cycle, ...values, most - rows.length));
  }
  return rows;
}

const select = (table: string, match: RowMatch): string =>
  ['SELECT id FROM', table, 'WHERE cycle = ? AND in_force = 1', ...Object.keys(match).map((column) => `AND ${column} IS ?`)].join(' ');

/** Months that have rows in `table`, oldest first; walks the (cycle, …) index instead of reading rows. */
export function cyclesOf(db: ReadDb, table: string): BillingCycle[] {
  return db
    .prepare<[], string | null>(
      `WITH RECURSIVE month (cycle) AS (
         SELECT min(cycle) FROM ${table} UNION ALL SELECT (SELECT min(t.cycle) FROM ${table} t WHERE t.cycle > month.cycle) FROM month WHERE month.cycle IS NOT NULL
       ) SELECT cycle FROM month WHERE cycle IS NOT NULL`,
    )
    .pluck()
    .all() as BillingCycle[];
}

/**
 * FROM clause over a month's rows in force, read in file order through the sheets that hold them: for whole-month scans an index on (cycle, …)
 * would visit the table at random, several times slower. `cycle` is an SQL expression; the unary plus keeps the planner from that index.
 */
export const monthRows = (table: string, alias: string, cycle = ':cycle'): string =>
  `sheet_cycle ${alias}_sheet
   CROSS JOIN ${table} ${alias} ON ${alias}_sheet.cycle = ${cycle}
     AND ${alias}.id >= ${alias}_sheet.sheet * ${rowsPerSheet} AND ${alias}.id < (${alias}_sheet.sheet + 1) * ${rowsPerSheet}
     AND +${alias}.cycle = ${cycle} AND +${alias}.in_force = 1`;

const amountOf = { consumption: 'amount_due', performance: 'amount', partner_bill: 'customer_amount' } as const;

/** Does a month of `table` have rows of this order? One of 0 yuan says nothing of it. */
export function standsIn(context: { readonly db: ReadDb }, table: keyof typeof amountOf, customerKey: string, tradeId: string): boolean {
  const row = prepared<[string, string, string], unknown>(
    context.db,
    `SELECT 1 FROM ${table} WHERE cycle = ? AND in_force = 1 AND customer_key = ? AND trade_id = ? AND ${amountOf[table]} IS NOT 0 LIMIT 1`,
  );
  return cyclesOf(context.db, table).some((month) => row.get(month, customerKey, tradeId) !== undefined);
}
