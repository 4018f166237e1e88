import type { PaymentRequest } from './invoice.ts';
import { convertTax } from './judging/tax-conversion.ts';
import type { Money } from './money.ts';
import { needsNoInvoice } from './request-status.ts';

/** What a payment request should be by its incentive bills (rules §5). */
export interface RequestBasis {
  /** Σ of the bills. */
  readonly incentive: Money;
  readonly expected: Money;
  /** It is converted from the product's tax to the partner's; a way of payout without an invoice pays the incentive itself. */
  readonly converted: boolean;
}

/** Undefined where it names no bill, one of them is not imported, or it is converted and states no tax rates: then there is nothing to compare with. */
export function basisOf(
  request: Pick<PaymentRequest, 'taxRate' | 'productTaxRate' | 'payoutMode'>,
  bills: readonly { readonly amount?: Money }[],
): RequestBasis | undefined {
  const { taxRate, productTaxRate } = request;
  if (bills.length === 0) return undefined;
  let incentive = 0n;
  for (const { amount } of bills) {
    if (amount === undefined) return undefined;
    incentive += amount;
  }
  if (needsNoInvoice(request.payoutMode)) return { incentive, expected: incentive, converted: false };
  if (taxRate === undefined || productTaxRate === undefined) return undefined;
  return { incentive, expected: convertTax(incentive, productTaxRate, taxRate), converted: true };
}
