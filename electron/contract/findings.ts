import { z } from 'zod';
import { findingStatuses, severities } from '../core/checks.ts';
import { disputeViews, findingSorts } from '../core/dispute.ts';
import { amount, cycle, kind, text } from './values.ts';

const rowRef = z.object({ importId: z.string(), file: z.string(), sheet: z.string(), row: z.int() });
export const finding = z.object({
  key: z.string(),
  code: z.string(),
  severity: z.enum(severities),
  status: z.enum(findingStatuses),
  billingCycle: cycle,
  customerId: z.string().optional(),
  accountName: z.string().optional(),
  tradeId: z.string().optional(),
  productType: z.string().optional(),
  recordId: z.string().optional(),
  performanceId: z.string().optional(),
  expected: amount,
  stated: amount,
  difference: amount,
  reason: text,
  candidates: z.array(z.object({ code: z.string(), zh: z.string(), en: z.string() })),
  feedback: z.string().optional(),
  note: z.string().optional(),
  /** Who follows it up. */
  owner: z.string().optional(),
  resolvedByData: z.boolean().optional(),
  rows: z.object({ left: z.array(rowRef), right: z.array(rowRef) }),
  rowsOmitted: z.int().optional(),
});
/** What a person had made of it at which difference, where a run opened it again because that grew or turned. */
export const reopened = z.object({ status: z.enum(findingStatuses), difference: amount });
/** A finding in a list, with what lists show of it beside what a run found. Days are "YYYY-MM-DD". */
const listedFinding = finding.omit({ rows: true }).extend({
  /** Who looks after the customer. */
  manager: z.string().optional(),
  /** The day on which a run first found it. */
  firstSeen: z.string(),
  /** The typed date until which it should be sent and answered. */
  due: z.string().optional(),
  sentOn: z.string().optional(),
  sentBy: z.string().optional(),
  answeredOn: z.string().optional(),
  answer: z.string().optional(),
  /** What came back of the difference. */
  recovered: amount.optional(),
  /** What was sent before, the first one first; absent where it was sent once or never. */
  earlier: z
    .array(
      z.object({ sentOn: z.string(), sentBy: z.string().optional(), answeredOn: z.string().optional(), answer: z.string().optional() }),
    )
    .optional(),
});
/** One side's rows as they stand in the files, a table for each sheet. */
export const evidenceSide = z.object({
  side: z.enum(['left', 'right']),
  tables: z.array(
    z.object({
      kind,
      file: z.string(),
      sheet: z.string(),
      header: z.array(z.string()),
      /** What each column was read as; beside a header it tells which columns of two statements mean the same. */
      fields: z.array(z.string()),
      /** Which column of the file each is, from 1. */
      columns: z.array(z.int()),
      rows: z.array(z.object({ row: z.int(), cells: z.array(z.string()) })),
    }),
  ),
});
export const check = z.object({ code: z.string(), compared: z.int(), findings: z.int(), skipped: text.optional() });
const runInput = z.object({ importId: z.string(), kind });
export const reconciliation = z.object({
  billingCycle: cycle,
  runId: z.string(),
  inputs: z.array(runInput),
  checks: z.array(check),
  findings: z.array(finding),
  /** How many there are, where only a part of them was asked for. */
  total: z.int().optional(),
});

const builtBridge = z.object({
  pair: z.string(),
  left: z.object({ name: z.string(), total: amount }),
  right: z.object({ name: z.string(), total: amount }),
  steps: z.array(z.object({ step: z.string(), amount, rows: z.int() })),
  unexplained: amount,
  unexplainedFindings: z.array(
    z.object({
      key: z.string(),
      amount,
      /** Names for the window, which shows no raw keys. */
      accountName: z.string().optional(),
      customerId: z.string().optional(),
      what: z.string().optional(),
    }),
  ),
  /** How many findings there are, and how many of them move the amount. */
  found: z.object({ all: z.int(), moving: z.int() }),
});
const skippedBridge = z.object({ pair: z.string(), skipped: z.object({ missing: z.array(z.string()), because: text.optional() }) });
export const bridges = z.object({ billingCycle: cycle, bridges: z.array(z.union([builtBridge, skippedBridge])) });

export const paging = { offset: z.int().min(0).default(0), limit: z.int().min(1).max(500).default(100) };
/** A part of a month's findings, in the documented order: `most` of them from `from` on; without `most` all of them. */
export const findingPart = { from: z.int().min(0).default(0), most: z.int().min(0).optional() };
export const findingFilter = z.object({
  code: z.string().optional(),
  severity: z.enum(severities).optional(),
  status: z.enum(findingStatuses).optional(),
  search: z.string().optional(),
});

/** How a list of findings is ordered. */
const findingOrder = { sort: z.enum(findingSorts).default('order'), descending: z.boolean().default(false) };
export const findingsPageInput = z.object({
  billingCycle: cycle,
  ...findingFilter.shape,
  ...paging,
  carried: z.boolean().default(false),
  ...findingOrder,
  /** The key of a finding whose index in the whole list is wanted, as `at`. */
  find: z.string().optional(),
});
export const findingsPage = z.object({
  /** How many findings of earlier months are open, whatever is asked for; `carried` asks for them instead of the month's own. */
  carried: z.int(),
  total: z.int(),
  totalDifference: amount,
  findings: z.array(listedFinding),
  /** The day by which ages are counted. */
  today: z.string(),
  counts: z.array(z.object({ code: z.string(), severity: z.enum(severities), count: z.int(), difference: amount })),
  at: z.int().optional(),
});
const shareOfDisputes = { count: z.int(), amount, recovered: amount };
export const disputesInput = z.object({
  /** Absent: of all months. */
  billingCycle: cycle.optional(),
  view: z.enum(disputeViews).optional(),
  search: z.string().optional(),
  ...findingOrder,
  ...paging,
  /** The key of a finding whose index in the whole list is wanted, as `at`. */
  find: z.string().optional(),
});
export const disputes = z.object({
  /** The day by which ages and what is overdue are counted. */
  today: z.string(),
  total: z.int(),
  /** Σ of the differences without their signs. */
  amount,
  recovered: amount,
  /** What each view comes to under the same search. */
  views: z.array(z.object({ view: z.enum(disputeViews), ...shareOfDisputes })),
  findings: z.array(listedFinding),
  at: z.int().optional(),
});
const typedDay = z.string().nullable().optional();
/** What a person says of findings; null and '' take it back. Days and amounts as they are typed. */
export const marking = z.object({
  keys: z.array(z.string()).min(1),
  status: z.enum(findingStatuses).optional(),
  note: z.string().optional(),
  owner: z.string().trim().max(100).optional(),
  /** When and by whom it was given to the vendor. Marked as disputed without a day, it was today. */
  sentOn: typedDay,
  /** It was sent once more (on `sentOn`, else today): the sending before stays among the earlier ones with its answer. `sentOn` null takes the last one back. */
  again: z.boolean().optional(),
  sentBy: z.string().trim().max(100).optional(),
  answeredOn: typedDay,
  answer: z.string().trim().max(4000).optional(),
  recovered: z.string().nullable().optional(),
});
