import type { Reconciler } from './context.ts';
import { frozenOutcome } from './incentive-frozen.ts';
import { taxOutcome } from './incentive-tax.ts';
import { withChecks } from './outcomes.ts';
import { runStatementTotals } from './statement-totals.ts';

/** 激励汇总 against 激励明细, by 激励账单ID; beside it tax conversion and freezes of the bills. */
export const incentiveSummary: Reconciler = {
  name: 'incentive-summary',
  run: (context) =>
    withChecks(
      runStatementTotals(context, {
        pair: 'incentive-summary',
        code: 'incentive.summary',
        summary: { kind: 'incentive-summary', table: 'incentive_summary', amount: 'amount', name: '激励汇总金额' },
        detail: { kind: 'incentive', table: 'incentive', name: '激励明细金额' },
        id: 'incentive_bill_id',
        idName: { zh: '激励账单', en: 'Incentive bill' },
      }),
      taxOutcome(context),
      frozenOutcome(context),
    ),
};
