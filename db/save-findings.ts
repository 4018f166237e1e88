import { feedbackText } from '../electron/core/feedback.ts';
import type { Finding } from '../electron/core/finding.ts';
import type { BillingCycle } from '../electron/core/month.ts';
import { customerManagers } from './customer-managers.ts';
import type { WriteDb } from './open.ts';

/** Writes the findings of a month one by one. */
export interface FindingWriter {
  /** A known key keeps its status, note and owner; one that was resolved by data is opened again. */
  write(f: Finding, position: number | bigint): void;
  /** It holds no longer: resolved by data, never deleted. */
  close(key: string): void;
}

/** A person closed it at a smaller difference or the other way round. */
const outgrown = `finding.resolved_by_data = 0 AND finding.status IN ('resolved', 'accepted')
  AND (abs(excluded.difference) > abs(finding.difference) OR sign(excluded.difference) <> sign(finding.difference))`;

export function findingWriter(db: WriteDb, cycle: BillingCycle, at: string): FindingWriter {
  const close = db.prepare(
    `UPDATE finding SET status = 'resolved', resolved_by_data = 1, reopened_status = NULL, bridge = NULL, bridge_amount = NULL, updated_at = ? WHERE key = ?`,
  );
  const upsert = db.prepare(
    `INSERT INTO finding (key, cycle, code, severity, status, resolved_by_data, position, customer_id, account_name, trade_id, product_type, record_id,
       performance_id, expected, stated, difference, zh, en, feedback, candidates, rows_omitted, bridge, bridge_amount, manager, first_seen, updated_at)
     VALUES (?, ?, ?, ?, 'open', 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (key) DO UPDATE SET severity = excluded.severity, position = excluded.position, customer_id = excluded.customer_id,
       account_name = excluded.account_name, trade_id = excluded.trade_id, product_type = excluded.product_type, record_id = excluded.record_id,
       performance_id = excluded.performance_id, expected = excluded.expected, stated = excluded.stated, difference = excluded.difference,
       zh = excluded.zh, en = excluded.en, feedback = excluded.feedback, candidates = excluded.candidates, rows_omitted = excluded.rows_omitted,
       bridge = excluded.bridge, bridge_amount = excluded.bridge_amount, manager = excluded.manager, updated_at = excluded.updated_at,
       reopened_status = CASE WHEN ${outgrown} THEN finding.status ELSE finding.reopened_status END,
       reopened_difference = CASE WHEN ${outgrown} THEN finding.difference ELSE finding.reopened_difference END,
       status = CASE WHEN finding.resolved_by_data = 1 OR ${outgrown} THEN 'open' ELSE finding.status END, resolved_by_data = 0`,
  );
  const managerOf = customerManagers(db, cycle);
  const dropRows = db.prepare('DELETE FROM finding_row WHERE key = ?');
  const addRow = db.prepare('INSERT INTO finding_row (key, side, position, row) VALUES (?, ?, ?, ?)');
  return {
    close: (key) => void close.run(at, key),
    write(f, position) {
      const names = [f.customerId, f.accountName, f.tradeId, f.productType, f.recordId, f.performanceId].map((name) => name ?? null);
      const words = [f.reason.zh, f.reason.en, feedbackText(f, cycle), JSON.stringify(f.candidates)];
      const standing = [BigInt(f.rowsOmitted), f.bridge?.pair ?? null, f.bridge?.amount ?? null, managerOf(f.customerId), at, at];
      upsert.run([f.key, cycle, f.code, f.severity, BigInt(position), ...names, f.expected, f.stated, f.difference, ...words, ...standing]);
      dropRows.run(f.key);
      for (const side of ['left', 'right'] as const) for (const [i, row] of f[side].entries()) addRow.run(f.key, side, BigInt(i), row);
    },
  };
}

/**
 * Replaces a month's findings by those of a new run. A known key keeps its status, note and owner; one that no longer holds is closed as resolved by
 * data, never deleted; one that holds again after that is reopened, as is one that a person closed at a smaller amount or the other way round.
 */
export function saveFindings(db: WriteDb, cycle: BillingCycle, findings: readonly Finding[], at: string): void {
  const held = new Set(findings.map((f) => f.key));
  const known = db.prepare<[string], { key: string }>('SELECT key FROM finding WHERE cycle = ? AND resolved_by_data = 0').all(cycle);
  const writer = findingWriter(db, cycle, at);
  for (const { key } of known) if (!held.has(key)) writer.close(key);
  for (const [position, f] of findings.entries()) writer.write(f, position);
}
