import type { StatedIncentive } from '../../electron/core/judging/performance-incentive.ts';
import { maxRows } from '../../electron/core/finding.ts';
import { isIn, type NamedScope } from '../../electron/core/judging/tier-rows.ts';
import type { UnlinkedIncentive } from './incentive-links.ts';
import type { ListedRows } from './incentive-evidence.ts';
import type { IncentiveRun } from './incentive-run.ts';
import { anyPlan } from './incentive-tiers.ts';

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

/**
 * The month's performance rows in the named parts of a plan's scope (of any plan where `plan` is not given): those that a finding lists, and how many
 * there are, which may be the whole month's.
 */
export function scopeRows({ context, tiers, bases }: IncentiveRun, plan: string | undefined, named: readonly NamedScope[]): ListedRows {
  const isNamed = (part: NamedScope): boolean => named.some((one) => isIn(part, one));
  const byReseller = named.some(({ reseller }) => reseller !== null);
  const cells = plan === undefined ? bases.cells(anyPlan) : tiers.cells(plan, context.cycle, byReseller);
  const count = cells.reduce((n, cell) => (isNamed(cell) ? n + cell.rows : n), 0);
  const ids: bigint[] = [];
  for (const { id, part, rated } of count === 0 ? [] : tiers.rows(context.cycle)) {
    if ((plan === undefined || rated.tierPlans.includes(plan)) && isNamed(part)) ids.push(id);
    if (ids.length === Math.min(count, maxRows)) break;
  }
  return { ids, count };
}
