import type { PlanRate } from '../policy.ts';
import type { IncentiveFacts, RatedPerformance, StatedIncentive } from './performance-incentive.ts';

/**
 * Performance as the plans take it that were paid for it: one for new customers only says that its customer is new (and the reverse). Where the user's
 * register knows the customer, whether that is true is performance.new-customer, and the incentive that follows is no second fault. Rates that only the
 * other tag would earn are then owed no more.
 */
export function withClaimedRates(
  performances: readonly RatedPerformance[],
  incentives: readonly StatedIncentive[],
  facts: Pick<IncentiveFacts, 'tagIsKnown'>,
): readonly RatedPerformance[] {
  const isPaid = ({ plan }: PlanRate): boolean => incentives.some((i) => i.plan === plan);
  return performances.map((p) => {
    const claimed = (p.claimable ?? []).filter(isPaid);
    if (claimed.length === 0 || facts.tagIsKnown?.(p) !== true) return p;
    const own = p.rates.filter((rate) => isPaid(rate) || p.ofOwnTag?.includes(rate.plan) !== true);
    return { ...p, rates: [...own, ...claimed].sort((a, b) => (a.plan < b.plan ? -1 : 1)) };
  });
}
