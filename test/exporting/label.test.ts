import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { printLabels } from '../../electron/exporting/label.ts';
import { gatherLabels, type Label, type LabelPrint } from '../../electron/exporting/label-model.ts';
import { resourcePath } from '../../electron/resources.ts';

const font = (weight: string): string => resourcePath('fonts', weight, `NotoSansSC_${weight}.ttf`);
const fonts = { regular: font('400Regular'), bold: font('700Bold') };
const label = (id: string, change: Partial<Label> = {}): Label => ({
  to: { company: '示例云计算技术有限公司', person: '李示例', phone: '13800138000', address: '广东省深圳市龙岗区示例街道 100 号 3 栋' },
  from: { company: '示例云科技有限公司', person: '王会计', phone: '021-12345678', address: '上海市示例区示例路 8 号' },
  requestIds: [id],
  invoices: 2,
  courier: '顺丰速运',
  tracking: 'SF1234567890123',
  ...change,
});
const unspaced = (text: string): string => text.replace(/\s+/g, '');

async function printed(
  labels: readonly Label[],
  change: Partial<LabelPrint> = {},
): Promise<{ texts: string[]; sizes: string; fonts: string }> {
  const print: LabelPrint = { labels, size: 'a4', language: 'zh', printNumber: 7, at: '2025-11-20 10:00:00', ...change };
  const { pdf, pages } = await printLabels(print, fonts);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'hezhang-'));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  const file = path.join(folder, 'label.pdf');
  fs.writeFileSync(file, pdf);
  const read = (command: string, ...argv: string[]): string => execFileSync(command, argv, { encoding: 'utf8' });
  const texts = read('pdftotext', '-layout', file, '-').split('\f').slice(0, -1).map(unspaced);
  expect(texts).toHaveLength(pages);
  return { texts, sizes: read('pdfinfo', file), fonts: read('pdffonts', file) };
}

it('has both parties, parcel, requests and print number as searchable text in an embedded font', async () => {
  const { texts, fonts: embedded, sizes } = await printed([label('SF2025090001')], { size: '100x150' });
  const parties = '李示例|13800138000|示例云计算技术有限公司|广东省深圳市龙岗区示例街道100号3栋|王会计|021-12345678|上海市示例区示例路8号';
  const parcel = '顺丰速运|SF1234567890123|SF2025090001|发票2张、开票清单|打印编号000007';
  for (const part of `${parties}|${parcel}`.split('|')) {
    expect(texts[0]).toContain(part);
  }
  expect(embedded.match(/NotoSansSC-\w+ .* yes yes yes/g)).toHaveLength(2);
  expect(sizes).toMatch(/Page size:\s+283\.4\d+ x 425\.2?/);
});

it('sets four on an A4 sheet, and marks a preview', async () => {
  const many = Array.from({ length: 5 }, (_, index) => label(`SF${index}`, { tracking: `T${index}` }));
  const { printNumber: _, ...preview } = { printNumber: 0, labels: many, size: 'a4', language: 'zh', at: '2025-11-20 10:00:00' } as const;
  const { texts, sizes } = await printed(preview.labels);
  expect(texts.map((text) => text.match(/收件?/g)?.length)).toEqual([4, 1]);
  expect(sizes).toMatch(/Page size:\s+595\.\d+ x 841\.\d+ pts \(A4\)/);
  const { pdf } = await printLabels(preview, fonts);
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
});

it('wraps a long address and keeps all of it', async () => {
  const address = `广东省深圳市龙岗区${'示例街道很长的地址'.repeat(30)}尾`;
  const { texts } = await printed([label('SF1', { to: { ...label('').to, address } })], { size: '100x150' });
  expect(texts[0]!.match(/示例街道很长的地址/g)?.length ?? 0).toBeGreaterThan(20);
  expect(texts[0]).toContain('尾');
});

it('makes one label of what goes to the same person in the same parcel, and the same bytes of the same print', async () => {
  const labels = gatherLabels([label('SF1'), label('SF2'), label('SF3', { tracking: 'other' })]);
  expect(labels.map(({ requestIds, invoices }) => [requestIds, invoices])).toEqual([
    [['SF1', 'SF2'], 4],
    [['SF3'], 2],
  ]);
  const print: LabelPrint = { labels, size: 'a4', language: 'zh', printNumber: 7, at: '2025-11-20 10:00:00' };
  expect((await printLabels(print, fonts)).sha256).toBe((await printLabels(print, fonts)).sha256);
});

it.each(['a4', '100x150'] as const)('says it in English beside the Chinese (%s)', async (size) => {
  const { texts } = await printed([label('SF1'), label('SF2', { invoices: 1 })], { size, language: 'en' });
  const all = texts.join('');
  for (const part of [
    '快递公司',
    'Courier',
    'Trackingno.',
    'To',
    'From',
    '申付单号Request',
    '2invoices,invoicelist',
    '1invoice,invoicelist',
    '打印编号No.000007',
  ])
    expect(all).toContain(part);
  const { texts: chinese } = await printed([label('SF1')], { size });
  expect(chinese.join('')).not.toMatch(/Courier|invoice/);
});
