import type { BillingCycle } from '../month.ts';
import type { Settings } from '../settings.ts';

/** One row of the user's product-policy table; validity in cycles, both ends inclusive, null = open. */
export interface ProductPolicy {
  readonly product: string;
  /** 0 and 1 count, 2 neither performance nor rebate, 13 performance without rebate. */
  readonly policy: number;
  readonly monthlySettled: boolean;
  readonly validFrom: string | null;
  readonly validTo: string | null;
}

/** Where the countable part of a product's consumption goes. */
export const productClass = { counts: 0, none: 1, cardPurchase: 2, monthly: 3 } as const;

export interface ProductClass {
  readonly class: (typeof productClass)[keyof typeof productClass];
  /** The user's table names the product for this month. */
  readonly listed: boolean;
  /** Its performance earns incentive (policies 0 and 1). */
  readonly rebate: boolean;
  /** Settled in the month after, whatever else it is. */
  readonly monthly: boolean;
}

/** The policy row of a product in force in a cycle: of overlapping rows the one that began last; undefined where none covers it. */
export function policyInForce(product: string, cycle: BillingCycle, policies: readonly ProductPolicy[]): ProductPolicy | undefined {
  let found: ProductPolicy | undefined;
  for (const p of policies) {
    if (p.product !== product) continue;
    if ((p.validFrom ?? '') > cycle || (p.validTo !== null && p.validTo < cycle)) continue;
    if (!found || (p.validFrom ?? '') >= (found.validFrom ?? '')) found = p;
  }
  return found;
}

/** Invariant: every product has exactly one class in a month: policy 2 first, then the purchase of a card, then monthly settlement. */
export function classOf(
  product: string,
  cycle: BillingCycle,
  policies: readonly ProductPolicy[],
  settings: Pick<Settings, 'storedValueCardProducts' | 'monthlySettledProducts'>,
): ProductClass {
  const policy = policyInForce(product, cycle, policies);
  const listed = policy !== undefined;
  const rebate = policy?.policy !== 2 && policy?.policy !== 13;
  const monthly = policy?.monthlySettled === true || settings.monthlySettledProducts.includes(product);
  const known = { listed, rebate, monthly };
  if (policy?.policy === 2) return { class: productClass.none, ...known };
  if (settings.storedValueCardProducts.includes(product)) return { class: productClass.cardPurchase, ...known };
  return { class: monthly ? productClass.monthly : productClass.counts, ...known };
}
