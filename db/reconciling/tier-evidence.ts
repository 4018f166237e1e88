import type { StatedIncentive } from '../../electron/core/judging/performance-incentive.ts';
import { isIn, type NamedScope } from '../../electron/core/judging/tier-rows.ts';
import type { UnlinkedIncentive } from './incentive-links.ts';
import type { IncentiveRun } from './incentive-run.ts';

/** An unlinked row as a finding names it. */
export const statedOf = ({ id, plan, product, amount, base, rate }: UnlinkedIncentive): StatedIncentive => ({
  id,
  performanceId: null,
  plan,
  product,
  amount,
  base,
  rate,
});

/** The month's performance rows in the part of a plan's scope that a row names (of any plan where `plan` is not given), in file order. */
export function scopeRows(state: IncentiveRun, plan: string | undefined, named: NamedScope): bigint[] {
  const ids: bigint[] = [];
  for (const { id, part, rated } of state.tiers.rows(state.context.cycle)) {
    if ((plan === undefined || rated.tierPlans.includes(plan)) && isIn(part, named)) ids.push(id);
  }
  return ids;
}
