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
  /** Of progressive tiers, whose slices no one rate makes: what the printed base comes to. */
  readonly atPrintedBase?: Money | undefined;
}

/**
 * What of the difference comes from the base, the rate, tax and rounding, in this order, each at the printed figures of those before it. Invariant:
 * the parts add up to stated − expected, and none is 0. Of progressive tiers no rate stands for itself: what it makes is told with the tier or the amount.
 * Empty where it is not known what the expected amount is made of.
 */
export function differenceParts(d: Difference, taxes: readonly TaxPair[]): DifferencePart[] {
  const { expected, stated, base, rate, printedBase, printedRate } = d;
  const atRate = multiplyRateToCent(printedBase ?? base, rate);
  const sliced = multiplyRateToCent(base, rate) !== expected || (d.atPrintedBase ?? atRate) !== atRate;
  if (sliced && d.atPrintedBase === undefined) return [];
  const atBase = sliced ? d.atPrintedBase! : atRate;
  const atBoth = sliced ? atBase : multiplyRateToCent(printedBase ?? base, printedRate ?? rate);
  const rest = stated - atBoth;
  const taxed = taxes.some((t) => t.product !== t.partner && convertTax(atBoth, t.product, t.partner) === stated);
  const parts: DifferencePart[] = [
    { part: 'base', amount: atBase - expected },
    { part: d.tier ? 'tier' : 'rate', amount: atBoth - atBase },
    { part: absolute(rest) <= cent ? 'rounding' : taxed ? 'tax' : sliced && d.tier ? 'tier' : 'amount', amount: rest },
  ];
  return parts.filter((p) => p.amount !== 0n);
}
