import type { StatedIncentive } from '../../electron/core/judging/performance-incentive.ts';
import { multiplyRateToCent } from '../../electron/core/money.ts';
import { addMonths } from '../../electron/core/month.ts';
import { performanceColumns, type LinkRow, type UnlinkedIncentive } from './incentive-links.ts';
import { unlinkedOrigin } from './incentive-origins.ts';
import { monthRows } from './rows-of.ts';
import { anyPlan, tierOutcome } from './incentive-tiers.ts';
import { book, count, type IncentiveRun } from './incentive-run.ts';

/** Incentive rows without performance or trade: tier plans, negatives carried from the month before, and what belongs to nothing. */
export function judgeUnlinked(state: IncentiveRun, rows: readonly UnlinkedIncentive[]): void {
  for (const row of rows) {
    if (!state.facts.policyKnown) {
      judgeWithoutPolicy(state, row);
      continue;
    }
    count(state, ['incentive.base', 'incentive.amount', 'incentive.negative']);
    const tier = tierOutcome(state.context, state.policy, state.bases, row);
    if (tier) {
      count(state, ['incentive.tier', 'incentive.rate']);
      state.bridge.step('threshold-plan', tier.expected, 1, () => unlinkedOrigin(row));
      if (tier.fault) book(state, tier.fault, scopeRows(state, row));
      continue;
    }
    judgeCarried(state, row);
  }
}

/**
 * Without a policy table nobody knows the scope of a plan. Where the printed base is the whole stated performance of what the row names, base and
 * amount can be checked at the printed rate; else its amount is unexplained, and never taken over as it stands.
 */
function judgeWithoutPolicy(state: IncentiveRun, row: UnlinkedIncentive): void {
  const { base, rate, amount } = row;
  if (base !== null && rate !== null && state.bases.of(anyPlan, row.product, row.association_type).includes(base)) {
    count(state, ['incentive.base', 'incentive.amount']);
    const expected = multiplyRateToCent(base, rate);
    state.bridge.step('threshold-plan', expected, 1, () => unlinkedOrigin(row));
    if (amount === expected) return;
    const fault = { code: 'incentive.amount', expected, stated: amount, unexplained: amount - expected, base, rate } as const;
    book(state, { ...fault, performances: [], incentive: statedOf(row) }, scopeRows(state, row));
    return;
  }
  const refunds = amount < 0n && hasRefunds(state);
  if (amount < 0n && (!refunds || amount === carriedFrom(state, row))) {
    count(state, ['incentive.negative']);
    judgeCarried(state, row);
    return;
  }
  count(state, ['incentive.no-rate']);
  const fault = { code: 'incentive.no-rate', expected: 0n, stated: amount, unexplained: amount, ofBill: true } as const;
  book(state, { ...fault, performances: [], incentive: statedOf(row) });
}

/** Is there negative performance in the month, from which a negative incentive of a whole month could follow? */
const hasRefunds = ({ context: { db, cycle } }: IncentiveRun): boolean =>
  db.prepare<{ cycle: string }>(`SELECT 1 FROM ${monthRows('performance', 'p')} WHERE p.amount < 0 LIMIT 1`).get({ cycle }) !== undefined;

const statedOf = ({ id, plan, product, amount, base, rate }: UnlinkedIncentive): StatedIncentive => ({
  id,
  performanceId: null,
  plan,
  product,
  amount,
  base,
  rate,
});

/** A negative may be the month before's net (rules §5: 200 and −600 give −400, carried on); anything else has no base. */
function judgeCarried(state: IncentiveRun, row: UnlinkedIncentive): void {
  const { bridge } = state;
  const { amount } = row;
  const carried = carriedFrom(state, row);
  if (amount < 0n && amount === carried) {
    bridge.step('netting', amount, 1, () => unlinkedOrigin(row));
    return;
  }
  const expected = amount < 0n && carried < 0n ? carried : 0n;
  if (expected !== 0n) bridge.step('netting', expected, 1, () => unlinkedOrigin(row));
  book(state, {
    code: amount < 0n ? 'incentive.negative' : 'incentive.base',
    expected,
    stated: amount,
    unexplained: amount - expected,
    performances: [],
    incentive: statedOf(row),
    base: 0n,
  });
}

/** The net of the plan in the month before, where it is negative. */
function carriedFrom({ context: { db, cycle } }: IncentiveRun, row: UnlinkedIncentive): bigint {
  const net = db
    .prepare<unknown[], bigint>(
      'SELECT coalesce(sum(amount), 0) FROM incentive WHERE cycle = :cycle AND in_force = 1 AND (:plan IS NULL OR plan_name = :plan)',
    )
    .pluck()
    .get({ cycle: addMonths(cycle, -1), plan: row.plan })!;
  return net < 0n ? net : 0n;
}

/** The performance rows in the scope of a tier plan's row, in file order. */
function scopeRows(state: IncentiveRun, row: UnlinkedIncentive): bigint[] {
  const { db, cycle } = state.context;
  const select = db.prepare<{ cycle: string }, LinkRow>(
    `SELECT ${performanceColumns("''")} FROM ${monthRows('performance', 'p')} ORDER BY p.id`,
  );
  const ids: bigint[] = [];
  for (const p of select.iterate({ cycle })) {
    const rated = state.rate(p);
    if (state.facts.policyKnown && (!rated.rebate || !rated.tierPlans.includes(row.plan ?? ''))) continue;
    if (row.product !== null && row.product !== p.product) continue;
    if (row.association_type === null || row.association_type === p.association_type) ids.push(p.id);
  }
  return ids;
}
