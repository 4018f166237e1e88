import fs from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';

const go = (page: Page, hash: string) => page.goto(new URL(`/${hash}`, page.url()).href);

const at = '2025-09-10 08:00:00';
const billHead = '账期,客户ID,客户账号名,客户经理,订单号/交易号,产品类型,计费模式,账单类型,客户交易时间,客户消费金额,结算金额,应还金额\n';
const billed = (customer: string, manager: string, trade: string, amount: string): string =>
  `2025-09,${customer},acme-${customer},${manager},${trade},云主机,按需,消费,${at},${amount},${amount},${amount}\n`;
const usedHead = '账期,客户ID,客户账号名,客户经理,关联类型,订单号/交易号,产品类型,计费模式,账单类型,客户交易时间,应付金额,现金支付\n';
const used = (trade: string, amount: string): string => `2025-09,c1,acme-c1,甲,代售,${trade},云主机,按需,消费,${at},${amount},${amount}\n`;

async function choose(page: Page, folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  const paths = Object.entries(files).map(([name, text]) => {
    const file = path.join(folder, name);
    fs.writeFileSync(file, text);
    return file;
  });
  await go(page, '#/import');
  const choosing = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: '选择文件…' }).first().click();
  await (await choosing).setFiles(paths);
}

test('what a file covers is said from the keyboard: tried, kept, shown, taken back', async ({ serve, folder }) => {
  const { page } = await serve();
  await choose(page, folder, {
    '账单.csv': billHead + billed('c1', '甲', 'A', '60.00') + billed('c2', '乙', 'B', '40.00'),
    '消费.csv': usedHead + used('A', '60.00'),
  });
  await page.getByRole('button', { name: /^导入 2/ }).click();
  await expect(page.getByRole('region', { name: '导入结果' })).toContainText('已导入');
  await go(page, '#/findings?cycle=2025-09');
  await page.locator('main').getByRole('button', { name: '对账', exact: true }).click();
  const grid = page.getByRole('grid', { name: '差异列表' });
  await expect(grid).toHaveAttribute('aria-rowcount', '2');
  await grid.getByRole('row', { name: /账单有行而无消费/ }).click();
  await expect(page.getByRole('region', { name: '差异详情' }).last()).toContainText('这份文件看起来只导出了甲的');

  await go(page, '#/import');
  const row = page.locator('.history').getByRole('row', { name: /消费\.csv/ });
  await row.getByRole('button', { name: '范围…' }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: '标注导出范围' });
  await expect(dialog.getByRole('button', { name: '保存标注' })).toBeDisabled();
  await dialog.getByRole('combobox', { name: '客户经理' }).focus();
  await page.keyboard.type('甲');
  await page.keyboard.press('Enter');
  await dialog.getByRole('button', { name: '预览影响' }).focus();
  await page.keyboard.press('Enter');
  await expect(dialog).toContainText('差异新增 0 条、消失 1 条、变化 0 条');
  await dialog.getByRole('button', { name: '保存标注' }).focus();
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(row).toContainText('只含 客户经理 甲');

  await row.getByRole('button', { name: '范围…' }).click();
  await dialog.getByRole('button', { name: '撤销标注' }).click();
  await expect(dialog).toBeHidden();
  await expect(row).not.toContainText('只含');
});

test('two files of one drop that contradict each other are asked about before anything is imported', async ({ serve, folder }) => {
  const { page } = await serve();
  await choose(page, folder, { '1.csv': usedHead + used('A', '60.00'), '2.csv': usedHead + used('A', '61.00') });
  await page.getByRole('button', { name: '先回答 1 个文件' }).click();
  await expect(page.getByText(/与这一批里的“1\.csv”有 1 行同号不同值/)).toBeVisible();
  await page.getByText('较旧的，不导入').click();
  await expect(page.getByRole('row', { name: /2\.csv/ }).first()).toContainText('不导入');
  await page.getByText('更正后的，取代那一份').click();
  await page.getByRole('button', { name: /^导入 2/ }).click();
  await expect(page.getByRole('region', { name: '导入结果' })).toContainText('已导入');
  await go(page, '#/month?cycle=2025-09');
  await expect(page.getByRole('row', { name: /消费明细/ })).toContainText('61.00');
});
