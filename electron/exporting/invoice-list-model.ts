import type { Text } from '../core/finding.ts';
import type { Invoice, PaymentRequest } from '../core/invoice.ts';
import { displayMoney, displayRate, type Money } from '../core/money.ts';

/** Who issues the invoices, from the settings; empty texts leave room to write by hand. */
export interface Seller {
  readonly name: string;
  readonly taxNumber: string;
  readonly contact: string;
  readonly phone: string;
}

/** One payment request with what is printed of it. */
export interface PrintedRequest {
  readonly request: PaymentRequest;
  readonly invoices: readonly Invoice[];
  /** Of each incentive bill: id, 激励名称 and 关联类型 (referral, resale, or the portal's own word). */
  readonly incentives: readonly { readonly id: string; readonly name: string; readonly associationType: string }[];
  /** How often it was printed before: above 0 the paper is marked 重印, with the number and time of the last one. */
  readonly printedBefore: number;
  readonly lastPrint?: { readonly id: number; readonly at: string };
  /** How it is mailed, where that is entered already; else the boxes stay empty to be written by hand. */
  readonly mailing?: { readonly courier: string; readonly tracking: string; readonly on: string };
}

/** A whole print: one list for each request, each beginning on a new page. */
export interface InvoiceListPrint {
  readonly requests: readonly PrintedRequest[];
  readonly seller: Seller;
  /** Chinese, or Chinese with English: headings and the words of the cells. */
  readonly language: 'zh' | 'en';
  /** Number and code boxes stay empty, to be written by hand. */
  readonly emptyNumbers: boolean;
  /** Say that it accompanies the vendor's own list. */
  readonly accompaniesVendorList: boolean;
  /** Print log number; absent for a preview, which is marked 预览. */
  readonly printNumber?: number;
  /** "YYYY-MM-DD HH:MM:SS" in GMT+08:00: on the paper and in the PDF, so that the same print has the same bytes. */
  readonly at: string;
}

/** A column: its headings, width in points (what it has at least, where it needs as much), and how its cells stand. The widths add up to the page's. */
export interface Column {
  readonly zh: string;
  readonly en: string;
  readonly width: number;
  readonly align: 'left' | 'right' | 'center';
}
export const columns: readonly Column[] = [
  { zh: '序号', en: 'No.', width: 24, align: 'center' },
  { zh: '申付单号', en: 'Request', width: 66, align: 'left' },
  { zh: '对账期次', en: 'Period', width: 42, align: 'center' },
  { zh: '激励账单ID', en: 'Incentive bill', width: 72, align: 'left' },
  { zh: '激励名称', en: 'Incentive', width: 80, align: 'left' },
  { zh: '关联类型', en: 'Assoc.', width: 38, align: 'center' },
  { zh: '不含税金额', en: 'Net', width: 67, align: 'right' },
  { zh: '税率', en: 'Rate', width: 28, align: 'center' },
  { zh: '税额', en: 'Tax', width: 56, align: 'right' },
  { zh: '价税合计', en: 'Total', width: 71, align: 'right' },
  { zh: '发票类型', en: 'Kind', width: 46, align: 'center' },
  { zh: '发票代码', en: 'Code', width: 56, align: 'center' },
  { zh: '发票号码', en: 'Invoice number', width: 91, align: 'center' },
  { zh: '开票日期', en: 'Date', width: 49, align: 'center' },
];

/** The cells of each invoice row, in the order of `columns`; a request without invoices (numbers by hand) has one row from its own amounts. */
export function invoiceRows(
  printed: PrintedRequest,
  { emptyNumbers, language }: Pick<InvoiceListPrint, 'emptyNumbers' | 'language'>,
): string[][] {
  const said = ({ zh, en }: Text): string => (language === 'en' ? `${zh}\n${en}` : zh);
  const { request, incentives } = printed;
  const shared = [
    request.requestId,
    request.billingCycle,
    listed(request.incentiveBillIds, said),
    listed(unique(incentives.map((i) => i.name)), said),
    unique(
      incentives.map(({ associationType }) => {
        const known = associations[associationType];
        return known ? said(known) : associationType;
      }),
    ).join('\n'),
  ];
  if (printed.invoices.length === 0) {
    const rate = request.taxRate === undefined ? '' : displayRate(request.taxRate);
    return [['1', ...shared, '', rate, '', displayMoney(request.amount), '', '', '', '']];
  }
  return printed.invoices.map((invoice, index) => [
    String(index + 1),
    ...shared,
    displayMoney(invoice.net),
    invoice.rate === undefined ? '—' : displayRate(invoice.rate),
    displayMoney(invoice.tax),
    displayMoney(invoice.total),
    said(kindName(invoice)),
    emptyNumbers ? '' : invoice.code,
    emptyNumbers ? '' : invoice.number,
    invoice.date ?? '',
  ]);
}

/** Incentive bills and names that are too many for a row: what the head lists; empty where the rows have them. */
export function listedInHead({ request, incentives }: PrintedRequest): {
  readonly bills: readonly string[];
  readonly names: readonly string[];
} {
  const long = (texts: readonly string[]): readonly string[] => (fitsRow(texts) ? [] : texts);
  return { bills: long(request.incentiveBillIds), names: long(unique(incentives.map((i) => i.name))) };
}

/** Sums of a list; without invoices the total is the request's own amount and net and tax are unknown. */
export function listSums(printed: PrintedRequest): { readonly net?: Money; readonly tax?: Money; readonly total: Money } {
  if (printed.invoices.length === 0) return { total: printed.request.amount };
  const sum = (field: 'net' | 'tax' | 'total'): Money => printed.invoices.reduce((s, invoice) => s + invoice[field], 0n);
  return { net: sum('net'), tax: sum('tax'), total: sum('total') };
}

const associations: Readonly<Record<string, Text>> = {
  referral: { zh: '顾问销售', en: 'Referral' },
  resale: { zh: '代售', en: 'Resale' },
};
const unique = (texts: readonly string[]): string[] => [...new Set(texts.filter(Boolean))];
/** So many, and so many characters, fit a cell of every row; more stand in the head, once for all rows. */
const fitsRow = (texts: readonly string[]): boolean => texts.length <= 3 && texts.join('').length <= 160;
/** One to a line; of a long list the row says where it is. */
const listed = (texts: readonly string[], said: (text: Text) => string): string =>
  fitsRow(texts) ? texts.join('\n') : said({ zh: `共 ${texts.length} 项，见表头`, en: `${texts.length} in all, see the head` });
const kindName = (invoice: Invoice): Text => {
  const special = invoice.kind === 'special';
  if (invoice.number.length === 20) return special ? { zh: '数电专票', en: 'Digital special' } : { zh: '数电普票', en: 'Digital ordinary' };
  return special ? { zh: '专用发票', en: 'Special' } : { zh: '普通发票', en: 'Ordinary' };
};
