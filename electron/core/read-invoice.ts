import { normaliseInvoiceNumber } from './invoice-number.ts';
import type { InvoiceSource } from './invoice.ts';
import type { Text } from './finding.ts';
import { displayRate, formatMoney } from './money.ts';
import { normaliseTaxNumber } from './tax-number.ts';
import { readCents, readTaxRate } from './typed-amount.ts';

/** What can be read of an invoice, in the order in which it is shown. `rates` stands in place of `rate` where the lines have several; `lines` counts them. */
export const readFields = [
  ...(['number', 'code', 'kind', 'date', 'net', 'tax', 'total', 'rate', 'rates', 'buyer', 'buyerTaxNumber', 'seller'] as const),
  ...(['sellerTaxNumber', 'remark', 'currency', 'capitals', 'lines'] as const),
] as const;
export type ReadField = (typeof readFields)[number];

/** One value as it stands in one source. */
export interface ReadValue {
  readonly field: ReadField;
  readonly value: string;
  readonly from: InvoiceSource;
}

/** An invoice as read and not yet confirmed. */
export interface ReadInvoice {
  /** The file's name, or what was pasted. */
  readonly name: string;
  /** One value for each field that was found, from the most trusted source, written as the form takes it. */
  readonly values: readonly ReadValue[];
  /** Fields of which two sources say different things; the first value is the one in `values`. */
  readonly disagreements: readonly { readonly field: ReadField; readonly values: readonly ReadValue[] }[];
  readonly notes: readonly Text[];
}

/** Settles what the sources say, the most trusted first; a value that cannot be read is named in a note, never dropped in silence. */
export function settleValues(name: string, found: readonly ReadValue[], notes: readonly Text[]): ReadInvoice {
  const told = [...notes];
  const readable = found.flatMap((one): ReadValue[] => {
    if (one.field !== 'remark' && one.value.trim() === '') return [];
    const value = normalised(one.field, one.value);
    if (value !== undefined)
      return one.field === 'rate' && value.includes('、') ? [{ ...one, field: 'rates', value }] : [{ ...one, value }];
    told.push({
      zh: `${sourceNames[one.from].zh}中的${fieldNames[one.field].zh}“${one.value}”无法识别，请按票面填写`,
      en: `The ${fieldNames[one.field].en} "${one.value}" in the ${sourceNames[one.from].en} cannot be read: type it as printed`,
    });
    return [];
  });
  const values: ReadValue[] = [];
  const disagreements: { field: ReadField; values: ReadValue[] }[] = [];
  for (const field of readFields) {
    const [first, ...others] = readable.filter((one) => one.field === field);
    if (!first) continue;
    values.push(first);
    const different = others.filter((one) => field !== 'lines' && folded(one) !== folded(first));
    if (different.length > 0) disagreements.push({ field, values: [first, ...different] });
  }
  return { name, values, disagreements, notes: told };
}

const trust: readonly InvoiceSource[] = ['typed', 'xml', 'ofd', 'pdf', 'qr', 'filename'];

/** The same invoice out of several files as one, the most trusted source of each value first. */
export function mergeReads(reads: readonly ReadInvoice[]): ReadInvoice {
  const found = reads.flatMap(({ values, disagreements }) => [...values, ...disagreements.flatMap((one) => one.values.slice(1))]);
  found.sort((a, b) => trust.indexOf(a.from) - trust.indexOf(b.from));
  const names = reads.map(({ name }) => name);
  return settleValues(
    names.join('、'),
    found,
    reads.flatMap(({ notes }) => notes),
  );
}

const folded = ({ value }: ReadValue): string => value.normalize('NFKC').replace(/[\s圆元整正]/g, '');

/** The value as the form takes it; undefined where it is none. */
function normalised(field: ReadField, value: string): string | undefined {
  switch (field) {
    case 'number':
    case 'code':
      return normaliseInvoiceNumber(value);
    case 'kind':
      return value === 'special' || value === 'ordinary' ? value : undefined;
    case 'date':
      return readInvoiceDate(value);
    case 'net':
    case 'tax':
    case 'total':
      return plainAmount(value);
    case 'rate':
    case 'rates':
      return rates(value);
    case 'buyerTaxNumber':
    case 'sellerTaxNumber':
      return normaliseTaxNumber(value);
    case 'lines':
      return /^\d{1,6}$/.test(value) ? value : undefined;
    case 'buyer':
    case 'seller':
    case 'remark':
    case 'currency':
    case 'capitals':
      return value.trim().slice(0, 2000);
  }
}

function plainAmount(text: string): string | undefined {
  const amount = readCents(text);
  return amount === undefined ? undefined : formatMoney(amount).slice(0, -6);
}

/** Distinct rates, as "6%" or "6%、13%". */
function rates(text: string): string | undefined {
  const read = text.split(/[、;]/).map(readTaxRate);
  return read.includes(undefined) ? undefined : [...new Set(read)].map((rate) => displayRate(rate!)).join('、');
}

/** A date as invoices print it ("2025年09月30日", "20250930", "2025-09-30 12:00:00") as ISO text; undefined where it is no calendar day. */
export function readInvoiceDate(text: string): string | undefined {
  const plain = text.normalize('NFKC').replace(/\s+/g, ' ').trim();
  const match =
    /^(\d{4}) ?年 ?(\d{1,2}) ?月 ?(\d{1,2}) ?日?$/.exec(plain) ??
    /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T].*)?$/.exec(plain) ??
    /^(\d{4})(\d{2})(\d{2})(?:\d{6})?$/.exec(plain);
  if (!match) return undefined;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  if (day < 1 || day > (days[month - 1] ?? 0)) return undefined;
  return `${match[1]}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

export const sourceNames: Readonly<Record<InvoiceSource, Text>> = {
  xml: { zh: 'XML', en: 'XML' },
  ofd: { zh: 'OFD', en: 'OFD' },
  pdf: { zh: 'PDF', en: 'PDF' },
  qr: { zh: '二维码', en: 'QR code' },
  filename: { zh: '文件名', en: 'file name' },
  typed: { zh: '手工录入', en: 'typed text' },
};

export const fieldNames: Readonly<Record<ReadField, Text>> = {
  number: { zh: '发票号码', en: 'invoice number' },
  code: { zh: '发票代码', en: 'invoice code' },
  kind: { zh: '发票类型', en: 'kind' },
  date: { zh: '开票日期', en: 'date' },
  net: { zh: '不含税金额', en: 'net amount' },
  tax: { zh: '税额', en: 'tax' },
  total: { zh: '价税合计', en: 'total' },
  rate: { zh: '税率', en: 'tax rate' },
  rates: { zh: '各行税率', en: 'rates of the lines' },
  buyer: { zh: '购方名称', en: 'buyer' },
  buyerTaxNumber: { zh: '购方税号', en: "buyer's tax number" },
  seller: { zh: '销方名称', en: 'seller' },
  sellerTaxNumber: { zh: '销方税号', en: "seller's tax number" },
  remark: { zh: '备注', en: 'remark' },
  currency: { zh: '币种', en: 'currency' },
  capitals: { zh: '大写金额', en: 'amount in capitals' },
  lines: { zh: '明细行数', en: 'number of lines' },
};
