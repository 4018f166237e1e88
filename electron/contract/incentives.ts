import { z } from 'zod';
import { shareWays } from '../core/incentive-share.ts';
import { paging } from './findings.ts';
import { amount, cycle } from './values.ts';

const sums = { base: amount, computed: amount, stated: amount };
const share = {
  /** '' where the rows name none. */
  plan: z.string(),
  way: z.enum(shareWays),
  /** "5%"; absent where none is known. */
  rate: z.string().optional(),
  ...sums,
  /** stated − computed; 0 for what the next month pays. */
  difference: amount,
  rows: z.int(),
};
export const incentivePlans = z.object({
  billingCycle: cycle,
  /** `exact` is base × rate before rounding, `rounding` what rounding row by row made of it; absent where no rate or several slices make the amount. */
  shares: z.array(
    z.object({ ...share, method: z.enum(['perRow', 'tier', 'unknown']), exact: amount.optional(), rounding: amount.optional() }),
  ),
  /** The indicator of every tier plan over its period. */
  plans: z.array(
    z.object({
      plan: z.string(),
      from: cycle,
      to: cycle,
      given: amount.optional(),
      /** Σ of the months that are imported. */
      counted: amount,
      months: z.array(z.object({ billingCycle: cycle, amount: amount.optional() })),
      tiers: z.array(z.object({ threshold: amount, rate: z.string(), reached: z.boolean() })),
      /** A tier is reached only beyond its threshold. */
      beyond: z.literal(true).optional(),
      /** What is missing to the next tier, or to the threshold that has to be passed. */
      missing: amount.optional(),
    }),
  ),
  frozen: z.array(z.object({ billId: z.string(), name: z.string(), amount, pending: amount.optional(), reason: z.string() })),
});

export const incentiveSorts = ['difference', 'customer', 'plan', 'rate', 'base', 'computed', 'stated'] as const;
export const incentiveCustomersInput = z.object({
  billingCycle: cycle,
  plan: z.string().optional(),
  differing: z.boolean().default(false),
  search: z.string().optional(),
  sort: z.enum(incentiveSorts).default('difference'),
  descending: z.boolean().default(true),
  ...paging,
});
export const incentiveCustomers = z.object({
  total: z.int(),
  ...sums,
  shares: z.array(z.object({ ...share, customerId: z.string().optional(), customerName: z.string().optional() })),
});
