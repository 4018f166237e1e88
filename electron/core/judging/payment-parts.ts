import type { Money } from '../money.ts';

/** The eight ways to pay one consumption row (rules §1.2); `null` where the file has no such column or the cell is empty. */
export interface PaymentParts {
  readonly cash: Money | null;
  readonly credit: Money | null;
  readonly coupon: Money | null;
  readonly flexiPurchaseCoupon: Money | null;
  readonly storedValueCard: Money | null;
  readonly bonus: Money | null;
  readonly debt: Money | null;
  readonly writeOff: Money | null;
}

/**
 * What of the amount due no payment part accounts for (0 in a sound row). Invariant: amount due = Σ parts. An absent part counts 0; a row
 * without any part at all was exported without payment columns and is taken as paid in cash, so its rest is 0.
 */
export function paymentRest(amountDue: Money, parts: PaymentParts): Money {
  const all = Object.values(parts) as (Money | null)[];
  if (all.every((part) => part === null)) return 0n;
  return all.reduce<Money>((rest, part) => rest - (part ?? 0n), amountDue);
}
