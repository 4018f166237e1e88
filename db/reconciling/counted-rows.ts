import type { Settings } from '../../electron/core/settings.ts';
import { cashSql } from './payment-parts.ts';
import { monthRows } from './rows-of.ts';

/** What of a consumption row counts as performance (rules §4); joins as `classedConsumption`. */
export function countedSql(settings: Pick<Settings, 'creditCounts' | 'writeOffCounts'>): string {
  const terms = [
    cashSql,
    'coalesce(c.stored_value_card_amount, 0)',
    'CASE WHEN m.coupon_id IS NULL THEN 0 ELSE coalesce(c.flexi_purchase_coupon_amount, 0) END',
  ];
  if (settings.creditCounts) terms.push('coalesce(c.credit_amount, 0)');
  if (settings.writeOffCounts) terms.push('coalesce(c.write_off_amount, 0)');
  return terms.map((t) => `(${t})`).join(' + ');
}

/** The flexi-purchase coupon of a consumption row, negative where it counts; joins as `classedConsumption`. */
export const flexiSql = 'CASE WHEN m.coupon_id IS NULL THEN 1 ELSE -1 END * c.flexi_purchase_coupon_amount';

/** Consumption rows with their product's class and whether their coupon counts. */
export const classedConsumption = (classes: string, from = 'consumption c'): string =>
  `${from}
   LEFT JOIN temp.${classes} k ON k.product = coalesce(c.product_type, c.product_type_code)
   LEFT JOIN temp.counting_coupon m ON m.coupon_id = c.coupon_id`;

/** The product of a row c. */
export const product = 'coalesce(c.product_type, c.product_type_code)';
/** Performance rows c with their product's class. */
export const classedPerformance = (from: string): string => `${from} LEFT JOIN temp.product_class k ON k.product = ${product}`;
/** The consumption c that the month `:previous` left for this one, as FROM and WHERE. */
export const leftByPrevious = `${monthRows('consumption', 'c', ':previous')}
           CROSS JOIN temp.previous_product_class k ON k.product = ${product}
           LEFT JOIN temp.counting_coupon m ON m.coupon_id = c.coupon_id
          WHERE k.class = 3
            AND EXISTS (SELECT 1 FROM temp.previous_product_class WHERE class = 3)`;
