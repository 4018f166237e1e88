import fs from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import type { WindowApi } from '../../electron/window-api.ts';
import { expect, test } from './fixtures.ts';

declare const window: { hezhang: WindowApi };
const go = (page: Page, hash: string) => page.goto(new URL(`/${hash}`, page.url()).href);

/** A small month of which two orders belong to one, taken in by the window itself. */
const at = '2025-09-10 08:00:00';
const files: Readonly<Record<string, string>> = {
  '消费明细.csv':
    '账期,客户ID,客户账号名,关联类型,订单号/交易号,产品类型,计费模式,交易类型,客户交易时间,应付金额,现金支付,信用额度支付\n' +
    [['A', '60.00', '60.00', '0.00'], ['B', '40.00', '40.00', '0.00'], ['C', '7.00', '2.00', '5.00']]
      .map(([trade, ...amounts]) => `2025-09,c1,acme,代售,${trade},云主机,按需,消费,${at},${amounts.join(',')}\n`)
      .join(''), // prettier-ignore
  '业绩明细.csv':
    '业绩ID,客户ID,客户账号名,对账期次,订单号,产品类型,客户交易时间,业绩金额\n' +
    `P1,c1,acme,2025-09,P,云主机,${at},100.00\nP2,c1,acme,2025-09,C,云主机,${at},7.00\n`,
};

async function openMonth(page: Page, folder: string): Promise<void> {
  const paths = Object.entries(files).map(([name, text]) => {
    const file = path.join(folder, name);
    fs.writeFileSync(file, text);
    return file;
  });
  await go(page, '#/import');
  const choosing = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: '选择文件…' }).first().click();
  await (await choosing).setFiles(paths);
  await page.getByRole('button', { name: /^导入 2/ }).click();
  await expect(page.getByRole('region', { name: '导入结果' })).toContainText('已导入');
  await go(page, '#/findings?cycle=2025-09');
  await page.locator('main').getByRole('button', { name: '对账', exact: true }).click();
  await expect(page.getByRole('grid', { name: '差异列表' })).toHaveAttribute('aria-rowcount', '4');
}

test('findings are joined by hand: suggested, previewed, kept with a reason, listed, taken back', async ({ serve, folder }) => {
  const { page } = await serve();
  await openMonth(page, folder);
  const grid = page.getByRole('grid', { name: '差异列表' });
  const detail = page.getByRole('region', { name: '差异详情' }).last();
  await grid.getByRole('row', { name: /有业绩而无消费/ }).click();
  await expect(detail).toContainText('同一客户另一边的 2 条差异，合计正好等于这条');
  await detail.locator('.notice').getByRole('button', { name: '合并核对…' }).click();
  const dialog = page.getByRole('dialog', { name: '合并核对' });
  await expect(dialog.getByRole('row')).toHaveCount(4);
  const keep = dialog.getByRole('button', { name: '保存并重新对账' });
  await expect(keep).toBeDisabled();
  await expect(dialog).toContainText('请先写明理由');
  // To choose more findings loses nothing that was typed.
  await dialog.getByLabel('理由').fill('组合订单（两张）');
  await dialog.getByRole('button', { name: '继续选择差异' }).click();
  await expect(dialog).toBeHidden();
  await page.getByRole('button', { name: '合并核对… (3)' }).click();
  await expect(dialog.getByLabel('理由')).toHaveValue('组合订单（两张）');
  await expect(dialog.getByRole('row')).toHaveCount(4);
  await dialog.getByRole('button', { name: '预览影响' }).click();
  await expect(dialog).toContainText('差异新增 0 条、消失 3 条、变化 0 条');
  await dialog.getByLabel('理由').fill('组合订单');
  await keep.click();
  await expect(dialog).toBeHidden();
  await expect(grid).toHaveAttribute('aria-rowcount', '1');
  await expect(detail).toContainText('数据已更正');
  await go(page, '#/month?cycle=2025-09');
  await expect(page.getByRole('region', { name: '与上次对账相比' })).toContainText('消失 3 条');
  await go(page, '#/reconcile?cycle=2025-09');
  await page.getByText('人工核对', { exact: true }).click();
  await expect(page.getByRole('row', { name: /生效/ })).toContainText('c1|P');
  await page.getByRole('button', { name: '撤销…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '撤销并重新对账' }).click();
  await expect(page.getByRole('row', { name: /已撤销/ })).toContainText('组合订单');
  await go(page, '#/findings?cycle=2025-09');
  await expect(grid).toHaveAttribute('aria-rowcount', '4');
});

test('a setting is previewed before it is kept: nothing is stored until then', async ({ serve, folder }) => {
  const { page } = await serve();
  await openMonth(page, folder);
  await go(page, '#/settings?cycle=2025-09');
  const stored = () =>
    page.evaluate(async () => {
      const reply = await window.hezhang.call('settings.get', {});
      return (
        reply.ok && (reply.value as { settings: { key: string; value: string }[] }).settings.find((s) => s.key === 'creditCounts')?.value
      );
    });
  const choose = async (word: string) => {
    await page.locator('#setting-creditCounts').click({ force: true });
    await page.locator('.ant-select-item-option').filter({ hasText: word }).click();
  };
  await choose('否');
  const pending = page.getByRole('region', { name: '1 项修改尚未保存' });
  await pending.getByRole('button', { name: '预览对 2025-09 的影响' }).click();
  await expect(pending).toContainText('差异新增 1 条、消失 0 条、变化 0 条');
  await expect(pending.getByRole('row', { name: /信用额度/ })).toContainText('-5.00');
  expect(await stored()).toBe('true');
  // To look elsewhere does not lose the edit.
  await page.getByRole('navigation').getByRole('button', { name: '对账' }).click();
  await expect(pending).toBeHidden();
  await page.getByRole('navigation').getByRole('button', { name: '设置' }).click();
  await expect(pending.getByRole('button', { name: '预览对 2025-09 的影响' })).toBeEnabled();
  await expect(page.getByRole('row', { name: /信用额度/ }).first()).toContainText('否');
  await pending.getByRole('button', { name: '放弃修改' }).click();
  await expect(pending).toBeHidden();
  expect(await stored()).toBe('true');
  await choose('否');
  await pending.getByRole('button', { name: '保存并重新对账' }).click();
  await expect(pending).toBeHidden();
  await expect.poll(stored).toBe('false');
  await go(page, '#/findings?cycle=2025-09');
  await expect(page.getByRole('grid', { name: '差异列表' })).toHaveAttribute('aria-rowcount', '5');
});
