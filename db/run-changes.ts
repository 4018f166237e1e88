import { compareFindings, type FindingChanges, type Standing } from '../electron/core/changes.ts';
import type { BillingCycle } from '../electron/core/month.ts';
import { bigintText, textBigint } from './bigint-json.ts';
import type { ReadDb, WriteDb } from './open.ts';
import { standingFindings } from './standing.ts';

/** What a month's newest run found otherwise than the one of `since` (a time). */
export interface RunChanges {
  readonly since: string;
  readonly changes: FindingChanges;
}

/**
 * Compares a run that is about to be stored with the one that it replaces. A run of the very same inputs finds the very same, so it leaves what was
 * told of the last one that could differ.
 */
export function recordChanges(
  db: WriteDb,
  run: { readonly cycle: BillingCycle; readonly runId: string },
  findings: readonly Standing[],
): void {
  const before = db.prepare<[string], { runId: string; at: string }>('SELECT run_id AS runId, at FROM run WHERE cycle = ?').get(run.cycle);
  if (!before || before.runId === run.runId) return;
  const changes = compareFindings(standingFindings(db, run.cycle), findings);
  db.prepare(
    `INSERT INTO run_change (cycle, since, changes) VALUES (?, ?, ?)
     ON CONFLICT (cycle) DO UPDATE SET since = excluded.since, changes = excluded.changes`,
  ).run(run.cycle, before.at, JSON.stringify(changes, bigintText));
}

/** What the newest run changed; undefined where it was the month's first. */
export function loadChanges(db: ReadDb, cycle: BillingCycle): RunChanges | undefined {
  const row = db.prepare<[string], { since: string; changes: string }>('SELECT since, changes FROM run_change WHERE cycle = ?').get(cycle);
  return row && { since: row.since, changes: JSON.parse(row.changes, textBigint) as FindingChanges };
}
