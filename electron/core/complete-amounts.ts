import { divideRounded, formatMoney, cent, multiplyRateToCent, one, type Money } from './money.ts';
import { readCents, readTaxRate } from './typed-amount.ts';

/** Amounts of one invoice as texts ("597.17"); absent ones are not known. */
export interface KnownAmounts {
  readonly net?: string | undefined;
  readonly tax?: string | undefined;
  readonly total?: string | undefined;
  readonly rate?: string | undefined;
}

/**
 * Net and tax where they follow from what is known: of net, tax and total the third from two; from one of net and total with the rate, rounded to
 * the cent. Undefined where they do not, or where something cannot be read. What is known stays as it is.
 */
export function completeAmounts(known: KnownAmounts): { readonly net: string; readonly tax: string } | undefined {
  const [net, tax, total] = [known.net, known.tax, known.total].map((text) => (text?.trim() ? readCents(text) : undefined));
  const rate = known.rate?.trim() ? readTaxRate(known.rate) : undefined;
  if (net !== undefined && tax !== undefined) return { net: known.net!, tax: known.tax! };
  if (net !== undefined && total !== undefined) return plain(net, total - net);
  if (tax !== undefined && total !== undefined) return plain(total - tax, tax);
  if (rate === undefined) return undefined;
  if (net !== undefined) return plain(net, multiplyRateToCent(net, rate));
  if (total === undefined) return undefined;
  const before = divideRounded(total * one, (one + rate) * cent) * cent;
  return plain(before, total - before);
}

const plain = (net: Money, tax: Money): { net: string; tax: string } => {
  const [a, b] = [net, tax].map((amount) => formatMoney(amount).slice(0, -6)) as [string, string];
  return { net: a, tax: b };
};
