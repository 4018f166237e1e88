import type { RowId } from '../../electron/core/finding.ts';
import type { BillingCycle } from '../../electron/core/month.ts';
import type { ReadDb } from '../open.ts';
import { prepared } from '../prepared.ts';
import { monthScan } from './month-scan.ts';

/** The columns and values that choose rows: null matches NULL. */
type RowMatch = Readonly<Record<string, string | bigint | null>>;

/** Ids of a month's rows in force whose columns have exactly these values, in file order: the evidence of a finding. */
export function rowsOf(db: ReadDb, table: string, cycle: BillingCycle, match: RowMatch): readonly RowId[] {
  return prepared<unknown[], bigint>(db, `${select(table, match)} ORDER BY id`)
    .pluck()
    .all(cycle, ...Object.values(match));
}

/** The same rows one by one, in no order, for groups that may be a whole month: read in the order of their files. */
export function eachRowOf(db: ReadDb, table: string, cycle: BillingCycle, match: RowMatch): IterableIterator<RowId> {
  const where = Object.keys(match).map((column) => `AND t.${column} IS :${column}`);
  return db
    .prepare<Record<string, unknown>, bigint>(`SELECT t.id FROM ${monthScan(table, 't')} ${where.join(' ')}`)
    .pluck()
    .iterate({ ...match, cycle });
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
     AND ${alias}.id >= ${alias}_sheet.sheet * 16777216 AND ${alias}.id < (${alias}_sheet.sheet + 1) * 16777216
     AND +${alias}.cycle = ${cycle} AND +${alias}.in_force = 1`;
