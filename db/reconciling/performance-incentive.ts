import { BridgeBuilder } from '../../electron/core/bridge.ts';
import type { CheckCode } from '../../electron/core/checks.ts';
import type { IncentiveFacts, RatedPerformance, StatedIncentive } from '../../electron/core/judging/performance-incentive.ts';
import { addMonths } from '../../electron/core/month.ts';
import { missingFiles } from '../../electron/core/wording/skipped.ts';
import type { CheckReport, Outcome, Reconciler, RunContext } from './context.ts';
import { linkedRows, unlinkedIncentives, type LinkRow } from './incentive-links.ts';
import { policyRows, rater } from './incentive-policy.ts';
import { judgeGroup, ratedRow, type IncentiveRun } from './incentive-run.ts';
import { judgeLate, type Stray } from './incentive-late.ts';
import { TierBases } from './incentive-tiers.ts';
import { judgeUnlinked } from './incentive-unlinked.ts';
import { monthRows } from './rows-of.ts';

/** Reported by this pair; those in `needPolicy` only with the user's policy table. */
const codes = [
  'incentive.base',
  'incentive.tier',
  'incentive.rate',
  'incentive.amount',
  'incentive.missing',
  'incentive.no-rate',
  'incentive.negative',
] as const satisfies readonly CheckCode[];
const needPolicy: readonly CheckCode[] = ['incentive.tier', 'incentive.rate', 'incentive.missing', 'incentive.no-rate'];

/** Stated performance against incentive: every counting row is paid at the rate in force, once, and nothing else is. */
export const performanceIncentive: Reconciler = { name: 'performance-incentive', run };

function run(context: RunContext): Outcome {
  const { cycle } = context;
  const missing = (['performance', 'incentive'] as const).filter((kind) => !context.has(kind, cycle));
  if (missing.length > 0) {
    const skipped = missingFiles(missing.map((kind) => ({ kind, cycle })));
    return {
      bridge: { pair: 'performance-incentive', missing },
      findings: [],
      checks: codes.map((code) => ({ code, compared: 0, skipped })),
    };
  }
  const bridge = new BridgeBuilder('performance-incentive', '业绩金额', '激励金额');
  bridge.left(total(context, 'performance'));
  bridge.right(total(context, 'incentive'));
  const policy = policyRows(context.db);
  const state: IncentiveRun = {
    context,
    bridge,
    policy,
    rate: rater(context, policy),
    bases: new TierBases(),
    facts: { policyKnown: policy.length > 0, paidNextMonth: nextMonthLookup(context) },
    findings: [],
    compared: 0,
  };
  const strays = judgeStream(state);
  judgeLate(state, strays);
  judgeUnlinked(state, unlinkedIncentives(context));
  return { bridge: bridge.close(), findings: state.findings, checks: reports(state) };
}

function total({ db, cycle }: RunContext, table: 'performance' | 'incentive'): bigint {
  return db
    .prepare<{ cycle: string }, bigint>(`SELECT coalesce(sum(t.amount), 0) FROM ${monthRows(table, 't')}`)
    .pluck()
    .get({ cycle })!;
}

/** Judges key by key; returns the incentive rows whose key has no performance in this month. */
function judgeStream(state: IncentiveRun): Stray[] {
  const strays: Stray[] = [];
  let key: string | undefined;
  let performances: RatedPerformance[] = [];
  let incentives: StatedIncentive[] = [];
  const flush = (): void => {
    if (key === undefined) return;
    if (performances.length > 0) judgeGroup(state, performances, incentives);
    else for (const incentive of incentives) strays.push({ key, incentive });
  };
  for (const row of linkedRows(state.context)) {
    if (row.key !== key) {
      flush();
      [key, performances, incentives] = [row.key, [], []];
    }
    if (row.side === 1n) incentives.push(toIncentive(row));
    else performances.push(toPerformance(state, row));
  }
  flush();
  return strays;
}

const toIncentive = (r: LinkRow): StatedIncentive => ({
  id: r.id,
  plan: r.plan,
  product: r.product,
  amount: r.amount,
  base: r.base,
  rate: r.rate,
});

function toPerformance(state: IncentiveRun, row: LinkRow): RatedPerformance {
  const rated = state.rate(row);
  if (rated.rebate) for (const plan of rated.tierPlans) state.bases.add(plan, row.product, row.association_type, row.amount);
  return ratedRow(row, rated, false);
}

function nextMonthLookup({ db, cycle, has }: RunContext): IncentiveFacts['paidNextMonth'] {
  const next = addMonths(cycle, 1);
  if (!has('incentive', next)) return () => false;
  const find = db.prepare(
    'SELECT 1 FROM incentive WHERE cycle = ? AND in_force = 1 AND performance_id = ? AND (plan_name IS NULL OR plan_name = ?) LIMIT 1',
  );
  return (performanceId, plan) => performanceId !== null && find.get(next, performanceId, plan) !== undefined;
}

function reports(state: IncentiveRun): CheckReport[] {
  return codes.map((code) => {
    if (!state.facts.policyKnown && needPolicy.includes(code)) {
      return { code, compared: 0, skipped: missingFiles([{ kind: 'policy', cycle: '' }]) };
    }
    return { code, compared: state.compared };
  });
}
