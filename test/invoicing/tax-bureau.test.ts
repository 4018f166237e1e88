import { describe, expect, it } from 'vitest';
import { bureauLayout } from '../fixtures/invoices/bureau-page.ts';
import { capitalsOf } from '../fixtures/invoices/capitals.ts';
import { buyer, seller, type EInvoice, type InvoiceLine } from '../fixtures/invoices/invoice.ts';
import { olderLayout } from '../fixtures/invoices/older-page.ts';
import type { Layout } from '../fixtures/invoices/page.ts';
import { ofdFile, pdfFile } from '../fixtures/invoices/pages-file.ts';
import { centsText } from '../fixtures/invoices/xml.ts';
import { read, valuesOf } from './reading.ts';

const yuan = 100_000_000n;
const line = (name: string, net: bigint, rate = 6n): InvoiceLine => ({ name, net: net * yuan, rate, tax: (net * yuan * rate) / 100n });

/** An invoice of these lines, changed as told. */
function invoiceOf(lines: readonly InvoiceLine[], change: Partial<EInvoice> = {}): EInvoice {
  const [net, tax] = [lines.reduce((n, l) => n + l.net, 0n), lines.reduce((n, l) => n + l.tax, 0n)];
  const signed = net + tax < 0n ? `（负数）${capitalsOf(-net - tax)}` : capitalsOf(net + tax);
  return {
    requestId: 'SF20251001',
    month: '2025-09',
    form: 'pdf',
    kind: 'special',
    number: '25442000000912345678',
    code: '',
    date: '2025-11-05',
    enteredOn: '2025-11-06',
    lines: [...lines],
    net,
    tax,
    total: net + tax,
    capitals: signed,
    buyer,
    seller,
    remark: '申付单号：SF20251001；对账期次：2025-09',
    currency: 'CNY',
    ...change,
  };
}

/** Every field of the print, as a full reading has it. */
function printed(invoice: EInvoice): Record<string, string> {
  const rates = [...new Set(invoice.lines.map(({ rate }) => `${rate}%`))];
  return {
    number: invoice.number,
    ...(invoice.code !== '' && { code: invoice.code }),
    kind: invoice.kind,
    date: invoice.date,
    net: centsText(invoice.net),
    tax: centsText(invoice.tax),
    total: centsText(invoice.total),
    [rates.length > 1 ? 'rates' : 'rate']: rates.join('、'),
    buyer: invoice.buyer.name,
    buyerTaxNumber: invoice.buyer.taxNumber,
    seller: invoice.seller.name,
    sellerTaxNumber: invoice.seller.taxNumber,
    remark: invoice.remark,
    capitals: invoice.capitals,
    lines: String(invoice.lines.length),
  };
}

const plain = [line('*信息技术服务*云服务销售激励', 94_340n)];
const longNames = [
  line('*信息技术服务*云服务销售激励（二〇二五年第三季度新客户拓展与存量客户经营专项，含 CDN 6% 与 OBS）', 50_000n),
  line('*现代服务*市场推广服务费（示例），按申付单结算', 12_000n, 13n),
  line('*信息技术服务*折扣', -2_000n),
];
const many = Array.from({ length: 13 }, (_, i) => line(`*信息技术服务*第${i + 1}项激励`, BigInt(1000 + i), i === 11 ? 13n : 6n));
const longParties = {
  buyer: { name: '星海远航（虚构）智能装备制造与供应链数字化服务（集团）股份有限公司华东第二分公司', taxNumber: buyer.taxNumber },
  seller: { name: '长风万里（虚构）国际物流与冷链仓储管理（深圳前海）股份有限公司', taxNumber: seller.taxNumber },
};
const red = {
  remark:
    '被红冲蓝字数电票号码：25442000000987654321 红字发票信息确认单编号：44030125111000012345\n申付单号：SF20251001；对账期次：2025-09',
};
const old = { number: '12345678', code: '044002500111' };
const long = {
  remark: `申付单号：SF20251001；对账期次：2025-09；激励账单ID：${Array.from({ length: 9 }, (_, i) => `JLZD2025090${i}A`).join('、')}`,
};

const cases: readonly [string, EInvoice, Layout][] = [
  ['the plain print', invoiceOf(plain), bureauLayout()],
  ['¥ as a text of its own', invoiceOf(plain), bureauLayout({ yen: 'apart' })],
  ['¥ behind the amounts, labels and values in one text', invoiceOf(plain), bureauLayout({ yen: 'behind', joined: true })],
  ['long item names over several lines, two rates, a discount', invoiceOf(longNames), bureauLayout()],
  ['long names of both parties, over two lines', invoiceOf(plain, longParties), bureauLayout()],
  [
    'long names of both parties in one text with their labels',
    invoiceOf(plain, longParties),
    bureauLayout({ joined: true, nameWidth: 258 }),
  ],
  ['two pages with a subtotal each', invoiceOf(many), bureauLayout({ perPage: 8 })],
  ['a red invoice that names the blue one', invoiceOf([line('*信息技术服务*激励冲红', -1_000n)], red), bureauLayout()],
  ['an ordinary invoice', invoiceOf(plain, { kind: 'ordinary' }), bureauLayout()],
  ['a remark of several lines', invoiceOf(plain, long), bureauLayout()],
  ['the older print with code, check code and cipher', invoiceOf(longNames.slice(1), old), olderLayout],
  ['the older print, one line', invoiceOf(plain, { ...old, code: '0440025001' }), olderLayout],
];

describe.each([
  ['pdf', pdfFile],
  ['ofd', ofdFile],
] as const)('%s in the tax bureau’s own prints', (form, fileOf) => {
  it.each(cases)('%s, to the last field', async (_, invoice, layout) => {
    const name = `dzfp_${invoice.number}_${invoice.buyer.name}_20251105100125.${form}`;
    const found = await read(await fileOf(invoice, layout), name);
    // Where a remark breaks its line is the print's own.
    const values = valuesOf(found);
    const joined = { ...values, remark: (values['remark'] ?? '').replaceAll('\n', '') };
    expect(joined).toEqual({ ...printed(invoice), remark: invoice.remark.replaceAll('\n', '') });
    expect(found.disagreements).toEqual([]);
    expect(found.notes).toEqual([]);
  });
});

describe('ofd as other issuers write it', () => {
  it.each([
    ['points under a matrix, texts as CDATA', { inPoints: true, cdata: true }],
    ['a stamp over the page that looks like a number', { stamp: '发票号码：99999999999999999999 名称：全国统一发票监制章' }],
  ])('%s', async (_, look) => {
    for (const [, invoice, layout] of cases) {
      const found = await read(await ofdFile(invoice, layout, look), 'a.ofd');
      const values = valuesOf(found);
      expect({ ...values, remark: (values['remark'] ?? '').replaceAll('\n', '') }).toEqual({
        ...printed(invoice),
        remark: invoice.remark.replaceAll('\n', ''),
      });
      expect(found.disagreements).toEqual([]);
    }
  });

  it('characters that a font shares with a radical come out as themselves', async () => {
    const buyerOf = { name: '⻓⻛万⾥（虚构）⻋联⽹⻘⻰⻰⾦属有限公司', taxNumber: buyer.taxNumber };
    const found = await read(await ofdFile(invoiceOf(plain, { buyer: buyerOf, remark: '申付单号：SF1；⽉份：2025-09' })), 'a.ofd');
    expect(valuesOf(found)).toMatchObject({ buyer: '长风万里（虚构）车联网青龙龙金属有限公司', remark: '申付单号：SF1；月份：2025-09' });
  });
});
