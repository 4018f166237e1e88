import { z } from 'zod';
import { evidenceSide } from './findings.ts';
import { findingStatuses } from '../core/checks.ts';
import { amount, cycle, kind } from './values.ts';

/** Rows in force that hold a text or a figure: as many as a person looks through, and whether there are more. */
export const foundRows = z.object({
  rows: z.array(
    z.object({
      /** Names the row in `data.row`. */
      row: z.string(),
      kind,
      /** Absent for the user's own tables, which hold for all months. */
      billingCycle: cycle.optional(),
      customer: z.string().optional(),
      number: z.string().optional(),
      what: z.string().optional(),
      amount: amount.optional(),
      file: z.string(),
      sheet: z.string(),
      /** The row's number in its sheet. */
      at: z.int(),
    }),
  ),
  /** There are more rows than these. */
  more: z.boolean(),
  /** The text was read as this figure. */
  figure: amount.optional(),
});

/** One row as it stands in its file, and the findings that rest on it. */
export const dataRow = z.object({
  tables: evidenceSide.shape.tables,
  findings: z.array(
    z.object({ key: z.string(), code: z.string(), billingCycle: cycle, status: z.enum(findingStatuses), difference: amount }),
  ),
});
