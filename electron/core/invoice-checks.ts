import type { CheckCode } from './checks.ts';
import type { Text } from './finding.ts';
import { arithmeticCheck, sumCheck } from './invoice-amounts.ts';
import type { Invoice, PaymentRequest } from './invoice.ts';
import { readInvoiceNumber } from './invoice-number.ts';
import { buyerCheck, remarkCheck, sellerCheck, sharedCheck } from './invoice-parties.ts';
import type { Money } from './money.ts';
import { displayRate } from './money.ts';

/** What is known around an invoice; whatever is absent is not judged. */
export interface InvoiceFacts {
  /** The request that it is tied to. */
  readonly request?: PaymentRequest | undefined;
  /** Our own company, by the settings; empty texts where it was not given. */
  readonly seller?: { readonly name: string; readonly taxNumber: string };
  /** Every known payment request's id. */
  readonly requestIds?: readonly string[];
  /** Σ of the invoices tied to the same request. */
  readonly invoiced?: Money;
}

/** One check of one invoice: `compared` is false where it had nothing to compare with, `doubt` is what it found. */
export interface InvoiceCheck {
  readonly code: CheckCode;
  readonly compared: boolean;
  readonly doubt?: Text;
  /** For amounts only. */
  readonly expected?: Money;
  readonly stated?: Money;
}

/** A doubt about an invoice that may be used anyway: the check it belongs to and the sentence. */
export interface InvoiceDoubt {
  readonly code: CheckCode;
  readonly text: Text;
}

/** Every check of one invoice, in the catalogue's order. */
export function checkInvoice(invoice: Invoice, facts: InvoiceFacts): InvoiceCheck[] {
  const { request } = facts;
  return [
    sumCheck(request, facts.invoiced),
    numberCheck(invoice),
    sharedCheck(invoice, facts.requestIds),
    kindCheck(invoice, request),
    buyerCheck(invoice, request),
    sellerCheck(invoice, facts.seller),
    rateCheck(invoice, request),
    currencyCheck(invoice, request),
    arithmeticCheck(invoice),
    remarkCheck(invoice, request),
    dateCheck(invoice, request),
  ];
}

/** What the checks of one invoice found. */
export const invoiceDoubts = (invoice: Invoice, facts: InvoiceFacts): InvoiceDoubt[] =>
  checkInvoice(invoice, facts).flatMap(({ code, doubt }) => (doubt ? [{ code, text: doubt }] : []));

function numberCheck(invoice: Invoice): InvoiceCheck {
  const read = readInvoiceNumber(invoice.number, invoice.code, invoice.date ?? '');
  const doubt = 'refused' in read ? read.refused : read.doubt;
  return { code: 'invoice.number', compared: true, ...(doubt && { doubt }) };
}

function kindCheck(invoice: Invoice, request: PaymentRequest | undefined): InvoiceCheck {
  const code = 'invoice.kind';
  if (!request || invoice.kind === 'special') return { code, compared: request !== undefined };
  const doubt = {
    zh: `发票 ${invoice.number} 是普通发票，申付单 ${request.requestId} 需要增值税专用发票`,
    en: `Invoice ${invoice.number} is an ordinary one; request ${request.requestId} needs a VAT special invoice`,
  };
  return { code, compared: true, doubt };
}

function rateCheck(invoice: Invoice, request: PaymentRequest | undefined): InvoiceCheck {
  const code = 'invoice.rate';
  if (invoice.rates !== undefined) {
    const doubt = {
      zh: `发票 ${invoice.number} 各行税率不同（${invoice.rates}），一张发票只能有一个税率`,
      en: `The lines of invoice ${invoice.number} have several rates (${invoice.rates}); an invoice has one only`,
    };
    return { code, compared: true, doubt };
  }
  if (invoice.rate === undefined || request?.taxRate === undefined) return { code, compared: false };
  if (invoice.rate === request.taxRate) return { code, compared: true };
  const doubt = {
    zh: `发票 ${invoice.number} 税率 ${displayRate(invoice.rate)}，申付单税率 ${displayRate(request.taxRate)}`,
    en: `Invoice ${invoice.number} is at ${displayRate(invoice.rate)}, its request at ${displayRate(request.taxRate)}`,
  };
  return { code, compared: true, doubt };
}

const currencyOf = (text: string | undefined): string => {
  const plain = (text ?? '').normalize('NFKC').trim().toUpperCase();
  return ['', 'CNY', 'RMB', '¥', '元', '人民币', '人民币元'].includes(plain) ? 'CNY' : plain;
};

function currencyCheck(invoice: Invoice, request: PaymentRequest | undefined): InvoiceCheck {
  const code = 'invoice.currency';
  if (!request) return { code, compared: false };
  const [stated, due] = [currencyOf(invoice.currency), currencyOf(request.currency)];
  if (stated === due) return { code, compared: true };
  const doubt = {
    zh: `发票 ${invoice.number} 的币种是 ${stated}，申付单 ${request.requestId} 是 ${due}`,
    en: `Invoice ${invoice.number} is in ${stated}, request ${request.requestId} in ${due}`,
  };
  return { code, compared: true, doubt };
}

function dateCheck(invoice: Invoice, request: PaymentRequest | undefined): InvoiceCheck {
  const code = 'invoice.date';
  const { date, number } = invoice;
  const entered = invoice.addedAt?.slice(0, 10) ?? '';
  const applied = request?.appliedAt.slice(0, 10) ?? '';
  if (!date || (!entered && !applied)) return { code, compared: false };
  if (entered && date > entered) {
    const doubt = {
      zh: `发票 ${number} 的开票日期 ${date} 晚于录入日期 ${entered}，是将来的日期`,
      en: `Invoice ${number} is dated ${date}, after the day it was entered (${entered}): a date in the future`,
    };
    return { code, compared: true, doubt };
  }
  if (!applied || date >= applied) return { code, compared: true };
  const doubt = {
    zh: `发票 ${number} 开具于 ${date}，早于申付日期 ${applied}`,
    en: `Invoice ${number} is dated ${date}, before the request of ${applied}`,
  };
  return { code, compared: true, doubt };
}
