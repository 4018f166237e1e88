import { BridgeBuilder } from '../../electron/core/bridge.ts';
import type { BridgeOrigin } from '../../electron/core/bridge-part.ts';
import type { FindingDraft } from '../../electron/core/finding.ts';
import {
  judgeBillTotal,
  judgeTotalParts,
  type LineTotal,
  type StatedTotal,
  type TotalBridge,
} from '../../electron/core/judging/bill-total.ts';
import type { Kind } from '../../electron/core/kinds.ts';
import { totalPartsCandidate, totalPartsReason, totalReason } from '../../electron/core/wording/bill.ts';
import { partOnly } from '../../electron/core/wording/scope.ts';
import { missingFiles } from '../../electron/core/wording/skipped.ts';
import { addBillFunctions, dueSql, taxSql, unroundedDueSql } from './bill-lines.ts';
import type { Outcome, Reconciler, RunContext } from './context.ts';
import { neighbours } from '../../electron/core/judging/month-edge.ts';
import { monthScan } from './month-scan.ts';
import { rowsOf } from './rows-of.ts';
import { partOf } from './scope.ts';

/** The bill's stated total against the sum of its lines. */
export const billTotalLines: Reconciler = { name: 'bill-total-lines', run };

function run(context: RunContext): Outcome {
  const { cycle } = context;
  const missing = (['bill-summary', 'partner-bill'] satisfies Kind[])
    .filter((kind) => !context.has(kind, cycle))
    .map((kind) => ({ kind, cycle }));
  if (missing.length > 0) {
    return {
      bridge: { pair: 'bill-total-lines', missing: missing.map((m) => m.kind) },
      findings: partsDrafts(context),
      checks: [{ code: 'bill.total', compared: 0, skipped: missingFiles(missing) }],
    };
  }
  if (partOf(context, ['partner-bill'])) {
    const skipped = partOnly('partner-bill', cycle);
    return {
      bridge: { pair: 'bill-total-lines', missing: ['partner-bill'], because: skipped },
      findings: partsDrafts(context),
      checks: [{ code: 'bill.total', compared: 0, skipped }],
    };
  }
  addBillFunctions(context);
  const stated = statedTotal(context);
  const lines = lineTotal(context, stated);
  const judged = judgeBillTotal(stated, lines, context.settings.billTax);
  const bridge = new BridgeBuilder('bill-total-lines', '账单总额应还金额', '账单明细应还金额合计', context.sink);
  bridge.left(stated.due);
  bridge.right(lines.due);
  const step = (name: 'coupon' | 'tax' | 'adjustment' | 'zero-floor' | 'total-rounding', amount: bigint): void =>
    bridge.step(name, amount, amount === 0n ? 0 : lines.rows, () => origin(context, stated, lines));
  step('coupon', judged.coupon);
  step('tax', judged.tax);
  step('adjustment', judged.adjustment);
  step('zero-floor', judged.zeroFloor);
  step('total-rounding', judged.rounding);
  bridge.unexplained(judged.rest);
  if (judged.rest === 0n) bridge.withoutRemainder(() => [{ ...origin(context, stated, lines), beside: false }]);
  // A due that is not what its lines come to is not what its parts come to either: one fault, one finding.
  const findings = judged.rest === 0n ? partsDrafts(context) : [draft(context, stated, lines, judged)];
  return { bridge: bridge.close(), findings, checks: [{ code: 'bill.total', compared: 1 }] };
}

const printed = (sum: (column: string) => string): string =>
  `coalesce(${sum('amount_due')}, 0) AS due, ${sum('consumption_amount')} AS consumed, ${sum('refund_amount')} AS refunds, ${sum('coupon_amount')} AS coupon,
   ${sum('tax_amount')} AS tax, ${sum('adjustment_amount')} AS adjustment FROM bill_summary WHERE cycle = ? AND in_force = 1`;

const statedTotal = ({ db, cycle }: RunContext): StatedTotal =>
  db.prepare<[string], StatedTotal>(`SELECT ${printed((column) => `sum(${column})`)}`).get(cycle)!;

/** The arithmetic inside each printed total (rules §1.5). */
function partsDrafts(context: RunContext): FindingDraft[] {
  const { db, cycle, settings } = context;
  const totals = db
    .prepare<[string], StatedTotal & { readonly id: bigint }>(`SELECT id, ${printed((column) => column)} ORDER BY id`)
    .all(cycle);
  const taxOfLines = totals.length === 1 && !partOf(context, ['partner-bill']) ? printedTax(context) : null;
  return totals.flatMap((total): FindingDraft[] => {
    const rest = judgeTotalParts({ ...total, tax: total.tax ?? taxOfLines }, settings.billTax);
    if (rest === 0n) return [];
    const amounts = { expected: total.due - rest, stated: total.due };
    const reason = totalPartsReason(amounts.expected, amounts.stated);
    const rows = { left: [total.id], right: [] };
    return [{ code: 'row.payment-parts', businessKey: ['bill-summary'], ...amounts, reason, candidates: [totalPartsCandidate], ...rows }];
  });
}

/** Where the setting leaves it to the file: does the month's total say that the tax of lines without a due is inside their settlement? Needs `addBillFunctions`. */
export function saysInside(context: RunContext): boolean {
  const { cycle, settings } = context;
  if (settings.billTax !== 'fromFile' || !context.has('bill-summary', cycle) || partOf(context, ['partner-bill'])) return false;
  const stated = statedTotal(context);
  const lines = lineTotal(context, stated);
  return lines.taxAdded !== 0n && judgeBillTotal(stated, lines, 'fromFile').tax !== 0n;
}

/** The tax that the lines print, which a total need not. */
const printedTax = ({ db, cycle }: RunContext): bigint | null =>
  db
    .prepare<{ cycle: string }, bigint | null>(`SELECT sum(b.tax_amount) FROM ${monthScan('partner_bill', 'b')}`)
    .pluck()
    .get({ cycle })!;

function lineTotal(context: RunContext, stated: StatedTotal): LineTotal & { readonly rows: bigint } {
  const { db, cycle } = context;
  const row = db
    .prepare<
      { cycle: string },
      { due: bigint; rows: bigint; hasDue: bigint; hasCoupon: bigint; hasTax: bigint; taxAdded: bigint; hasAdjustment: bigint }
    >(
      `SELECT coalesce(sum(${dueSql}), 0) AS due, count(*) AS rows, count(b.amount_due) AS hasDue, count(b.coupon_amount) AS hasCoupon,
              count(b.tax_amount) AS hasTax, coalesce(sum(${taxSql}) FILTER (WHERE b.amount_due IS NULL), 0) AS taxAdded, count(CASE WHEN b.bill_class = 'adjustment' THEN 1 END) AS hasAdjustment
         FROM ${monthScan('partner_bill', 'b')}`,
    )
    .get({ cycle })!;
  return {
    due: row.due,
    rows: row.rows,
    hasDue: row.hasDue > 0n,
    hasCoupon: row.hasCoupon > 0n,
    hasTax: row.hasTax > 0n,
    taxAdded: row.taxAdded,
    unrounded: () => unroundedTotal(context),
    hasAdjustment: row.hasAdjustment > 0n || (stated.adjustment !== null && stated.adjustment !== 0n && neighbourLists(context)),
  };
}

const unroundedTotal = ({ db, cycle }: RunContext): bigint =>
  db
    .prepare<{ cycle: string }, bigint>(`SELECT coalesce(sum(${unroundedDueSql}), 0) FROM ${monthScan('partner_bill', 'b')}`)
    .pluck()
    .get({ cycle })!;

/** Does the bill of a neighbouring month list adjustments among its lines? Then this one would too: the total's own are no step, a line is missing. */
function neighbourLists({ db, cycle }: RunContext): boolean {
  const sql = `SELECT 1 FROM ${monthScan('partner_bill', 'b')} AND b.bill_class = 'adjustment' LIMIT 1`;
  const lists = db.prepare<{ cycle: string }>(sql);
  return neighbours(cycle).some((month) => lists.get({ cycle: month }) !== undefined);
}

/** The month as one group: nothing finer stands on both sides. */
function origin({ db, cycle }: RunContext, stated: StatedTotal, lines: LineTotal & { readonly rows: bigint }): BridgeOrigin {
  return {
    level: 'month',
    left: stated.due,
    right: lines.due,
    leftRows: rowsOf(db, 'bill_summary', cycle, {}).length,
    rightRows: lines.rows,
    evidence: [
      { side: 'left', table: 'bill_summary', cycle, match: {} },
      { side: 'right', table: 'partner_bill', cycle, match: {} },
    ],
    beside: true,
  };
}

function draft(
  { db, cycle }: RunContext,
  stated: StatedTotal,
  lines: LineTotal & { readonly rows: bigint },
  judged: TotalBridge,
): FindingDraft {
  return {
    code: 'bill.total',
    ...(stated.due < judged.expected ? { severity: 'review' as const } : {}),
    businessKey: [],
    expected: judged.expected,
    stated: stated.due,
    reason: totalReason(Number(lines.rows), judged.expected, stated.due),
    candidates: [],
    left: rowsOf(db, 'bill_summary', cycle, {}),
    right: rowsOf(db, 'partner_bill', cycle, {}),
    bridge: { pair: 'bill-total-lines', amount: judged.rest },
  };
}
