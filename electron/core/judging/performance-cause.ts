import { absolute, divideRounded, type Money } from '../money.ts';
import type { PerformanceFacts, PerformanceFault, PerformanceGroup } from './consumption-performance.ts';

type Named = Pick<PerformanceFault, 'code'> & Partial<Pick<PerformanceFault, 'cause' | 'severity'>>;

/** The first cause that fits, in the catalogue's precedence: duplicate > policy > stored-value-card > refund > missing > too-low / too-high. */
export function nameDifference(
  g: PerformanceGroup,
  facts: Pick<PerformanceFacts, 'repeated' | 'onlyRefunds' | 'unreversed' | 'tolerance'>,
): Named {
  const difference = g.stated - g.expected;
  const rows = g.performanceRows - g.monthlyRows;
  const slack = facts.tolerance * BigInt(Math.max(1, g.consumptionRows));
  // An amount that the tolerance lets pass never explains a difference.
  const is = (amount: Money): boolean => absolute(amount) > slack && absolute(difference - amount) <= slack;
  const repeated = facts.repeated.some(({ amount, extra }) => {
    if (absolute(amount) <= slack) return false;
    const times = divideRounded(difference, amount);
    return times >= 1n && times <= BigInt(extra) && is(times * amount);
  });
  // A refund taken back twice costs us money; it is named as such rather than as a duplicate.
  if (repeated) return { code: difference < 0n ? 'performance.refund-over-reversed' : 'performance.duplicate' };
  if (is(g.refused) || is(g.statedRefused)) return { code: 'performance.policy' };
  if (g.expected === 0n && g.cardPurchase === 0n && g.refused !== 0n) return { code: 'performance.policy' };
  if (rows > 0 && g.stated === 0n && g.listed && g.expected > 0n && g.card !== g.expected)
    return { code: 'performance.policy', cause: 'zeroed' };
  if (is(g.cardPurchase) || is(g.statedCard)) {
    return { code: 'performance.stored-value-card', cause: 'card-purchase' };
  }
  if (g.expected === 0n && g.cardPurchase !== 0n) return { code: 'performance.stored-value-card', cause: 'card-purchase' };
  if (is(-g.card)) return { code: 'performance.stored-value-card', cause: 'card-uncounted' };
  if (rows > 0 && is(-facts.unreversed)) return { code: 'performance.refund-not-reversed' };
  if (g.expected < 0n && g.stated === 0n) return { code: 'performance.refund-not-reversed' };
  if ((g.expected < 0n || facts.onlyRefunds) && difference < 0n) return { code: 'performance.refund-over-reversed' };
  if (rows === 0) return { code: 'performance.missing' };
  if (difference < 0n) return is(g.flexi) ? { code: 'performance.too-low', cause: 'flexi-uncounted' } : { code: 'performance.too-low' };
  if (is(g.coupon)) return { code: 'performance.too-high', cause: 'coupon' };
  return is(g.flexi) ? { code: 'performance.too-high', cause: 'flexi' } : { code: 'performance.too-high' };
}
