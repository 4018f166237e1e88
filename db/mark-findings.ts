import type { FindingStatus } from '../electron/core/checks.ts';
import { refreshDeadlines } from './deadline-findings.ts';
import type { WriteDb } from './open.ts';

/**
 * Sets status, note or owner of findings; returns how many rows changed. One that the data has resolved keeps that status: it holds no longer, and only a
 * run can open it again. The month's findings on deadlines, which count what is still to be sent, follow at once.
 */
export function markFindings(
  db: WriteDb,
  keys: readonly string[],
  change: { status?: FindingStatus | undefined; note?: string | undefined; owner?: string | undefined },
  at: string,
): number {
  const update = db.prepare(
    `UPDATE finding
     SET status = CASE WHEN resolved_by_data = 1 THEN status ELSE coalesce(:status, status) END,
       note = coalesce(:note, note),
       owner = coalesce(:owner, owner),
       updated_at = :at
     WHERE key = :key AND (resolved_by_data = 0 OR :note IS NOT NULL OR :owner IS NOT NULL)`,
  );
  const { status = null, note = null, owner = null } = change;
  const months = db
    .prepare<[string], string>('SELECT DISTINCT cycle FROM finding WHERE key IN (SELECT value FROM json_each(?)) ORDER BY cycle')
    .pluck();
  return db
    .transaction(() => {
      const changed = keys.reduce((n, key) => n + update.run({ status, note, owner, at, key }).changes, 0);
      if (status !== null) for (const cycle of months.all(JSON.stringify(keys))) refreshDeadlines(db, cycle, at);
      return changed;
    })
    .immediate();
}
