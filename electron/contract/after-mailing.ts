import { z } from 'zod';
import { noticeFields } from '../core/notice-labels.ts';
import { checkCodes, severities, findingStatuses } from '../core/checks.ts';
import { entryKinds } from '../core/request-entry.ts';
import { deciders, stages } from '../core/stage.ts';
import { amount, cycle, text } from './values.ts';

const date = z.iso.date();

/** Paper of address labels: A4 sheets of four, or a label printer's 100 × 150 mm. */
export const labelSizes = ['a4', '100x150'] as const;

/**
 * One thing that happened to a request, as typed. `courier` and `tracking` belong to `mailed`, `amount` to `payment` (negative: money went back)
 * and `withdrawal`, `complete` to `payment` (nothing more will come); `note` to any, and `rejected` needs it.
 */
export const entryInput = z.object({
  kind: z.enum(entryKinds),
  on: z.string(),
  courier: z.string().max(40).optional(),
  tracking: z.string().max(60).optional(),
  amount: z.string().optional(),
  complete: z.boolean().optional(),
  note: z.string().max(2000).optional(),
});

/** An entry that holds. `id` names it for `requests.correct` and `requests.strike`. */
export const entry = z.object({
  id: z.int(),
  kind: z.enum(entryKinds),
  on: date,
  courier: z.string().optional(),
  tracking: z.string().optional(),
  amount: amount.optional(),
  complete: z.boolean().optional(),
  note: z.string().optional(),
  typedAt: z.string(),
  /** Of a withdrawal: about when the money comes (working days, public holidays not known). */
  expectedOn: date.optional(),
});

/** Where a request stands today. `since` and `ageDays` are absent where nothing says since when. */
const standing = {
  stage: z.enum(stages),
  stageName: text,
  decidedBy: z.enum(deciders),
  since: date.optional(),
  ageDays: z.int().optional(),
  currency: z.string(),
  amount,
  invoiced: amount,
  received: amount,
  /** requested − received. */
  outstanding: amount,
  /** The last mailing: courier and tracking number on paper, neither to a mailbox. */
  courier: z.string().optional(),
  tracking: z.string().optional(),
  sentOn: date.optional(),
  receivedOn: date.optional(),
  /** The last day on which payment is in time; absent before the vendor's receipt is entered. */
  promise: date.optional(),
  overdue: z.boolean(),
  notes: z.array(text),
};

/** What was entered of one request, and where it stands. `removed` holds what was corrected or removed, the newest first. */
export const progress = z.object({
  requestId: z.string(),
  ...standing,
  entries: z.array(entry),
  removed: z.array(entry.extend({ removedAt: z.string(), removedWhy: z.string(), replacedBy: z.int().optional() })),
});

/** One request on the board, with the open findings about it and its invoices. */
export const boardRequest = z.object({
  requestId: z.string(),
  billingCycle: z.string(),
  status: z.string(),
  buyerName: z.string(),
  ...standing,
  findings: z.array(
    z.object({
      key: z.string(),
      code: z.enum(checkCodes),
      severity: z.enum(severities),
      status: z.enum(findingStatuses),
      billingCycle: cycle,
      difference: amount,
      reason: text,
    }),
  ),
});

/** All requests over all months. `stages` has every stage in its order, empty ones too; sums of each currency by itself. */
export const board = z.object({
  today: date,
  stages: z.array(
    z.object({
      stage: z.enum(stages),
      name: text,
      count: z.int(),
      totals: z.array(z.object({ currency: z.string(), requested: amount, invoiced: amount, received: amount })),
    }),
  ),
  /** By stage, then the longest there first, then id. */
  requests: z.array(boardRequest),
});

const noticeValue = z.object({ value: z.string(), start: z.int(), end: z.int() });

/**
 * What a pasted notice says, to be confirmed: fields named as `requests.save` takes them, with the place in the text that each came from (UTF-16
 * positions). `labelled`: a word before it says what it is. `others`: further, different values to choose from.
 */
export const notice = z.object({
  fields: z.array(noticeValue.extend({ field: z.enum(noticeFields), labelled: z.boolean(), others: z.array(noticeValue) })),
  notes: z.array(text),
});
