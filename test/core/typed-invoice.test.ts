import { describe, expect, it } from 'vitest';
import { invoiceDoubts } from '../../electron/core/invoice-checks.ts';
import type { Invoice } from '../../electron/core/invoice.ts';
import { parseMoney } from '../../electron/core/money.ts';
import { overlay } from '../../electron/core/request.ts';
import { readCents, readTaxRate } from '../../electron/core/typed-amount.ts';
import { readTypedInvoice, type TypedInvoice } from '../../electron/core/typed-invoice.ts';

const today = '2025-11-20';
const typed: TypedInvoice = {
  number: '25312000000358032546',
  code: '',
  kind: 'special',
  date: '2025-11-05',
  net: '1,000.00',
  tax: '60',
  rate: '6%',
  buyer: ' 示例购买方 ',
  requestId: 'SF1',
};
const money = (text: string): bigint => parseMoney(text)!;
const codes = (change: Partial<TypedInvoice>): string[] => {
  const read = readTypedInvoice({ ...typed, ...change }, today);
  return 'problems' in read ? read.problems.map(({ code }) => code) : [];
};
const invoice = (change: Partial<TypedInvoice> = {}): Invoice => {
  const read = readTypedInvoice({ ...typed, ...change }, today);
  if ('problems' in read) throw new Error(read.problems.map(({ text }) => text.en).join());
  return read;
};

describe('amounts and rates as typed', () => {
  it.each([
    ['1,234.56', '1234.56'],
    ['￥１２.5', '12.5'],
    ['−5.00', '-5'],
    ['1.230', '1.23'],
  ])('reads %s', (text, amount) => expect(readCents(text)).toBe(money(amount)));
  it.each(['', '1.234', '12,34.00', '1e3', 'abc', '1.2.3', '10000000000.01'])('refuses "%s"', (text) =>
    expect(readCents(text)).toBeUndefined(),
  );
  it.each([
    ['6%', '0.06'],
    ['0.13', '0.13'],
    ['１.5％', '0.015'],
    ['免税', '0'],
  ])('reads the rate %s', (text, rate) => expect(readTaxRate(text)).toBe(money(rate)));
  it.each(['6', '18%', '-6%', 'six', '0.000000001%'])('refuses the rate "%s"', (text) => expect(readTaxRate(text)).toBeUndefined());
});

describe('typed invoice', () => {
  it('has its total, its trimmed texts, and "typed" as the source of each value', () => {
    const read = invoice();
    expect(read).toMatchObject({ net: money('1000'), tax: money('60'), total: money('1060'), buyer: '示例购买方', requestId: 'SF1' });
    expect(read.sources).toContainEqual({ field: 'net', from: 'typed' });
    expect(read.sources.map(({ field }) => field)).not.toContain('code');
  });
  it('allows one cent between tax and net × rate, and refuses two', () => {
    expect(codes({ tax: '60.01' })).toEqual([]);
    expect(codes({ tax: '60.02' })).toEqual(['invoice.arithmetic']);
    expect(codes({ tax: '60.02', rate: undefined })).toEqual([]);
  });
  it('takes a red invoice, and refuses mixed signs', () => {
    expect(invoice({ net: '-1000', tax: '-60' }).total).toBe(money('-1060'));
    expect(codes({ net: '-1000', tax: '60' })).toEqual(['invoice.arithmetic']);
    expect(codes({ net: '0', tax: '0' })).toEqual(['invoice.arithmetic']);
  });
  it('refuses a date after today, not today itself', () => {
    expect(codes({ date: today })).toEqual([]);
    expect(codes({ date: '2025-11-21' })).toEqual(['invoice.date']);
  });
  it('lists every problem at once', () => {
    expect(codes({ number: '2.5E+19', net: 'x', tax: '1.234', rate: 'six', date: '2030-01-01' })).toEqual([
      'invoice.number',
      'invoice.date',
      'invoice.amount',
      'invoice.amount',
      'invoice.rate',
    ]);
  });
});

describe('doubts about an invoice', () => {
  const request = overlay(
    'SF1',
    { billingCycle: '2025-09', amount: money('1060'), taxRate: money('0.06'), appliedAt: '2025-10-20', buyerName: '示例购买方' },
    { buyerTaxNumber: '914403001922038216' },
  );
  const of = (change: Partial<TypedInvoice>): string[] => invoiceDoubts(invoice(change), { request }).map(({ code }) => code);
  it('has none where all agrees', () => {
    expect(of({ buyerTaxNumber: '914403001922038216' })).toEqual([]);
  });
  it('names kind, buyer, rate, arithmetic and date', () => {
    expect(of({ kind: 'ordinary' })).toEqual(['invoice.kind']);
    expect(of({ buyer: '别的公司' })).toEqual(['invoice.buyer']);
    expect(of({ buyerTaxNumber: '91440300708461136T' })).toEqual(['invoice.buyer']);
    expect(of({ rate: '3%', tax: '30' })).toEqual(['invoice.rate']);
    expect(of({ date: '2025-10-19' })).toEqual(['invoice.date']);
    expect(of({ date: '2025-10-20' })).toEqual([]);
    expect(invoiceDoubts({ ...invoice(), total: money('1061') }, { request }).map(({ code }) => code)).toEqual(['invoice.arithmetic']);
  });
  it('keeps a tax number with a wrong check character, and says so', () => {
    expect(invoiceDoubts(invoice({ buyerTaxNumber: '914403001922038217' }), {}).map(({ code }) => code)).toEqual(['invoice.buyer']);
  });
});

describe('payment request', () => {
  it('lets each typed field win over the imported one', () => {
    expect(overlay('R', { billingCycle: '2025-09', amount: 1n, buyerName: 'a', mailbox: 'm' }, { buyerName: 'b' })).toMatchObject({
      amount: 1n,
      buyerName: 'b',
      mailbox: 'm',
      currency: 'CNY',
    });
  });
});
