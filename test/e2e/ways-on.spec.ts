import { NotReconciled } from '../../electron/errors.ts';
import { expect, test } from './opened-page.ts';

test('closing: two names and Enter; the same name twice is refused where one types', async ({ open }) => {
  const { page, served } = await open('#/month?cycle=2025-09');
  await page.getByRole('button', { name: '结账…' }).click();
  const form = page.getByRole('dialog');
  await expect(form.getByLabel('制表人')).toBeFocused();
  await page.keyboard.type('王芳');
  await page.keyboard.press('Tab');
  await page.keyboard.type('王芳');
  await page.keyboard.press('Enter');
  await expect(form.getByRole('alert')).toContainText('须由另一个人复核');
  await form.getByLabel(/复核人/).fill('李娜');
  await page.keyboard.press('Enter');
  await expect(form).toHaveCount(0);
  const closed = served.calls.filter((c) => c.method === 'month.close').map((c) => c.input);
  expect(closed).toEqual([{ billingCycle: '2025-09', preparedBy: '王芳', reviewedBy: '李娜' }]);
});

test('import: files that still wait for an answer are gone on with after the others were written', async ({ open }) => {
  const { page } = await open('#/import?cycle=2025-09');
  const drop = await page.evaluateHandle(`(() => {
    const data = new DataTransfer();
    data.items.add(new File(['a'], 'a.csv'));
    return data;
  })()`);
  await page.dispatchEvent('body', 'dragenter', { dataTransfer: drop });
  await page.dispatchEvent('body', 'drop', { dataTransfer: drop });
  await page.getByRole('button', { name: /^导入 \d 个文件$/ }).click();
  await expect(page.getByRole('region', { name: '导入结果' })).toBeVisible();
  await page.getByRole('button', { name: /^继续处理 \d 个未导入的文件$/ }).click();
  const rows = page.getByRole('region', { name: '预览' }).getByRole('row');
  await expect(rows.filter({ hasText: '需要您确认' })).toHaveCount(1);
  await expect(rows.filter({ hasText: '已导入' })).toHaveCount(0);
  await expect(page.getByRole('button', { name: '按此识别' })).toBeVisible();
});

test('a month without any file says so and leads to the import, on every page about it', async ({ open }) => {
  const never = () => {
    throw new NotReconciled('2031-01', 'never');
  };
  const none = { today: '2025-10-08', carried: 0, total: 0, totalDifference: '0.00000000', findings: [], counts: [] };
  const { page } = await open('#/month?cycle=2031-01', { 'month.bridges': never, 'month.checks': never, 'findings.page': () => none });
  for (const [keys, where] of [
    ['Alt+3', /#\/reconcile/],
    ['Alt+4', /#\/findings/],
    ['Alt+1', /#\/month/],
  ] as const) {
    await page.keyboard.press(keys);
    await expect(page).toHaveURL(where);
    await expect(page.getByText('这个账期还没有文件', { exact: true })).toBeVisible();
    await expect(page.getByRole('banner').getByRole('button', { name: '对账' })).toBeDisabled();
  }
  await page.getByRole('button', { name: '去导入' }).click();
  await expect(page.getByText('把文件或文件夹拖到这里')).toBeVisible();
});

test('before the first month every page about a month leads to the import', async ({ open }) => {
  const { page } = await open('#/month', { 'months.list': () => ({ months: [] }) });
  for (const keys of ['Alt+3', 'Alt+4', 'Alt+5', 'Alt+6']) {
    await page.keyboard.press(keys);
    await expect(page.getByText('从一个月的导出文件开始')).toBeVisible();
    await page.getByRole('button', { name: '去导入' }).click();
    await expect(page.getByText('把文件或文件夹拖到这里')).toBeVisible();
  }
});

test('settings: the tables of one’s own, whether they are here, and an empty one to fill in', async ({ open }) => {
  const { page, served } = await open('#/settings?cycle=2025-09', {
    'templates.get': () => ({ token: 'result-1', name: '激励政策.xlsx' }),
  });
  const tables = page.getByRole('region', { name: '自己的表' });
  await expect(tables.getByRole('row')).toHaveCount(9);
  await tables
    .getByRole('row', { name: /激励政策/ })
    .getByRole('button', { name: '空白表…' })
    .click();
  await expect.poll(() => served.calls.find((c) => c.method === 'templates.get')?.input).toEqual({ kind: 'policy' });
});
