import { tableOf } from '../electron/core/kinds.ts';
import { rowsPerSheet } from '../electron/core/row-id.ts';
import { businessKeys } from './business-keys.ts';
import type { Place } from './in-force.ts';
import type { WriteDb } from './open.ts';

/** What a file's import met in all its sheets of one statement: rows of data, and problems. */
export interface Readability {
  readonly rows: number;
  readonly problems: number;
}

/**
 * May this file be the other one, mended? It has fewer problems and no fewer rows. Which was imported first does not count: a file that is mended has
 * fewer problems than what it was made from, never more.
 */
export const mayMend = (mended: Readability, other: Readability): boolean => mended.problems < other.problems && mended.rows >= other.rows;

/** SQL: does a row of overlap_row (alias `l`) have a problem, that is, was a cell of it read as absent? */
const withProblem = `EXISTS (SELECT 1 FROM problem p WHERE p.sheet = l.id / ${rowsPerSheet} AND p.row = l.id % ${rowsPerSheet})`;

/**
 * Does the file at rank `a` of TEMP overlap_row stand for the file at rank `b` that it may have mended? It holds the business key of every row that had
 * no problem; of rows that had one, whose key may lack what could not be read, it holds at least as many of the same customer and order.
 */
export function mends(db: WriteDb, place: Place, a: number, b: number): boolean {
  const lacking = db
    .prepare(
      `SELECT 1 FROM temp.overlap_row l
        WHERE l.rank = ? AND NOT EXISTS (SELECT 1 FROM temp.overlap_row h WHERE h.key = l.key AND h.rank = ?) AND NOT ${withProblem} LIMIT 1`,
    )
    .get(b, a);
  return lacking === undefined && keepsRows(db, place, a, b);
}

/** Parts of keys whose cells refuse their row when they cannot be read: no row in the database lacks one for that reason. */
const sure = new Set([
  'trade_id',
  'bill_class',
  'bill_type',
  'customer_id',
  'performance_id',
  'incentive_bill_id',
  'request_id',
  'statement_id',
  'coupon_id',
  "coalesce(customer_id, '@' || account_name)",
]);

function keepsRows(db: WriteDb, place: Place, a: number, b: number): boolean {
  const parts = businessKeys[place.kind].parts.filter((p) => sure.has(p));
  const anchor = parts.map((p) => `coalesce(${p}, '')`).join(' || char(31) || ') || "''";
  const table = tableOf(place.kind);
  const counts = db
    .prepare<[number, number, number], { rank: bigint; anchor: string; n: bigint }>(
      `WITH bad AS (SELECT DISTINCT ${anchor} AS anchor FROM problem p CROSS JOIN temp.overlap_row l ON l.id = p.sheet * ${rowsPerSheet} + p.row
                      CROSS JOIN ${table} t ON t.id = l.id WHERE l.rank = ?)
       SELECT l.rank AS rank, ${anchor} AS anchor, count(*) AS n FROM temp.overlap_row l CROSS JOIN ${table} t ON t.id = l.id
        WHERE l.rank IN (?, ?) AND ${anchor} IN (SELECT anchor FROM bad) GROUP BY 1, 2`,
    )
    .all(b, a, b);
  const kept = new Map(counts.filter((c) => Number(c.rank) === a).map((c) => [c.anchor, c.n]));
  return counts.every((c) => Number(c.rank) === a || (kept.get(c.anchor) ?? 0n) >= c.n);
}
