import type { Standing } from '../electron/core/changes.ts';
import type { BillingCycle } from '../electron/core/month.ts';
import type { ReadDb } from './open.ts';

/** The findings of a month's newest run as two results are compared by them, in the documented order. */
export function standingFindings(db: ReadDb, cycle: BillingCycle): Standing[] {
  return db
    .prepare<[string], Omit<Standing, 'reason'> & { zh: string; en: string }>(
      `SELECT key, code, severity, expected, stated, difference, zh, en FROM finding
        WHERE cycle = ? AND resolved_by_data = 0 ORDER BY position, key`,
    )
    .all(cycle)
    .map(({ zh, en, ...rest }) => ({ ...rest, reason: { zh, en } }));
}
