import { z } from 'zod';
import { pairs } from '../core/bridge.ts';
import { partLevels } from '../core/bridge-part.ts';
import { evidenceSide, paging } from './findings.ts';
import { amount, cycle } from './values.ts';

/** Where a group ends: its sides agree, differ, or it has rows on one side only. */
export const places = ['agreed', 'different', 'left', 'right'] as const;
/** What a list of groups can be sorted by; equal ones, and all where it is the key, by customer, order, product and further key. */
export const groupSorts = ['key', 'amount', 'left', 'right', 'rows'] as const;

const group = z.object({
  /** Names the group as long as the run stands. */
  id: z.int(),
  /** A step of the bridge, `unexplained`, or `without-remainder`: all of its amount left with its components. */
  step: z.string(),
  place: z.enum(places).optional(),
  customerId: z.string().optional(),
  customerName: z.string().optional(),
  tradeId: z.string().optional(),
  productType: z.string().optional(),
  /** Further parts of its key: statement, request and its invoices, flow, plan, mode, class, day. */
  key: z.array(z.string()),
  /** At which level the sides met. */
  level: z.enum(partLevels),
  left: amount.optional(),
  right: amount.optional(),
  /** What it adds to the step, going from left to right. */
  amount,
  /** As the step counts them. */
  rows: z.int(),
  leftRows: z.int(),
  rightRows: z.int(),
  /** The key of the finding, where it is unexplained. */
  finding: z.string().optional(),
});

export const bridgeGroupsInput = z.object({
  billingCycle: cycle,
  pair: z.enum(pairs),
  step: z.string().optional(),
  place: z.enum(places).optional(),
  search: z.string().optional(),
  sort: z.enum(groupSorts).default('key'),
  descending: z.boolean().default(false),
  ...paging,
});
export const bridgeGroups = z.object({
  billingCycle: cycle,
  pair: z.enum(pairs),
  /** Of all groups that were asked for, not of the page. */
  total: z.int(),
  amount,
  rows: z.int(),
  /** How many groups of the pair end in each place. */
  places: z.object({ agreed: z.int(), different: z.int(), left: z.int(), right: z.int() }),
  groups: z.array(group),
});
export const bridgeRows = z.object({ group, sides: z.array(evidenceSide), rowsOmitted: z.int().optional() });
