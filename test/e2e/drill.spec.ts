import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';

/** Pictures for whoever wants to look: E2E_PICTURES names their folder. */
async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['E2E_PICTURES'];
  if (folder) await page.screenshot({ path: `${folder}/${name}.png` });
}

test('from a bridge to a cell: step, group, both sides’ rows, place in the file; with the keyboard', async ({ serve }) => {
  const { page } = await serve();
  await page.getByRole('button', { name: '载入示例月份' }).click();
  await expect(page.getByRole('button', { name: '对账这个月' })).toBeVisible();
  await page.keyboard.press('F5');
  await expect(page.getByRole('button', { name: /查看 \d+ 条待处理差异/ })).toBeVisible();
  await page.getByRole('navigation').getByRole('button', { name: '对账', exact: true }).click();
  await page.getByRole('button', { name: /^账单明细 → 客户消费/ }).click();
  await picture(page, 'bridge');

  const bridge = page.getByRole('table').first();
  const step = bridge.getByRole('row', { name: /结算折扣/ });
  const amount = (await step.getByRole('cell').last().textContent())!.trim();
  await step.getByRole('button', { name: '结算折扣' }).focus();
  await page.keyboard.press('Enter');
  const grid = page.getByRole('grid', { name: '逐笔对照' });
  await expect(grid).toBeVisible();
  await expect(page.locator('.filter-total')).toContainText(amount);
  await picture(page, 'step');

  const rows = grid.locator('[role=row][aria-selected]');
  /** Goes to a place and waits until its groups, as many as its tab says, are the list. */
  const lookAt = async (tab: Locator) => {
    const count = Number((await tab.textContent())!.replace(/\D/g, ''));
    await tab.click();
    await expect(grid).toHaveAttribute('aria-rowcount', String(count + 1));
    await expect(rows.first()).toContainText(/\d+ \/ \d+/);
  };
  await lookAt(page.getByText(/^不同 [\d,]+$/));
  await expect(page).toHaveURL(/place=different/);
  await grid.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const detail = page.locator('#group-detail');
  await expect(detail).toBeFocused();
  await expect(detail).toContainText(/\.(xlsx|csv|tar\.gz|zip)/);
  const evidence = detail.getByRole('group', { name: '两边的原始行' });
  await evidence.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  await expect(detail.locator('.cell-place')).toContainText(/\.(xlsx|csv).*[A-Z]+\d+/);
  await picture(page, 'cell');

  await grid.focus();
  await page.keyboard.press('/');
  await page.keyboard.type('没有这个客户');
  await expect(page.getByText('没有符合条件的明细。')).toBeVisible();
  await picture(page, 'nothing');
  await page.getByLabel('客户、订单、产品（/）').fill('');
  await expect(rows.first()).toBeVisible();
  await lookAt(page.getByText(/^一致 [\d,]+$/));
  await page.setViewportSize({ width: 1920, height: 1080 });
  await expect(rows.first()).toContainText('0.00');
  await picture(page, 'agreed-wide');
  await grid.focus();
  await page.keyboard.press('Escape');
  await expect(step).toBeVisible();
});
