import type { Answer } from '../core/answers.ts';
import type { Bridge, SkippedBridge } from '../core/bridge.ts';
import type { CheckCode } from '../core/checks.ts';
import type { Sending } from '../core/dispute.ts';
import type { StoredFinding, Text } from '../core/finding.ts';
import type { Kind } from '../core/kinds.ts';
import type { Money } from '../core/money.ts';

/** A finding of the month; amounts in 1e-8 yuan. */
export type ReportedFinding = Omit<StoredFinding, 'cycle' | 'resolvedByData' | 'feedback' | 'rowsOmitted'>;

/** One line of the month's checklist. */
export interface ReportedStatement {
  readonly kind: Kind;
  readonly state: 'present' | 'missing' | 'stale' | 'partial';
  readonly rows: number;
  readonly total: Money | undefined;
  readonly exportedAt: string | undefined;
  readonly note?: Text;
}

/** Everything of a reconciled month. */
export interface MonthReport {
  readonly cycle: string;
  /** When it was reconciled, and the run's hash. */
  readonly at: string;
  readonly runId: string;
  readonly language: 'zh' | 'en';
  readonly closed: { readonly at: string; readonly preparedBy: string; readonly reviewedBy: string } | undefined;
  readonly answers: readonly Answer[];
  readonly statements: readonly ReportedStatement[];
  readonly checks: readonly { readonly code: CheckCode; readonly compared: number; readonly findings: number; readonly skipped?: string }[];
  readonly bridges: readonly (Bridge | SkippedBridge)[];
  readonly findings: readonly ReportedFinding[];
  readonly sendings: readonly Sending[];
}
