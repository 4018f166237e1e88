import type { Money } from '../money.ts';
import type { PerformanceFacts, PerformanceFault, PerformanceGroup } from './consumption-performance.ts';

type Named = Pick<PerformanceFault, 'code'> & Partial<Pick<PerformanceFault, 'cause' | 'severity'>>;

/** The first cause that fits, in the catalogue's precedence: duplicate > policy > stored-value-card > refund > missing > too-low / too-high. */
export function nameDifference(g: PerformanceGroup, facts: Pick<PerformanceFacts, 'repeated' | 'onlyRefunds' | 'unreversed'>): Named {
  const difference = g.stated - g.expected;
  const rows = g.performanceRows - g.monthlyRows;
  const repeated = facts.repeated.some((r) => r.amount !== 0n && difference % r.amount === 0n && within(difference / r.amount, r.extra));
  // A refund taken back twice costs us money; it is named as such rather than as a duplicate.
  if (repeated) return { code: difference < 0n ? 'performance.refund-over-reversed' : 'performance.duplicate' };
  if (difference === nonZero(g.refused) || difference === nonZero(g.statedRefused)) return { code: 'performance.policy' };
  if (g.expected === 0n && g.cardPurchase === 0n && g.refused !== 0n) return { code: 'performance.policy' };
  if (rows > 0 && g.stated === 0n && g.listed && g.expected > 0n && g.card !== g.expected)
    return { code: 'performance.policy', cause: 'zeroed' };
  if (difference === nonZero(g.cardPurchase) || difference === nonZero(g.statedCard)) {
    return { code: 'performance.stored-value-card', cause: 'card-purchase' };
  }
  if (g.expected === 0n && g.cardPurchase !== 0n) return { code: 'performance.stored-value-card', cause: 'card-purchase' };
  if (difference === nonZero(-g.card)) return { code: 'performance.stored-value-card', cause: 'card-uncounted' };
  if (rows > 0 && difference === nonZero(-facts.unreversed)) return { code: 'performance.refund-not-reversed' };
  if (g.expected < 0n && g.stated === 0n) return { code: 'performance.refund-not-reversed' };
  if ((g.expected < 0n || facts.onlyRefunds) && difference < 0n) return { code: 'performance.refund-over-reversed' };
  if (rows === 0) return { code: 'performance.missing' };
  if (difference < 0n)
    return difference === nonZero(-g.flexi) ? { code: 'performance.too-low', cause: 'flexi-uncounted' } : { code: 'performance.too-low' };
  if (difference === nonZero(g.coupon)) return { code: 'performance.too-high', cause: 'coupon' };
  return difference === nonZero(g.flexi) ? { code: 'performance.too-high', cause: 'flexi' } : { code: 'performance.too-high' };
}

/** An amount as a candidate for "the difference is exactly this"; 0 never explains a difference. */
const nonZero = (amount: Money): Money | undefined => (amount === 0n ? undefined : amount);
const within = (count: bigint, most: number): boolean => count >= 1n && count <= BigInt(most);
