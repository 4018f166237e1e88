import { judgeTier, planRows, tierRules, tiersOf, type Days, type Slice } from '../../electron/core/judging/tier-plan.ts';
import { divideScope, scopeSum, type ScopeCell } from '../../electron/core/judging/tier-rows.ts';
import { addMonths, type BillingCycle } from '../../electron/core/month.ts';
import { monthsOf, type Period } from '../../electron/core/period.ts';
import type { PolicyRow } from '../../electron/core/policy.ts';
import type { RunContext } from './context.ts';
import { unlinkedIncentives, type UnlinkedIncentive } from './incentive-links.ts';
import type { TierScopes } from './incentive-tiers.ts';
import { chartDays, planIndicator } from './plan-period.ts';
import { isWhole } from './scope.ts';

/** What a tier plan is counted from in a month. */
export interface PlanMonth {
  /** The scopes that its stated rows may have as base, the likeliest first: the period's where no earlier month of it was paid, and the month's. */
  readonly scopes: readonly (readonly ScopeCell[])[];
  /** The performance that the indicator counts; undefined while the period is not over or not all here. */
  readonly counted: readonly ScopeCell[] | undefined;
  /** The indicator of the user's own table. */
  readonly given: bigint | undefined;
  /** The period ends with this month: then something is due. */
  readonly last: boolean;
  /** The days whose last chart pays it. */
  readonly days: Days;
  /** Months that are not all here and for which it may pay as well. */
  readonly unseen: readonly BillingCycle[];
}

/** Quarterly and yearly indicators are Σ stated performance over their months (rules §5), when all of them are here. */
export function planMonth(
  context: RunContext,
  policy: readonly PolicyRow[],
  tiers: TierScopes,
  plan: string,
  cycle: BillingCycle,
  byReseller = false,
): PlanMonth {
  const { period, given } = planIndicator({ ...context, cycle }, plan);
  const month = tiers.cells(plan, cycle, byReseller);
  const last = cycle === period.to;
  const days = chartDays(period, cycle);
  const first = firstMonth(policy, plan);
  const unseen = period.from === period.to ? [] : unseenMonths(context, plan, period, cycle, first);
  const earlier = monthsOf(period).filter((m) => m >= first && m < cycle);
  if (last && earlier.length === 0) return { scopes: [month], counted: month, given, last, days, unseen };
  const imported = last && earlier.every((m) => context.has('performance', m));
  if (!imported) return { scopes: [month], counted: undefined, given, last, days, unseen };
  const counted = [...month, ...earlier.flatMap((m) => tiers.cells(plan, m, byReseller))];
  // What is stated in the first month of a period may pay for the period before.
  const paidBefore = earlier.some((m) =>
    m === period.from ? isPaidFor(context, policy, tiers, plan, m) : planRowsOf(context, plan, m).length > 0,
  );
  const whole = earlier.every((m) => isWhole(context, 'performance', m));
  return { scopes: paidBefore ? [month] : [counted, month], counted: whole ? counted : undefined, given, last, days, unseen };
}

/** The month in which a tier plan begins: those before it are none of its period. Empty where a chart of it has no beginning. */
const firstMonth = (policy: readonly PolicyRow[], plan: string): string =>
  policy.flatMap((r) => (r.method === 'tier' && r.plan === plan ? [r.validFrom?.slice(0, 7) ?? ''] : [])).sort()[0] ?? '';

/** What a row of the first month of a period may pay for is the period before; one of the last, where none was paid before, all of it. */
function unseenMonths(context: RunContext, plan: string, { from, to }: Period, cycle: BillingCycle, first: string): BillingCycle[] {
  const before = addMonths(from, -1);
  const unseen = (of: Period): BillingCycle[] => monthsOf(of).filter((m) => m < cycle && !isWhole(context, 'performance', m));
  if (cycle !== from) return cycle === to ? unseen({ from: first > from ? first : from, to }) : [];
  const late = context.has('incentive', before) ? [] : [before];
  return [...new Set([...unseen(planIndicator({ ...context, cycle: before }, plan).period), ...late])];
}

/** The rows of a plan in a month that name neither performance nor trade. */
export const planRowsOf = (context: RunContext, plan: string, cycle: BillingCycle): UnlinkedIncentive[] =>
  unlinkedIncentives({ ...context, cycle }).filter((row) => row.plan === plan);

/** Has a row of the plan in a month the base of that month, or does its amount follow from it where it prints none? */
function isPaidFor(context: RunContext, policy: readonly PolicyRow[], tiers: TierScopes, plan: string, cycle: BillingCycle): boolean {
  const rows = planRowsOf(context, plan, cycle).map((row) => ({ ...row, association: row.association_type }));
  const cells = rows.length === 0 ? [] : tiers.cells(plan, cycle, rows.some((row) => row.reseller !== null)); // prettier-ignore
  const days = chartDays({ from: cycle, to: cycle }, cycle);
  const fits = (row: (typeof rows)[number], base: bigint): boolean =>
    row.base === null
      ? judgeTier(tiersOf(policy, plan, days, row), base, undefined, row, tierRules(context.settings, plan)).code === undefined
      : row.base === base;
  return divideScope(rows, cells, fits).some(({ row, base, surplus }) => !surplus && fits(row, base));
}

export interface PlanDue {
  readonly base: bigint;
  readonly expected: bigint;
  readonly rate: bigint;
  readonly slices: readonly Slice[];
}

/** What a tier plan should pay in a month as a whole; undefined where nothing is due or its indicator is not known. */
export function planDue(
  context: RunContext,
  policy: readonly PolicyRow[],
  tiers: TierScopes,
  plan: string,
  cycle: BillingCycle,
): PlanDue | undefined {
  const { scopes, counted, given, last, days } = planMonth(context, policy, tiers, plan, cycle);
  if (!last || (counted === undefined && given === undefined)) return undefined;
  const due = { base: 0n, expected: 0n, rate: 0n, slices: [] as Slice[] };
  for (const part of partsOf(policy, plan, days)) {
    const chart = tiersOf(policy, plan, days, part);
    const named = { ...part, reseller: null };
    const [base] = scopeSum(scopes[0]!, named);
    const indicator = given ?? scopeSum(counted!, named)[0];
    const nothing = { amount: 0n, base: null, rate: null };
    const { expected, rate, slices } = judgeTier(chart, base, indicator, nothing, tierRules(context.settings, plan));
    due.base += base;
    due.expected += expected;
    due.rate = rate;
    due.slices.push(...slices);
  }
  return due.expected === 0n ? undefined : due;
}

type Part = Pick<PolicyRow, 'product' | 'association'>;

/** The parts of a plan that have a chart of their own: one a product and association where all its rows name their product, else the whole plan. */
function partsOf(policy: readonly PolicyRow[], plan: string, days: Days): Part[] {
  const rows = planRows(policy, plan, days);
  const parts = new Map(rows.map(({ product, association }) => [`${product}|${association}`, { product, association }]));
  const apart = rows.every((r) => r.product !== null) && new Set(rows.map((r) => r.association === null)).size <= 1;
  return rows.length === 0 ? [] : apart ? [...parts.values()] : [{ product: null, association: null }];
}
