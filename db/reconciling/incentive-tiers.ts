import { judgeTier, tiersOf, type TierVerdict } from '../../electron/core/judging/tier-plan.ts';
import type { IncentiveFault, StatedIncentive } from '../../electron/core/judging/performance-incentive.ts';
import { lastDay } from '../../electron/core/month.ts';
import type { PolicyRow } from '../../electron/core/policy.ts';
import type { RunContext } from './context.ts';
import type { UnlinkedIncentive } from './incentive-links.ts';

interface Scope {
  readonly product: string | null;
  readonly association: string | null;
  amount: bigint;
  /** Of products that should have no performance (policy 2), stated all the same. */
  refused: bigint;
}

/** In place of plans where no policy table names them: what a row of any plan could have as its base. */
export const anyPlan = '';

/** Σ stated performance in the scope of each tier plan, kept by product and association so that a row may name a part of it. */
export class TierBases {
  readonly #sums = new Map<string, Map<string, Scope>>();

  add(plan: string, product: string | null, association: string | null, amount: bigint, refused: boolean): void {
    const scopes = this.#sums.get(plan) ?? new Map<string, Scope>();
    this.#sums.set(plan, scopes);
    const key = `${product}|${association}`;
    const scope = scopes.get(key) ?? { product, association, amount: 0n, refused: 0n };
    if (refused) scope.refused += amount;
    else scope.amount += amount;
    scopes.set(key, scope);
  }
  /**
   * The bases that a stated row may have: of the whole scope, or of the part with the product and association that the row names; without
   * performance of policy 2, then with it: where it is stated, the fault is performance.policy and not counted again here.
   */
  of(plan: string, product: string | null, association: string | null): readonly [own: bigint, withRefused: bigint] {
    let own = 0n;
    let refused = 0n;
    for (const s of this.#sums.get(plan)?.values() ?? []) {
      if ((product !== null && product !== s.product) || (association !== null && association !== s.association)) continue;
      own += s.amount;
      refused += s.refused;
    }
    return [own, own + refused];
  }
}

export interface TierOutcome {
  readonly expected: bigint;
  readonly fault?: IncentiveFault;
}

/** Judges one stated row of a tier plan; undefined where the plan is no tier plan of the user's table. */
export function tierOutcome(
  context: RunContext,
  policy: readonly PolicyRow[],
  bases: TierBases,
  row: UnlinkedIncentive,
): TierOutcome | undefined {
  const { plan } = row;
  const tiers =
    plan === null ? [] : tiersOf(policy, plan, lastDay(context.cycle), { product: row.product, association: row.association_type });
  if (plan === null || tiers.length === 0) return undefined;
  const indicator = indicatorOf(context, plan);
  const judge = (base: bigint): TierVerdict => judgeTier(tiers, base, indicator ?? base, row, context.settings);
  const [own, withRefused] = bases.of(plan, row.product, row.association_type);
  const base =
    withRefused !== own && fits(row.base, withRefused, judge(withRefused)) && !fits(row.base, own, judge(own)) ? withRefused : own;
  const verdict = judge(base);
  const { expected, rate, code } = verdict;
  if (!code) return { expected };
  const incentive: StatedIncentive = {
    id: row.id,
    performanceId: null,
    plan,
    product: row.product,
    amount: row.amount,
    base: row.base,
    rate: row.rate,
  };
  return {
    expected,
    fault: { code, expected, stated: row.amount, unexplained: row.amount - expected, performances: [], incentive, plan, base, rate },
  };
}

/** Is this the base that the row states or, where it prints none, one from which its amount follows? */
const fits = (stated: bigint | null, base: bigint, verdict: TierVerdict): boolean => (stated === null ? !verdict.code : stated === base);

/** The indicator of a plan where the user imported one under the plan's name. */
function indicatorOf({ db, cycle }: RunContext, plan: string): bigint | undefined {
  const row = db
    .prepare<[string, string], { rows: bigint; value: bigint | null }>(
      'SELECT count(*) AS rows, sum(indicator_value) AS value FROM indicator WHERE cycle = ? AND in_force = 1 AND indicator_name = ?',
    )
    .get(cycle, plan)!;
  return row.rows === 0n ? undefined : (row.value ?? 0n);
}
