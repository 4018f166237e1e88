import type { Bridge, Pair, SkippedBridge } from '../../electron/core/bridge.ts';
import type { PartSink } from '../../electron/core/bridge-part.ts';
import type { CheckCode } from '../../electron/core/checks.ts';
import type { FindingDraft } from '../../electron/core/finding.ts';
import type { Kind } from '../../electron/core/kinds.ts';
import type { BillingCycle } from '../../electron/core/month.ts';
import type { Settings } from '../../electron/core/settings.ts';
import type { WriteDb } from '../open.ts';

/**
 * What one reconciliation knows. `db` may create TEMP tables and nothing else: a run's results are written afterwards, in one transaction.
 * Rows in force of month M: `WHERE cycle = ? AND in_force = 1`.
 */
export interface RunContext {
  readonly db: WriteDb;
  readonly cycle: BillingCycle;
  readonly settings: Settings;
  /** Is there at least one sheet of this kind in force for that month (for the user's own tables: '')? */
  has(kind: Kind, cycle: BillingCycle | ''): boolean;
  /** Hears the groups behind every step; only where one pair is run again to look into it. */
  readonly sink?: PartSink;
  /** How a step of a part is done in a run; see `inStep`. */
  readonly step?: DoStep;
}
export type DoStep = <T>(name: string, work: (context: RunContext) => T, how?: StepOptions<T>) => T;
export interface StepOptions<T> {
  /** Of its kind the step reads the rows of this sheet only. */
  readonly sheet?: SheetOfKind;
  /** False for what is too large to be kept; absent: it never is. */
  readonly isWorthKeeping?: (value: T) => boolean;
}
export interface SheetOfKind {
  readonly kind: Kind;
  readonly id: bigint;
}

/**
 * Does a step of a part that reads less than the part does: what it came to in the month's newest run is taken over where all that it read is still the
 * same. The work may use its own context only, and no TEMP table but those that it makes; it returns plain data.
 */
export const inStep = <T>(
  context: RunContext,
  name: string,
  work: (context: RunContext) => T,
  isWorthKeeping: (value: T) => boolean = () => true,
): T => (context.step ? context.step(name, work, { isWorthKeeping }) : work(context));

/** For what the day has a say in; nothing else is given the day, so that what it found can be taken over on a later one. */
export interface DatedContext extends RunContext {
  /** The day of the run by the job's clock, "YYYY-MM-DD" in GMT+08:00. */
  readonly today: string;
}

/** What a check looked at: `compared` groups or rows, or why it could not run (a missing input is never a pass). */
export interface CheckReport {
  readonly code: CheckCode;
  readonly compared: number;
  /** What is missing, in the app's words ("没有导入 2025-09 的业绩明细 / performance of 2025-09 not imported"). */
  readonly skipped?: string;
}

/** The result of one pair (or of the checks beside the pairs). Unexplained of the bridge = Σ bridge amounts of its findings. */
export interface Outcome {
  readonly bridge?: Bridge | SkippedBridge;
  readonly findings: readonly FindingDraft[];
  readonly checks: readonly CheckReport[];
  /** It looked for something in the months after the next, so that importing those can change it. */
  readonly ahead?: boolean;
}

/** One entry of the list in `list.ts`: a pair's or a group of checks' whole run over one month. */
export interface DatedReconciler {
  readonly name: Pair | 'attribution' | 'invoices' | 'payments' | 'rows' | 'files';
  readonly run: (context: DatedContext) => Outcome;
}
/** One that the day has no say in. */
export interface Reconciler extends DatedReconciler {
  readonly run: (context: RunContext) => Outcome;
}
