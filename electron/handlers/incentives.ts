import type { CustomerShare, ShareReader, ShareSum } from '../../db/drilling/read-shares.ts';
import { frozenIncentives } from '../../db/frozen-incentives.ts';
import { policyRows } from '../../db/reconciling/incentive-policy.ts';
import { loadSettings } from '../../db/settings.ts';
import type { Handlers, Output } from '../contract.ts';
import type { PlanProgress } from '../core/incentive-share.ts';
import { tierRules } from '../core/judging/tier-plan.ts';
import { displayRate, formatMoney, multiplyRate } from '../core/money.ts';
import type { AppContext } from './context.ts';

type Plans = Output<'incentives.plans'>;

/** What the month's incentive comes to plan by plan and customer by customer; `open` gives the month's sums, made where they are not kept. */
export function incentiveHandlers(
  { db }: AppContext,
  open: (cycle: string) => Promise<ShareReader>,
): Pick<Handlers, 'incentives.plans' | 'incentives.customers'> {
  return {
    'incentives.plans': async ({ billingCycle }) => {
      const shares = await open(billingCycle);
      const policy = policyRows(db);
      const settings = loadSettings(db);
      const methodOf = (plan: string) => policy.find((r) => r.plan === plan)?.method ?? 'unknown';
      return {
        billingCycle,
        shares: shares.sums().map((sum) => {
          const method = methodOf(sum.plan);
          const sliced = method === 'tier' && tierRules(settings, sum.plan).tierMethod === 'progressive';
          return { ...wireShare(sum), method, ...(sliced ? {} : stepsOf(sum)) };
        }),
        plans: shares.plans().map((plan) => wirePlan(plan, tierRules(settings, plan.plan).tierBoundary === 'moreThan')),
        frozen: frozenIncentives(db, billingCycle).map((f) => ({
          billId: f.billId ?? '',
          name: f.name ?? '',
          amount: formatMoney(f.amount),
          ...(f.pending !== null && { pending: formatMoney(f.pending) }),
          reason: f.reason,
        })),
      };
    },
    'incentives.customers': async ({ billingCycle, offset, limit, ...query }) => {
      const page = (await open(billingCycle)).page(query, offset, limit);
      return {
        total: page.total,
        base: formatMoney(page.base),
        computed: formatMoney(page.computed),
        stated: formatMoney(page.stated),
        shares: page.shares.map(wireCustomer),
      };
    },
  };
}

/** Base × rate, and what rounding makes of it. */
function stepsOf({ rate, base, computed }: ShareSum): { exact?: string; rounding?: string } {
  if (rate === null) return {};
  const exact = multiplyRate(base, rate);
  return { exact: formatMoney(exact), rounding: formatMoney(computed - exact) };
}

const wireShare = ({ plan, way, rate, base, computed, stated, rows }: ShareSum) => ({
  plan,
  way,
  ...(rate !== null && { rate: displayRate(rate) }),
  base: formatMoney(base),
  computed: formatMoney(computed),
  stated: formatMoney(stated),
  difference: formatMoney(way === 'next-month' ? 0n : stated - computed),
  rows: Number(rows),
});

function wireCustomer(share: CustomerShare): Output<'incentives.customers'>['shares'][number] {
  const { customerKey, customerName } = share;
  return {
    ...wireShare(share),
    ...(customerKey !== null && !customerKey.startsWith('@') && { customerId: customerKey }),
    ...(customerName !== null && { customerName }),
  };
}

function wirePlan({ plan, from, to, given, months, tiers }: PlanProgress, beyond: boolean): Plans['plans'][number] {
  const counted = months.reduce((sum, m) => sum + (m.amount ?? 0n), 0n);
  const next = tiers.find((t) => !t.reached);
  return {
    plan,
    from,
    to,
    ...(given !== undefined && { given: formatMoney(given) }),
    counted: formatMoney(counted),
    months: months.map(({ cycle, amount }) => ({ billingCycle: cycle, ...(amount !== undefined && { amount: formatMoney(amount) }) })),
    tiers: tiers.map((t) => ({ threshold: formatMoney(t.threshold), rate: displayRate(t.rate), reached: t.reached })),
    ...(beyond && { beyond }),
    ...(next && { missing: formatMoney(next.threshold - (given ?? counted)) }),
  };
}
