import type { Reconciler } from './context.ts';
import { versionOutcome } from './performance-versions.ts';
import { withChecks } from './outcomes.ts';
import { runStatementTotals } from './statement-totals.ts';

/** 业绩汇总 against 业绩明细, by 业绩单ID; beside it what changed between two versions of the details. */
export const performanceSummary: Reconciler = {
  name: 'performance-summary',
  run: (context) =>
    withChecks(
      runStatementTotals(context, {
        pair: 'performance-summary',
        code: 'performance.summary',
        summary: { kind: 'performance-summary', table: 'performance_summary', amount: 'total_amount', name: '业绩汇总总金额' },
        detail: { kind: 'performance', table: 'performance', name: '业绩明细金额' },
        id: 'statement_id',
        idName: { zh: '业绩单', en: 'Performance statement' },
      }),
      versionOutcome(context),
    ),
};
