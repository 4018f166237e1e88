import { judgeTier, planRows, tierRules, tiersOf, type Tier, type TierVerdict } from '../../electron/core/judging/tier-plan.ts';
import { divideScope, isIn, scopeSum, type NamedScope, type RowBase, type ScopeCell } from '../../electron/core/judging/tier-rows.ts';
import type { Carried } from './incentive-carried.ts';
import type { UnlinkedIncentive } from './incentive-links.ts';
import { unlinkedOrigin } from './incentive-origins.ts';
import { book, count, type IncentiveRun } from './incentive-run.ts';
import { tellShare } from './incentive-shares.ts';
import { scopeRows, statedOf } from './tier-evidence.ts';
import { chartDays, planIndicator } from './plan-period.ts';
import { planMonth, type PlanMonth } from './tier-due.ts';
import { missingTier, takeLate } from './tier-late.ts';

/** An unlinked row of a tier plan with the chart that it is held against. */
export interface ChartedRow extends UnlinkedIncentive, NamedScope {
  readonly chart: readonly Tier[];
}
interface Judged extends RowBase<ChartedRow> {
  readonly verdict: TierVerdict;
}

/**
 * Judges the month's rows of every tier plan of the policy table, and what a plan owes that has none. Returns the rows that are none of theirs:
 * of no chart, the net that the month before left, or negative ones beside a plan's own row.
 */
export function judgeTierPlans(state: IncentiveRun, rows: readonly UnlinkedIncentive[], carried: Carried): UnlinkedIncentive[] {
  const { policy, context } = state;
  const plans = [...new Set(policy.filter((r) => r.method === 'tier').map((r) => r.plan))].sort();
  const others = new Set(rows.map((row) => row.id));
  for (const plan of plans) {
    const days = chartDays(planIndicator(context, plan).period, context.cycle);
    const charted = rows.flatMap((row): ChartedRow[] => {
      const chart = row.plan === plan ? tiersOf(policy, plan, days, { product: row.product, association: row.association_type }) : [];
      if (chart.length > 0) others.delete(row.id);
      return chart.length > 0 ? [{ ...row, association: row.association_type, chart }] : [];
    });
    for (const row of judgePlan(state, plan, charted, carried)) others.add(row.id);
    // A plan that ended with the month before may still be paid for that one.
    const late = charted.length === 0 ? takeLate(state, plan, rows.filter((row) => row.plan === plan)) : undefined; // prettier-ignore
    if (late) others.delete(late.id);
  }
  return rows.filter((row) => others.has(row.id));
}

function judgePlan(state: IncentiveRun, plan: string, rows: readonly ChartedRow[], carried: Carried): UnlinkedIncentive[] {
  const { context, tiers } = state;
  const byReseller = rows.some((row) => row.reseller !== null);
  const month = planMonth(context, state.policy, tiers, plan, context.cycle, byReseller);
  const named = rows.map((row) => knownReseller(row, month.scopes.flat()));
  const judged = bestReading(state, plan, named, month);
  const strange = judged.filter((j) => j.surplus || j.verdict.code !== undefined).map((j) => j.row);
  const late = takeLate(state, plan, strange);
  const net = strange.find((row) => row !== late && (row.base ?? 0n) === 0n && row.amount < 0n && row.amount === carried.of(state, plan));
  const gone = [late, net].filter((row) => row !== undefined);
  const left = named.filter((row) => !gone.some(({ id }) => id === row.id));
  const own = gone.length > 0 ? bestReading(state, plan, left, month) : judged;
  const others: UnlinkedIncentive[] = net ? [net] : [];
  for (const j of own) {
    if (j.surplus && j.row.amount < 0n) others.push(rows.find((row) => row.id === j.row.id)!);
    else bookRow(state, plan, j, month);
  }
  if (own.every((j) => j.surplus)) missingTier(state, plan);
  else missingPart(state, plan, own, month);
  return others;
}

/** A reseller whose performance the month does not name is no part of the scope. */
const knownReseller = (row: ChartedRow, cells: readonly ScopeCell[]): ChartedRow =>
  row.reseller === null || cells.some((cell) => isIn(cell, row)) ? row : { ...row, reseller: null };

/** Of the scopes that a plan's rows may be counted from, the first with which most of them agree. */
function bestReading(state: IncentiveRun, plan: string, rows: readonly ChartedRow[], month: PlanMonth): Judged[] {
  const agree = (judged: readonly Judged[]): number => judged.filter((j) => !j.surplus && j.verdict.code === undefined).length;
  const readings = month.scopes.map((scope) => judgeRows(state, plan, rows, scope, month));
  return readings.reduce((best, reading) => (agree(reading) > agree(best) ? reading : best));
}

function judgeRows(
  state: IncentiveRun,
  plan: string,
  rows: readonly ChartedRow[],
  scope: readonly ScopeCell[],
  month: PlanMonth,
): Judged[] {
  const rules = tierRules(state.context.settings, plan);
  const verdictOf = (row: ChartedRow, base: bigint): TierVerdict => {
    const indicator = month.given ?? (month.counted && counted(state, plan, row, base, scope, month));
    return judgeTier(row.chart, base, indicator, row, rules);
  };
  return divideScope(rows, scope, (row, base) => verdictOf(row, base).code === undefined).map((share) => ({
    ...share,
    verdict: verdictOf(share.row, share.base),
  }));
}

/**
 * The indicator of a chart: all that is counted of the plan as far as the chart goes, so that rows that divide a plan reach the tier together; for a
 * plan's only row it is its base. Performance of policy 2 counts where the base counts it.
 */
function counted(
  state: IncentiveRun,
  plan: string,
  row: ChartedRow,
  base: bigint,
  scope: readonly ScopeCell[],
  { counted: cells = [], days }: PlanMonth,
): bigint {
  const charts = planRows(state.policy, plan, days).filter((r) => r.product === null || row.product === null || r.product === row.product);
  const [own, withRefused] = scopeSum(
    cells.filter((cell) => charts.some((r) => isIn(cell, { ...r, reseller: null }))),
    all,
  );
  const [, whole] = scopeSum(scope, row);
  return base === whole ? withRefused : own;
}

const all: NamedScope = { product: null, association: null, reseller: null };

/** A part of the scope that none of a plan's rows names, though other rows of the plan are there: its row is missing. */
function missingPart(state: IncentiveRun, plan: string, judged: readonly Judged[], month: PlanMonth): void {
  const { counted: cells, given, last, days } = month;
  if (judged.length === 0 || !last || (cells === undefined && given === undefined)) return;
  const scope = month.scopes.find((s) => judged.every((j) => j.surplus || scopeSum(s, j.row).includes(j.base))) ?? month.scopes[0]!;
  const free = scope.filter((cell) => !judged.some((j) => isIn(cell, j.row)));
  const [base] = scopeSum(free, all);
  if (base === 0n) return;
  const products = new Set(free.map((cell) => cell.product));
  const product = products.size === 1 ? [...products][0]! : null;
  const row = { id: 0n, plan, ...all, product, association_type: null, amount: 0n, base: null, rate: null };
  const chart = tiersOf(state.policy, plan, days, { product, association: null });
  const indicator = given ?? counted(state, plan, { ...row, chart }, base, scope, month);
  const { expected, rate, slices } = judgeTier(chart, base, indicator, row, tierRules(state.context.settings, plan));
  if (expected === 0n) return;
  const origin = () => ({ key: [plan], level: 'month' as const, leftRows: 0, rightRows: 0, evidence: [], beside: true });
  state.bridge.step('threshold-plan', expected, 0, origin);
  const rows = scopeRows(
    state,
    plan,
    free.map(({ product: of, association }) => ({ product: of, association, reseller: null })),
  );
  const fault = { code: 'incentive.missing', expected, stated: 0n, unexplained: -expected, plan, base, rate, slices } as const;
  book(state, { ...fault, performances: [] }, rows);
}

function bookRow(state: IncentiveRun, plan: string, { row, base, surplus, verdict }: Judged, month: PlanMonth): void {
  const open = month.given === undefined && month.counted === undefined;
  count(state, [
    'incentive.base',
    'incentive.amount',
    'incentive.negative',
    ...(open ? [] : (['incentive.tier', 'incentive.rate'] as const)),
  ]);
  const expected = surplus ? 0n : verdict.expected;
  const code = surplus ? 'incentive.base' : verdict.code;
  if (!surplus) state.bridge.step('threshold-plan', expected, 1, () => unlinkedOrigin(row));
  const { amount: stated } = row;
  if (!code) return tellShare(state, () => ({ plan, way: 'month', rate: verdict.rate, base, computed: expected, stated }));
  const { rate, slices, atPrintedBase } = verdict;
  const of = surplus ? { base: 0n } : { base, slices, unseen: month.unseen };
  const fault = { code, expected, stated, unexplained: stated - expected, plan, rate, atPrintedBase, ...of } as const;
  book(state, { ...fault, performances: [], incentive: statedOf(row) }, scopeRows(state, plan, [row]));
}
