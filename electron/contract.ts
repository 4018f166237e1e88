import { z } from 'zod';
import { findingStatuses, severities } from './core/checks.ts';
import { invoice, invoiceInput, request, requestBody } from './contract/invoices.ts';
import { amount, cycle, kind, text } from './contract/values.ts';

export { invoiceInput, requestBody } from './contract/invoices.ts';
export { amount, cycle, kind, text } from './contract/values.ts';

const answers = z.object({ kind: kind.optional(), cycle: cycle.optional(), account: z.enum(['recharge', 'credit']).optional() });

const problem = z.object({ row: z.int(), column: z.string(), value: z.string(), code: z.string(), message: z.string(), text });
const importedSheet = z.object({
  name: z.string(),
  kind: kind.optional(),
  billingCycles: z.array(cycle),
  rows: z.int(),
  accepted: z.int(),
  problems: z.array(problem),
  problemsOmitted: z.int().optional(),
  controlTotals: z.array(z.object({ row: z.int(), column: z.string(), stated: amount, computed: amount })),
  /** Why this kind: the headers that decided, for the person who checks. */
  recognition: text.optional(),
  /** Header cell → field it was read as; unknown headers are listed with no field. */
  columns: z.array(z.object({ header: z.string(), field: z.string().optional() })).optional(),
  /** First rows as in the file, for the preview. */
  preview: z.array(z.array(z.string())).optional(),
});
export const importedFile = z.object({
  path: z.string(),
  sha256: z.string(),
  status: z.enum(['imported', 'previewed', 'duplicate', 'refused', 'needs-mapping']),
  importId: z.string().optional(),
  sheets: z.array(importedSheet),
  notes: z.array(text),
  reason: z.string().optional(),
  reasonText: text.optional(),
  reasonCode: z.string().optional(),
});
const importRequest = z.object({
  /** Tokens of the file registry (a window), or paths (the command line's host registers them first). Folders are walked. */
  tokens: z.array(z.string()).min(1),
  answers: answers.default({}),
  strict: z.boolean().default(false),
  language: z.enum(['zh', 'en']).default('zh'),
});

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
  resolvedByData: z.boolean().optional(),
  rows: z.object({ left: z.array(rowRef), right: z.array(rowRef) }),
  rowsOmitted: z.int().optional(),
});
const check = z.object({ code: z.string(), compared: z.int(), findings: z.int(), skipped: z.string().optional() });
const runInput = z.object({ importId: z.string(), kind });
const reconciliation = z.object({
  billingCycle: cycle,
  runId: z.string(),
  inputs: z.array(runInput),
  checks: z.array(check),
  findings: z.array(finding),
});

const builtBridge = z.object({
  pair: z.string(),
  left: z.object({ name: z.string(), total: amount }),
  right: z.object({ name: z.string(), total: amount }),
  steps: z.array(z.object({ step: z.string(), amount, rows: z.int() })),
  unexplained: amount,
  unexplainedFindings: z.array(z.object({ key: z.string(), amount })),
});
const skippedBridge = z.object({ pair: z.string(), skipped: z.object({ missing: z.array(z.string()) }) });
export const bridges = z.object({ billingCycle: cycle, bridges: z.array(z.union([builtBridge, skippedBridge])) });

const statement = z.object({
  kind,
  state: z.enum(['present', 'missing', 'stale', 'partial']),
  imports: z.array(z.string()),
  rows: z.int(),
  total: amount.optional(),
  exportedAt: z.string().optional(),
  note: text.optional(),
});
const importRecord = z.object({
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

/** The four answers of the month home (handbook: product). `ok` = every check behind it ran and found nothing open. */
const answer = z.object({
  question: z.enum(['bill', 'performance', 'incentive', 'paid']),
  state: z.enum(['ok', 'open', 'incomplete', 'unknown']),
  amount: amount.optional(),
  against: amount.optional(),
  open: z.int(),
  openAmount: amount,
  text,
});

const paging = { offset: z.int().min(0).default(0), limit: z.int().min(1).max(500).default(100) };
const findingFilter = z.object({
  code: z.string().optional(),
  severity: z.enum(severities).optional(),
  status: z.enum(findingStatuses).optional(),
  search: z.string().optional(),
});
const none = z.object({});
const byCycle = z.object({ billingCycle: cycle });
const resultFiles = z.object({ files: z.array(z.string()) });
/** A file made for the window: opened, saved or printed by its token. */
const resultToken = z.object({ token: z.string(), name: z.string() });

/**
 * Every method and event of the app once: what goes in and what comes out, as plain JSON on every transport (window, browser, command line).
 * Its shapes of values and invoices are beside it.
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
  'jobs.cancel': { input: none, output: z.object({ cancelled: z.boolean() }) },
  'sample.write': { input: z.object({ folder: z.string() }), output: resultFiles },
  'sample.import': { input: none, output: z.object({ files: z.array(importedFile), billingCycle: cycle }) },
  'months.list': {
    input: none,
    output: z.object({ months: z.array(z.object({ billingCycle: cycle, reconciled: z.enum(['yes', 'no', 'stale']), open: z.int() })) }),
  },
  'month.status': { input: byCycle, output: z.object({ billingCycle: cycle, statements: z.array(statement) }) },
  'month.answers': {
    input: byCycle,
    output: z.object({
      billingCycle: cycle,
      reconciled: z.enum(['yes', 'no', 'stale']),
      at: z.string().optional(),
      answers: z.array(answer),
    }),
  },
  'month.reconcile': { input: byCycle, output: reconciliation },
  'month.checks': { input: byCycle, output: z.object({ billingCycle: cycle, checks: z.array(check) }) },
  'month.bridges': { input: byCycle.extend({ pair: z.string().optional() }), output: bridges },
  'findings.list': { input: byCycle.extend(findingFilter.shape), output: reconciliation },
  'findings.page': {
    input: byCycle.extend({ ...findingFilter.shape, ...paging, sort: z.enum(['order', 'amount']).default('order') }),
    output: z.object({
      total: z.int(),
      totalDifference: amount,
      findings: z.array(finding.omit({ rows: true })),
      counts: z.array(z.object({ code: z.string(), severity: z.enum(severities), count: z.int(), difference: amount })),
    }),
  },
  /** One finding with both sides' rows as they stand in the files: header and cells. */
  'findings.evidence': {
    input: z.object({ key: z.string() }),
    output: z.object({
      finding,
      sides: z.array(
        z.object({
          side: z.enum(['left', 'right']),
          tables: z.array(
            z.object({
              kind,
              file: z.string(),
              sheet: z.string(),
              header: z.array(z.string()),
              /** What each column was read as; beside a header it tells which columns of two statements mean the same. */
              fields: z.array(z.string()),
              rows: z.array(z.object({ row: z.int(), cells: z.array(z.string()) })),
            }),
          ),
        }),
      ),
    }),
  },
  'findings.mark': {
    input: z.object({ keys: z.array(z.string()).min(1), status: z.enum(findingStatuses).optional(), note: z.string().optional() }),
    output: z.object({ changed: z.int() }),
  },
  'requests.list': { input: z.object({ billingCycle: cycle.optional() }), output: z.object({ requests: z.array(request) }) },
  'requests.save': { input: requestBody, output: z.object({ request }) },
  'invoices.list': { input: none, output: z.object({ invoices: z.array(invoice) }) },
  'invoices.add': { input: invoiceInput, output: z.object({ invoice }) },
  'invoices.remove': { input: z.object({ number: z.string(), code: z.string().default('') }), output: z.object({ removed: z.boolean() }) },
  /**
   * Prints requests into one PDF. `emptyNumbers`: leave the number boxes empty for writing by hand. `accompaniesVendorList`: say that the
   * vendor's own list is what counts. A preview is marked as one and not logged.
   */
  'invoices.print': {
    input: z.object({
      requestIds: z.array(z.string()).min(1),
      language: z.enum(['zh', 'en']).default('zh'),
      emptyNumbers: z.boolean().default(false),
      accompaniesVendorList: z.boolean().default(false),
      preview: z.boolean().default(false),
    }),
    output: resultToken,
  },
  /** Is all that was kept still whole: the database, its references, every original by its SHA-256. */
  'workspace.verify': {
    input: none,
    output: z.object({
      ok: z.boolean(),
      /** How many tables, kept files and journal lines were looked at. */
      checked: z.object({ database: z.int(), files: z.int(), journal: z.int() }),
      faults: z.array(z.object({ code: z.string(), text })),
    }),
  },
  'templates.write': { input: z.object({ folder: z.string() }), output: resultFiles },
  'settings.get': {
    input: none,
    output: z.object({
      settings: z.array(z.object({ key: z.string(), value: z.string(), fallback: z.string(), source: z.string(), accepts: z.string() })),
    }),
  },
  'settings.set': { input: z.object({ key: z.string(), value: z.string() }), output: z.object({ key: z.string(), value: z.string() }) },
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
  /** One file of an import, or a reconciliation, going on. `total` is absent where it is not known. */
  progress: z.object({
    job: z.enum(['import', 'reconcile']),
    stage: z.string(),
    file: z.string().optional(),
    done: z.number(),
    total: z.number().optional(),
    rows: z.int().optional(),
  }),
  /** Data changed: views of these areas read again. */
  changed: z.object({ areas: z.array(z.enum(['imports', 'months', 'findings', 'requests', 'invoices', 'settings'])) }),
} as const;
export type EventName = keyof typeof events;
export type EventPayload<E extends EventName> = z.output<(typeof events)[E]>;
