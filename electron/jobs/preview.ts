import { closedMonth } from '../../db/closings.ts';
import { inputsHash, runInputs } from '../../db/inputs.ts';
import { addMatch, undoMatch, type ManualMatch } from '../../db/manual-matches.ts';
import type { WriteDb } from '../../db/open.ts';
import { loadRun } from '../../db/runs.ts';
import { addScopeMark, undoScopeMark, type ScopeMark } from '../../db/scope-marks.ts';
import { saveSetting } from '../../db/settings.ts';
import { standingFindings } from '../../db/standing.ts';
import type { Bridge, SkippedBridge } from '../core/bridge.ts';
import { compareBridges, compareFindings, type FindingChanges, type Standing, type StepChange } from '../core/changes.ts';
import type { BillingCycle } from '../core/month.ts';
import type { SettingKey } from '../core/settings.ts';
import { judgeMonth, runIdOf, type ReconcileContext } from './reconcile.ts';

/** What is tried out; its values were checked before. */
export type Trial =
  | { readonly settings: readonly { readonly key: SettingKey; readonly value: string }[] }
  | { readonly match: Pick<ManualMatch, 'cycle' | 'pair' | 'action' | 'keys'> }
  /** The id of a match to take back. */
  | { readonly undo: number }
  /** What an import is said to cover. */
  | { readonly mark: Pick<ScopeMark, 'importId' | 'kind' | 'managers' | 'customers'> }
  /** The id of a scope mark to take back. */
  | { readonly unmark: number };

/** What a change would make of one open month. */
export interface TriedMonth {
  readonly billingCycle: BillingCycle;
  readonly changes: FindingChanges;
  readonly bridges: readonly StepChange[];
}
export interface Tried {
  readonly months: readonly TriedMonth[];
  /** Closed months among those asked for: they keep their result, nothing is tried on them. */
  readonly closed: readonly BillingCycle[];
}

/**
 * Applies a change, reconciles the open ones of these months with it, says what is different, and takes everything back: one transaction that is
 * never committed, so nothing is written whatever happens in between.
 */
export function tryOut(trial: Trial, cycles: readonly BillingCycle[], context: ReconcileContext): Tried {
  const { db } = context;
  db.exec('BEGIN IMMEDIATE');
  try {
    const open = cycles.filter((cycle) => !closedMonth(db, cycle));
    const before = open.map((cycle) => resultAsItStands(cycle, context));
    apply(trial, db, context.now());
    const months = open.map((billingCycle, i): TriedMonth => {
      const { run, findings } = judgeMonth(billingCycle, context);
      const was = before[i]!;
      return {
        billingCycle,
        changes: compareFindings(was.findings, findings),
        bridges: compareBridges(was.bridges, run.bridges),
      };
    });
    return { months, closed: cycles.filter((cycle) => !open.includes(cycle)) };
  } finally {
    // An error of SQLite's own may have ended the transaction already.
    if (db.inTransaction) db.exec('ROLLBACK');
  }
}

function apply(trial: Trial, db: WriteDb, at: string): void {
  if ('mark' in trial) addScopeMark(db, { ...trial.mark, by: '', at });
  else if ('unmark' in trial) undoScopeMark(db, BigInt(trial.unmark), '', at);
  else if ('undo' in trial) undoMatch(db, BigInt(trial.undo), '', at);
  else if ('match' in trial) addMatch(db, { ...trial.match, reason: '', by: '', at });
  else for (const { key, value } of trial.settings) saveSetting(db, key, value, at);
}

interface Result {
  readonly findings: readonly Standing[];
  readonly bridges: readonly (Bridge | SkippedBridge)[];
}

/** The stored result where it still stands and this version made it; else the month is judged as it is, so that only the change makes a difference. */
function resultAsItStands(cycle: BillingCycle, context: ReconcileContext): Result {
  const { db } = context;
  const today = context.now().slice(0, 10);
  const stored = loadRun(db, cycle, today);
  if (stored?.stale === false && stored.runId === runIdOf(cycle, inputsHash(db, cycle, runInputs(db, cycle, stored.looksAhead), today))) {
    return { findings: standingFindings(db, cycle), bridges: stored.bridges };
  }
  const { run, findings } = judgeMonth(cycle, context);
  return { findings, bridges: run.bridges };
}
