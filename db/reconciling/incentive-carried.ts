import { addMonths } from '../../electron/core/month.ts';
import type { UnlinkedIncentive } from './incentive-links.ts';
import { unlinkedOrigin } from './incentive-origins.ts';
import { book, count, type IncentiveRun } from './incentive-run.ts';
import { tellShare } from './incentive-shares.ts';
import { statedOf } from './tier-evidence.ts';

/** The negative net of a plan in the month before, as far as no row has carried it on yet. */
export class Carried {
  readonly #left = new Map<string | null, bigint>();

  /** Without a plan: of all plans together. */
  of({ context: { db, cycle } }: IncentiveRun, plan: string | null): bigint {
    const held = this.#left.get(plan);
    if (held !== undefined) return held;
    const net = db
      .prepare<unknown[], bigint>(
        'SELECT coalesce(sum(amount), 0) FROM incentive WHERE cycle = :cycle AND in_force = 1 AND (:plan IS NULL OR plan_name = :plan)',
      )
      .pluck()
      .get({ cycle: addMonths(cycle, -1), plan })!;
    const left = net < 0n ? net : 0n;
    this.#left.set(plan, left);
    return left;
  }
  take(plan: string | null, amount: bigint): void {
    this.#left.set(plan, (this.#left.get(plan) ?? 0n) - amount);
  }
}

/**
 * Unlinked rows of no tier plan. A negative may be the month before's net (rules §5: 200 and −600 give −400, carried on; what was left positive is
 * not: a later negative cannot reach back). Invariant: each plan's net is carried once, by one row or by several that add up to it; anything else
 * has no base.
 */
export function judgeCarried(state: IncentiveRun, rows: readonly UnlinkedIncentive[], carried: Carried): void {
  for (const [plan, group] of Map.groupBy(rows, (row) => row.plan)) {
    const negative = group.filter((row) => row.amount < 0n);
    const shared = negative.reduce((sum, row) => sum + row.amount, 0n) === carried.of(state, plan);
    const exact = negative.find((row) => row.amount === carried.of(state, plan));
    const ordered = exact ? [exact, ...negative.filter((row) => row !== exact)] : negative;
    for (const row of ordered) netOf(state, row, carried, shared);
    for (const row of group) if (row.amount >= 0n) withoutBase(state, row, 0n);
  }
}

function netOf(state: IncentiveRun, row: UnlinkedIncentive, carried: Carried, shared: boolean): void {
  const expected = shared ? row.amount : carried.of(state, row.plan);
  carried.take(row.plan, expected);
  if (expected !== 0n) state.bridge.step('netting', expected, 1, () => unlinkedOrigin(row));
  if (row.amount === expected) {
    count(state, ['incentive.negative']);
    const share = { plan: row.plan ?? '', way: 'carried', rate: undefined, base: 0n, computed: expected, stated: expected } as const;
    tellShare(state, () => share);
  } else withoutBase(state, row, expected);
}

/** A row that nothing of ours explains; of a plan that the policy table does not know, no rate covers it. */
function withoutBase(state: IncentiveRun, row: UnlinkedIncentive, expected: bigint): void {
  const { plan, amount } = row;
  count(state, ['incentive.base', 'incentive.amount', 'incentive.negative']);
  const unknown = amount >= 0n && plan !== null && !state.policy.some((r) => r.plan === plan);
  const code = amount < 0n ? 'incentive.negative' : unknown ? 'incentive.no-rate' : 'incentive.base';
  const fault = { code, expected, stated: amount, unexplained: amount - expected, ...(unknown ? {} : { base: 0n }) } as const;
  const carriedFrom = expected === 0n ? {} : { carriedFrom: addMonths(state.context.cycle, -1) };
  book(state, { ...fault, ...carriedFrom, performances: [], incentive: statedOf(row) });
}
