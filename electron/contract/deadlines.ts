import { z } from 'zod';
import { amount, cycle, text } from './values.ts';

/** One date typed from the mail, with what has to be sent before it. */
export const deadline = z.object({
  /** `performance-notice`, `incentive-notice`, or the person's own words. */
  subject: z.string(),
  name: text,
  /** YYYY-MM-DD, the last day on which something can be done. */
  date: z.string(),
  /** Negative where it has passed. */
  daysLeft: z.int(),
  /** Findings to dispute that are still open, and their differences without sign added up. */
  open: z.int(),
  openAmount: amount,
});

/** A month's dates, and the day from which the days are counted. */
export const deadlines = z.object({ billingCycle: cycle, today: z.string(), deadlines: z.array(deadline) });

/** Entries of the accounts that may repay a month's bill, in time order. */
export const repayments = z.object({
  billingCycle: cycle,
  /** When the bill is due; absent where no due date is set. */
  due: z.string().optional(),
  repayments: z.array(
    z.object({
      account: z.string(),
      /** The flow id; where the file has none, the time. */
      flow: z.string(),
      at: z.string(),
      detail: z.string(),
      amount,
      /** It repays this month's bill, as the person said. */
      allotted: z.boolean(),
    }),
  ),
});
