import { z } from 'zod';
import { dataRow, foundRows } from './contract/data.ts';
import { deadlines, repayments } from './contract/deadlines.ts';
import { bridgeGroups, bridgeGroupsInput, bridgeRows } from './contract/bridges.ts';
import {
  bridges,
  check,
  disputes,
  disputesInput,
  evidenceSide,
  finding,
  findingFilter,
  findingPart,
  findingsPage,
  findingsPageInput,
  marking,
  reconciliation,
  reopened,
} from './contract/findings.ts';
import { incentiveCustomers, incentiveCustomersInput, incentivePlans } from './contract/incentives.ts';
import { columnMapping, importedFile, importRecord, importRequest, kindFields, problemsRequest, watched } from './contract/imports.ts';
import { board, entryInput, labelSizes, notice, progress } from './contract/after-mailing.ts';
import { basis, invoice, invoiceInput, readInvoice, request, requestBody } from './contract/invoices.ts';
import { scopeRecord, scopeSaid, scopeTrial } from './contract/scopes.ts';
import { matchReason, matchRecord, matchSaid, matchSuggestion, matchTrial } from './contract/matches.ts';
import { answer, closed, disputePack, month, statement } from './contract/months.ts';
import { findingChanges, tried } from './contract/trials.ts';
import { cycle, kind, text } from './contract/values.ts';
import { backup, restored, resultToken, verification } from './contract/workspace.ts';
import { pairs } from './core/bridge.ts';

export { groupSorts, places } from './contract/bridges.ts';
export { bridges, finding } from './contract/findings.ts';
export { importedFile } from './contract/imports.ts';
export { invoiceInput, requestBody } from './contract/invoices.ts';
export { amount, cycle, kind, text } from './contract/values.ts';

const none = z.object({});
const byCycle = z.object({ billingCycle: cycle });
const resultFiles = z.object({ files: z.array(z.string()) });
const language = z.enum(['zh', 'en']).default('zh');

/**
 * Every method and event of the app once: what goes in and what comes out, as plain JSON on every transport (window, browser, command line).
 * Its shapes are beside it, in `contract/`.
 */
export const contract = {
  'app.about': {
    input: none,
    output: z.object({
      version: z.string(),
      workspace: z.string(),
      host: z.enum(['electron', 'browser', 'cli']),
      sqlite: z.string(),
      node: z.string(),
    }),
  },
  'imports.preview': { input: importRequest, output: z.object({ files: z.array(importedFile) }) },
  'imports.commit': { input: importRequest, output: z.object({ files: z.array(importedFile) }) },
  'imports.list': { input: none, output: z.object({ imports: z.array(importRecord) }) },
  'imports.undo': { input: z.object({ importId: z.string() }), output: z.object({ importId: z.string(), rows: z.int() }) },
  /** What the columns of each kind can be mapped to. */
  'imports.fields': { input: none, output: z.object({ kinds: z.array(kindFields) }) },
  /** The problems of a file, or of an import, as a workbook that marks the cells. */
  'imports.problems': { input: problemsRequest, output: resultToken.extend({ problems: z.int() }) },
  /** Columns mapped by hand, remembered by their header: every version, the newest of a header first. */
  'mappings.list': { input: none, output: z.object({ mappings: z.array(columnMapping) }) },
  /** Forgets a header's mapping; what was imported with it stays. */
  'mappings.remove': { input: z.object({ signature: z.string() }), output: z.object({ removed: z.int() }) },
  /** The folder whose new downloads are told of, by its name; none: watching is off, as it is at first. */
  'watch.get': { input: none, output: watched },
  'watch.set': { input: z.object({ token: z.string().nullable() }), output: watched },
  'jobs.cancel': { input: none, output: z.object({ cancelled: z.boolean() }) },
  'sample.write': { input: z.object({ folder: z.string() }), output: resultFiles },
  'sample.import': { input: none, output: z.object({ files: z.array(importedFile), billingCycle: cycle }) },
  'months.list': { input: none, output: z.object({ months: z.array(month) }) },
  'month.status': { input: byCycle, output: z.object({ billingCycle: cycle, statements: z.array(statement), closed: closed.optional() }) },
  'month.answers': {
    input: byCycle,
    output: z.object({
      billingCycle: cycle,
      reconciled: z.enum(['yes', 'no', 'stale']),
      at: z.string().optional(),
      answers: z.array(answer),
    }),
  },
  'month.reconcile': { input: byCycle.extend({ most: findingPart.most }), output: reconciliation },
  /** What the month's newest run found otherwise than the one of `since`; without `since` it was the first. */
  'month.changes': {
    input: byCycle,
    output: z.object({ billingCycle: cycle, since: z.string().optional(), changes: findingChanges.optional() }),
  },
  'month.checks': { input: byCycle, output: z.object({ billingCycle: cycle, checks: z.array(check) }) },
  'month.bridges': { input: byCycle.extend({ pair: z.string().optional(), most: z.int().min(0).optional() }), output: bridges },
  /**
   * The groups behind a bridge: of one step, of what is unexplained, or (without a step) of every place where rows end, in the documented order. The
   * first question about a pair runs it again in the background; refuses a month that is not reconciled.
   */
  'bridge.groups': { input: bridgeGroupsInput, output: bridgeGroups },
  /** The rows of one group of that list, both sides as they stand in the files. */
  'bridge.rows': { input: byCycle.extend({ pair: z.enum(pairs), group: z.int() }), output: bridgeRows },
  /**
   * What the month's incentive comes to: by plan and rate, computed beside stated; the indicator of each tier plan over its period; what is frozen. Made
   * as `bridge.groups` is; refuses a month that is not reconciled.
   */
  'incentives.plans': { input: byCycle, output: incentivePlans },
  /** The same by customer. */
  'incentives.customers': { input: incentiveCustomersInput, output: incentiveCustomers },
  /** The workbook and the text to send with 问题反馈: open findings of severity dispute, or those of `keys`. Refuses a month that is not reconciled. */
  'month.dispute': { input: byCycle.extend({ keys: z.array(z.string()).min(1).optional() }), output: disputePack },
  /** The month's workbook: summary, findings, one sheet for each bridge. Refuses a month that is not reconciled. */
  'month.report': { input: byCycle.extend({ language }), output: resultToken },
  /** Closes a reconciled month: its result stands until it is reopened, whatever is imported. Two different persons. */
  'month.close': {
    input: byCycle.extend({ preparedBy: z.string(), reviewedBy: z.string() }),
    output: z.object({ billingCycle: cycle, closed, open: z.int() }),
  },
  'month.reopen': { input: byCycle.extend({ reason: z.string() }), output: z.object({ billingCycle: cycle, reopenedAt: z.string() }) },
  'findings.list': { input: byCycle.extend({ ...findingFilter.shape, ...findingPart }), output: reconciliation },
  'findings.page': { input: findingsPageInput, output: findingsPage },
  /** One finding with both sides' rows as they stand in the files: header and cells. */
  'findings.evidence': {
    input: z.object({ key: z.string() }),
    output: z.object({
      finding,
      reopened: reopened.optional(),
      /** The join or split that holds its key. */
      match: matchRecord.optional(),
      sides: z.array(evidenceSide),
    }),
  },
  'findings.mark': { input: marking, output: z.object({ changed: z.int() }) },
  /** What is to be given to the vendor, was given, is answered or over; of a month or of all. */
  'disputes.page': { input: disputesInput, output: disputes },
  /**
   * Looks through every statement of all months (or of one) for any part of an id or name, or for a figure written with its decimals; up to 500 rows.
   * A later search refuses an earlier one that still goes on.
   */
  'data.search': { input: z.object({ text: z.string().trim().min(2).max(200), billingCycle: cycle.optional() }), output: foundRows },
  /** One row of `data.search` as it stands in its file. */
  'data.row': { input: z.object({ row: z.string().regex(/^\d{1,19}$/) }), output: dataRow },
  /** Dates on which a notice ends or something lapses, typed from the mail; never computed. */
  'deadlines.list': { input: byCycle, output: deadlines },
  /** `subject`: `performance-notice`, `incentive-notice`, or the person's own words. */
  'deadlines.set': { input: byCycle.extend({ subject: z.string(), date: z.string() }), output: deadlines },
  'deadlines.remove': { input: byCycle.extend({ subject: z.string() }), output: deadlines },
  /** Entries of the account statements that may repay a month's bill, and those that the person said do. */
  'repayments.list': { input: byCycle, output: repayments },
  /** Says that an entry repays the month's bill, or takes that back. */
  'repayments.allot': {
    input: byCycle.extend({ account: z.string(), flow: z.string(), allotted: z.boolean() }),
    output: repayments,
  },
  'requests.list': { input: z.object({ billingCycle: cycle.optional() }), output: z.object({ requests: z.array(request) }) },
  'requests.save': { input: requestBody, output: z.object({ request }) },
  /** What was entered of a request after its invoices were there, and where it stands today. */
  'requests.progress': { input: z.object({ requestId: z.string() }), output: z.object({ progress }) },
  /** Enters one thing that happened. */
  'requests.enter': { input: entryInput.extend({ requestId: z.string().min(1) }), output: z.object({ progress }) },
  /** Puts another entry in the place of a wrong one, which is kept as removed; the journal tells. */
  'requests.correct': {
    input: entryInput.extend({ id: z.int(), reason: z.string().max(500).default('') }),
    output: z.object({ progress }),
  },
  /** Removes a wrong entry, which is kept as removed; the journal tells. */
  'requests.strike': { input: z.object({ id: z.int(), reason: z.string().max(500).default('') }), output: z.object({ progress }) },
  /** The request's amount beside what its incentive bills come to, converted from the product's tax to the partner's. */
  'requests.basis': { input: z.object({ requestId: z.string() }), output: z.object({ basis }) },
  /** Every request over all months by its stage. */
  'requests.board': { input: none, output: board },
  /** Reads the vendor's notice, pasted as text, for confirmation; writes nothing. */
  'requests.readNotice': { input: z.object({ text: z.string().max(20_000) }), output: notice },
  /** Address labels, one for each letter: four on an A4 sheet, or 100 × 150 mm. Logged like the lists; a preview is marked and not logged. */
  'requests.labels': {
    input: z.object({
      requestIds: z.array(z.string()).min(1),
      size: z.enum(labelSizes).default('a4'),
      language,
      preview: z.boolean().default(false),
    }),
    output: resultToken,
  },
  'invoices.list': { input: none, output: z.object({ invoices: z.array(invoice) }) },
  /** Reads files (folders are walked) or one QR text for confirmation; writes nothing. */
  'invoices.read': {
    input: z.object({ tokens: z.array(z.string()).default([]), qr: z.string().optional() }),
    output: z.object({ files: z.array(readInvoice) }),
  },
  'invoices.add': { input: invoiceInput, output: z.object({ invoice }) },
  /** Ties an invoice to a payment request; '' unties it. */
  'invoices.tie': {
    input: z.object({ number: z.string(), code: z.string().default(''), requestId: z.string() }),
    output: z.object({ invoice }),
  },
  'invoices.remove': { input: z.object({ number: z.string(), code: z.string().default('') }), output: z.object({ removed: z.boolean() }) },
  /**
   * Prints requests into one PDF. `emptyNumbers`: leave the number boxes empty for writing by hand. `accompaniesVendorList`: say that the
   * vendor's own list is what counts. A preview is marked as one and not logged.
   */
  'invoices.print': {
    input: z.object({
      requestIds: z.array(z.string()).min(1),
      language,
      emptyNumbers: z.boolean().default(false),
      accompaniesVendorList: z.boolean().default(false),
      preview: z.boolean().default(false),
    }),
    output: resultToken,
  },
  'workspace.verify': { input: none, output: verification },
  /** One file with everything in it, consistent while the app is in use. `token` names the file to write; absent: a result to save. */
  'workspace.backup': { input: z.object({ token: z.string().optional() }), output: backup },
  /** Puts a backup in the place of what is there, after it was proven whole. */
  'workspace.restore': { input: z.object({ token: z.string() }), output: restored },
  /** An empty table of the user's own, to fill in and import; refuses a kind that only the portal exports. */
  'templates.get': { input: z.object({ kind }), output: resultToken },
  'templates.write': { input: z.object({ folder: z.string() }), output: resultFiles },
  'settings.get': {
    input: none,
    output: z.object({
      settings: z.array(z.object({ key: z.string(), value: z.string(), fallback: z.string(), source: z.string(), accepts: z.string() })),
    }),
  },
  /** `note` says which closed months the setting does not change. */
  'settings.set': {
    input: z.object({ key: z.string(), value: z.string() }),
    output: z.object({ key: z.string(), value: z.string(), note: text.optional() }),
  },
  /** What other settings would make of these months; nothing is written. Closed months are not affected: they are named in `closed` and in `note`. */
  'settings.preview': {
    input: z.object({
      changes: z.array(z.object({ key: z.string(), value: z.string() })).min(1),
      billingCycles: z.array(cycle).min(1),
    }),
    output: tried.extend({ changes: z.array(z.object({ key: z.string(), before: z.string(), value: z.string() })) }),
  },
  /** These rows are one group (a combined order, an order booked under another account). Only the grouping changes: the sums decide as ever. */
  'match.join': { input: matchSaid.extend(matchReason), output: z.object({ match: matchRecord }) },
  /** Each of these is judged on its own, whatever it would be pooled with. */
  'match.split': { input: matchSaid.extend(matchReason), output: z.object({ match: matchRecord }) },
  'match.undo': { input: z.object({ id: z.int(), by: z.string().optional() }), output: z.object({ match: matchRecord }) },
  /** Every join and split of a month, or of all; undone ones too. */
  'match.list': { input: z.object({ billingCycle: cycle.optional() }), output: z.object({ matches: z.array(matchRecord) }) },
  /** What a join, a split or taking one back would change in its month; nothing is written. */
  'match.preview': { input: matchTrial, output: tried },
  /** The file covers only these account managers or customers; in the place of what was said of it before. Rows outside are no finding. */
  'scopes.mark': { input: scopeSaid.extend({ by: z.string().optional() }), output: z.object({ mark: scopeRecord }) },
  'scopes.undo': { input: z.object({ id: z.int(), by: z.string().optional() }), output: z.object({ mark: scopeRecord }) },
  /** Every mark, undone ones too, newest first. */
  'scopes.list': { input: z.object({}), output: z.object({ marks: z.array(scopeRecord) }) },
  /** What a mark or taking one back would change in its months; nothing is written. */
  'scopes.preview': { input: scopeTrial, output: tried },
  'match.suggest': { input: z.object({ key: z.string() }), output: matchSuggestion },
} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>;

export type Method = keyof typeof contract;
/** What a caller may leave out has its default here. */
export type Input<M extends Method> = z.input<(typeof contract)[M]['input']>;
export type Decoded<M extends Method> = z.output<(typeof contract)[M]['input']>;
export type Output<M extends Method> = z.output<(typeof contract)[M]['output']>;
export type Handlers = { readonly [M in Method]: (input: Decoded<M>) => Promise<Output<M>> | Output<M> };

export const replyError = z.object({ code: z.string(), message: text, details: z.unknown().optional() });
export type ReplyError = z.infer<typeof replyError>;
export type Reply = { ok: true; value: unknown } | { ok: false; error: ReplyError };

/** What the app tells without being asked. */
export const events = {
  /** A long job going on: one file of an import, a reconciliation or the preview of one, a backup. `total` is absent where it is not known. */
  progress: z.object({
    job: z.enum(['import', 'reconcile', 'preview', 'drill', 'verify', 'backup', 'restore', 'upgrade']),
    stage: z.string(),
    file: z.string().optional(),
    done: z.number(),
    total: z.number().optional(),
    rows: z.int().optional(),
  }),
  /** New downloads in the watched folder, offered for preview; nothing was read yet. */
  found: z.object({ files: z.array(z.object({ token: z.string(), name: z.string() })) }),
  /** Data changed: views of these areas read again. */
  changed: z.object({ areas: z.array(z.enum(['imports', 'months', 'findings', 'requests', 'invoices', 'settings'])) }),
} as const;
export type EventName = keyof typeof events;
export type EventPayload<E extends EventName> = z.output<(typeof events)[E]>;
