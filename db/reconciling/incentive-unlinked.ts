import { scopeSum } from '../../electron/core/judging/tier-rows.ts';
import { multiplyRateToCent } from '../../electron/core/money.ts';
import { Carried, judgeCarried } from './incentive-carried.ts';
import type { UnlinkedIncentive } from './incentive-links.ts';
import { unlinkedOrigin } from './incentive-origins.ts';
import { book, count, type IncentiveRun } from './incentive-run.ts';
import { tellShare } from './incentive-shares.ts';
import { ranked } from '../row-rank.ts';
import { anyPlan } from './incentive-tiers.ts';
import { monthRows } from './rows-of.ts';
import { scopeRows, statedOf } from './tier-evidence.ts';
import { judgeTierPlans } from './tier-plans.ts';

/** Incentive rows without performance or trade: tier plans, negatives carried from the month before, and what belongs to nothing. */
export function judgeUnlinked(state: IncentiveRun, rows: readonly UnlinkedIncentive[]): void {
  const ordered = ranked(state.rank, rows);
  const carried = new Carried();
  const others = state.facts.policyKnown ? judgeTierPlans(state, ordered, carried) : judgeWithoutPolicy(state, ordered, carried);
  judgeCarried(state, others, carried);
}

/**
 * Without a policy table nobody knows the scope of a plan. Where the printed base is the whole stated performance of what the row names, base and
 * amount can be checked at the printed rate, once; else its amount is unexplained, and never taken over as it stands. Returns the negatives that only
 * the month before could explain.
 */
function judgeWithoutPolicy(state: IncentiveRun, rows: readonly UnlinkedIncentive[], carried: Carried): UnlinkedIncentive[] {
  const taken = new Set<string>();
  const others: UnlinkedIncentive[] = [];
  for (const row of rows) {
    const { base, rate, amount, plan } = row;
    const named = { product: row.product, association: row.association_type, reseller: null };
    const scope = JSON.stringify([plan, named]);
    const whole = scopeSum(state.bases.cells(anyPlan), named).includes(base ?? -1n) && base !== null;
    if (whole && rate !== null && !taken.has(scope)) {
      taken.add(scope);
      count(state, ['incentive.base', 'incentive.amount']);
      const expected = multiplyRateToCent(base, rate);
      state.bridge.step('threshold-plan', expected, 1, () => unlinkedOrigin(row));
      const fault = { code: 'incentive.amount', expected, stated: amount, unexplained: amount - expected, base, rate } as const;
      if (amount !== expected) book(state, { ...fault, performances: [], incentive: statedOf(row) }, scopeRows(state, undefined, [named]));
      else tellShare(state, () => ({ plan: plan ?? '', way: 'month', rate, base, computed: expected, stated: amount }));
    } else if (amount < 0n && (amount === carried.of(state, plan) || !hasRefunds(state))) {
      others.push(row);
    } else {
      count(state, ['incentive.no-rate']);
      const fault = { code: 'incentive.no-rate', expected: 0n, stated: amount, unexplained: amount, ofBill: true } as const;
      book(state, { ...fault, performances: [], incentive: statedOf(row) });
    }
  }
  return others;
}

/** Is there negative performance in the month, from which a negative incentive of a whole month could follow? */
const hasRefunds = ({ context: { db, cycle } }: IncentiveRun): boolean =>
  db.prepare<{ cycle: string }>(`SELECT 1 FROM ${monthRows('performance', 'p')} WHERE p.amount < 0 LIMIT 1`).get({ cycle }) !== undefined;
