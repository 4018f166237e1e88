import type { FindingDraft, RowId } from '../../electron/core/finding.ts';
import type { PaymentRequest } from '../../electron/core/invoice.ts';
import { convertTax } from '../../electron/core/judging/tax-conversion.ts';
import { absolute, displayMoney, displayRate } from '../../electron/core/money.ts';
import { missingFiles } from '../../electron/core/wording/skipped.ts';
import { listRequests } from '../requests.ts';
import type { Outcome, RunContext } from './context.ts';
import { rowsOf } from './rows-of.ts';

/** A payment request is the sum of its incentive bills, converted from the product's tax to the partner's. */
export function taxOutcome(context: RunContext): Outcome {
  const code = 'incentive.tax';
  const { db, cycle } = context;
  const requests = listRequests(db)
    .map((known) => known.request)
    .filter((request) => request.billingCycle === cycle);
  if (requests.length === 0) {
    return { findings: [], checks: [{ code, compared: 0, skipped: missingFiles([{ kind: 'payment-request', cycle }]) }] };
  }
  const findings: FindingDraft[] = [];
  let compared = 0;
  for (const request of requests) {
    const bills = billsOf(context, request);
    if (!bills || request.taxRate === undefined || request.productTaxRate === undefined) continue;
    compared += 1;
    const expected = convertTax(bills.amount, request.productTaxRate, request.taxRate);
    if (expected !== request.amount) findings.push(draft(context, request, bills, expected));
  }
  const skipped = `${cycle} 的申付单没有税率或其激励账单未导入 / the payment requests of ${cycle} state no tax rates, or their incentive bills are not imported`;
  return { findings, checks: [{ code, compared, ...(compared === 0 ? { skipped } : {}) }] };
}

interface Bills {
  readonly amount: bigint;
  readonly rows: readonly RowId[];
}

/** The stated total of the request's bills, from the summaries, else from the details; undefined where one of them is not imported. */
function billsOf({ db }: RunContext, request: PaymentRequest): Bills | undefined {
  if (request.incentiveBillIds.length === 0) return undefined;
  let amount = 0n;
  const rows: RowId[] = [];
  for (const id of request.incentiveBillIds) {
    const of = (table: string) =>
      db.prepare<[string], { id: bigint; amount: bigint }>(
        `SELECT id, coalesce(amount, 0) AS amount FROM ${table} WHERE in_force = 1 AND incentive_bill_id = ? ORDER BY id`,
      );
    const summary = of('incentive_summary').all(id);
    const found = summary.length > 0 ? summary : of('incentive').all(id);
    if (found.length === 0) return undefined;
    for (const row of found) {
      amount += row.amount;
      rows.push(row.id);
    }
  }
  return { amount, rows };
}

function draft({ db, cycle }: RunContext, request: PaymentRequest, bills: Bills, expected: bigint): FindingDraft {
  const stated = request.amount;
  const size = displayMoney(absolute(stated - expected));
  const rates = `${displayRate(request.productTaxRate ?? 0n)} → ${displayRate(request.taxRate ?? 0n)}`;
  const more = stated > expected;
  return {
    code: 'incentive.tax',
    ...(more ? { severity: 'review' } : {}),
    businessKey: [request.requestId],
    recordId: request.requestId,
    expected,
    stated,
    reason: {
      zh: `申付单 ${request.requestId}：激励合计 ${displayMoney(bills.amount)}，税率 ${rates} 换算应为 ${displayMoney(expected)}，申付 ${displayMoney(stated)}，${more ? '多' : '少'} ${size}。`,
      en: `Request ${request.requestId}: incentive ${displayMoney(bills.amount)}, converted ${rates}, is ${displayMoney(expected)}; requested ${displayMoney(stated)}: ${size} too ${more ? 'much' : 'little'}.`,
    },
    candidates: [{ code: 'netting', zh: '含前期负激励冲抵', en: 'A negative incentive of an earlier month was netted' }],
    left: bills.rows,
    right: rowsOf(db, 'payment_request', cycle, { request_id: request.requestId }),
  };
}
