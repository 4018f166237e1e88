import type { BillingCycle } from './month.ts';
import type { Money, Rate } from './money.ts';

/** How an incentive came to the month: earned and paid in it, for an earlier month, earned in it and paid in the next, or a negative carried on from the month before. */
export const shareWays = ['month', 'previous-month', 'next-month', 'carried'] as const;
export type ShareWay = (typeof shareWays)[number];

/** What one judgement of incentive against performance comes to. Σ stated of a month is its incentive; stated − computed is unexplained, except of what the next month pays. */
export interface IncentiveShare {
  /** '' where the row names none. */
  readonly plan: string;
  readonly way: ShareWay;
  readonly rate: Rate | undefined;
  readonly base: Money;
  readonly computed: Money;
  readonly stated: Money;
  /** A performance row, or else an incentive row, whose customer it is; absent for a plan as a whole. */
  readonly customerOf?: { readonly table: 'performance' | 'incentive'; readonly id: bigint };
}

/** The indicator of a tier plan over its period, month by month, and its chart. */
export interface PlanProgress {
  readonly plan: string;
  readonly from: BillingCycle;
  readonly to: BillingCycle;
  /** Of the user's own table; it goes before what is counted. */
  readonly given: bigint | undefined;
  /** Performance counted in each month; undefined where it is not imported. */
  readonly months: readonly { readonly cycle: BillingCycle; readonly amount: Money | undefined }[];
  readonly tiers: readonly { readonly threshold: bigint; readonly rate: Rate; readonly reached: boolean }[];
}
