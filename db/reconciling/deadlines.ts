import type { Finding, FindingDraft } from '../../electron/core/finding.ts';
import { deadlineCode as code, judgeDeadlines } from '../../electron/core/judging/deadlines.ts';
import { listDeadlines } from '../deadlines.ts';
import type { CheckReport, DatedContext } from './context.ts';

/** What the typed dates add to a run, and the last day on which it reads so. */
export interface DeadlineOutcome {
  readonly findings: readonly FindingDraft[];
  readonly checks: readonly CheckReport[];
  readonly standsUntil: string | undefined;
}

/**
 * incentive.deadline: after all other checks of the run, because it is about what they found. A finding that the person has marked keeps its
 * status through the run, so only those count that are still open.
 */
export function deadlineOutcome({ db, cycle, settings, today }: DatedContext, findings: readonly Finding[]): DeadlineOutcome {
  const deadlines = listDeadlines(db, cycle);
  if (deadlines.length === 0) {
    const skipped = `没有填写 ${cycle} 的期限 / no deadline of ${cycle} was typed`;
    return { findings: [], checks: [{ code, compared: 0, skipped }], standsUntil: undefined };
  }
  const marked = new Set(
    db
      .prepare<[string], string>("SELECT key FROM finding WHERE cycle = ? AND resolved_by_data = 0 AND status <> 'open'")
      .pluck()
      .all(cycle),
  );
  const open = findings.filter((f) => f.severity === 'dispute' && !marked.has(f.key));
  const verdict = judgeDeadlines(deadlines, today, settings.deadlineDays, open);
  return { ...verdict, checks: [{ code, compared: deadlines.length }] };
}
