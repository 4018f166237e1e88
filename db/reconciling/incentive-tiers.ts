import { judgeTier, tiersOf } from '../../electron/core/judging/tier-plan.ts';
import type { IncentiveFault, StatedIncentive } from '../../electron/core/judging/performance-incentive.ts';
import { lastDay } from '../../electron/core/month.ts';
import type { PolicyRow } from '../../electron/core/policy.ts';
import type { RunContext } from './context.ts';
import type { UnlinkedIncentive } from './incentive-links.ts';

/** Σ stated performance in the scope of each tier plan, kept by product and association so that a row may name a part of it. */
export class TierBases {
  readonly #sums = new Map<string, Map<string, { product: string | null; association: string | null; amount: bigint }>>();

  add(plan: string, product: string | null, association: string | null, amount: bigint): void {
    const scopes = this.#sums.get(plan) ?? new Map();
    this.#sums.set(plan, scopes);
    const key = `${product}|${association}`;
    const scope = scopes.get(key) ?? { product, association, amount: 0n };
    scope.amount += amount;
    scopes.set(key, scope);
  }
  /** The base of a stated row: the whole scope, or the part with the product and association that the row names. */
  base(plan: string, product: string | null, association: string | null): bigint {
    let base = 0n;
    for (const s of this.#sums.get(plan)?.values() ?? []) {
      if ((product === null || product === s.product) && (association === null || association === s.association)) base += s.amount;
    }
    return base;
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
  const tiers = plan === null ? [] : tiersOf(policy, plan, lastDay(context.cycle));
  if (plan === null || tiers.length === 0) return undefined;
  const base = bases.base(plan, row.product, row.association_type);
  const verdict = judgeTier(tiers, base, indicatorOf(context, plan) ?? base, row, context.settings);
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

/** The indicator of a plan where the user imported one under the plan's name. */
function indicatorOf({ db, cycle }: RunContext, plan: string): bigint | undefined {
  const row = db
    .prepare<[string, string], { rows: bigint; value: bigint | null }>(
      'SELECT count(*) AS rows, sum(indicator_value) AS value FROM indicator WHERE cycle = ? AND in_force = 1 AND indicator_name = ?',
    )
    .get(cycle, plan)!;
  return row.rows === 0n ? undefined : (row.value ?? 0n);
}
