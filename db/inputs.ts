import { createHash } from 'node:crypto';
import type { Kind } from '../electron/core/kinds.ts';
import { addMonths, type BillingCycle } from '../electron/core/month.ts';
import { matchesText } from '../electron/core/manual-match.ts';
import { outwardSettings } from '../electron/core/settings.ts';
import { listDeadlines } from './deadlines.ts';
import { activeMatches } from './manual-matches.ts';
import type { ReadDb } from './open.ts';
import { scopeMarksText } from './scope-marks.ts';
import { requestInputs } from './request-inputs.ts';
import { loadSettings } from './settings.ts';

export interface RunInput {
  readonly importId: string;
  readonly kind: Kind;
}

/**
 * The imports that a reconciliation of `cycle` may look at: every month up to the next one (the one in which its bill is due, where that is later),
 * and the user's own tables. Later months matter only to a run that had to look `ahead`; importing them makes no other stale. Sorted by kind, then import id.
 */
export function runInputs(db: ReadDb, cycle: BillingCycle, ahead: boolean): RunInput[] {
  return db
    .prepare<[string], RunInput>(
      `SELECT DISTINCT i.import_id AS importId, s.kind AS kind
         FROM sheet_cycle c
         JOIN sheet s ON s.id = c.sheet
         JOIN import i ON i.id = s.import
        WHERE i.undone_at IS NULL AND c.cycle <= ?
        ORDER BY s.kind, i.import_id`,
    )
    .all(ahead ? '9999-12' : addMonths(cycle, loadSettings(db).billDueDate?.monthsAfter ?? 1));
}

/**
 * A hash of everything that can change the month's result by `today` (ISO date): inputs, settings, the requests booked in it with their invoices and
 * money, what was joined or split by hand in it, what its imports were said to cover. The same on every machine and in every order; what concerns another month leaves it as it is.
 */
export function inputsHash(db: ReadDb, cycle: BillingCycle, inputs: readonly RunInput[], today: string): string {
  const hash = createHash('sha256');
  hash.update(JSON.stringify(inputs.map((i) => [i.kind, i.importId])));
  const settings = db
    .prepare<[], string[]>(
      `SELECT key, value FROM setting WHERE key NOT IN (${outwardSettings.map((key) => `'${key}'`).join(', ')}) ORDER BY key`,
    )
    .raw()
    .all();
  for (const row of settings) hash.update(row.join('\u0000') + '\n');
  for (const { subject, date } of listDeadlines(db, cycle)) hash.update(`${subject}\u0000${date}\n`);
  // An entry repays its month's bill, and is explained by that in its own.
  const repayments = db.prepare<[], string[]>('SELECT account, flow, cycle FROM repayment ORDER BY account, flow').raw().all();
  for (const row of repayments) hash.update(row.join('\u0000') + '\n');
  hash.update(requestInputs(db, cycle, today));
  const matches = activeMatches(db, cycle);
  if (matches.length > 0) hash.update(matchesText(matches));
  // Empty, and without any part in the hash, where nothing was marked.
  hash.update(scopeMarksText(db, new Set(inputs.map((i) => i.importId))));
  return hash.digest('hex').slice(0, 32);
}
