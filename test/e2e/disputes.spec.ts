import type { Page } from '@playwright/test';
import { golden } from '../renderer/golden-dispatch.ts';
import type { Input, Output } from '../../electron/contract.ts';
import { expect, test } from './opened-page.ts';
import { test as served, type Served } from './fixtures.ts';

type Disputes = Output<'disputes.page'>;
const all = golden('disputes.page');
const some = (n: number): Disputes => ({
  ...all,
  total: n,
  findings: Array.from({ length: n }, (_, i) => ({
    ...all.findings[i % all.findings.length]!,
    key: `k${i}`,
    tradeId: `CS25${String(i).padStart(12, '0')}YB`,
  })),
});
const pageOf = (list: Disputes, { offset = 0, limit = 100, find }: Input<'disputes.page'>): Disputes => {
  const at = list.findings.findIndex((f) => f.key === find);
  return { ...list, findings: list.findings.slice(offset, offset + limit), ...(at >= 0 && { at }) };
};
const list = (page: Page) => page.getByRole('grid', { name: '反馈列表' });

test('disputes: the views count and filter, headings sort, the month and all months', async ({ open }) => {
  const { page, served: host } = await open('#/disputes?cycle=2025-09');
  const asked = () => host.calls.filter((c) => c.method === 'disputes.page').at(-1)!.input as Input<'disputes.page'>;
  await expect(list(page)).toHaveAttribute('aria-rowcount', String(all.total + 1));
  const views = page.getByRole('group', { name: '反馈进度' });
  await expect(views.getByRole('button', { name: /等对方答复/ })).toContainText('3');
  await views.getByRole('button', { name: /已过期限/ }).click();
  await expect(views.getByRole('button', { name: /已过期限/ })).toHaveAttribute('aria-pressed', 'true');
  await expect.poll(asked).toMatchObject({ view: 'overdue', billingCycle: '2025-09' });
  await page.getByRole('columnheader', { name: '差额' }).getByRole('button').click();
  await expect.poll(asked).toMatchObject({ view: 'overdue', sort: 'amount', descending: true });
  await expect(page.getByRole('columnheader', { name: '差额' })).toHaveAttribute('aria-sort', 'descending');
  await page.getByRole('columnheader', { name: '差额' }).getByRole('button').click();
  await expect(page.getByRole('columnheader', { name: '差额' })).toHaveAttribute('aria-sort', 'ascending');
  await page.getByText('全部账期', { exact: true }).click();
  await expect(page.getByRole('columnheader', { name: '账期' })).toBeVisible();
  await expect.poll(asked).not.toHaveProperty('billingCycle');
  expect(asked()).toMatchObject({ view: 'overdue', sort: 'amount', descending: false });
});

test('disputes: many rows are read as they come into view; one that a link opens stands in view; T copies the texts of all chosen', async ({
  open,
}) => {
  const many = some(600);
  const { page, served: host } = await open('#/disputes?cycle=2025-09&key=k431', { 'disputes.page': (input) => pageOf(many, input) });
  const row = list(page).locator('[aria-rowindex="433"]');
  await expect(row).toBeInViewport();
  await expect(row).toHaveAttribute('aria-selected', 'true');
  await list(page).focus();
  await page.keyboard.press('Control+a');
  await expect(page.getByText('已选 600 条')).toBeVisible();
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.keyboard.press('t');
  await expect(page.getByText('已复制 600 条反馈文本')).toBeVisible();
  const offsets = host.calls.filter((c) => c.method === 'disputes.page').map((c) => (c.input as { offset: number }).offset);
  expect(new Set(offsets)).toEqual(new Set([0, 100, 200, 300, 400, 500]));
});

test('disputes: nothing to dispute, nothing that fits, and a failure each say so', async ({ open }) => {
  const none = { ...all, total: 0, findings: [], views: all.views.map((v) => ({ ...v, count: 0 })) };
  const { page } = await open('#/disputes?cycle=2025-09', { 'disputes.page': () => none });
  await expect(page.getByText('没有要反馈的差异')).toBeVisible();
  await list(page).focus();
  await page.keyboard.press('/');
  await page.keyboard.type('谁');
  await expect(page.getByText('没有符合条件的反馈')).toBeVisible();
});

test('disputes: what is sent once more keeps the sending before; a later day that was only wrong is corrected', async ({ open }) => {
  const answered = all.findings.findIndex((f) => f.earlier !== undefined);
  const { key } = all.findings[answered]!;
  const { page, served: host } = await open(`#/disputes?cycle=2025-09&key=${encodeURIComponent(key)}`, {
    'disputes.page': (input) => pageOf(all, input),
    'findings.mark': ({ keys }) => ({ changed: keys.length }),
  });
  const marked = () => host.calls.filter((c) => c.method === 'findings.mark').at(-1)?.input;
  const row = list(page).locator(`[aria-rowindex="${answered + 2}"]`);
  await expect(row).toHaveAttribute('aria-selected', 'true');
  await expect(row).toContainText('2025-10-05 ×2');
  const form = page.getByRole('form', { name: '登记反馈与答复' });
  await expect(page.getByRole('list', { name: '此前的反馈' })).toContainText('2025-10-03 答复：材料不全，已退回');
  await form.getByRole('button', { name: '再次反馈' }).click();
  await expect(form.getByLabel('反馈日期')).toHaveValue(all.today);
  await expect(form.getByLabel('对方答复')).toHaveValue('');
  await expect(form.getByRole('checkbox', { name: /保留 2025-10-05 那次/ })).toBeChecked();
  await form.getByRole('button', { name: '保存' }).click();
  await expect.poll(marked).toEqual({ keys: [key], sentOn: all.today, again: true, status: 'disputed' });
  await form.getByLabel('反馈日期').fill('2025-10-06');
  await form.getByRole('checkbox', { name: /保留 2025-10-05 那次/ }).uncheck();
  await form.getByLabel('反馈人').fill('王芳');
  await expect(form.getByLabel('对方答复')).toHaveValue('已核实，下个账期补退');
  await form.getByRole('button', { name: '保存' }).click();
  await expect.poll(marked).toEqual({ keys: [key], sentOn: '2025-10-06' });
});

/** The sample month in a window of its own. */
async function sampleOf(serve: () => Promise<Served>): Promise<Page> {
  const { page } = await serve();
  await page.getByRole('button', { name: '载入示例月份' }).click();
  await expect(page.getByRole('button', { name: '对账这个月' })).toBeVisible();
  await page.keyboard.press('F5');
  await expect(page.getByRole('button', { name: /查看 \d+ 条待处理差异/ })).toBeVisible();
  return page;
}

served('disputes: sent, answered and recovered are written down with the keys, and stay', async ({ serve }) => {
  const page = await sampleOf(serve);
  await page.keyboard.press('Alt+5');
  const views = page.getByRole('group', { name: '反馈进度' });
  await expect(views.getByRole('button', { name: /^待反馈/ })).toContainText('11');
  await list(page).focus();
  await page.keyboard.press('Shift+ArrowDown');
  await expect(page.getByText('已选 2 条')).toBeVisible();
  await page.keyboard.press('2');
  await expect(views.getByRole('button', { name: /^等对方答复/ })).toContainText('2');
  await expect(views.getByRole('button', { name: /^待反馈/ })).toContainText('9');
  await page.keyboard.press('Home');
  const form = page.getByRole('form', { name: '登记反馈与答复' });
  await expect(form.getByLabel('已追回')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(form.getByLabel('反馈日期')).toBeFocused();
  await form.getByLabel('反馈人').fill('王芳');
  await form.getByLabel('答复日期').fill('2999-01-01');
  await page.keyboard.press('Enter');
  await expect(form.getByText(/在今天.*之后/)).toBeVisible();
  await form.getByLabel('答复日期').fill('2001-01-01');
  await page.keyboard.press('Enter');
  await expect(form.getByText(/早于反馈日期/)).toBeVisible();
  await form.getByLabel('答复日期').fill('');
  await form.getByLabel('对方答复').fill('下个账期补退');
  await form.getByRole('button', { name: '全部差额' }).click();
  await form.getByRole('button', { name: '保存' }).click();
  await expect(views.getByRole('button', { name: /^已答复/ })).toContainText('1');
  await expect(list(page).locator('[aria-rowindex="2"]')).toContainText('下个账期补退');
  await expect(form.getByLabel('答复日期')).toHaveValue(/^\d{4}-\d\d-\d\d$/);
  await page.reload();
  await expect(list(page).locator('[aria-rowindex="2"]')).toContainText('王芳');
  await page.getByRole('button', { name: '看双方原始行' }).click();
  await expect(page.locator('#finding-detail')).toContainText('两边的原始行');
});
