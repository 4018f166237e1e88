import { z } from 'zod';
import { severities } from '../core/checks.ts';
import { amount, cycle, text } from './values.ts';

const counts = { new: z.int(), gone: z.int(), changed: z.int() };
/** What differs between two results of one month: all are counted, the first 200 listed; `before` says what a changed one was. */
export const findingChanges = z.object({
  ...counts,
  counts: z.array(z.object({ code: z.string(), ...counts })),
  findings: z.array(
    z.object({
      change: z.enum(['new', 'gone', 'changed']),
      key: z.string(),
      code: z.string(),
      severity: z.enum(severities),
      difference: amount,
      reason: text,
      before: z.object({ severity: z.enum(severities), difference: amount }).optional(),
    }),
  ),
});
/** What a change that is not kept yet would make of the open months; `step` is a bridge's step, `left`, `right` or `unexplained`. */
export const tried = z.object({
  months: z.array(
    findingChanges.extend({
      billingCycle: cycle,
      bridges: z.array(z.object({ pair: z.string(), step: z.string(), before: amount.optional(), after: amount.optional() })),
    }),
  ),
  closed: z.array(cycle),
  note: text.optional(),
});
