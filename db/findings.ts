import type { CheckCode, FindingStatus, Severity } from '../electron/core/checks.ts';
import { checks } from '../electron/core/checks.ts';
import type { Candidate, StoredFinding } from '../electron/core/finding.ts';
import type { BillingCycle } from '../electron/core/month.ts';
import { rowsPerSheet } from '../electron/core/row-id.ts';
import { where, type FindingFilter } from './finding-filter.ts';
import type { ReadDb } from './open.ts';
import { prepared } from './prepared.ts';

/** The columns of a stored finding, to `decodeFinding`. */
export const findingColumns = `key, cycle, code, severity, status, resolved_by_data AS resolvedByData, customer_id AS customerId, account_name AS accountName,
  trade_id AS tradeId, product_type AS productType, record_id AS recordId, performance_id AS performanceId, expected, stated, difference, zh, en,
  feedback, candidates, rows_omitted AS rowsOmitted, bridge, bridge_amount AS bridgeAmount, note, owner`;

/** A stored finding as SQLite gives it. */
export type RawFinding = Omit<StoredFinding, 'resolvedByData' | 'candidates' | 'rowsOmitted'> & {
  resolvedByData: bigint;
  candidates: string;
  rowsOmitted: bigint;
};
/** A stored finding of `findingColumns`, with any further column that was read beside them. */
export const decodeFinding = <R extends RawFinding>(
  raw: R,
): Omit<R, 'resolvedByData' | 'candidates' | 'rowsOmitted'> & Pick<StoredFinding, 'resolvedByData' | 'candidates' | 'rowsOmitted'> => ({
  ...raw,
  resolvedByData: raw.resolvedByData === 1n,
  candidates: JSON.parse(raw.candidates) as Candidate[],
  rowsOmitted: Number(raw.rowsOmitted),
});

const documentedOrder = 'resolved_by_data, position, key';

/** Findings in the documented order. Those resolved by data are listed only when that status is asked for. */
export function listFindings(db: ReadDb, cycle: BillingCycle, filter: FindingFilter = {}): StoredFinding[] {
  const { sql, values } = where(db, cycle, filter);
  return db
    .prepare<string[], RawFinding>(`SELECT ${findingColumns} FROM finding WHERE ${sql} ORDER BY ${documentedOrder}`)
    .all(...values)
    .map(decodeFinding);
}

/** The keys of the same findings: a list of hundreds of thousands is read part by part. */
export function findingKeys(db: ReadDb, cycle: BillingCycle, filter: FindingFilter = {}): string[] {
  const { sql, values } = where(db, cycle, filter);
  return db
    .prepare<string[], string>(`SELECT key FROM finding WHERE ${sql} ORDER BY ${documentedOrder}`)
    .pluck()
    .all(...values);
}

export function getFinding(db: ReadDb, key: string): StoredFinding | undefined {
  const raw = prepared<[string], RawFinding>(db, `SELECT ${findingColumns} FROM finding WHERE key = ?`).get(key);
  return raw && decodeFinding(raw);
}

/** What a person had made of it at which difference, where a run opened it again because that grew or turned; in 1e-8 yuan. */
export function reopenedFrom(db: ReadDb, key: string): { readonly status: FindingStatus; readonly difference: bigint } | undefined {
  return prepared<[string], { status: FindingStatus; difference: bigint }>(
    db,
    'SELECT reopened_status AS status, reopened_difference AS difference FROM finding WHERE key = ? AND reopened_status IS NOT NULL',
  ).get(key);
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
  return prepared<[string], EvidenceRow>(
    db,
    `SELECT r.side AS side, r.row AS row, i.import_id AS importId, i.name AS file, s.name AS sheet, s.id AS sheetId, s.kind AS kind
       FROM finding_row r
       JOIN sheet s ON s.id = r.row / ${rowsPerSheet}
       JOIN import i ON i.id = s.import
      WHERE r.key = ?
      ORDER BY r.side, r.position`,
  ).all(key);
}

/** A row behind a finding, with the finding's key. */
export interface KeyedEvidence extends EvidenceRow {
  readonly key: string;
}

/** The rows behind findings, by finding in the documented order, left before right. */
export function evidenceOfAll(db: ReadDb, keys: readonly string[]): KeyedEvidence[] {
  return db
    .prepare<[string], KeyedEvidence>(
      `SELECT r.key AS key, r.side AS side, r.row AS row, i.import_id AS importId, i.name AS file, s.name AS sheet, s.id AS sheetId, s.kind AS kind
         FROM finding f
         JOIN finding_row r ON r.key = f.key
         JOIN sheet s ON s.id = r.row / ${rowsPerSheet}
         JOIN import i ON i.id = s.import
        WHERE f.key IN (SELECT value FROM json_each(?))
        ORDER BY f.position, f.key, r.side, r.position`,
    )
    .all(JSON.stringify(keys));
}

/** A finding in a bridge, with what names it in a list. */
export interface BridgeFinding {
  readonly key: string;
  readonly amount: bigint;
  readonly accountName: string | null;
  readonly customerId: string | null;
  readonly what: string | null;
}

/** The findings that stand in a pair's bridge of the month, in the documented order: the first `most` of them, or all. */
export function bridgeFindings(
  db: ReadDb,
  cycle: BillingCycle,
  pair: string,
  most = -1,
): { readonly listed: BridgeFinding[]; readonly all: number; readonly moving: number } {
  const from = 'FROM finding WHERE cycle = ? AND resolved_by_data = 0 AND bridge = ? AND bridge_amount IS NOT NULL';
  const listed = prepared<[string, string, number], BridgeFinding>(
    db,
    `SELECT key, bridge_amount AS amount, account_name AS accountName, customer_id AS customerId,
            coalesce(trade_id, record_id, product_type) AS what ${from} ORDER BY ${documentedOrder} LIMIT ?`,
  ).all(cycle, pair, most);
  const sums = prepared<[string, string], { all: bigint; moving: bigint }>(
    db,
    `SELECT count(*) AS "all", coalesce(sum(bridge_amount <> 0), 0) AS moving ${from}`,
  ).get(cycle, pair)!;
  return { listed, all: Number(sums.all), moving: Number(sums.moving) };
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
    .prepare<[], RawFinding>(
      `SELECT ${findingColumns} FROM finding
        WHERE resolved_by_data = 0 AND status NOT IN ('resolved', 'accepted')
          AND (code LIKE 'invoice.%' OR code LIKE 'payment.%' OR code = 'incentive.tax')
        ORDER BY cycle, position, key`,
    )
    .all()
    .map(decodeFinding);
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
