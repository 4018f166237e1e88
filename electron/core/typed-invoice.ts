import type { FieldProblem, Invoice, InvoiceKind, InvoiceSource } from './invoice.ts';
import { readInvoiceNumber } from './invoice-number.ts';
import { absolute, cent, displayMoney, displayRate, multiplyRateToCent, type Money, type Rate } from './money.ts';
import { normaliseTaxNumber } from './tax-number.ts';
import { readCents, readTaxRate } from './typed-amount.ts';

/** What a person types into the invoice form or the command line, or confirms of what was read; texts as typed, the date ISO. */
export interface TypedInvoice {
  readonly number: string;
  readonly code: string;
  readonly kind: InvoiceKind;
  readonly date: string;
  readonly net: string;
  readonly tax: string;
  readonly rate?: string | undefined;
  readonly buyer?: string | undefined;
  readonly buyerTaxNumber?: string | undefined;
  readonly requestId?: string | undefined;
  /** Only where it was read; else net + tax. */
  readonly total?: string | undefined;
  readonly seller?: string | undefined;
  readonly sellerTaxNumber?: string | undefined;
  readonly remark?: string | undefined;
  readonly currency?: string | undefined;
  readonly capitals?: string | undefined;
  readonly rates?: string | undefined;
  readonly lines?: string | undefined;
  /** Where confirmed values were read; what is not named here was typed. */
  readonly sources?: readonly { readonly field: string; readonly from: InvoiceSource }[] | undefined;
}

/**
 * Reads a typed invoice, or lists everything that refuses it at once. `today` (ISO) is the last date that can be typed. What a file says is taken as it
 * is, for a wrong amount or date on the paper must be seen: the checks tell of it.
 */
export function readTypedInvoice(typed: TypedInvoice, today: string): Invoice | { readonly problems: readonly FieldProblem[] } {
  const problems: FieldProblem[] = [];
  const isTyped = (...fields: string[]): boolean => fields.every((field) => (sourceOf(typed, field) ?? 'typed') === 'typed');
  const read = readInvoiceNumber(typed.number, typed.code, typed.date);
  if ('refused' in read) problems.push({ field: 'number', code: 'invoice.number', text: read.refused });
  if (typed.date > today && isTyped('date')) problems.push(futureDate(typed.date, today));
  const net = amount('net', typed.net, problems);
  const tax = amount('tax', typed.tax, problems);
  const total = typed.total === undefined ? undefined : amount('total', typed.total, problems);
  const rate = typed.rate?.trim() ? taxRate(typed.rate, problems) : undefined;
  if (net !== undefined && tax !== undefined && isTyped('net', 'tax', 'total')) problems.push(...arithmetic(net, tax, rate));
  if (problems.length > 0 || 'refused' in read || net === undefined || tax === undefined) return { problems };
  const invoice: Omit<Invoice, 'sources'> = {
    number: read.number,
    code: read.code,
    kind: typed.kind,
    date: typed.date,
    net,
    tax,
    total: total ?? net + tax,
    rate,
    ...texts(typed),
  };
  const sources = Object.entries(invoice)
    .filter(([field, value]) => value !== undefined && value !== '' && field !== 'requestId' && (field !== 'total' || total !== undefined))
    .map(([field]) => ({ field, from: sourceOf(typed, field) ?? 'typed' }));
  return { ...invoice, sources };
}

const sourceOf = ({ sources }: TypedInvoice, field: string): InvoiceSource | undefined => sources?.find((one) => one.field === field)?.from;

function texts(typed: TypedInvoice): Partial<Invoice> {
  const given = (text: string | undefined): string | undefined => text?.trim() || undefined;
  const taxNumber = (text: string | undefined): string | undefined => (text === undefined ? undefined : given(normaliseTaxNumber(text)));
  return {
    buyer: given(typed.buyer),
    buyerTaxNumber: taxNumber(typed.buyerTaxNumber),
    seller: given(typed.seller),
    sellerTaxNumber: taxNumber(typed.sellerTaxNumber),
    // An empty remark that was read is a remark that lacks something.
    remark: typed.remark?.trim(),
    currency: given(typed.currency),
    capitals: given(typed.capitals),
    rates: given(typed.rates),
    lines: typed.lines !== undefined && /^\d{1,6}$/.test(typed.lines) ? Number(typed.lines) : undefined,
    requestId: given(typed.requestId),
  };
}

const amountNames = {
  net: { zh: '不含税金额', en: 'net amount' },
  tax: { zh: '税额', en: 'tax' },
  total: { zh: '价税合计', en: 'total' },
} as const;

function amount(field: keyof typeof amountNames, typed: string, problems: FieldProblem[]): Money | undefined {
  const read = readCents(typed);
  if (read !== undefined) return read;
  const name = amountNames[field];
  problems.push({
    field,
    code: 'invoice.amount',
    text: {
      zh: `${name.zh}“${typed}”不是金额：请写成 1234.56，至多两位小数、不超过一百亿`,
      en: `The ${name.en} "${typed}" is no amount: write it as 1234.56, at most two decimals and ten billion`,
    },
  });
  return undefined;
}

function taxRate(typed: string, problems: FieldProblem[]): Rate | undefined {
  const read = readTaxRate(typed);
  if (read === undefined) {
    problems.push({
      field: 'rate',
      code: 'invoice.rate',
      text: {
        zh: `税率“${typed}”无法识别：请写成 6% 或 0.06（不高于 17%）`,
        en: `The tax rate "${typed}" cannot be read: write 6% or 0.06 (at most 17%)`,
      },
    });
  }
  return read;
}

/** Tax is net × rate to the cent; a second line's own rounding is why 0.01 is allowed. */
function arithmetic(net: Money, tax: Money, rate: Rate | undefined): FieldProblem[] {
  if (net === 0n) {
    const text = { zh: '不含税金额是 0：发票不能没有金额', en: 'The net amount is 0: an invoice has an amount' };
    return [{ field: 'net', code: 'invoice.arithmetic', text }];
  }
  if (tax !== 0n && tax < 0n !== net < 0n) {
    const text = {
      zh: `不含税金额 ${displayMoney(net)} 与税额 ${displayMoney(tax)} 正负不同，请核对`,
      en: `The net amount ${displayMoney(net)} and the tax ${displayMoney(tax)} have different signs: check them`,
    };
    return [{ field: 'tax', code: 'invoice.arithmetic', text }];
  }
  if (rate === undefined) return [];
  const expected = multiplyRateToCent(net, rate);
  if (absolute(tax - expected) <= cent) return [];
  const sum = `${displayMoney(net)} × ${displayRate(rate)} = ${displayMoney(expected)}`;
  const text = {
    zh: `税额 ${displayMoney(tax)} 与 ${sum} 不符；若发票有多行、逐行取整，请不填税率`,
    en: `The tax ${displayMoney(tax)} is not ${sum}; for an invoice of several lines, each rounded, leave the rate out`,
  };
  return [{ field: 'tax', code: 'invoice.arithmetic', text }];
}

const futureDate = (date: string, today: string): FieldProblem => ({
  field: 'date',
  code: 'invoice.date',
  text: { zh: `开票日期 ${date} 在今天（${today}）之后，请核对`, en: `The invoice date ${date} is after today (${today}): check it` },
});
