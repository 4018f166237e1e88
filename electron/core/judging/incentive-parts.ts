import { absolute, cent, multiplyRateToCent, type Money, type Rate } from '../money.ts';
import { convertTax } from './tax-conversion.ts';

export type PartName = 'base' | 'rate' | 'tier' | 'tax' | 'rounding' | 'amount';
export interface DifferencePart {
  readonly part: PartName;
  readonly amount: Money;
}
/** Product tax and partner tax of a payment request. */
export interface TaxPair {
  readonly product: Rate;
  readonly partner: Rate;
}
/** A stated row against what it should be; null = not printed. */
export interface Difference {
  readonly expected: Money;
  readonly stated: Money;
  readonly base: Money;
  readonly rate: Rate;
  readonly printedBase: Money | null;
  readonly printedRate: Rate | null;
  /** The rate is that of a tier. */
  readonly tier: boolean;
}

/**
 * What of the difference comes from the base, the rate, tax and rounding, in this order, each at the printed figures of those before it. Invariant:
 * the parts add up to stated − expected, and none is 0. Empty where the expected amount is not base × rate (progressive tiers).
 */
export function differenceParts(d: Difference, taxes: readonly TaxPair[]): DifferencePart[] {
  const { expected, stated, base, rate, printedBase, printedRate } = d;
  if (multiplyRateToCent(base, rate) !== expected) return [];
  const atBase = multiplyRateToCent(printedBase ?? base, rate);
  const atBoth = multiplyRateToCent(printedBase ?? base, printedRate ?? rate);
  const rest = stated - atBoth;
  const taxed = taxes.some((t) => t.product !== t.partner && convertTax(atBoth, t.product, t.partner) === stated);
  const parts: DifferencePart[] = [
    { part: 'base', amount: atBase - expected },
    { part: d.tier ? 'tier' : 'rate', amount: atBoth - atBase },
    { part: absolute(rest) <= cent ? 'rounding' : taxed ? 'tax' : 'amount', amount: rest },
  ];
  return parts.filter((p) => p.amount !== 0n);
}
