import type { Candidate, FindingDraft } from '../../electron/core/finding.ts';
import { judgePayment, type PaidRequest } from '../../electron/core/judging/payments.ts';
import { amountReason, lateReason } from '../../electron/core/wording/payments.ts';
import { missingFiles } from '../../electron/core/wording/skipped.ts';
import { paymentFacts } from '../payment-facts.ts';
import type { DatedContext, DatedReconciler, Outcome, RunContext } from './context.ts';
import { rowsOf } from './rows-of.ts';

/** Money received against money requested, and when it came, for each request booked in the month. */
export const paymentChecks: DatedReconciler = { name: 'payments', run };

function run(context: DatedContext): Outcome {
  const { db, cycle, settings, today } = context;
  const requests = paymentFacts(db, cycle, settings.paymentDays, today);
  if (requests.length === 0) {
    const skipped = missingFiles([{ kind: 'payment-request', cycle }]);
    return {
      findings: [],
      checks: [
        { code: 'payment.amount', compared: 0, skipped },
        { code: 'payment.late', compared: 0, skipped },
      ],
    };
  }
  const judged = requests.map((paid) => ({ paid, verdict: judgePayment(paid) }));
  const findings = judged.flatMap(({ paid, verdict: { amount, late } }): FindingDraft[] => [
    ...(amount
      ? [{ ...draft(context, paid, 'payment.amount'), ...amount, reason: amountReason(paid, amount), candidates: partly } as const]
      : []),
    ...(late
      ? [
          {
            ...draft(context, paid, 'payment.late'),
            expected: late.expected,
            stated: late.stated,
            reason: lateReason(paid, late),
            candidates: holiday,
          } as const,
        ]
      : []),
  ]);
  const compared = (of: 'amountCompared' | 'lateCompared'): number => judged.filter(({ verdict }) => verdict[of]).length;
  const report = (code: 'payment.amount' | 'payment.late', count: number, skipped: string) => ({
    code,
    compared: count,
    ...(count === 0 && { skipped }),
  });
  return {
    findings: findings.map((f) => (f.code === 'payment.amount' && f.stated > f.expected ? { ...f, severity: 'review' as const } : f)),
    checks: [
      report(
        'payment.amount',
        compared('amountCompared'),
        `${cycle} 的申付单还没有录入到账 / no payment is entered for a request of ${cycle} yet`,
      ),
      report(
        'payment.late',
        compared('lateCompared'),
        `${cycle} 的申付单还没有录入签收日期 / no receipt by the vendor is entered for a request of ${cycle} yet`,
      ),
    ],
  };
}

const partly: readonly Candidate[] = [
  { code: 'further-payment', zh: '还有到账未录入，或分次支付', en: 'Another payment is not entered yet, or it is paid in parts' },
  { code: 'netted', zh: '贵方冲抵了欠款或负激励', en: 'Debts or negative incentives were netted' },
];
const holiday: readonly Candidate[] = [
  { code: 'further-payment', zh: '到账未录入，或到账日期录入有误', en: 'A payment is not entered yet, or with a wrong date' },
  {
    code: 'returned',
    zh: '发票曾被驳回，重寄的签收日期未录入',
    en: 'The invoices were rejected, and the receipt of the resent ones is not entered',
  },
];

function draft({ db, cycle }: RunContext, { request }: PaidRequest, code: 'payment.amount' | 'payment.late') {
  const { requestId } = request;
  return {
    code,
    businessKey: [requestId],
    recordId: requestId,
    left: rowsOf(db, 'payment_request', cycle, { request_id: requestId }),
    right: [],
  };
}
