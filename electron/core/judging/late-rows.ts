import { absolute, type Money } from '../money.ts';

/**
 * How many of the newest rows, given newest first, are not stated yet: performance comes in the order of time, so they are what leaves the least of
 * the difference; of two equal answers the one with more rows, for those are owed later and not now.
 */
export function lateRows(newestFirst: readonly Money[], difference: Money): number {
  let [rest, least, rows] = [difference, absolute(difference), 0];
  for (const [i, amount] of newestFirst.entries()) {
    rest += amount;
    if (absolute(rest) <= least) [least, rows] = [absolute(rest), i + 1];
  }
  return rows;
}
