import { multiplyRateToCent, type Money, type Rate } from '../money.ts';
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

/**
 * How well an incentive row fits what is due; below 0 not at all: a row of another 业绩ID fits only by its base (or amount, where it prints none), unless
 * `foreign` rows were said to belong here.
 */
export function pairingScore(due: Pick<Due, 'performances' | 'base' | 'amount'>, i: StatedIncentive, foreign = false): number {
  const own = i.performanceId !== null && due.performances.some((p) => p.performanceId === i.performanceId);
  if (!foreign && isForeign(due, i) && (i.base === null ? i.amount !== due.amount : i.base !== due.base)) return -1;
  const same = (i.product === due.performances[0]!.product ? 4 : 0) + (i.base === due.base ? 2 : 0) + (i.amount === due.amount ? 1 : 0);
  return (own ? 8 : 0) + same;
}

/** How dues meet rows. */
export interface Pairing {
  /** The rates came from the rows: a due meets only a row that prints its rate. */
  readonly printed: boolean;
  /** Rows of another 业绩ID were said to belong here. */
  readonly foreign?: boolean;
  /** Is a due paid by its own row elsewhere? Asked only where it matters: it then never takes a row of another 业绩ID. */
  paidByOwnRow?(due: Due): boolean;
}

/** Gives each due at most one incentive row, the surest pairs first, so that a due whose row is missing never takes another's. */
export function pairDues(
  dues: readonly Due[],
  incentives: readonly StatedIncentive[],
  how: Pairing,
): { pairs: ReadonlyMap<Due, StatedIncentive>; open: ReadonlySet<StatedIncentive> } {
  const pairs = new Map<Due, StatedIncentive>();
  const open = new Set(incentives);
  for (const least of pairingPasses) {
    for (const due of dues) {
      const stated = pairs.has(due) ? undefined : pick(due, open, least, how);
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
  { printed, foreign, paidByOwnRow }: Pairing,
): StatedIncentive | undefined {
  let best: StatedIncentive | undefined;
  let bestScore = least - 1;
  for (const i of open) {
    if (printed ? (i.plan ?? '') !== due.plan || i.rate !== due.rate : i.plan !== null && i.plan !== due.plan) continue;
    const score = pairingScore(due, i, foreign);
    if (score > bestScore && isForeign(due, i) && paidByOwnRow?.(due)) continue;
    if (score > bestScore) [best, bestScore] = [i, score];
  }
  return best;
}

/** Everything of one plan: what is due, and the rows that state it. */
export interface PlanSums {
  readonly dues: readonly Due[];
  readonly stated: readonly StatedIncentive[];
}

/**
 * The plans whose rows come to exactly what is due in total, row by row or rounded once. For what a person joined only: one performance paid in parts, or
 * several in one. No printed rate may be another one than what is due, nor the printed bases come to another sum: that stays a fault.
 */
export function agreeingSums(dues: readonly Due[], incentives: readonly StatedIncentive[]): PlanSums[] {
  const byPlan = Map.groupBy(dues, (due) => due.plan);
  return [...byPlan.values()].flatMap((own): PlanSums[] => {
    const { plan, rate } = own[0]!;
    const stated = incentives.filter((i) => i.plan === plan || (byPlan.size === 1 && i.plan === null) || (i.plan ?? '') === plan);
    if (stated.length === 0 || own.some((due) => due.rate !== rate) || stated.some((i) => i.rate !== null && i.rate !== rate)) return [];
    const base = sum(own.map((due) => due.base));
    if (stated.every((i) => i.base !== null) && sum(stated.map((i) => i.base!)) !== base) return [];
    const paid = sum(stated.map((i) => i.amount));
    if (paid === sum(own.map((due) => due.amount))) return [{ dues: own, stated }];
    const performances = own.flatMap((due) => due.performances);
    const once: Due = { ...own[0]!, performances, first: own.flatMap((due) => due.first), base, amount: multiplyRateToCent(base, rate) };
    return paid === once.amount ? [{ dues: [once], stated }] : [];
  });
}

/**
 * The plans under which one performance is paid by several rows, in parts or with a correction: their printed bases add up to it, and each amount follows
 * from its own base, rounded for itself. What is paid in parts is their sum.
 */
export function paidInParts(dues: readonly Due[], incentives: readonly StatedIncentive[]): PlanSums[] {
  const byPlan = Map.groupBy(dues, (due) => due.plan);
  return [...byPlan].flatMap(([plan, own]): PlanSums[] => {
    const due = own[0]!;
    const stated = incentives.filter((i) => (i.plan === null && byPlan.size === 1) || (i.plan ?? '') === plan);
    if (own.length > 1 || stated.length < 2) return [];
    const follows = (i: StatedIncentive): boolean =>
      i.base !== null && !isForeign(due, i) && (i.rate ?? due.rate) === due.rate && i.amount === multiplyRateToCent(i.base, due.rate);
    if (!stated.every(follows) || sum(stated.map((i) => i.base!)) !== due.base) return [];
    return [{ dues: [{ ...due, amount: sum(stated.map((i) => i.amount)) }], stated }];
  });
}

const sum = (amounts: readonly Money[]): Money => amounts.reduce((total, amount) => total + amount, 0n);
