import type { Money, Rate } from '../money.ts';
import type { RatedPerformance, StatedIncentive } from './performance-incentive.ts';

/** One expected payment: a performance row (or all rows that one incentive row sums up) under one plan. */
export interface Due {
  readonly performances: readonly RatedPerformance[];
  readonly plan: string;
  readonly rate: Rate;
  readonly base: Money;
  readonly amount: Money;
  /** Those for which this is the first plan; for the others it is a further one. */
  readonly first: readonly RatedPerformance[];
  readonly earlier: boolean;
}

/** Scores from the surest pairing down: the same 业绩ID; product, base and amount; product and base; product and amount (no base printed); any. */
export const pairingPasses = [8, 7, 6, 5, 0] as const;

/** Does the row name a 业绩ID that is none of the due's? */
const isForeign = ({ performances }: Pick<Due, 'performances'>, { performanceId }: StatedIncentive): boolean =>
  performanceId !== null && performances.every((p) => p.performanceId !== null && p.performanceId !== performanceId);

/** How well an incentive row fits what is due; below 0 not at all: a row of another 业绩ID fits only by its base (or amount, where it prints none). */
export function pairingScore(due: Pick<Due, 'performances' | 'base' | 'amount'>, i: StatedIncentive): number {
  const own = i.performanceId !== null && due.performances.some((p) => p.performanceId === i.performanceId);
  if (isForeign(due, i) && (i.base === null ? i.amount !== due.amount : i.base !== due.base)) return -1;
  const same = (i.product === due.performances[0]!.product ? 4 : 0) + (i.base === due.base ? 2 : 0) + (i.amount === due.amount ? 1 : 0);
  return (own ? 8 : 0) + same;
}

/**
 * Gives each due at most one incentive row, the surest pairs first, so that a due whose row is missing never takes another's. With `printed` the
 * rates came from the rows, and a due meets only a row that prints its rate. A due that its own row pays elsewhere (asked only where it matters) never
 * takes a row of another 业绩ID.
 */
export function pairDues(
  dues: readonly Due[],
  incentives: readonly StatedIncentive[],
  printed: boolean,
  paidByOwnRow: (due: Due) => boolean = () => false,
): { pairs: ReadonlyMap<Due, StatedIncentive>; open: ReadonlySet<StatedIncentive> } {
  const pairs = new Map<Due, StatedIncentive>();
  const open = new Set(incentives);
  for (const least of pairingPasses) {
    for (const due of dues) {
      const stated = pairs.has(due) ? undefined : pick(due, open, least, printed, paidByOwnRow);
      if (!stated) continue;
      pairs.set(due, stated);
      open.delete(stated);
    }
    if (open.size === 0) break;
  }
  return { pairs, open };
}

/** The open incentive row of the same plan (or none printed) that fits a due best and at least so well; of equal ones the first in file order. */
function pick(
  due: Due,
  open: ReadonlySet<StatedIncentive>,
  least: number,
  printed: boolean,
  paidByOwnRow: (due: Due) => boolean,
): StatedIncentive | undefined {
  let best: StatedIncentive | undefined;
  let bestScore = least - 1;
  for (const i of open) {
    if (printed ? (i.plan ?? '') !== due.plan || i.rate !== due.rate : i.plan !== null && i.plan !== due.plan) continue;
    const score = pairingScore(due, i);
    if (score > bestScore && isForeign(due, i) && paidByOwnRow(due)) continue;
    if (score > bestScore) [best, bestScore] = [i, score];
  }
  return best;
}
