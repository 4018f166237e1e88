import { multiplyRateToCent } from '../money.ts';
import { pairingPasses, pairingScore } from './incentive-pairing.ts';
import type { RatedPerformance, StatedIncentive } from './performance-incentive.ts';

type Printed = StatedIncentive & { readonly rate: bigint };

/** Rows that print their rate: without a policy table only they can be checked. */
export const printsRate = (i: StatedIncentive): i is Printed => i.rate !== null;

/**
 * Without a policy table the rate printed on an incentive row stands in for the performance that this row pays, so that base and amount can still be
 * checked. Invariant: a rate comes from the row that is checked and never from its neighbours, so that performance without such a row has no rate.
 */
export function withPrintedRates(
  performances: readonly RatedPerformance[],
  incentives: readonly StatedIncentive[],
  joined = false,
): RatedPerformance[] {
  const rates = new Map<RatedPerformance, { plan: string; rate: bigint }[]>(performances.map((p) => [p, []]));
  const earning = performances.filter((p) => p.rebate || p.refused);
  for (const [plan, rows] of Map.groupBy(incentives.filter(printsRate), (i) => i.plan ?? '')) {
    for (const [p, { rate }] of payers(earning, rows, joined)) rates.get(p)!.push({ plan, rate });
  }
  return performances.map((p) => ({ ...p, rates: rates.get(p)!.sort((a, b) => (a.plan < b.plan ? -1 : 1)) }));
}

/** Which row of one plan pays which performance: one row for all of it, else each at most one, the surest pairs first; joined rows of one rate pay all. */
function payers(performances: readonly RatedPerformance[], rows: readonly Printed[], joined: boolean): Map<RatedPerformance, Printed> {
  const [only] = rows;
  if (only && joined && rows.every((row) => row.rate === only.rate)) return new Map(performances.map((p) => [p, only]));
  if (only && rows.length === 1 && isWhole(only, performances)) return new Map(performances.map((p) => [p, only]));
  const pairs = new Map<RatedPerformance, Printed>();
  const open = new Set(performances);
  const waiting = new Set(rows);
  for (const least of pairingPasses) {
    for (const row of waiting) {
      let best: RatedPerformance | undefined;
      let bestScore = least - 1;
      for (const p of open) {
        const score = pairingScore({ performances: [p], base: p.amount, amount: multiplyRateToCent(p.amount, row.rate) }, row);
        if (score > bestScore) [best, bestScore] = [p, score];
      }
      if (!best) continue;
      pairs.set(best, row);
      open.delete(best);
      waiting.delete(row);
    }
  }
  return pairs;
}

/** Does one row pay for all performance of its key: by its base or, where it prints none, because it pays for no single one? */
function isWhole(row: Printed, performances: readonly RatedPerformance[]): boolean {
  if (performances.length < 2) return false;
  const base = performances.reduce((sum, p) => sum + p.amount, 0n);
  if (pairingScore({ performances, base, amount: multiplyRateToCent(base, row.rate) }, row) < 0) return false;
  return row.base === null ? performances.every((p) => multiplyRateToCent(p.amount, row.rate) !== row.amount) : row.base === base;
}
