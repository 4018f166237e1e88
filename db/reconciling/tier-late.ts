import { addMonths, type BillingCycle } from '../../electron/core/month.ts';
import type { UnlinkedIncentive } from './incentive-links.ts';
import { unlinkedOrigin } from './incentive-origins.ts';
import { book, count, type IncentiveRun } from './incentive-run.ts';
import { tellShare } from './incentive-shares.ts';
import { planDue, planRowsOf, type PlanDue } from './tier-due.ts';
import { scopeRows, statedOf } from './tier-evidence.ts';

/** Is this the row that pays what was due: by its base or, where it prints none, by its amount? */
const pays = (row: UnlinkedIncentive, due: PlanDue): boolean => (row.base === null ? row.amount === due.expected : row.base === due.base);

/** Of the rows that do not agree with this month, the one that pays a plan for the month before, which has no row of it: booked and returned. */
export function takeLate(state: IncentiveRun, plan: string, rows: readonly UnlinkedIncentive[]): UnlinkedIncentive | undefined {
  const { context, policy, tiers } = state;
  const before = addMonths(context.cycle, -1);
  if (rows.length === 0 || !context.has('performance', before) || !context.has('incentive', before)) return undefined;
  const due = planDue(context, policy, tiers, plan, before);
  const row = due && rows.find((r) => pays(r, due));
  if (!due || !row || isOwn(state, plan, before, due)) return undefined;
  count(state, ['incentive.base', 'incentive.amount', 'incentive.tier', 'incentive.rate']);
  const { expected, base, rate, slices } = due;
  state.bridge.step('previous-month', expected, 1, () => unlinkedOrigin(row));
  if (row.amount !== expected) {
    const code = row.rate === null || row.rate === rate ? 'incentive.amount' : 'incentive.tier';
    const fault = { code, expected, stated: row.amount, unexplained: row.amount - expected, plan, base, rate, slices } as const;
    book(state, { ...fault, performances: [], incentive: statedOf(row) });
  } else tellShare(state, () => ({ plan, way: 'previous-month', rate, base, computed: expected, stated: expected }));
  return row;
}

/** Is what a month states of a plan its own? Where every month is paid with the one after, it pays for the month before, as far as that is known. */
function isOwn({ context, policy, tiers }: IncentiveRun, plan: string, cycle: BillingCycle, due: PlanDue): boolean {
  const stated = planRowsOf(context, plan, cycle);
  if (stated.length === 0) return false;
  const before = planDue(context, policy, tiers, plan, addMonths(cycle, -1));
  return before === undefined ? stated.some((row) => pays(row, due)) : !stated.every((row) => pays(row, before));
}

/** A plan without a row of its own in the month: paid by a row of the next month, or missing. */
export function missingTier(state: IncentiveRun, plan: string): void {
  const { context, policy, tiers, bridge } = state;
  const due = planDue(context, policy, tiers, plan, context.cycle);
  count(state, ['incentive.missing']);
  if (!due) return;
  const { expected, base, rate, slices } = due;
  const origin = () => ({ key: [plan], level: 'month' as const, leftRows: 0, rightRows: 0, evidence: [], beside: true });
  bridge.step('threshold-plan', expected, 0, origin);
  const next = addMonths(context.cycle, 1);
  const later = context.has('incentive', next) ? planRowsOf(context, plan, next) : [];
  if (later.some((row) => pays(row, due))) {
    bridge.step('next-month', -expected, 0, origin);
    tellShare(state, () => ({ plan, way: 'next-month', rate, base, computed: expected, stated: 0n }));
    return;
  }
  const all = { product: null, association: null, reseller: null };
  const fault = { code: 'incentive.missing', expected, stated: 0n, unexplained: -expected, plan, base, rate, slices } as const;
  book(state, { ...fault, performances: [] }, scopeRows(state, plan, [all]));
}
