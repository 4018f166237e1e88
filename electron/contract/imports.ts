import { z } from 'zod';
import { amount, cycle, kind, text } from './values.ts';

/**
 * What a person says of the columns of one header: column → field, null = not read. A column is named by its header (`header#2` for the second of
 * that name, `#1` for the first without one); columns not named are recognised as always. Without a signature it is for every header with these columns.
 */
export const sheetMapping = z.object({
  kind,
  signature: z.string().optional(),
  columns: z.record(z.string(), z.string().nullable()).refine((columns) => Object.keys(columns).length > 0, 'names no column'),
});
export const answers = z.object({
  kind: kind.optional(),
  cycle: cycle.optional(),
  account: z.enum(['recharge', 'credit']).optional(),
  mappings: z.array(sheetMapping).optional(),
  /** A monthly export with a header and no rows: there was no business in that month. */
  empty: z.boolean().optional(),
  /** Hidden sheets are read too. */
  hidden: z.boolean().optional(),
  /** Of a file that differs from an earlier one while nothing says which is the newer, or has its rows in another look: it replaces that one, or is another
   * part of the statement. */
  as: z.enum(['replacement', 'part']).optional(),
});

const problem = z.object({ row: z.int(), column: z.string(), value: z.string(), code: z.string(), message: z.string(), text });
const column = z.object({
  header: z.string(),
  /** How a mapping names it, where that is not its header. */
  label: z.string().optional(),
  /** What it was read as; absent: unknown, and not read. */
  field: z.string().optional(),
  /** What it may be, by its header or its values, the likeliest first; never applied unasked. */
  suggestions: z.array(z.object({ field: z.string(), by: z.enum(['header', 'values']) })).optional(),
});
const importedSheet = z.object({
  name: z.string(),
  kind: kind.optional(),
  /** Of a sheet that was not read: what it most likely is. */
  likelyKind: kind.optional(),
  billingCycles: z.array(cycle),
  rows: z.int(),
  accepted: z.int(),
  problems: z.array(problem),
  problemsOmitted: z.int().optional(),
  controlTotals: z.array(z.object({ row: z.int(), column: z.string(), stated: amount, computed: amount })),
  /** Why this kind: the headers that decided, for the person who checks. */
  recognition: text.optional(),
  /** What its header is known by. */
  signature: z.string().optional(),
  columns: z.array(column).optional(),
  /** First rows as in the file, for the preview. */
  preview: z.array(z.array(z.string())).optional(),
});
const side = z.object({ rows: z.int(), total: amount });
/** Rows that two files of one statement have, alike but for these columns; they count once unless the person says that this file is another part. */
const sameRows = z.object({
  amount,
  here: side,
  there: side,
  differences: z.array(z.object({ header: z.string(), lacking: z.enum(['here', 'there']), what: z.enum(['column', 'hours', 'seconds']) })),
  reason: text,
});
export const importedFile = z.object({
  path: z.string(),
  /** The file itself, wherever the folder it came in lies. */
  token: z.string().optional(),
  sha256: z.string(),
  status: z.enum(['imported', 'previewed', 'duplicate', 'refused', 'needs-mapping']),
  importId: z.string().optional(),
  sheets: z.array(importedSheet),
  notes: z.array(text),
  /** Names of its hidden sheets, which are read only when that is answered. */
  hiddenSheets: z.array(z.string()).optional(),
  /** Earlier imports that have other values for the same rows while nothing says which is the newer, or the same rows in another look (`same`), by import
   * id; see `answers.as`. `sameDrop`: a file of the same preview, before this one. */
  differs: z
    .array(
      z.object({
        importId: z.string(),
        path: z.string(),
        at: z.string(),
        rows: z.int(),
        sameDrop: z.boolean().optional(),
        same: sameRows.optional(),
      }),
    )
    .optional(),
  reason: z.string().optional(),
  reasonText: text.optional(),
  reasonCode: z.string().optional(),
});
export const importRequest = z.object({
  /** Tokens of the file registry (a window), or paths (the command line's host registers them first). Folders are walked. */
  tokens: z.array(z.string()).min(1),
  answers: answers.default({}),
  strict: z.boolean().default(false),
  language: z.enum(['zh', 'en']).default('zh'),
});
/** Either a file, with the answers it is read by, or an import of the history. */
export const problemsRequest = z
  .object({
    token: z.string().optional(),
    answers: answers.default({}),
    importId: z.string().optional(),
    language: z.enum(['zh', 'en']).default('zh'),
  })
  .refine((r) => (r.token === undefined) !== (r.importId === undefined), 'either token or importId');

export const importRecord = z.object({
  importId: z.string(),
  path: z.string(),
  at: z.string(),
  kind: kind.optional(),
  kinds: z.array(kind).optional(),
  billingCycles: z.array(cycle),
  rows: z.int(),
  problems: z.int().optional(),
  undone: z.boolean(),
});

/** A mapping that is remembered. */
export const columnMapping = z.object({
  signature: z.string(),
  version: z.int(),
  kind,
  header: z.array(z.string()),
  columns: z.record(z.string(), z.string().nullable()),
  at: z.string(),
  /** Applied to the next file with this header: the newest version is. */
  applied: z.boolean(),
});
/** The fields of a kind, by the names that the portal gives their columns. */
export const kindFields = z.object({ kind, fields: z.array(z.object({ field: z.string(), name: text, required: z.boolean() })) });

/** What is watched: the folder's name, or nothing. */
export const watched = z.object({ folder: z.string().optional() });
