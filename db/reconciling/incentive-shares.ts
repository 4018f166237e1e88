import type { IncentiveFault, IncentiveVerdict } from '../../electron/core/judging/performance-incentive.ts';
import { tierRules, tiersOf } from '../../electron/core/judging/tier-plan.ts';
import { scopeSum } from '../../electron/core/judging/tier-rows.ts';
import type { IncentiveShare } from '../../electron/core/incentive-share.ts';
import { monthsOf } from '../../electron/core/period.ts';
import type { IncentiveRun } from './incentive-run.ts';
import { chartDays, planIndicator } from './plan-period.ts';

/** Tells what listens in what a judgement came to; in a normal run nobody listens, and nothing is made up. */
export function tellShare({ context }: Pick<IncentiveRun, 'context'>, share: () => IncentiveShare): void {
  context.sink?.share?.(share());
}

/** What agrees in a verdict, and what the next month pays; its faults are told as they are booked. */
export function tellVerdict(state: IncentiveRun, { steps }: IncentiveVerdict): void {
  if (!state.context.sink?.share) return;
  for (const { step, performances, incentives, plan, amount } of steps) {
    const [first] = performances;
    const base = performances.reduce((sum, p) => sum + p.amount, 0n);
    if (step === 'agreed') {
      const stated = incentives.reduce((sum, i) => sum + i.amount, 0n);
      const name = incentives[0]?.plan ?? '';
      const rate = first?.rates.find((r) => r.plan === name)?.rate ?? incentives[0]?.rate ?? undefined;
      const way = first?.earlier ? 'previous-month' : 'month';
      tellShare(state, () => ({ plan: name, way, rate, base, computed: stated, stated, ...ofCustomer(performances, incentives[0]) }));
    } else if (step === 'next-month' && plan !== undefined) {
      const rate = first?.rates.find((r) => r.plan === plan)?.rate;
      tellShare(state, () => ({
        plan,
        way: 'next-month',
        rate,
        base,
        computed: -amount,
        stated: 0n,
        ...ofCustomer(performances, undefined),
      }));
    }
  }
}

/** What a fault comes to. */
export function tellFault(state: IncentiveRun, fault: IncentiveFault): void {
  const { plan, incentive, rate, expected, stated, performances } = fault;
  const base = fault.base ?? performances.reduce((sum, p) => sum + p.amount, 0n);
  tellShare(state, () => ({
    plan: plan ?? incentive?.plan ?? '',
    way: performances[0]?.earlier ? 'previous-month' : 'month',
    rate,
    base,
    computed: expected,
    stated,
    ...ofCustomer(performances, incentive),
  }));
}

function ofCustomer(
  performances: readonly { readonly id: bigint }[],
  incentive: { readonly id: bigint } | undefined,
): Pick<IncentiveShare, 'customerOf'> {
  const [first] = performances;
  if (first) return { customerOf: { table: 'performance', id: first.id } };
  return incentive ? { customerOf: { table: 'incentive', id: incentive.id } } : {};
}

/** Tells the indicator of every tier plan of the policy table, month by month of its period. */
export function tellPlans(state: IncentiveRun): void {
  const { context, policy, tiers } = state;
  const { sink, cycle, settings } = context;
  if (!sink?.plan) return;
  for (const plan of [...new Set(policy.filter((r) => r.method === 'tier').map((r) => r.plan))].sort()) {
    const { period, given } = planIndicator(context, plan);
    const chart = tiersOf(policy, plan, chartDays(period, cycle));
    if (chart.length === 0) continue;
    const months = monthsOf(period).map((month) => {
      if (!context.has('performance', month)) return { cycle: month, amount: undefined };
      return { cycle: month, amount: scopeSum(tiers.cells(plan, month), { product: null, association: null, reseller: null })[0] };
    });
    const counted = months.reduce((sum, m) => sum + (m.amount ?? 0n), 0n);
    const indicator = given ?? counted;
    const atLeast = tierRules(settings, plan).tierBoundary === 'atLeast';
    const reached = (threshold: bigint): boolean => (atLeast ? indicator >= threshold : indicator > threshold);
    sink.plan({
      plan,
      from: period.from,
      to: period.to,
      given,
      months,
      tiers: chart.map((t) => ({ ...t, reached: reached(t.threshold) })),
    });
  }
}
