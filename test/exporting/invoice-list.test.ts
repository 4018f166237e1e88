import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { printInvoiceList } from '../../electron/exporting/invoice-list.ts';
import { MissingGlyphs } from '../../electron/exporting/pdf-document.ts';
import type { InvoiceListPrint } from '../../electron/exporting/invoice-list-model.ts';
import { resourcePath } from '../../electron/resources.ts';
import { yuan } from '../db/rows.ts';
import { invoiceNumber, print, request } from './listed.ts';

const font = (weight: string): string => resourcePath('fonts', weight, `NotoSansSC_${weight}.ttf`);
const fonts = { regular: font('400Regular'), bold: font('700Bold') };

/** pdftotext sets blanks by its own measure. */
const unspaced = (text: string): string => text.replace(/\s+/g, '');

/** The pages' texts as a reader of the PDF finds them. */
async function pagesOf(what: InvoiceListPrint): Promise<{ texts: string[]; bytes: number; fonts: string }> {
  const { pdf, pages } = await printInvoiceList(what, fonts);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'hezhang-'));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  const file = path.join(folder, 'list.pdf');
  fs.writeFileSync(file, pdf);
  const texts = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' }).split('\f').slice(0, -1);
  expect(texts).toHaveLength(pages);
  return { texts, bytes: pdf.length, fonts: execFileSync('pdffonts', [file], { encoding: 'utf8' }) };
}

describe('printed invoice list', () => {
  it('sets an id that is too long for its column smaller, and does not break it', async () => {
    const ids = ['JLZD2025091000062', 'JLZD2025091000063'];
    const { texts } = await pagesOf(print([request(1, 2, {}, { incentiveBillIds: ids })]));
    for (const id of ids) expect(texts[0]!.split(id)).toHaveLength(3);
  });

  it('holds head, row, subtotal, difference, total in figures and capitals, boxes and print number as searchable text', async () => {
    const { texts, bytes, fonts: embedded } = await pagesOf(print([request(1, 1)]));
    const text = unspaced(texts.join());
    for (const part of [
      '开票清单',
      '示例云科技有限公司',
      '91440300708461136T',
      '示例购买方有限公司',
      '示例市示例路 1 号',
      '王会计',
      'SF1',
      '2025-09',
      'JL1',
      '代售激励',
      '数电专票',
      invoiceNumber(1, 0),
      '差额 0.00',
      'CNY 106.00',
      '人民币壹佰零陆元整',
      '经办人签字',
      '盖章',
      '快递单号',
      '打印编号 000012',
      '第 1 / 1 页',
    ]) {
      expect(text).toContain(unspaced(part));
    }
    expect(text).not.toContain('重印');
    expect(text).not.toContain('预览');
    expect(bytes).toBeLessThan(400_000);
    expect(embedded.match(/NotoSansSC-\w+ .* yes yes yes/g)).toHaveLength(2);
  });

  it('has English beside the Chinese words of its cells where English is asked for', async () => {
    const many = { incentiveBillIds: ['JL1', 'JL2', 'JL3', 'JL4'] };
    const incentives = ['resale', 'referral', '别的'].map((associationType, i) => ({ id: `JL${i}`, name: `激励${i}`, associationType }));
    const { texts } = await pagesOf(print([request(1, 1, { incentives }, many)], { language: 'en' }));
    const found = texts.join();
    for (const word of [
      '代售',
      'Resale',
      '顾问销售',
      'Referral',
      '别的',
      '数电专票',
      'Digital',
      'special',
      '见表头',
      'see the head',
      '张发票 invoice）',
    ])
      expect(unspaced(found)).toContain(unspaced(word));
    const chinese = (await pagesOf(print([request(1, 1, { incentives }, many)]))).texts.join();
    expect(chinese).not.toMatch(/Resale|Referral|Digital|see the head|invoice/);
  });

  it('finds all of 500 invoice numbers, the header row on every page, and counts the pages', async () => {
    const { texts } = await pagesOf(print([request(1, 500)]));
    const all = texts.join('\n');
    for (let index = 0; index < 500; index += 1) expect(all).toContain(invoiceNumber(1, index));
    for (const [index, text] of texts.entries()) {
      expect(text).toContain('发票号码');
      expect(unspaced(text)).toContain(`第${index + 1}/${texts.length}页`);
    }
    expect(texts.length).toBeGreaterThan(10);
    expect(texts.at(-1)).toContain('快递单号');
  });

  it('begins each request of a batch on a new page with its own total', async () => {
    const { texts } = await pagesOf(print([request(1, 1), request(2, 3), request(3, 2)]));
    expect(texts).toHaveLength(3);
    expect(texts.map((text) => /CNY ([\d.,]+)/.exec(text)?.[1])).toEqual(['106.00', '318.00', '212.00']);
    expect(texts[1]).not.toContain(invoiceNumber(1, 0));
  });

  it.each(['zh', 'en'] as const)('finds every number of 50 requests with 120 invoices in one small file (%s)', async (language) => {
    const batch = Array.from({ length: 50 }, (_, index) => request(index + 1, index % 5 === 0 ? 4 : 2));
    const { texts, bytes } = await pagesOf(print(batch, { language }));
    expect(batch.flatMap(({ invoices }) => invoices)).toHaveLength(120);
    expect(texts).toHaveLength(50);
    for (const [index, { invoices, request: own }] of batch.entries()) {
      const text = unspaced(texts[index]!);
      for (const { number } of invoices) expect(text).toContain(number);
      expect(text).toContain(`申付单${language === 'en' ? 'Request' : ''}${own.requestId}小计`);
      expect(text).toMatch(/差额(Difference)?0\.00/);
      expect(text).toContain('第1/1页');
    }
    expect(bytes).toBeLessThan(400_000);
  });

  it('names the currency in capitals too', async () => {
    const { texts } = await pagesOf(print([request(1, 1, {}, { currency: 'USD' })]));
    const text = unspaced(texts.join());
    expect(text).toContain('USD106.00');
    expect(text).toContain('USD壹佰零陆元整');
    expect(text).not.toContain('人民币');
  });

  it('lists many incentive bills once, in the head, so that its rows stay low', async () => {
    const incentiveBillIds = Array.from({ length: 30 }, (_, index) => `JLZD2025${String(index).padStart(4, '0')}A-华北大区`);
    const incentives = incentiveBillIds.map((id, index) => ({ id, name: `激励计划${index}号`, associationType: 'resale' }));
    const { texts } = await pagesOf(print([request(1, 3, { incentives }, { incentiveBillIds })]));
    expect(texts).toHaveLength(1);
    const text = unspaced(texts.join());
    for (const { id, name } of incentives) expect(text.split(`${id}`).length - 1, name).toBe(1);
    expect(text).toContain('激励计划29号');
    expect(text.match(/共30项，见表头/g)).toHaveLength(6);
  });

  it('lists names in the head where they would make every row tall', async () => {
    const incentives = ['华北', '华南'].map((area, i) => ({
      id: `JL${i}`,
      name: `${area}${'顾问销售基础激励与专项激励叠加'.repeat(6)}`,
      associationType: 'resale',
    }));
    const { texts } = await pagesOf(print([request(1, 5, { incentives })]));
    expect(texts).toHaveLength(1);
    expect(unspaced(texts[0]!).match(/共2项，见表头/g)).toHaveLength(5);
    expect(texts[0]!.split('华南')).toHaveLength(2);
  });

  it('says on each further page which request it goes on with, beside the title', async () => {
    const zh = await pagesOf(print([request(1, 60)]));
    const en = await pagesOf(print([request(1, 60, { printedBefore: 1 })], { language: 'en' }));
    expect(zh.texts[0]).not.toContain('续');
    expect(unspaced(zh.texts[1]!)).toContain('续申付单SF1');
    expect(unspaced(en.texts[1]!)).toContain(unspaced('续 申付单 Continued: request SF1'));
    expect(unspaced(en.texts[1]!)).toContain('重印Reprint');
    expect(unspaced(en.texts.at(-1)!)).toContain(unspaced('申付单 Request SF1 小计 Subtotal'));
  });

  it('marks a reprint, a preview, and a list that goes with the vendor’s own', async () => {
    const reprint = await pagesOf(print([request(1, 1, { printedBefore: 2 }), request(2, 1)], { accompaniesVendorList: true }));
    expect(reprint.texts[0]).toContain('重印（第 3 次打印）');
    expect(reprint.texts[1]).not.toContain('重印');
    expect(reprint.texts[0]).toContain('以贵方清单为准');
    const { printNumber: _, ...preview } = print([request(1, 1, { printedBefore: 2 })]);
    const { texts } = await pagesOf(preview);
    expect(texts.join()).toContain('打印编号 预览 Preview');
    expect(texts.join()).not.toContain('重印');
  });

  it('fills in how it is mailed where that is known, and names the print before', async () => {
    const mailing = { courier: '顺丰速运', tracking: 'SF1234567890123', on: '2025-11-21' };
    const lastPrint = { id: 11, at: '2025-11-19 09:30:00' };
    const { texts } = await pagesOf(print([request(1, 1, { mailing, printedBefore: 1, lastPrint }), request(2, 1)]));
    for (const part of ['顺丰速运', 'SF1234567890123', '2025-11-21', '前次打印 000011', '2025-11-19 09:30:00']) {
      expect(unspaced(texts[0]!)).toContain(unspaced(part));
      expect(unspaced(texts[1]!)).not.toContain(unspaced(part));
    }
    const long = await pagesOf(print([request(1, 1, { mailing: { ...mailing, courier: '很长的快递公司名称'.repeat(20) } })]));
    expect(unspaced(long.texts[0]!)).toContain('很长的快递公司名称很长');
    expect(long.texts[0]).toContain('…');
  });

  it('leaves number and code empty for writing by hand, with invoices and without', async () => {
    const old = { ...request(1, 1).invoices[0]!, number: '03630024', code: '1200154130' };
    const { texts } = await pagesOf(print([request(1, 1, { invoices: [old] })], { emptyNumbers: true }));
    expect(texts[0]).not.toMatch(/03630024|1200154130/);
    expect(texts[0]).toContain('专用发票');
    const bare = await pagesOf(print([request(2, 0, {}, { amount: yuan('12345.67') })], { emptyNumbers: true, language: 'en' }));
    expect(bare.texts[0]).toContain('人民币壹万贰仟叁佰肆拾伍元陆角柒分');
    expect(bare.texts[0]).toContain('Invoice number');
    expect(bare.texts[0]).not.toContain('0.00');
  });

  it('prints negative amounts', async () => {
    const red = { ...request(1, 1).invoices[0]!, net: yuan('-100'), tax: yuan('-6'), total: yuan('-106') };
    const { texts } = await pagesOf(print([request(1, 1, { invoices: [red] }, { amount: yuan('-106') })]));
    expect(texts[0]).toContain('人民币负壹佰零陆元整');
    expect(texts[0]).toContain('-106.00');
  });

  it('gives the same bytes for the same print', async () => {
    const what = print([request(1, 2)]);
    const [first, second] = [await printInvoiceList(what, fonts), await printInvoiceList(what, fonts)];
    expect(first.sha256).toBe(second.sha256);
    expect((await printInvoiceList({ ...what, printNumber: 13 }, fonts)).sha256).not.toBe(first.sha256);
  });

  it('names characters that the font lacks instead of printing boxes', async () => {
    const failing = printInvoiceList(print([request(1, 1, {}, { buyerName: '笑😀公司' })]), fonts);
    await expect(failing).rejects.toThrow(MissingGlyphs);
    await expect(failing).rejects.toMatchObject({ characters: ['😀'] });
  });
});
