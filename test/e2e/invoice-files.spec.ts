import fs from 'node:fs';
import path from 'node:path';
import { digitalLayout, digitalXml, ofdOf, pdfOf, sample, scannedPdf } from '../invoicing/e-invoices.ts';
import { expect, test } from './fixtures.ts';

test('e-invoice files: read, shown with their sources, corrected, tied and stored', async ({ serve, folder }) => {
  const files = {
    'a.xml': digitalXml(),
    'b.ofd': await ofdOf({ more: { 'x.xml': digitalXml({ net: '94339.61' }) } }),
    'c.pdf': await pdfOf(digitalLayout, { number: '25442000000012345679' }),
    'scan.pdf': await scannedPdf(),
  };
  for (const [name, bytes] of Object.entries(files)) fs.writeFileSync(path.join(folder, name), bytes);
  const { page } = await serve();
  await page.getByRole('navigation').getByRole('button', { name: '开票' }).click();
  const region = page.getByRole('region', { name: '读取电子发票' });
  const chooser = page.waitForEvent('filechooser');
  await region.getByRole('button', { name: '选择文件', exact: true }).click();
  await (await chooser).setFiles(Object.keys(files).map((name) => path.join(folder, name)));

  const first = region.getByRole('article', { name: 'a.xml、b.ofd' });
  await expect(first.getByLabel('发票号码')).toHaveValue(sample.number);
  await expect(first.getByLabel('备注')).toHaveValue(sample.remark);
  await expect(region.getByRole('article', { name: 'scan.pdf' })).toContainText('扫描件');
  await first.getByRole('button', { name: 'OFD 写的是 94339.61，改用它' }).click();
  await expect(first.getByLabel('不含税金额')).toHaveValue('94339.61');
  await first.getByRole('button', { name: 'XML 写的是 94339.62，改用它' }).click();
  await first.getByLabel('开票日期').fill('2025-13-01');
  await expect(first.getByRole('button', { name: '核对无误，保存' })).toBeDisabled();
  await first.getByLabel('开票日期').fill(sample.date);
  await first.getByRole('button', { name: '核对无误，保存' }).click();
  await expect(first).toHaveCount(0);
  await expect(region.getByRole('list', { name: '还没有关联申付单的发票' })).toContainText(sample.number);
  await region.getByLabel('粘贴发票二维码的文字').fill('01,31,,24312000000358032546,633.00,20241118,,16C0');
  await region.getByRole('button', { name: '读取', exact: true }).click();
  const qr = region.getByRole('article', { name: 'QR' });
  await expect(qr.getByRole('button', { name: '核对无误，保存' })).toBeDisabled();
  await qr.getByLabel('税率').fill('6%');
  await expect(qr.getByRole('button', { name: '核对无误，保存' })).toBeEnabled();
  if (process.env['E2E_PICTURE']) await page.screenshot({ path: process.env['E2E_PICTURE'], fullPage: true });
});

test('e-invoices that nothing speaks against are saved by one click; the others and a changed one stay', async ({ serve, folder }) => {
  const numbers = ['25442000000012345601', '25442000000012345602', '25442000000012345603'];
  for (const number of numbers) fs.writeFileSync(path.join(folder, `${number}.xml`), digitalXml({ number }));
  fs.writeFileSync(path.join(folder, 'scan.pdf'), await scannedPdf());
  const { page } = await serve();
  await page.getByRole('navigation').getByRole('button', { name: '开票' }).click();
  const region = page.getByRole('region', { name: '读取电子发票' });
  const chooser = page.waitForEvent('filechooser');
  await region.getByRole('button', { name: '选择文件', exact: true }).click();
  await (await chooser).setFiles([...numbers.map((number) => `${number}.xml`), 'scan.pdf'].map((name) => path.join(folder, name)));
  await expect(region.getByRole('button', { name: '核对无误，保存这 3 张' })).toBeEnabled();
  await region.getByRole('article', { name: numbers[0]! }).getByLabel('备注').fill('另行核对');
  await region.getByRole('button', { name: '核对无误，保存这 2 张' }).click();
  await expect(region.getByRole('list', { name: '还没有关联申付单的发票' }).getByRole('listitem')).toHaveCount(2);
  await expect(region.getByRole('article')).toHaveCount(2);
  await expect(region.getByRole('article', { name: numbers[0]! }).getByLabel('备注')).toHaveValue('另行核对');
  await expect(region.getByRole('button', { name: /^核对无误，保存这/ })).toHaveCount(0);
});
