import { createHash } from 'node:crypto';
import app from '../../package.json' with { type: 'json' };
import { closedMonth } from '../../db/closings.ts';
import { resolveCustomerKeys } from '../../db/customer-keys.ts';
import { inputsHash, runInputs } from '../../db/inputs.ts';
import { rowRank } from '../../db/row-rank.ts';
import type { WriteDb } from '../../db/open.ts';
import { deadlineOutcome } from '../../db/reconciling/deadlines.ts';
import { monthContext } from '../../db/reconciling/month-context.ts';
import type { CheckReport, DatedContext, Outcome } from '../../db/reconciling/context.ts';
import { listMonths, saveRun, type Run } from '../../db/runs.ts';
import { BridgeNotClosed, pairs, type Bridge, type SkippedBridge } from '../core/bridge.ts';
import { checkCodes, type CheckCode } from '../core/checks.ts';
import { compareFindings, settleFindings, type Finding, type FindingDraft } from '../core/finding.ts';
import type { BillingCycle } from '../core/month.ts';
import { nothingCompared } from '../core/wording/skipped.ts';
import { MonthClosed, MonthEmpty } from '../errors.ts';
import { OutcomesAside, worthAside, type Aside } from './outcome-aside.ts';
import { keepMade, runReconcilers, type RanReconcilers } from './run-reconcilers.ts';

/**
 * Raised whenever the same inputs could give another result, be it in a word, so that old runs are not taken for current ones, nor what their parts
 * found for what they would find now.
 */
const engineVersion = '16';
/** Of what the parts of a run found: nothing is taken over from another version of the app. */
const partVersion = `${engineVersion}|${app.version}`;

export interface ReconcileContext {
  readonly db: WriteDb;
  now(): string;
  /** Called before each part; throw from it to cancel. */
  onStage?(name: string, done: number, total: number): void;
  /** Absent: no second thread takes part. Only for a transaction that has written nothing. */
  readonly aside?: Aside;
}

/**
 * Runs every reconciler over one month and stores the result as one unit: one transaction, so that all of it sees the same rows whatever another
 * process imports meanwhile. Throws MonthEmpty where there is no file of the month, MonthClosed where it is closed, and BridgeNotClosed where a sum is off: a defect of ours.
 */
export function reconcileMonth(cycle: BillingCycle, context: ReconcileContext): Run {
  const { db } = context;
  // Committed, so that another connection sees it too; within the transaction it is done once more for what came in between.
  if (context.aside && !closedMonth(db, cycle)) resolveCustomerKeys(db);
  return db
    .transaction(() => {
      if (closedMonth(db, cycle)) throw new MonthClosed([cycle], { zh: '不再重新对账', en: 'and is not reconciled again' });
      const { run, hash, findings, made } = judgeMonth(cycle, context);
      saveRun(db, run, hash, findings);
      keepMade(db, { cycle, version: partVersion }, made);
      return run;
    })
    .immediate();
}

/** What a reconciliation finds, before it is stored. */
export interface JudgedMonth {
  readonly run: Run;
  /** Of the inputs and settings that it rests on. */
  readonly hash: string;
  readonly findings: readonly Finding[];
  /** What was not taken over from the run before. */
  readonly made: RanReconcilers['made'];
}

/**
 * The same on every machine for the same inputs, settings and version of the checks: it names what a run rests on, so that a pack can be told from
 * one of other files. Not in it are the day and the statuses: they move incentive.deadline alone (a promise that passes is an input), which follows
 * them between runs too; how long that holds is the run's `standsUntil`.
 */
export const runIdOf = (cycle: BillingCycle, hash: string): string =>
  createHash('sha256').update(`${engineVersion}|${cycle}|${hash}`).digest('hex').slice(0, 32);

/**
 * Judges one month as the data, settings and matches stand in this transaction, and stores nothing but resolved customer keys.
 * Throws MonthEmpty and BridgeNotClosed.
 */
export function judgeMonth(cycle: BillingCycle, context: ReconcileContext): JudgedMonth {
  const { db } = context;
  if (!listMonths(db).includes(cycle)) throw new MonthEmpty(cycle);
  const changed = resolveCustomerKeys(db);
  const at = context.now();
  const today = at.slice(0, 10);
  const runContext: DatedContext = { ...monthContext(db, cycle), today };
  const { aside } = context;
  const ran = runReconcilers(runContext, {
    version: partVersion,
    onStage: (...stage) => context.onStage?.(...stage),
    // Another connection does not see what was written here just now.
    ...(!changed &&
      worthAside(db, cycle, aside) && {
        aside: (parts) => new OutcomesAside({ database: db.name, cycle, version: partVersion }, parts, aside),
      }),
  });
  context.onStage?.('save', ran.outcomes.length, ran.outcomes.length);
  const judged = settleFindings(
    ran.outcomes.flatMap((o) => o.findings),
    cycle,
    rowRank(db),
  );
  const { standsUntil, ...deadlines } = deadlineOutcome(runContext, judged);
  const outcomes: Outcome[] = [...ran.outcomes, deadlines];
  const findings = [...judged, ...settleFindings(deadlines.findings, cycle)].sort(compareFindings);
  const bridges = collectBridges(outcomes);
  for (const bridge of bridges) if ('left' in bridge) assertExplained(bridge, findings);
  const looksAhead = outcomes.some((o) => o.ahead);
  const inputs = runInputs(db, cycle, looksAhead);
  const hash = inputsHash(db, cycle, inputs, today);
  const checks = collectChecks(cycle, outcomes, findings);
  const run: Run = {
    cycle,
    runId: runIdOf(cycle, hash),
    at,
    inputs,
    checks,
    bridges,
    looksAhead,
    ...(standsUntil !== undefined && { standsUntil }),
  };
  return { run, hash, findings, made: ran.made };
}

function collectBridges(outcomes: readonly Outcome[]): (Bridge | SkippedBridge)[] {
  const built = new Map(outcomes.flatMap((o) => (o.bridge ? [[o.bridge.pair, o.bridge] as const] : [])));
  return pairs.map((pair) => {
    const bridge = built.get(pair);
    if (!bridge) throw new BridgeNotClosed(`${pair}: no reconciler gave this bridge`);
    return bridge;
  });
}

/** Unexplained is the sum of the findings that stand in the bridge, to the last decimal. */
function assertExplained(bridge: Bridge, findings: readonly Finding[]): void {
  const sum = findings.reduce((s, f) => (f.bridge?.pair === bridge.pair ? s + f.bridge.amount : s), 0n);
  if (sum !== bridge.unexplained) {
    throw new BridgeNotClosed(`${bridge.pair}: unexplained is ${bridge.unexplained}, its findings sum to ${sum} (1e-8 yuan)`);
  }
}

/**
 * One report a code, in the catalogue's order. A code that two parts report (one skipped, one run) counts as run with the compared rows
 * added; one that had nothing to compare is never a pass.
 */
function collectChecks(cycle: BillingCycle, outcomes: readonly Outcome[], findings: readonly FindingDraft[]): Run['checks'] {
  const byCode = new Map<CheckCode, CheckReport>();
  for (const report of outcomes.flatMap((o) => o.checks)) {
    const other = byCode.get(report.code);
    byCode.set(report.code, other ? mergeReports(other, report) : report);
  }
  const counts = new Map<CheckCode, number>();
  for (const f of findings) counts.set(f.code, (counts.get(f.code) ?? 0) + 1);
  return checkCodes.flatMap((code) => {
    const report = byCode.get(code);
    if (!report) return [];
    const found = counts.get(code) ?? 0;
    const idle = report.compared === 0 && report.skipped === undefined && found === 0;
    return [{ ...report, ...(idle && { skipped: nothingCompared(cycle) }), findings: found }];
  });
}

function mergeReports(a: CheckReport, b: CheckReport): CheckReport {
  const compared = a.compared + b.compared;
  const skipped = compared === 0 ? (a.skipped ?? b.skipped) : undefined;
  return { code: a.code, compared, ...(skipped !== undefined && { skipped }) };
}
