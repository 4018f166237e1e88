import type { PaymentRequest } from './invoice.ts';
import { convertTax } from './judging/tax-conversion.ts';
import type { Money } from './money.ts';

/** What a payment request should be by its incentive bills (rules §5). */
export interface RequestBasis {
  /** Σ of the bills. */
  readonly incentive: Money;
  /** Converted from the product's tax to the partner's. */
  readonly expected: Money;
}

/** Undefined where it names no bill, one of them is not imported, or it states no tax rates: then there is nothing to compare with. */
export function basisOf(
  request: Pick<PaymentRequest, 'taxRate' | 'productTaxRate'>,
  bills: readonly { readonly amount?: Money }[],
): RequestBasis | undefined {
  const { taxRate, productTaxRate } = request;
  if (bills.length === 0 || taxRate === undefined || productTaxRate === undefined) return undefined;
  let incentive = 0n;
  for (const { amount } of bills) {
    if (amount === undefined) return undefined;
    incentive += amount;
  }
  return { incentive, expected: convertTax(incentive, productTaxRate, taxRate) };
}
