import type { FindingDraft } from '../../electron/core/finding.ts';
import type { PaymentRequest } from '../../electron/core/invoice.ts';
import { absolute, displayMoney, displayRate } from '../../electron/core/money.ts';
import { basisOf, type RequestBasis } from '../../electron/core/request-basis.ts';
import { missingFiles } from '../../electron/core/wording/skipped.ts';
import { requestBills, type RequestBill } from '../request-bills.ts';
import { listRequests } from '../requests.ts';
import type { Outcome, RunContext } from './context.ts';
import { rowsOf } from './rows-of.ts';

/** A payment request is the sum of its incentive bills, converted from the product's tax to the partner's where an invoice is asked for it. */
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
    const bills = requestBills(db, request.incentiveBillIds);
    const basis = basisOf(request, bills);
    if (!basis) continue;
    compared += 1;
    if (basis.expected !== request.amount) findings.push(draft(context, request, bills, basis));
  }
  const skipped = `${cycle} 的申付单没有税率或其激励账单未导入 / the payment requests of ${cycle} state no tax rates, or their incentive bills are not imported`;
  return { findings, checks: [{ code, compared, ...(compared === 0 ? { skipped } : {}) }] };
}

function draft({ db, cycle }: RunContext, request: PaymentRequest, bills: readonly RequestBill[], basis: RequestBasis): FindingDraft {
  const { expected, incentive, converted } = basis;
  const stated = request.amount;
  const size = displayMoney(absolute(stated - expected));
  const rates = `${displayRate(request.productTaxRate ?? 0n)} → ${displayRate(request.taxRate ?? 0n)}`;
  const more = stated > expected;
  const way = converted
    ? { zh: `税率 ${rates} 换算应为 ${displayMoney(expected)}`, en: `converted ${rates}, is ${displayMoney(expected)}` }
    : {
        zh: `发放方式“${request.payoutMode}”不开票，不换算税率，应为 ${displayMoney(expected)}`,
        en: `paid out as “${request.payoutMode}”, without an invoice and so without tax conversion, is ${displayMoney(expected)}`,
      };
  return {
    code: 'incentive.tax',
    ...(more ? { severity: 'review' } : {}),
    businessKey: [request.requestId],
    recordId: request.requestId,
    expected,
    stated,
    reason: {
      zh: `申付单 ${request.requestId}：激励合计 ${displayMoney(incentive)}，${way.zh}，申付 ${displayMoney(stated)}，${more ? '多' : '少'} ${size}。`,
      en: `Request ${request.requestId}: incentive ${displayMoney(incentive)}, ${way.en}; requested ${displayMoney(stated)}: ${size} too ${more ? 'much' : 'little'}.`,
    },
    candidates: [],
    left: bills.flatMap(({ rows }) => rows),
    right: rowsOf(db, 'payment_request', cycle, { request_id: request.requestId }),
  };
}
