import { addDays, addMonths, cycleOf, lastDay, type BillingCycle } from '../month.ts';

/** When something was charged and used, "YYYY-MM-DD HH:MM:SS" in GMT+08:00; `null` where the file does not say. */
export interface Times {
  readonly tradedAt: string | null;
  readonly consumedFrom: string | null;
  readonly consumedTo: string | null;
}

/**
 * Was it consumed within the last 24 hours of the cycle (rules §3)? Midnight of the first day of the next month is the end of the last hour. The end of use decides;
 * one that lies in another month (a yearly order's) does not, then its begin, then the time of the charge.
 */
export function isMonthEdge(times: Times, cycle: BillingCycle): boolean {
  const end = `${addDays(lastDay(cycle), 1)} 00:00:00`;
  const inCycle = (time: string | null): time is string => time !== null && (cycleOf(time) === cycle || time === end);
  const time = [times.consumedTo, times.consumedFrom, times.tradedAt].find(inCycle);
  return time !== undefined && (time === end || time.startsWith(lastDay(cycle)));
}

/** The earlier of the month and a neighbour: the month whose end may lie between the two statements. */
export const earlierCycle = (a: BillingCycle, b: BillingCycle): BillingCycle => (a < b ? a : b);

/** The two months a row may have slipped into. */
export const neighbours = (cycle: BillingCycle): readonly [BillingCycle, BillingCycle] => [addMonths(cycle, -1), addMonths(cycle, 1)];
