import { describe, expect, it } from 'vitest';
import { checkInvoice, invoiceDoubts, type InvoiceFacts } from '../../electron/core/invoice-checks.ts';
import { completeAmounts } from '../../electron/core/complete-amounts.ts';
import { suggestRequests } from '../../electron/core/invoice-suggestions.ts';
import type { Invoice } from '../../electron/core/invoice.ts';
import { parseMoney } from '../../electron/core/money.ts';
import { overlay } from '../../electron/core/request.ts';

const money = (text: string): bigint => parseMoney(text)!;
const invoice: Invoice = {
  number: '25442000000012345678',
  code: '',
  kind: 'special',
  date: '2025-11-05',
  net: money('94339.62'),
  tax: money('5660.38'),
  total: money('100000'),
  rate: money('0.06'),
  buyer: '示例云计算（深圳）有限公司',
  buyerTaxNumber: '914403001922038216',
  seller: '示范伙伴科技有限公司',
  sellerTaxNumber: '91440300708461136T',
  remark: '申付单号 SF1；对账期次 2025-09',
  capitals: '壹拾万圆整',
  lines: 1,
  requestId: 'SF1',
  addedAt: '2025-11-20 10:00:00',
  sources: [],
};
const request = overlay(
  'SF1',
  { billingCycle: '2025-09', amount: money('100000'), taxRate: money('0.06'), appliedAt: '2025-10-20' },
  {
    buyerName: '示例云计算(深圳)有限公司',
    buyerTaxNumber: '914403001922038216',
  },
);
const facts: InvoiceFacts = {
  request,
  invoiced: money('100000'),
  seller: { name: '示范伙伴科技有限公司', taxNumber: '91440300708461136T' },
  requestIds: ['SF1', 'SF10', 'SF2'],
};
const codes = (change: Partial<Invoice>, around: Partial<InvoiceFacts> = {}): string[] =>
  invoiceDoubts({ ...invoice, ...change }, { ...facts, ...around }).map(({ code }) => code);

describe('the invoice group', () => {
  it('finds nothing on a sound invoice, and compares everything', () => {
    const checks = checkInvoice(invoice, facts);
    expect(checks.filter(({ doubt }) => doubt)).toEqual([]);
    expect(checks.every(({ compared }) => compared)).toBe(true);
    expect(checks.map(({ code }) => code)).toHaveLength(new Set(checks.map(({ code }) => code)).size);
  });

  it.each<[string, Partial<Invoice>, Partial<InvoiceFacts>]>([
    ['invoice.sum', {}, { invoiced: money('99999.99') }],
    ['invoice.number', { number: '24442000000012345678' }, {}],
    ['invoice.shared', { remark: '申付单号 SF1、SF2；对账期次 2025-09' }, {}],
    ['invoice.kind', { kind: 'ordinary' }, {}],
    ['invoice.buyer', { buyer: '别的公司' }, {}],
    ['invoice.buyer', { buyerTaxNumber: '91440300708461136T' }, {}],
    ['invoice.seller', { seller: '别的公司' }, {}],
    ['invoice.seller', { sellerTaxNumber: '914403001922038216' }, {}],
    ['invoice.rate', { rate: money('0.03'), tax: money('2830.19'), total: money('97169.81'), capitals: '' }, { invoiced: money('100000') }],
    ['invoice.rate', { rate: undefined, rates: '6%、13%' }, {}],
    ['invoice.currency', {}, { request: { ...request, currency: 'USD' } }],
    ['invoice.arithmetic', { total: money('100000.01'), capitals: '' }, {}],
    ['invoice.arithmetic', { net: money('94339.60'), tax: money('5660.40') }, {}],
    ['invoice.arithmetic', { capitals: '壹拾万零壹圆整' }, {}],
    ['invoice.remark', { remark: '' }, {}],
    ['invoice.remark', { remark: '申付单号 SF10；对账期次 2025-09' }, { requestIds: ['SF1'] }],
    ['invoice.remark', { remark: '申付单号 SF1' }, {}],
    ['invoice.date', { date: '2025-10-19' }, {}],
    ['invoice.date', { date: '2025-11-21' }, {}],
  ])('finds %s, alone', (code, change, around) => {
    expect(codes(change, around)).toEqual([code]);
  });

  it.each<[string, Partial<Invoice>]>([
    ['two lines, each rounded', { net: money('94339.61'), tax: money('5660.39'), lines: 2 }],
    ['a remark nobody looked at', { remark: undefined }],
    ['a month in other words', { remark: 'SF1 2025年9月激励' }],
    ['no blank behind the id', { remark: '申付单SF1期次202509' }],
    ['capitals with another character', { capitals: '人民币壹拾万元正' }],
  ])('has no doubt about %s', (_, change) => {
    expect(codes(change)).toEqual([]);
  });

  it('a check that has nothing to compare says so and finds nothing', () => {
    const bare: Invoice = { ...invoice, buyer: undefined, buyerTaxNumber: undefined, seller: undefined, sellerTaxNumber: undefined };
    const alone = checkInvoice({ ...bare, rate: undefined, remark: undefined, requestId: undefined, addedAt: undefined }, {});
    expect(alone.filter(({ compared }) => compared).map(({ code }) => code)).toEqual(['invoice.number', 'invoice.arithmetic']);
    expect(alone.filter(({ doubt }) => doubt)).toEqual([]);
  });
});

describe('suggestions', () => {
  const open = (id: string, amount: string, invoiced = '0') => ({
    request: { ...request, requestId: id, amount: money(amount) },
    invoiced: money(invoiced),
  });
  it('are requests that the remark names, then those of which just this is open', () => {
    const requests = [open('SF1', '5'), open('SF2', '1060', '60'), open('SF3', '1000', '60'), open('SF10', '7')];
    expect(suggestRequests({ remark: '申付单SF10', total: money('1000') }, requests).map(({ requestId, by }) => [requestId, by])).toEqual([
      ['SF10', 'remark'],
      ['SF2', 'amount'],
    ]);
    expect(suggestRequests({}, requests)).toEqual([]);
  });
});

describe('amounts that follow', () => {
  it.each([
    [
      { net: '1', tax: '0.06' },
      { net: '1', tax: '0.06' },
    ],
    [
      { net: '100', total: '106' },
      { net: '100.00', tax: '6.00' },
    ],
    [
      { tax: '6', total: '106' },
      { net: '100.00', tax: '6.00' },
    ],
    [
      { net: '94339.62', rate: '6%' },
      { net: '94339.62', tax: '5660.38' },
    ],
    [
      { total: '633.00', rate: '0.06' },
      { net: '597.17', tax: '35.83' },
    ],
    [
      { total: '-633.00', rate: '6%' },
      { net: '-597.17', tax: '-35.83' },
    ],
    [{ total: '633.00' }, undefined],
    [{ rate: '6%' }, undefined],
    [{ total: 'x', rate: '6%' }, undefined],
  ])('%j → %j', (known, expected) => {
    expect(completeAmounts(known)).toEqual(expected);
  });
});
