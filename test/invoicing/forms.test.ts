import { describe, expect, it } from 'vitest';
import { digitalLayout, digitalXml, expected, ofdOf, olderLayout, originalXml, pdfOf, sample, scannedPdf, zipOf } from './e-invoices.ts';
import { read, sourcesOf, valuesOf } from './reading.ts';

const old = { number: '12345678', code: '044002500111' };

describe('xml', () => {
  it('is read to the last field', async () => {
    const invoice = await read(digitalXml());
    expect(valuesOf(invoice)).toEqual(expected);
    expect(new Set(Object.values(sourcesOf(invoice)))).toEqual(new Set(['xml']));
    expect(invoice).toMatchObject({ disagreements: [], notes: [] });
  });

  it('in GB18030, with a byte order mark, or with a prefix, is the same', async () => {
    const gb = digitalXml({ buyer: 'A', seller: 'B', remark: '', capitals: '' }).replace('UTF-8', 'GBK');
    const ascii = valuesOf(await read(Buffer.from(gb.replace(/[^ -~\n]/g, ''), 'latin1')));
    expect(ascii).toMatchObject({ number: sample.number, buyer: 'A' });
    expect(valuesOf(await read(`\uFEFF${digitalXml()}`))).toEqual(expected);
    expect(
      valuesOf(
        await read(
          digitalXml()
            .replaceAll(/<(\/?)(\w)/g, '<$1x:$2')
            .replace('<x:EInvoice', '<x:EInvoice xmlns:x="u"'),
        ),
      ),
    ).toEqual(expected);
  });

  it('in a zip, as the tax platform hands it out, is the same; several are to be unpacked', async () => {
    const invoice = await read(await zipOf({ 'dzfp.xml': digitalXml() }));
    expect(valuesOf(invoice)).toEqual(expected);
    expect(sourcesOf(invoice).number).toBe('xml');
    const two = await zipOf({ 'a.xml': digitalXml(), 'b.xml': digitalXml({ number: '25442000000012345679' }) });
    await expect(read(two)).rejects.toMatchObject({ code: 'invoice-file.several' });
  });

  it('with several rates names them all instead of one, and counts the lines', async () => {
    const values = valuesOf(await read(digitalXml({}, ['0.06', '0.13', '0.06'])));
    expect(values).toMatchObject({ rates: '6%、13%', lines: '3' });
    expect(values).not.toHaveProperty('rate');
  });

  it('of an ordinary invoice says so', async () => {
    expect(valuesOf(await read(digitalXml({}, ['0.06'], '02'))).kind).toBe('ordinary');
  });
});

describe('ofd', () => {
  it('takes the attached invoice first', async () => {
    const invoice = await read(await ofdOf({ attached: originalXml(), custom: { 合计金额: '1.00' } }));
    const { kind: _kind, ...rest } = expected;
    expect(valuesOf(invoice)).toEqual({ ...rest, ...old });
    expect(invoice.disagreements).toMatchObject([{ field: 'net', values: [{ value: sample.net }, { value: '1.00' }] }]);
    const digital = await read(await ofdOf({ more: { 'Doc_0/Attachs/whatever.xml': digitalXml() } }));
    expect(valuesOf(digital)).toEqual(expected);
  });

  it('else its custom data', async () => {
    const custom = {
      发票号码: sample.number,
      开票日期: '2025年11月05日',
      合计金额: sample.net,
      合计税额: sample.tax,
      价税合计: sample.total,
    };
    const tax = { 购买方纳税人识别号: sample.buyerTaxNumber, 销售方纳税人识别号: sample.sellerTaxNumber };
    const { number, date, net, total, buyerTaxNumber, sellerTaxNumber } = sample;
    expect(valuesOf(await read(await ofdOf({ custom: { ...custom, ...tax } })))).toEqual({
      number,
      date,
      net,
      tax: sample.tax,
      total,
      buyerTaxNumber,
      sellerTaxNumber,
    });
  });

  it('else its custom tags, which point at texts of the page', async () => {
    const { texts } = digitalLayout(sample);
    const at = (text: string): number => texts.findIndex((one) => one.text === text);
    const tags = { InvoiceNo: at(sample.number), BuyerName: at(sample.buyer), TaxInclusiveTotalAmount: at(`¥${sample.total}`) };
    const invoice = await read(await ofdOf({ tags, layout: digitalLayout }));
    expect(valuesOf(invoice)).toEqual(expected);
    expect(invoice.disagreements).toEqual([]);
  });

  it.each([
    ['digital', digitalLayout, expected],
    ['older', olderLayout, { ...expected, ...old }],
  ])('else the page, %s', async (_, layout, values) => {
    expect(valuesOf(await read(await ofdOf({ layout })))).toEqual(values);
  });
});

describe('pdf', () => {
  it.each([
    ['digital', digitalLayout, expected],
    ['older', olderLayout, { ...expected, ...old }],
  ])('is read off the page, %s', async (_, layout, values) => {
    const invoice = await read(await pdfOf(layout));
    expect(valuesOf(invoice)).toEqual(values);
    expect(new Set(Object.values(sourcesOf(invoice)))).toEqual(new Set(['pdf']));
  });

  it('takes the document information first, and shows where it differs from the page', async () => {
    const info = { InvoiceNumber: sample.number, IssueTime: '2025年11月05日', 'TotalTax-includedAmount': '100000.01' };
    const invoice = await read(await pdfOf(digitalLayout, {}, info));
    expect(valuesOf(invoice)).toEqual({ ...expected, total: '100000.01' });
    expect(invoice.disagreements.map(({ field, values }) => [field, values.map(({ value }) => value)])).toEqual([
      ['total', ['100000.01', '100000.00']],
    ]);
  });

  it('reads red invoices and thousands separators', async () => {
    const red = { net: '-1,000.00', tax: '-60.00', total: '-1,060.00', capitals: '（负数）壹仟零陆拾圆整' };
    expect(valuesOf(await read(await pdfOf(digitalLayout, red)))).toMatchObject({ net: '-1000.00', tax: '-60.00', total: '-1060.00' });
  });

  it('that is a scan says so and offers typing', async () => {
    await expect(read(await scannedPdf())).rejects.toMatchObject({ code: 'invoice-file.no-text', zh: expect.stringContaining('手工录入') });
  });
});

describe('file names', () => {
  it('of the tax platform are a source of their own', async () => {
    const other = '25442000000099999999';
    const invoice = await read(digitalXml(), `dzfp_${other}_别家公司_20251105102030.xml`);
    expect(valuesOf(invoice).number).toBe(sample.number);
    expect(invoice.disagreements).toMatchObject([
      { field: 'number', values: [{ from: 'xml' }, { from: 'filename', value: other }] },
      { field: 'buyer', values: [{ from: 'xml' }, { from: 'filename', value: '别家公司' }] },
    ]);
    const same = await read(digitalXml(), `dzfp_${sample.number}_${sample.buyer}_20251105102030.xml`);
    expect(same.disagreements).toEqual([]);
  });
});
