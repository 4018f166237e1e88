import type { CheckCode, FindingStatus, Severity } from '../electron/core/checks.ts';
import { checks } from '../electron/core/checks.ts';
import { feedbackText } from '../electron/core/feedback.ts';
import type { Candidate, Finding, StoredFinding } from '../electron/core/finding.ts';
import type { BillingCycle } from '../electron/core/month.ts';
import type { ReadDb, WriteDb } from './open.ts';

const columns = `key, cycle, code, severity, status, resolved_by_data AS resolvedByData, customer_id AS customerId, account_name AS accountName,
  trade_id AS tradeId, product_type AS productType, record_id AS recordId, performance_id AS performanceId, expected, stated, difference, zh, en,
  feedback, candidates, rows_omitted AS rowsOmitted, bridge, bridge_amount AS bridgeAmount, note`;

type Raw = Omit<StoredFinding, 'resolvedByData' | 'candidates' | 'rowsOmitted'> & {
  resolvedByData: bigint;
  candidates: string;
  rowsOmitted: bigint;
};
const decode = (raw: Raw): StoredFinding => ({
  ...raw,
  resolvedByData: raw.resolvedByData === 1n,
  candidates: JSON.parse(raw.candidates) as Candidate[],
  rowsOmitted: Number(raw.rowsOmitted),
});

/**
 * Replaces a month's findings by those of a new run. A known key keeps its status, note and owner; one that no longer holds is closed as resolved by
 * data, never deleted; one that holds again after that is reopened.
 */
export function saveFindings(db: WriteDb, cycle: BillingCycle, findings: readonly Finding[], at: string): void {
  const held = new Set(findings.map((f) => f.key));
  const known = db.prepare<[string], { key: string }>('SELECT key FROM finding WHERE cycle = ? AND resolved_by_data = 0').all(cycle);
  const close = db.prepare(
    `UPDATE finding SET status = 'resolved', resolved_by_data = 1, bridge = NULL, bridge_amount = NULL, updated_at = ? WHERE key = ?`,
  );
  for (const { key } of known) if (!held.has(key)) close.run(at, key);
  const upsert = db.prepare(
    `INSERT INTO finding (key, cycle, code, severity, status, resolved_by_data, position, customer_id, account_name, trade_id, product_type, record_id,
       performance_id, expected, stated, difference, zh, en, feedback, candidates, rows_omitted, bridge, bridge_amount, first_seen, updated_at)
     VALUES (?, ?, ?, ?, 'open', 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (key) DO UPDATE SET severity = excluded.severity, position = excluded.position, customer_id = excluded.customer_id,
       account_name = excluded.account_name, trade_id = excluded.trade_id, product_type = excluded.product_type, record_id = excluded.record_id,
       performance_id = excluded.performance_id, expected = excluded.expected, stated = excluded.stated, difference = excluded.difference,
       zh = excluded.zh, en = excluded.en, feedback = excluded.feedback, candidates = excluded.candidates, rows_omitted = excluded.rows_omitted,
       bridge = excluded.bridge, bridge_amount = excluded.bridge_amount, updated_at = excluded.updated_at,
       status = CASE WHEN finding.resolved_by_data = 1 THEN 'open' ELSE finding.status END, resolved_by_data = 0`,
  );
  const dropRows = db.prepare('DELETE FROM finding_row WHERE key = ?');
  const addRow = db.prepare('INSERT INTO finding_row (key, side, position, row) VALUES (?, ?, ?, ?)');
  for (const [position, f] of findings.entries()) {
    const names = [f.customerId, f.accountName, f.tradeId, f.productType, f.recordId, f.performanceId].map((name) => name ?? null);
    const words = [f.reason.zh, f.reason.en, feedbackText(f, cycle), JSON.stringify(f.candidates)];
    const standing = [BigInt(f.rowsOmitted), f.bridge?.pair ?? null, f.bridge?.amount ?? null, at, at];
    upsert.run([f.key, cycle, f.code, f.severity, BigInt(position), ...names, f.expected, f.stated, f.difference, ...words, ...standing]);
    dropRows.run(f.key);
    for (const side of ['left', 'right'] as const) for (const [i, row] of f[side].entries()) addRow.run(f.key, side, BigInt(i), row);
  }
}

export interface FindingFilter {
  /** The ones of earlier months that nobody has closed, instead of the month's own: they are looked at here, and counted there. */
  readonly carried?: boolean | undefined;
  readonly code?: string | undefined;
  readonly severity?: string | undefined;
  readonly status?: string | undefined;
  readonly search?: string | undefined;
}

const carriedSql = `cycle < ? AND resolved_by_data = 0 AND status NOT IN ('resolved', 'accepted')`;
/** How many findings of earlier months are still open. */
export const countCarried = (db: ReadDb, cycle: BillingCycle): number =>
  Number(db.prepare<[string], bigint>(`SELECT count(*) FROM finding WHERE ${carriedSql}`).pluck().get(cycle)!);

function where(cycle: BillingCycle, filter: FindingFilter): { sql: string; values: string[] } {
  const parts = filter.carried ? [carriedSql] : ['cycle = ?'];
  const values: string[] = [cycle];
  for (const name of ['code', 'severity', 'status'] as const) {
    const value = filter[name];
    if (value === undefined) continue;
    parts.push(`${name} = ?`);
    values.push(value);
  }
  if (filter.status === undefined && !filter.carried) parts.push('resolved_by_data = 0');
  if (filter.search) {
    const like = `%${filter.search.replace(/[\\%_]/g, '\\$&')}%`;
    const searched = ['customer_id', 'account_name', 'trade_id', 'product_type', 'record_id', 'zh', 'note'];
    parts.push(`(${searched.map((c) => `${c} LIKE ? ESCAPE '\\'`).join(' OR ')})`);
    values.push(...searched.map(() => like));
  }
  return { sql: parts.join(' AND '), values };
}

/** Findings in the documented order. Those resolved by data are listed only when that status is asked for. */
export function listFindings(db: ReadDb, cycle: BillingCycle, filter: FindingFilter = {}): StoredFinding[] {
  const { sql, values } = where(cycle, filter);
  return db
    .prepare<string[], Raw>(`SELECT ${columns} FROM finding WHERE ${sql} ORDER BY resolved_by_data, position, key`)
    .all(...values)
    .map(decode);
}

export interface FindingPage {
  readonly total: number;
  readonly totalDifference: bigint;
  readonly findings: StoredFinding[];
  readonly counts: { code: CheckCode; severity: Severity; count: number; difference: bigint }[];
}

/** One page of findings, the count and sum of all that match, and counts by code. `amount` sorts by size of the difference, largest first. */
export function pageFindings(
  db: ReadDb,
  cycle: BillingCycle,
  filter: FindingFilter,
  page: { offset: number; limit: number; sort: 'order' | 'amount' },
): FindingPage {
  const { sql, values } = where(cycle, filter);
  const newestFirst = filter.carried ? 'cycle DESC, ' : '';
  const order = page.sort === 'amount' ? 'abs(difference) DESC, key' : `resolved_by_data, ${newestFirst}position, key`;
  const found = db
    .prepare<(string | bigint)[], Raw>(`SELECT ${columns} FROM finding WHERE ${sql} ORDER BY ${order} LIMIT ? OFFSET ?`)
    .all(...values, BigInt(page.limit), BigInt(page.offset));
  const counts = db
    .prepare<string[], { code: CheckCode; severity: Severity; count: bigint; difference: bigint }>(
      `SELECT code, severity, count(*) AS count, sum(difference) AS difference FROM finding WHERE ${sql} GROUP BY code, severity ORDER BY min(position), code`,
    )
    .all(...values)
    .map((c) => ({ ...c, count: Number(c.count) }));
  return {
    total: counts.reduce((n, c) => n + c.count, 0),
    totalDifference: counts.reduce((n, c) => n + c.difference, 0n),
    findings: found.map(decode),
    counts,
  };
}

export function getFinding(db: ReadDb, key: string): StoredFinding | undefined {
  const raw = db.prepare<[string], Raw>(`SELECT ${columns} FROM finding WHERE key = ?`).get(key);
  return raw && decode(raw);
}

/**
 * Sets status or note of findings; returns how many rows changed. One that the data has resolved keeps that status: it holds no longer, and only a
 * run can open it again.
 */
export function markFindings(
  db: WriteDb,
  keys: readonly string[],
  change: { status?: FindingStatus | undefined; note?: string | undefined },
  at: string,
): number {
  const update = db.prepare(
    `UPDATE finding
     SET status = CASE WHEN resolved_by_data = 1 THEN status ELSE coalesce(:status, status) END,
       note = coalesce(:note, note),
       updated_at = :at
     WHERE key = :key AND (resolved_by_data = 0 OR :note IS NOT NULL)`,
  );
  const { status = null, note = null } = change;
  return db.transaction(() => keys.reduce((n, key) => n + update.run({ status, note, at, key }).changes, 0)).immediate();
}

export interface EvidenceRow {
  readonly side: 'left' | 'right';
  readonly row: bigint;
  readonly importId: string;
  readonly file: string;
  readonly sheet: string;
  readonly sheetId: bigint;
  readonly kind: string;
}

/** The rows a finding rests on, traced to file and sheet. */
export function findingRows(db: ReadDb, key: string): EvidenceRow[] {
  return db
    .prepare<[string], EvidenceRow>(
      `SELECT r.side AS side, r.row AS row, i.import_id AS importId, i.name AS file, s.name AS sheet, s.id AS sheetId, s.kind AS kind
         FROM finding_row r
         JOIN sheet s ON s.id = r.row / 16777216
         JOIN import i ON i.id = s.import
        WHERE r.key = ?
        ORDER BY r.side, r.position`,
    )
    .all(key);
}

/** A row behind a finding, with the finding's key. */
export interface KeyedEvidence extends EvidenceRow {
  readonly key: string;
}

/** The rows behind a month's open findings of one severity, by finding in the documented order, left before right. */
export function openEvidence(db: ReadDb, cycle: BillingCycle, severity: Severity): KeyedEvidence[] {
  return db
    .prepare<[string, string], KeyedEvidence>(
      `SELECT r.key AS key, r.side AS side, r.row AS row, i.import_id AS importId, i.name AS file, s.name AS sheet, s.id AS sheetId, s.kind AS kind
         FROM finding f
         JOIN finding_row r ON r.key = f.key
         JOIN sheet s ON s.id = r.row / 16777216
         JOIN import i ON i.id = s.import
        WHERE f.cycle = ? AND f.severity = ? AND f.status = 'open' AND f.resolved_by_data = 0
        ORDER BY f.position, f.key, r.side, r.position`,
    )
    .all(cycle, severity);
}

/** How many findings of the month are open, and the sum of their differences, by code. */
export function openByCode(db: ReadDb, cycle: BillingCycle): Map<CheckCode, { count: number; difference: bigint; severity: Severity }> {
  const rows = db
    .prepare<[string], { code: CheckCode; severity: Severity; count: bigint; difference: bigint }>(
      `SELECT code, min(severity) AS severity, count(*) AS count, sum(difference) AS difference FROM finding
        WHERE cycle = ? AND status NOT IN ('resolved', 'accepted') GROUP BY code`,
    )
    .all(cycle);
  return new Map(
    rows.filter((r) => r.code in checks).map((r) => [r.code, { count: Number(r.count), difference: r.difference, severity: r.severity }]),
  );
}

/** The findings of all months about requests, their invoices and their money that nobody has settled yet, by request. */
export function openRequestFindings(db: ReadDb): Map<string, StoredFinding[]> {
  const found = db
    .prepare<[], Raw>(
      `SELECT ${columns} FROM finding
        WHERE resolved_by_data = 0 AND status NOT IN ('resolved', 'accepted')
          AND (code LIKE 'invoice.%' OR code LIKE 'payment.%' OR code = 'incentive.tax')
        ORDER BY cycle, position, key`,
    )
    .all()
    .map(decode);
  // Keys of these checks are code | month | request | invoice number; repeats end in #2.
  return Map.groupBy(found, ({ key }) => (key.split('|')[2] ?? '').replace(/#\d+$/, ''));
}

/** The month's findings of severity dispute that nobody has sent, accepted or answered yet. */
export function openDisputes(db: ReadDb, cycle: BillingCycle): { code: string; difference: bigint }[] {
  return db
    .prepare<[string], { code: string; difference: bigint }>(
      `SELECT code, difference FROM finding WHERE cycle = ? AND resolved_by_data = 0 AND severity = 'dispute' AND status = 'open' ORDER BY position`,
    )
    .all(cycle);
}
