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
  const claims = claimsOf(performances, incentives);
  return performances.map((p) => {
    const claimed = (p.claimable ?? []).filter(({ plan }) => claims.get(plan)?.has(p) === true);
    if (claimed.length === 0 || facts.tagIsKnown?.(p) !== true) return p;
    const own = p.rates.filter((rate) => isPaid(rate) || p.ofOwnTag?.includes(rate.plan) !== true);
    return { ...p, rates: [...own, ...claimed].sort((a, b) => (a.plan < b.plan ? -1 : 1)) };
  });
}

/** Which performance each plan is paid for though its tag does not earn it: what is left of the plan's rows when those that do earn it have theirs. */
function claimsOf(performances: readonly RatedPerformance[], incentives: readonly StatedIncentive[]): Map<string, Set<RatedPerformance>> {
  const claims = new Map<string, Set<RatedPerformance>>();
  for (const plan of new Set(performances.flatMap((p) => p.claimable?.map((rate) => rate.plan) ?? []))) {
    const rows = incentives.filter((i) => i.plan === plan);
    const claimants = performances.filter((p) => p.claimable?.some((rate) => rate.plan === plan));
    const earning = performances.filter((p) => p.rates.some((rate) => rate.plan === plan));
    const whole = [...earning, ...claimants].reduce((sum, p) => sum + p.amount, 0n);
    const isWhole = earning.length > 0 && rows.some((row) => row.base === whole);
    claims.set(plan, new Set(isWhole ? claimants : claimed(claimants, withoutOwn(rows, earning))));
  }
  return claims;
}

const isFor = (p: RatedPerformance, row: StatedIncentive): boolean =>
  row.performanceId !== null && p.performanceId !== null
    ? row.performanceId === p.performanceId
    : row.base === p.amount && (row.product === null || row.product === p.product);

/** The rows but for one of each performance that earns the plan by its own tag: the one that fits it, else any. */
function withoutOwn(rows: readonly StatedIncentive[], earning: readonly RatedPerformance[]): readonly StatedIncentive[] {
  const left = [...rows];
  const without = earning.filter((p) => {
    const at = left.findIndex((row) => isFor(p, row));
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
  return left.slice(without.length);
}

/** One performance for each row that fits one; those of a row that fits none are all that may be meant. */
function claimed(claimants: readonly RatedPerformance[], rows: readonly StatedIncentive[]): readonly RatedPerformance[] {
  const found = new Set<RatedPerformance>();
  for (const row of rows) {
    const p = claimants.find((c) => !found.has(c) && isFor(c, row));
    if (!p) return claimants;
    found.add(p);
  }
  return [...found];
}
