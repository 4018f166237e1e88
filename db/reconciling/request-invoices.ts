import { BridgeBuilder } from '../../electron/core/bridge.ts';
import type { FindingDraft } from '../../electron/core/finding.ts';
import { judgeRequest } from '../../electron/core/judging/request-invoices.ts';
import type { PaymentRequest } from '../../electron/core/invoice.ts';
import { absolute, displayMoney } from '../../electron/core/money.ts';
import { counted, displayCount } from '../../electron/core/display-count.ts';
import { missingFiles } from '../../electron/core/wording/skipped.ts';
import { listRequests } from '../requests.ts';
import type { Outcome, Reconciler, RunContext } from './context.ts';
import { rowsOf } from './rows-of.ts';

/** Payment requests against the invoices tied to them. */
export const requestInvoices: Reconciler = { name: 'request-invoices', run };

function run(context: RunContext): Outcome {
  const { db, cycle } = context;
  // Typed fields over imported ones, each request booked once in the latest month that names it.
  const requests = listRequests(db)
    .map((known) => known.request)
    .filter((request) => request.billingCycle === cycle);
  if (requests.length === 0) {
    const skipped = missingFiles([{ kind: 'payment-request', cycle }]);
    return {
      bridge: { pair: 'request-invoices', missing: ['payment-request'] },
      findings: [],
      checks: [{ code: 'invoice.sum', compared: 0, skipped }],
    };
  }
  const bridge = new BridgeBuilder('request-invoices', '申付单金额', '发票价税合计', context.sink);
  const findings: FindingDraft[] = [];
  const tied = db.prepare<[string], { number: string; total: bigint }>(
    'SELECT number, total FROM invoice WHERE request_id = ? AND removed_at IS NULL ORDER BY code, number',
  );
  bridge.right(invoicedTotal(context, requests));
  let compared = 0;
  for (const r of requests) {
    bridge.left(r.amount);
    const invoices = tied.all(r.requestId);
    const invoiced = invoices.reduce((sum, i) => sum + i.total, 0n);
    const { step, unexplained } = judgeRequest({ ...r, invoiced, invoices: invoices.length });
    if (step) {
      bridge.step(step.step, step.amount, 1, () => ({
        key: [r.requestId, ...invoices.map((i) => i.number)],
        level: 'request',
        left: r.amount,
        right: invoiced,
        leftRows: 1,
        rightRows: invoices.length,
        evidence: [{ side: 'left', ids: rowsOf(db, 'payment_request', cycle, { request_id: r.requestId }) }],
      }));
    }
    if (invoices.length > 0) compared += 1;
    if (unexplained === undefined) continue;
    bridge.unexplained(unexplained);
    const numbers = invoices.map((i) => i.number).join('、');
    const size = displayMoney(absolute(unexplained));
    findings.push({
      code: 'invoice.sum',
      businessKey: [r.requestId],
      recordId: r.requestId,
      expected: r.amount,
      stated: invoiced,
      reason: {
        zh: `申付单 ${r.requestId} 金额 ${displayMoney(r.amount)}，发票 ${displayCount(invoices.length)} 张（${numbers}）合计 ${displayMoney(invoiced)}，${unexplained > 0n ? '多' : '少'}开 ${size}。`,
        en: `Request ${r.requestId} is ${displayMoney(r.amount)}; ${counted(invoices.length, `invoice (${numbers}) adds`, `invoices (${numbers}) add`)} up to ${displayMoney(invoiced)}: ${size} too ${unexplained > 0n ? 'much' : 'little'}.`,
      },
      candidates: [{ code: 'further-invoice', zh: '还有发票未录入或未关联', en: 'Another invoice is not entered or not tied yet' }],
      left: rowsOf(db, 'payment_request', cycle, { request_id: r.requestId }),
      right: [],
      bridge: { pair: 'request-invoices', amount: unexplained },
    });
  }
  const untied = `${cycle} 的申付单还没有关联发票 / no invoice is tied to a payment request of ${cycle} yet`;
  return {
    bridge: bridge.close(),
    findings,
    checks: [{ code: 'invoice.sum', compared, ...(compared === 0 ? { skipped: untied } : {}) }],
  };
}

function invoicedTotal({ db }: RunContext, requests: readonly PaymentRequest[]): bigint {
  return db
    .prepare<[string], bigint>(
      'SELECT coalesce(sum(total), 0) FROM invoice WHERE removed_at IS NULL AND request_id IN (SELECT value FROM json_each(?))',
    )
    .pluck()
    .get(JSON.stringify(requests.map((r) => r.requestId)))!;
}
