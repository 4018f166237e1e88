import { tableOf, type Kind } from '../electron/core/kinds.ts';
import type { ReadDb, WriteDb } from './open.ts';
import { loadSettings } from './settings.ts';
import { monthScan } from './reconciling/month-scan.ts';

/** How many rows of a statement are in force, and their headline sum in 1e-8 yuan (null: the kind has none, or no row has an amount). */
export interface StatementTotal {
  readonly rows: bigint;
  readonly total: bigint | null;
}

/** The expression whose sum heads a kind on the month home. */
const headlines: Partial<Record<Kind, string>> = {
  'partner-bill': 'coalesce(amount_due, settlement_amount - coalesce(coupon_amount, 0) + coalesce(tax_amount, 0), 0)',
  'bill-summary': 'amount_due',
  consumption: 'amount_due',
  'consumption-summary': 'amount_due',
  'account-statement': 'change_amount',
  'performance-summary': 'total_amount',
  performance: 'amount',
  'incentive-summary': 'amount',
  incentive: 'amount',
  'payment-request': 'amount',
  adjustment: 'amount',
  order: 'amount',
};

/** The same of a bill whose settlement holds the tax already (setting `billTax`): that is not kept. */
const withTaxInside = 'coalesce(amount_due, settlement_amount - coalesce(coupon_amount, 0), 0)';

/** The total of one statement ('' is the month of the user's own tables): as it was kept, else by reading its rows. */
export function statementTotal(db: ReadDb, kind: Kind, cycle: string): StatementTotal {
  if (kind === 'partner-bill' && loadSettings(db).billTax === 'inside') return readTotal(db, kind, cycle, withTaxInside);
  const kept = db.prepare<[string, string], StatementTotal>('SELECT rows, total FROM statement_total WHERE kind = ? AND cycle = ?');
  return kept.get(kind, cycle) ?? readTotal(db, kind, cycle);
}

function readTotal(db: ReadDb, kind: Kind, cycle: string, sum = headlines[kind]): StatementTotal {
  return db
    .prepare<{ cycle: string }, StatementTotal>(
      `SELECT count(*) AS rows, ${sum ? `sum(${sum})` : 'NULL'} AS total FROM ${monthScan(tableOf(kind), 't')}`,
    )
    .get({ cycle })!;
}

/** Keeps the total of a statement whose rows in force were just settled. */
export function keepStatementTotal(db: WriteDb, kind: Kind, cycle: string): void {
  db.prepare('DELETE FROM statement_total WHERE kind = ? AND cycle = ?').run(kind, cycle);
  try {
    const { rows, total } = readTotal(db, kind, cycle);
    db.prepare('INSERT INTO statement_total (kind, cycle, rows, total) VALUES (?, ?, ?, ?)').run(kind, cycle, rows, total);
  } catch (error) {
    // Files that are each within bounds may be beyond 64 bits together: whoever asks for the sum is told so, the import is not lost for it.
    if (!(error instanceof Error) || error.message !== 'integer overflow') throw error;
  }
}
