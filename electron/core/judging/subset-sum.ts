import type { Money } from '../money.ts';

/** More amounts than this are not searched: 2^24 sets are met in the middle as 2 × 4,096. */
export const mostCandidates = 24;

/** found: the one set of amounts (by index, ascending) that comes to exactly the target; ambiguous: at least two different sets do. */
export type SubsetSum = { readonly state: 'found'; readonly at: readonly number[] } | { readonly state: 'none' | 'ambiguous' | 'too-many' };

/**
 * Which of these amounts come to exactly the target. Exact, deterministic and bounded; amounts may be negative, zeros are left out (they fit
 * everywhere and prove nothing), and a target of 0 is met by taking nothing: it finds none. A set is only named where no other fits: what two sets explain, neither explains.
 */
export function subsetSum(target: Money, amounts: readonly Money[]): SubsetSum {
  if (target === 0n) return { state: 'none' };
  const items = amounts.flatMap((amount, at) => (amount === 0n ? [] : [{ amount, at }]));
  if (items.length > mostCandidates) return { state: 'too-many' };
  const half = items.length >> 1;
  const [low, high] = [items.slice(0, half), items.slice(half)];
  const sums = new Map<Money, { count: number; set: number }>();
  for (const [set, sum] of sumsOf(low.map((i) => i.amount)).entries()) {
    const known = sums.get(sum);
    if (known) known.count += 1;
    else sums.set(sum, { count: 1, set });
  }
  let found: readonly number[] | undefined;
  for (const [set, sum] of sumsOf(high.map((i) => i.amount)).entries()) {
    const met = sums.get(target - sum);
    if (!met) continue;
    if (found || met.count > 1) return { state: 'ambiguous' };
    found = [...chosen(low, met.set), ...chosen(high, set)];
  }
  return found ? { state: 'found', at: found } : { state: 'none' };
}

/** The sum of every set of the amounts, indexed by the set's bits. */
function sumsOf(amounts: readonly Money[]): Money[] {
  const sums: Money[] = [0n];
  for (const amount of amounts) for (const sum of sums.slice()) sums.push(sum + amount);
  return sums;
}

const chosen = (items: readonly { readonly at: number }[], set: number): number[] =>
  items.flatMap(({ at }, bit) => ((set >> bit) & 1 ? [at] : []));
