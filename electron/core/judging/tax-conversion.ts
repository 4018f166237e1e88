import { cent, divideRounded, one, type Money, type Rate } from '../money.ts';

/**
 * What a partner that invoices is paid for an incentive which includes the product's tax (rules §5): incentive ÷ (1 + product tax) × (1 + partner
 * tax), rounded half away from zero to 2 decimals once, at the end. 10,000.00 at 6 % → 3 % is 9,716.98.
 */
export function convertTax(incentive: Money, productTax: Rate, partnerTax: Rate): Money {
  return divideRounded(incentive * (one + partnerTax), (one + productTax) * cent) * cent;
}
