import { z } from 'zod';
import { matchPairs } from '../core/manual-match.ts';
import { amount, cycle } from './values.ts';

/**
 * A business key: an order of a customer, its rows without order number of a product, mode and class ('' = not told apart by it), a 业绩ID (of
 * performance and incentive only), or the flow id of an entry (of the accounts and the adjustments only).
 */
export const matchKey = z.union([
  z.strictObject({ customer: z.string().min(1), tradeId: z.string().min(1) }),
  z.strictObject({ customer: z.string().min(1), product: z.string(), mode: z.string(), class: z.string() }),
  z.strictObject({ performanceId: z.string().min(1) }),
  z.strictObject({ flowId: z.string().min(1) }),
]);
const matchAction = z.enum(['join', 'split']);
/** Which rows are meant: by business keys (then the pair is needed), or by findings, whose keys and pair are known. */
export const matchSaid = z.object({
  billingCycle: cycle,
  pair: z.enum(matchPairs).optional(),
  keys: z.array(matchKey).default([]),
  findings: z.array(z.string()).default([]),
});
/** Why, and who says so; without a name it is the one that the computer knows. */
export const matchReason = { reason: z.string(), by: z.string().optional() };
/** idle: too few of its keys are in the month's data to have any effect; `missing` names those that are not. */
export const matchRecord = z.object({
  id: z.int(),
  billingCycle: cycle,
  pair: z.enum(matchPairs),
  action: matchAction,
  keys: z.array(matchKey),
  missing: z.array(matchKey),
  state: z.enum(['active', 'idle', 'undone']),
  reason: z.string(),
  by: z.string(),
  at: z.string(),
  undoneAt: z.string().optional(),
  undoneBy: z.string().optional(),
});
/** What is tried out: a new match, or taking one back. */
export const matchTrial = z.union([matchSaid.extend({ action: matchAction }), z.strictObject({ undo: z.int() })]);
/** Which findings of the other side come to exactly this one's amount; named only where no other set of them does. */
export const matchSuggestion = z.object({
  key: z.string(),
  state: z.enum(['found', 'none', 'ambiguous', 'too-many', 'not-one-sided']),
  /** How many findings of the other side were looked at, and how many are at most. */
  candidates: z.int(),
  most: z.int(),
  findings: z.array(z.object({ key: z.string(), code: z.string(), tradeId: z.string().optional(), difference: amount })),
});
