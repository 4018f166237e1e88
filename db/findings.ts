import type { CheckCode, Severity } from '../electron/core/checks.ts';
import { checks } from '../electron/core/checks.ts';
import type { Candidate, StoredFinding } from '../electron/core/finding.ts';
import type { BillingCycle } from '../electron/core/month.ts';
import { namedCustomers } from './named-customers.ts';
import type { ReadDb } from './open.ts';

const columns = `key, cycle, code, severity, status, resolved_by_data AS resolvedByData, customer_id AS customerId, account_name AS accountName,
  trade_id AS tradeId, product_type AS productType, record_id AS recordId, performance_id AS performanceId, expected, stated, difference, zh, en,
  feedback, candidates, rows_omitted AS rowsOmitted, bridge, bridge_amount AS bridgeAmount, note, owner`;

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

function where(db: ReadDb, cycle: BillingCycle, filter: FindingFilter): { sql: string; values: string[] } {
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
    const searched = ['customer_id', 'account_name', 'trade_id', 'product_type', 'record_id', 'zh', 'note', 'owner'];
    const named = namedCustomers(db, parts[0]!, cycle, like);
    parts.push(`(${searched.map((c) => `${c} LIKE ? ESCAPE '\\'`).join(' OR ')} OR customer_id IN (SELECT value FROM json_each(?)))`);
    values.push(...searched.map(() => like), JSON.stringify(named));
  }
  return { sql: parts.join(' AND '), values };
}

/** So many findings of the documented order, from the one at `from` (0 = the first) on. */
export interface FindingPart {
  readonly from: number;
  readonly most: number;
}

/** Findings in the documented order, or a part of them. Those resolved by data are listed only when that status is asked for. */
export function listFindings(db: ReadDb, cycle: BillingCycle, filter: FindingFilter = {}, part?: FindingPart): StoredFinding[] {
  const { sql, values } = where(db, cycle, filter);
  return db
    .prepare<(string | bigint)[], Raw>(
      `SELECT ${columns} FROM finding WHERE ${sql} ORDER BY resolved_by_data, position, key LIMIT ? OFFSET ?`,
    )
    .all(...values, BigInt(part?.most ?? -1), BigInt(part?.from ?? 0))
    .map(decode);
}

/** How many findings match. */
export function countFindings(db: ReadDb, cycle: BillingCycle, filter: FindingFilter = {}): number {
  const { sql, values } = where(db, cycle, filter);
  return Number(
    db
      .prepare<string[], bigint>(`SELECT count(*) FROM finding WHERE ${sql}`)
      .pluck()
      .get(...values)!,
  );
}

export interface FindingPage {
  readonly total: number;
  readonly totalDifference: bigint;
  readonly findings: StoredFinding[];
  readonly counts: { code: CheckCode; severity: Severity; count: number; difference: bigint }[];
  /** Of the finding that was to be found, where it is listed: its index. */
  readonly at?: number;
}

/** Which findings a page has, and of which one (by key) it says where it stands in the whole list. */
export interface AskedPage {
  readonly offset: number;
  readonly limit: number;
  readonly sort: 'order' | 'amount';
  readonly find?: string | undefined;
}

/** One page of findings, the count and sum of all that match, and counts by code. `amount` sorts by size of the difference, largest first. */
export function pageFindings(db: ReadDb, cycle: BillingCycle, filter: FindingFilter, page: AskedPage): FindingPage {
  const { sql, values } = where(db, cycle, filter);
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
    ...(page.find !== undefined && placeOf(db, sql, order, values, page.find)),
  };
}

function placeOf(db: ReadDb, sql: string, order: string, values: readonly string[], key: string): { at?: number } {
  const at = db
    .prepare<string[], bigint>(
      `SELECT at FROM (SELECT key, row_number() OVER (ORDER BY ${order}) - 1 AS at FROM finding WHERE ${sql}) WHERE key = ?`,
    )
    .pluck()
    .get(...values, key);
  return at === undefined ? {} : { at: Number(at) };
}

export function getFinding(db: ReadDb, key: string): StoredFinding | undefined {
  const raw = db.prepare<[string], Raw>(`SELECT ${columns} FROM finding WHERE key = ?`).get(key);
  return raw && decode(raw);
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
