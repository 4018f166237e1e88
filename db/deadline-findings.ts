import { compareFindings, settleFindings, type Finding } from '../electron/core/finding.ts';
import { deadlineCode, judgeDeadlines } from '../electron/core/judging/deadlines.ts';
import type { BillingCycle } from '../electron/core/month.ts';
import { closedMonth } from './closings.ts';
import { listDeadlines } from './deadlines.ts';
import { openDisputes } from './findings.ts';
import type { WriteDb } from './open.ts';
import { findingWriter } from './save-findings.ts';
import { loadSettings } from './settings.ts';

/**
 * Lets incentive.deadline follow what the person has marked, without a run: it counts disputes that are still open. A closed month's result stands
 * as it is, and a month that had no dates when it was run waits for its next run. Must run in the caller's transaction.
 */
export function refreshDeadlines(db: WriteDb, cycle: BillingCycle, at: string): void {
  const run = db.prepare<[string], { checks: string }>('SELECT checks FROM run WHERE cycle = ?').get(cycle);
  if (!run || closedMonth(db, cycle)) return;
  const checks = JSON.parse(run.checks) as { code: string; findings: number; skipped?: string }[];
  const check = checks.find((c) => c.code === deadlineCode);
  if (!check || check.skipped !== undefined) return;
  const verdict = judgeDeadlines(listDeadlines(db, cycle), at.slice(0, 10), loadSettings(db).deadlineDays, openDisputes(db, cycle));
  const found = settleFindings(verdict.findings, cycle);
  replace(db, cycle, found, at);
  check.findings = found.length;
  db.prepare('UPDATE run SET checks = ?, stands_until = ? WHERE cycle = ?').run(JSON.stringify(checks), verdict.standsUntil ?? null, cycle);
}

function replace(db: WriteDb, cycle: BillingCycle, found: readonly Finding[], at: string): void {
  const standing = new Map(
    db
      .prepare<[string, string], [string, bigint]>(
        'SELECT key, position FROM finding WHERE cycle = ? AND code = ? AND resolved_by_data = 0',
      )
      .raw()
      .all(cycle, deadlineCode),
  );
  const writer = findingWriter(db, cycle, at);
  const held = new Set(found.map((f) => f.key));
  for (const key of standing.keys()) if (!held.has(key)) writer.close(key);
  for (const f of found) writer.write(f, standing.get(f.key) ?? placeFor(db, cycle, f));
}

/** Makes room for a finding at its place in the documented order. */
function placeFor(db: WriteDb, cycle: BillingCycle, finding: Finding): bigint {
  const others = db
    .prepare<[string], Pick<Finding, 'severity' | 'code' | 'key'> & { position: bigint }>(
      'SELECT severity, code, key, position FROM finding WHERE cycle = ? AND resolved_by_data = 0 ORDER BY position',
    )
    .iterate(cycle);
  let place = 0n;
  for (const other of others) {
    if (compareFindings(finding, other) < 0) break;
    place = other.position + 1n;
  }
  db.prepare('UPDATE finding SET position = position + 1 WHERE cycle = ? AND resolved_by_data = 0 AND position >= ?').run(cycle, place);
  return place;
}
