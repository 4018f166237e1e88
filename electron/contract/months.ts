import { z } from 'zod';
import { amount, cycle, kind, text } from './values.ts';
import { resultToken } from './workspace.ts';

export const statement = z.object({
  kind,
  state: z.enum(['present', 'missing', 'stale', 'partial']),
  imports: z.array(z.string()),
  rows: z.int(),
  total: amount.optional(),
  exportedAt: z.string().optional(),
  note: text.optional(),
});
/** The four answers of the month home (handbook: product). `ok` = every check behind it ran and found nothing open. */
export const answer = z.object({
  question: z.enum(['bill', 'performance', 'incentive', 'paid']),
  state: z.enum(['ok', 'open', 'incomplete', 'unknown']),
  amount: amount.optional(),
  against: amount.optional(),
  open: z.int(),
  openAmount: amount,
  text,
});

/** Who closed a month, and when; absent where it is open. */
export const closed = z.object({ at: z.string(), preparedBy: z.string(), reviewedBy: z.string() });
/** One line of the month list. */
export const month = z.object({
  billingCycle: cycle,
  reconciled: z.enum(['yes', 'no', 'stale']),
  open: z.int(),
  closed: closed.optional(),
});
/** The dispute pack: its files (workbook, text), and the findings in it, which stay as they are until `findings.mark` changes them. */
export const disputePack = z.object({ files: z.array(resultToken), keys: z.array(z.string()) });
