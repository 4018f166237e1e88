import { addMonths } from '../../electron/core/month.ts';
import { performanceColumns, type LinkRow, type UnlinkedIncentive } from './incentive-links.ts';
import { monthRows } from './rows-of.ts';
import { tierOutcome } from './incentive-tiers.ts';
import { book, type IncentiveRun } from './incentive-run.ts';

/** Incentive rows without performance or trade: tier plans, negatives carried from the month before, and what belongs to nothing. */
export function judgeUnlinked(state: IncentiveRun, rows: readonly UnlinkedIncentive[]): void {
  for (const row of rows) {
    state.compared += 1;
    const tier = tierOutcome(state.context, state.policy, state.bases, row);
    if (tier) {
      state.bridge.step('threshold-plan', tier.expected, 1);
      if (tier.fault) book(state, tier.fault, scopeRows(state, row));
      continue;
    }
    if (!state.facts.policyKnown && row.amount >= 0n) state.bridge.step('threshold-plan', row.amount, 1);
    else judgeCarried(state, row);
  }
}

/** A negative may be the month before's net (rules §5: 200 and −600 give −400, carried on); anything else has no base. */
function judgeCarried(state: IncentiveRun, row: UnlinkedIncentive): void {
  const { bridge } = state;
  const { id, plan, product, amount, base, rate } = row;
  const carried = carriedFrom(state, row);
  if (amount < 0n && amount === carried) {
    bridge.step('netting', amount, 1);
    return;
  }
  const expected = amount < 0n && carried < 0n ? carried : 0n;
  if (expected !== 0n) bridge.step('netting', expected, 1);
  book(state, {
    code: amount < 0n ? 'incentive.negative' : 'incentive.base',
    expected,
    stated: amount,
    unexplained: amount - expected,
    performances: [],
    incentive: { id, performanceId: null, plan, product, amount, base, rate },
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
    if (!rated.rebate || !rated.tierPlans.includes(row.plan ?? '')) continue;
    if (row.product !== null && row.product !== p.product) continue;
    if (row.association_type === null || row.association_type === p.association_type) ids.push(p.id);
  }
  return ids;
}
