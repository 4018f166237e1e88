import type { CheckCode } from '../../electron/core/checks.ts';
import type { FindingDraft } from '../../electron/core/finding.ts';
import { checkInvoice, type InvoiceCheck } from '../../electron/core/invoice-checks.ts';
import type { Invoice } from '../../electron/core/invoice.ts';
import { invoiceFacts } from '../invoice-facts.ts';
import { listInvoices } from '../invoices.ts';
import type { Outcome, Reconciler, RunContext } from './context.ts';
import { rowsOf } from './rows-of.ts';

/** What each check needs where it could compare nothing. */
const needs: Readonly<Partial<Record<CheckCode, string>>> = {
  'invoice.number': '没有发票 / no invoice',
  'invoice.shared': '没有发票 / no invoice',
  'invoice.kind': '没有发票 / no invoice',
  'invoice.buyer': '发票或申付单没有购方名称和税号 / the invoices or the requests state no buyer',
  'invoice.seller': '发票没有销方，或设置中没有本公司名称和税号 / the invoices state no seller, or the settings lack our own company',
  'invoice.rate': '发票或申付单没有税率 / the invoices or the requests state no tax rate',
  'invoice.currency': '没有发票 / no invoice',
  'invoice.arithmetic': '没有发票 / no invoice',
  'invoice.remark': '没有从文件读到备注的发票 / no invoice whose remark was read from a file',
  'invoice.date': '发票没有日期 / the invoices state no date',
};

/** Each invoice tied to a request of the month, by itself and against the request; their sum is judged by the bridge's own pair. */
export const invoiceChecks: Reconciler = { name: 'invoices', run };

function run({ db, cycle }: RunContext): Outcome {
  const factsOf = invoiceFacts(db);
  const judged = listInvoices(db).flatMap((invoice) => {
    const facts = factsOf(invoice);
    return facts.request?.billingCycle === cycle
      ? [{ invoice, requestId: facts.request.requestId, checks: checkInvoice(invoice, facts) }]
      : [];
  });
  const findings = judged.flatMap(({ invoice, requestId, checks }) =>
    checks.flatMap((check): FindingDraft[] => {
      if (check.code === 'invoice.sum' || !check.doubt) return [];
      return [{ ...draft(invoice, requestId, check), left: rowsOf(db, 'payment_request', cycle, { request_id: requestId }) }];
    }),
  );
  const untied = `${cycle} 的申付单还没有关联发票 / no invoice is tied to a payment request of ${cycle} yet`;
  return {
    findings,
    checks: (Object.keys(needs) as CheckCode[]).map((code) => {
      const compared = judged.filter(({ checks }) => checks.some((check) => check.code === code && check.compared)).length;
      return { code, compared, ...(compared === 0 && { skipped: judged.length === 0 ? untied : needs[code]! }) };
    }),
  };
}

function draft(invoice: Invoice, requestId: string, { code, doubt, expected, stated }: InvoiceCheck): FindingDraft {
  return {
    code,
    businessKey: [requestId, ...(invoice.code ? [`${invoice.code} ${invoice.number}`] : [invoice.number])],
    recordId: invoice.number,
    // What is wrong is no amount: the invoice's own stands on both sides.
    expected: expected ?? invoice.total,
    stated: stated ?? invoice.total,
    reason: doubt!,
    candidates: [],
    left: [],
    right: [],
  };
}
