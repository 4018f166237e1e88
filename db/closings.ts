import type { BillingCycle } from '../electron/core/month.ts';
import { recordInJournal } from './journal.ts';
import type { ReadDb, WriteDb } from './open.ts';

/** A month that is closed: when, and by whom. Times are "YYYY-MM-DD HH:MM:SS" in GMT+08:00. */
export interface ClosedMonth {
  readonly cycle: BillingCycle;
  readonly at: string;
  readonly preparedBy: string;
  readonly reviewedBy: string;
}

const columns = 'cycle, at, prepared_by AS preparedBy, reviewed_by AS reviewedBy';

/** The closing that holds for a month; undefined where it is open. */
export function closedMonth(db: ReadDb, cycle: BillingCycle): ClosedMonth | undefined {
  return db.prepare<[string], ClosedMonth>(`SELECT ${columns} FROM month_close WHERE cycle = ? AND reopened_at IS NULL`).get(cycle);
}

/** All months that are closed, oldest first. */
export function closedMonths(db: ReadDb): ClosedMonth[] {
  return db.prepare<[], ClosedMonth>(`SELECT ${columns} FROM month_close WHERE reopened_at IS NULL ORDER BY cycle`).all();
}

/** Closed months whose run looked at this import: taking it back would take their evidence away. */
export function closedOver(db: ReadDb, importId: string): BillingCycle[] {
  return db
    .prepare<[string], string>(
      `SELECT m.cycle
         FROM month_close m
         JOIN run r ON r.cycle = m.cycle
        WHERE m.reopened_at IS NULL
          AND EXISTS (SELECT 1 FROM json_each(r.inputs) i WHERE i.value ->> 'importId' = ?)
        ORDER BY m.cycle`,
    )
    .pluck()
    .all(importId);
}

/** Closes a month on its newest run; false where it has none (nothing is written then). The month must be open. */
export function closeMonth(db: WriteDb, closing: ClosedMonth): boolean {
  const { cycle, at, preparedBy, reviewedBy } = closing;
  const { changes } = db
    .prepare(
      `INSERT INTO month_close (cycle, at, prepared_by, reviewed_by, run_id, inputs_hash)
       SELECT cycle, ?, ?, ?, run_id, inputs_hash FROM run WHERE cycle = ?`,
    )
    .run(at, preparedBy, reviewedBy, cycle);
  if (changes === 1) recordInJournal(db, at, 'month.close', { cycle, preparedBy, reviewedBy });
  return changes === 1;
}

/** Opens a closed month again; false where it is not closed. */
export function reopenMonth(db: WriteDb, cycle: BillingCycle, reason: string, at: string): boolean {
  const { changes } = db
    .prepare('UPDATE month_close SET reopened_at = ?, reason = ? WHERE cycle = ? AND reopened_at IS NULL')
    .run(at, reason, cycle);
  if (changes === 1) recordInJournal(db, at, 'month.reopen', { cycle, reason });
  return changes === 1;
}
