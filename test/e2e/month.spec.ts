import { expectDrawn } from './drawn-page.ts';
import { expect, test } from './fixtures.ts';

test('the sample month through the window: import, reconcile, evidence, status, invoice, printed list', async ({ serve }) => {
  const { page, context } = await serve();
  await page.getByRole('button', { name: '载入示例月份' }).click();
  await expect(page.getByRole('button', { name: '对账这个月' })).toBeVisible();
  await expect(page.getByRole('region', { name: '文件清单' }).getByRole('row', { name: /伙伴账单明细/ })).toContainText('已有');
  await page.keyboard.press('F5');
  const next = page.getByRole('button', { name: /查看 \d+ 条待处理差异/ });
  await expect(next).toBeVisible();
  await expect(page.getByRole('region', { name: '差额桥' }).locator('svg').first()).toBeVisible();

  await next.click();
  const grid = page.getByRole('grid', { name: '差异列表' });
  const rows = grid.locator('[role=row][aria-selected]');
  await expect(rows.first()).toContainText('需反馈');
  const detail = page.locator('#finding-detail');
  await expect(detail).toContainText(/\.(xlsx|csv)/);
  await expect(detail).toContainText('问题反馈文本');
  const before = Number(await grid.getAttribute('aria-rowcount'));
  await grid.focus();
  await page.keyboard.press('2');
  await expect(grid).toHaveAttribute('aria-rowcount', String(before - 1));

  await page.getByRole('navigation').getByRole('button', { name: '开票' }).click();
  const requests = page.getByRole('grid', { name: '申付单' });
  const cursor = requests.locator('.grid-row.cursor');
  await expect(cursor).toBeVisible();
  await requests.focus();
  await page.keyboard.press('End');
  await expect(cursor).toHaveAttribute('aria-rowindex', (await requests.getAttribute('aria-rowcount'))!);
  await page.getByRole('button', { name: '登记发票' }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel('发票号码').fill('25312000000358032546');
  await form.getByLabel('开票日期').fill('2025-10-20');
  await form.getByLabel('不含税金额').fill('1000');
  await form.getByRole('button', { name: '保存' }).click();
  await expect(page.getByRole('cell', { name: '25312000000358032546' })).toBeVisible();
  await page.getByRole('button', { name: '预览清单' }).click();
  await expect(page.getByText(/不能打印：1 张发票合计 1,060\.00/)).toBeVisible();
  await page.getByRole('button', { name: '关闭' }).click();
  await expect(page.getByText(/不能打印/)).toHaveCount(0);

  await requests.focus();
  await page.keyboard.press('Home');
  await expect(cursor).toHaveAttribute('aria-rowindex', '2');
  await page.getByLabel('号码留空（手写）').check();
  await page.getByRole('button', { name: '预览清单' }).click();
  const drawer = page.getByRole('dialog', { name: /^开票清单-.*-预览\.pdf$/ });
  await expectDrawn(drawer.getByRole('img', { name: '第 1 页，共 1 页' }));
  await drawer.getByRole('button', { name: '关闭' }).click();
  await expect(drawer).toBeHidden();

  await page.getByRole('button', { name: '另存 PDF' }).click();
  const company = page.getByRole('dialog', { name: '公司资料' });
  await company.getByLabel('销方名称').fill('青禾数据（示例）有限公司');
  await company.getByLabel('销方税号').fill('91440300MA5EXAMP0B');
  const download = page.waitForEvent('download');
  await company.getByRole('button', { name: '保存' }).click();
  expect((await download).suggestedFilename()).toMatch(/^开票清单-SF\d+-000001\.pdf$/);
  const tab = context.waitForEvent('page');
  await page.getByRole('button', { name: '打印', exact: true }).click();
  expect((await tab).url()).toMatch(/about:blank|\/download\//);
  await expect(cursor).toContainText('1 次');
});
