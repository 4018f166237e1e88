import { checkCodes, checks, severities, type CheckCode, type FindingStatus, type Severity } from './checks.ts';
import type { Money } from './money.ts';
import type { Pair } from './bridge.ts';
import type { RowId } from './row-id.ts';
import { usualCandidates } from './wording/candidates.ts';

/** A sentence in both languages. */
export interface Text {
  readonly zh: string;
  readonly en: string;
}
/** A legitimate explanation that a person should rule out before sending the dispute. */
export interface Candidate extends Text {
  readonly code: string;
}

/** What a check found, before it gets its key, place in the list and status. */
export interface FindingDraft {
  readonly code: CheckCode;
  /** Only where it is not the catalogue's severity (doubtful, or in our favour). */
  readonly severity?: Severity;
  /** The business key after `code|cycle|` (handbook: checks, Keys); never a file name, row number or amount. */
  readonly businessKey: readonly string[];
  readonly customerId?: string | undefined;
  readonly accountName?: string | undefined;
  readonly tradeId?: string | undefined;
  readonly productType?: string | undefined;
  readonly recordId?: string | undefined;
  readonly performanceId?: string | undefined;
  readonly expected: Money;
  readonly stated: Money;
  readonly reason: Text;
  /** What is known to explain this one; where nothing is, it gets what is usual for its check. */
  readonly candidates: readonly Candidate[];
  /** Rows of both sides in file order; at most `maxRows` are kept, the rest is counted. */
  readonly left: readonly RowId[];
  readonly right: readonly RowId[];
  /** Rows of either side beyond those that a check of very many rows kept (they must be the first by rank). */
  readonly omitted?: number;
  /** Where its amount stands as unexplained, with the bridge's sign; absent for checks beside the bridges. */
  readonly bridge?: { readonly pair: Pair; readonly amount: Money };
}

/** A finding as stored: with key, severity and the exact difference (stated − expected). */
export interface Finding extends FindingDraft {
  readonly key: string;
  readonly severity: Severity;
  readonly difference: Money;
  readonly rowsOmitted: number;
}

/** A stored finding without its rows. Amounts are in 1e-8 yuan. */
export interface StoredFinding {
  readonly key: string;
  readonly cycle: string;
  readonly code: CheckCode;
  readonly severity: Severity;
  readonly status: FindingStatus;
  readonly resolvedByData: boolean;
  readonly customerId: string | null;
  readonly accountName: string | null;
  readonly tradeId: string | null;
  readonly productType: string | null;
  readonly recordId: string | null;
  readonly performanceId: string | null;
  readonly expected: Money;
  readonly stated: Money;
  readonly difference: Money;
  readonly zh: string;
  readonly en: string;
  readonly feedback: string;
  readonly candidates: readonly Candidate[];
  readonly rowsOmitted: number;
  readonly bridge: string | null;
  readonly bridgeAmount: Money | null;
  readonly note: string;
  /** Who follows it up; '' where nobody was named. */
  readonly owner: string;
}

/** How many rows of one side a finding lists before it only counts the rest (handbook: cli). */
export const maxRows = 1000;

type Ordered = Pick<Finding, 'severity' | 'code' | 'key'>;

/** The documented order of findings: severity, then the catalogue's order, then the key by code unit. */
export function compareFindings(a: Ordered, b: Ordered): number {
  return (
    severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
    checkCodes.indexOf(a.code) - checkCodes.indexOf(b.code) ||
    (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)
  );
}

/**
 * Gives drafts their stable keys (`code|cycle|business key`, repeats `#2`, `#3` … by severity, amounts and rows), severities and differences, and sorts
 * them. `rank` orders rows by what was imported instead of when: row ids depend on the order of import, the result must not.
 */
export function settleFindings(drafts: readonly FindingDraft[], cycle: string, rank: (row: RowId) => bigint = (row) => row): Finding[] {
  const byRank = (a: RowId, b: RowId): number => compare(rank(a), rank(b));
  const prepared = drafts.map((draft) => ({ ...draft, left: [...draft.left].sort(byRank), right: [...draft.right].sort(byRank) }));
  prepared.sort((a, b) => compareDrafts(a, b) || compareRows(a.left, b.left, rank) || compareRows(a.right, b.right, rank));
  const seen = new Map<string, number>();
  const findings = prepared.map((draft): Finding => {
    const base = [draft.code, cycle, ...draft.businessKey].join('|');
    const count = (seen.get(base) ?? 0) + 1;
    seen.set(base, count);
    const { omitted: dropped = 0, ...kept } = draft;
    const omitted = dropped + Math.max(0, draft.left.length - maxRows) + Math.max(0, draft.right.length - maxRows);
    return {
      ...kept,
      key: count === 1 ? base : `${base}#${count}`,
      severity: draft.severity ?? checks[draft.code].severity,
      candidates: draft.candidates.length > 0 ? draft.candidates : usualCandidates[draft.code],
      difference: draft.stated - draft.expected,
      left: draft.left.slice(0, maxRows),
      right: draft.right.slice(0, maxRows),
      rowsOmitted: omitted,
    };
  });
  return findings.sort(compareFindings);
}

const compare = (a: string | bigint, b: string | bigint): number => (a < b ? -1 : a > b ? 1 : 0);

function compareDrafts(a: FindingDraft, b: FindingDraft): number {
  return (
    compare(a.businessKey.join('|'), b.businessKey.join('|')) ||
    compare(a.code, b.code) ||
    compare(a.severity ?? '', b.severity ?? '') ||
    compare(a.expected, b.expected) ||
    compare(a.stated, b.stated)
  );
}

function compareRows(a: readonly RowId[], b: readonly RowId[], rank: (row: RowId) => bigint): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const order = compare(rank(a[i]!), rank(b[i]!));
    if (order !== 0) return order;
  }
  return a.length - b.length;
}
