import type { CheckCode } from './checks.ts';
import type { Text } from './finding.ts';
import type { Invoice, PaymentRequest } from './invoice.ts';
import { readInvoiceNumber } from './invoice-number.ts';
import { absolute, cent, displayMoney, displayRate, multiplyRateToCent } from './money.ts';
import { normaliseTaxNumber, taxNumberProblem } from './tax-number.ts';

/** A doubt about an invoice that may be used anyway: the check it belongs to and the sentence. */
export interface InvoiceDoubt {
  readonly code: CheckCode;
  readonly text: Text;
}

/** Every check of one invoice, by itself and against its payment request (undefined: tied to none), in the catalogue's order. */
export function invoiceDoubts(invoice: Invoice, request: PaymentRequest | undefined): InvoiceDoubt[] {
  return [...numberDoubts(invoice), ...(request ? kindDoubts(invoice, request) : []), ...buyerDoubts(invoice, request)]
    .concat(request ? rateDoubts(invoice, request) : [])
    .concat(arithmeticDoubts(invoice), request ? dateDoubts(invoice, request) : []);
}

function numberDoubts(invoice: Invoice): InvoiceDoubt[] {
  const read = readInvoiceNumber(invoice.number, invoice.code, invoice.date ?? '');
  if ('refused' in read) return [{ code: 'invoice.number', text: read.refused }];
  return read.doubt ? [{ code: 'invoice.number', text: read.doubt }] : [];
}

function kindDoubts(invoice: Invoice, request: PaymentRequest): InvoiceDoubt[] {
  if (invoice.kind === 'special') return [];
  const text = {
    zh: `发票 ${invoice.number} 是普通发票，申付单 ${request.requestId} 需要增值税专用发票`,
    en: `Invoice ${invoice.number} is an ordinary one; request ${request.requestId} needs a VAT special invoice`,
  };
  return [{ code: 'invoice.kind', text }];
}

function buyerDoubts(invoice: Invoice, request: PaymentRequest | undefined): InvoiceDoubt[] {
  const doubts: InvoiceDoubt[] = [];
  const stated = invoice.buyerTaxNumber ?? '';
  const wrong = stated ? taxNumberProblem(stated) : undefined;
  if (wrong) doubts.push({ code: 'invoice.buyer', text: wrong });
  const due = normaliseTaxNumber(request?.buyerTaxNumber ?? '');
  if (due && stated && due !== stated) doubts.push(otherBuyer(invoice, '税号', 'tax number', stated, due));
  const name = folded(invoice.buyer ?? '');
  const dueName = folded(request?.buyerName ?? '');
  if (name && dueName && name !== dueName) {
    doubts.push(otherBuyer(invoice, '名称', 'name', invoice.buyer ?? '', request?.buyerName ?? ''));
  }
  return doubts;
}

const folded = (name: string): string => name.normalize('NFKC').replace(/\s/g, '');

const otherBuyer = (invoice: Invoice, zh: string, en: string, stated: string, due: string): InvoiceDoubt => ({
  code: 'invoice.buyer',
  text: {
    zh: `发票 ${invoice.number} 的购方${zh}是“${stated}”，申付单要求“${due}”`,
    en: `The buyer's ${en} on invoice ${invoice.number} is "${stated}"; the request asks for "${due}"`,
  },
});

function rateDoubts(invoice: Invoice, request: PaymentRequest): InvoiceDoubt[] {
  if (invoice.rate === undefined || request.taxRate === undefined || invoice.rate === request.taxRate) return [];
  const text = {
    zh: `发票 ${invoice.number} 税率 ${displayRate(invoice.rate)}，申付单税率 ${displayRate(request.taxRate)}`,
    en: `Invoice ${invoice.number} is at ${displayRate(invoice.rate)}, its request at ${displayRate(request.taxRate)}`,
  };
  return [{ code: 'invoice.rate', text }];
}

function arithmeticDoubts(invoice: Invoice): InvoiceDoubt[] {
  const { net, tax, total, rate } = invoice;
  if (net + tax !== total) {
    const sum = `${displayMoney(net)} + ${displayMoney(tax)}`;
    const text = {
      zh: `发票 ${invoice.number}：${sum} 不等于价税合计 ${displayMoney(total)}`,
      en: `Invoice ${invoice.number}: ${sum} is not its total ${displayMoney(total)}`,
    };
    return [{ code: 'invoice.arithmetic', text }];
  }
  if (rate === undefined || absolute(tax - multiplyRateToCent(net, rate)) <= cent) return [];
  const product = `${displayMoney(net)} × ${displayRate(rate)}`;
  const text = {
    zh: `发票 ${invoice.number} 税额 ${displayMoney(tax)} 与 ${product} 不符`,
    en: `The tax ${displayMoney(tax)} of invoice ${invoice.number} is not ${product}`,
  };
  return [{ code: 'invoice.arithmetic', text }];
}

function dateDoubts(invoice: Invoice, request: PaymentRequest): InvoiceDoubt[] {
  const applied = request.appliedAt.slice(0, 10);
  if (!invoice.date || !applied || invoice.date >= applied) return [];
  const text = {
    zh: `发票 ${invoice.number} 开具于 ${invoice.date}，早于申付日期 ${applied}`,
    en: `Invoice ${invoice.number} is dated ${invoice.date}, before the request of ${applied}`,
  };
  return [{ code: 'invoice.date', text }];
}
