import { golden } from '../renderer/golden-dispatch.ts';
import { expect, test } from './opened-page.ts';

test('data: an order in every statement, with the keyboard, down to the cell and to the finding that rests on it', async ({ open }) => {
  const row = golden('data.row');
  const key = golden('findings.page').findings[0]!.key;
  const resting = { key, code: 'bill.amount', billingCycle: '2025-09', status: 'open' as const, difference: '-3.00000000' };
  const { page, served } = await open('#/data?cycle=2025-09', { 'data.row': () => ({ ...row, findings: [resting] }) });
  const asked = () => served.calls.filter((c) => c.method === 'data.search').map((c) => c.input);
  await expect(page.getByRole('textbox', { name: /订单号、客户/ })).toBeFocused();
  await expect(page.getByText('在所有报表、所有账期里查一笔')).toBeVisible();
  await page.keyboard.type('f');
  await expect(page.getByText('至少输入 2 个字。')).toBeVisible();
  expect(asked()).toEqual([]);
  await page.keyboard.type('281abdb');
  await page.keyboard.press('Enter');
  const grid = page.getByRole('grid', { name: '搜索结果' });
  await expect(grid).toHaveAttribute('aria-rowcount', String(golden('data.search').rows.length + 1));
  // Whoever types slowly is searched for on the way.
  await expect.poll(() => asked().at(-1)).toEqual({ text: 'f281abdb' });
  await page.getByText('2025-09', { exact: true }).and(page.locator('.ant-segmented-item-label')).click();
  await expect.poll(() => asked().at(-1)).toEqual({ text: 'f281abdb', billingCycle: '2025-09' });
  // What was found is drawn, and its first row is shown beside it.
  await expect.poll(() => served.calls.at(-1)?.method).toBe('data.row');
  await grid.focus();
  await page.keyboard.press('ArrowDown');
  await expect
    .poll(() => served.calls.filter((c) => c.method === 'data.row').at(-1)?.input)
    .toEqual({ row: golden('data.search').rows[1]!.row });
  await page.keyboard.press('Enter');
  const detail = page.locator('#row-detail');
  await expect(detail).toBeFocused();
  await detail
    .locator('td', { hasText: /^14\.02874886$/ })
    .first()
    .click();
  await expect(detail.getByRole('status')).toContainText('伙伴账单明细_2025-09.xlsx');
  await page.keyboard.press('Alt+1');
  await page.keyboard.press('Alt+8');
  await expect(page.getByRole('textbox', { name: /订单号、客户/ })).toHaveValue('f281abdb');
  await expect(grid.locator('[aria-rowindex="3"]')).toHaveAttribute('aria-selected', 'true');
  await detail.getByRole('button', { name: '账单与消费金额不符' }).click();
  await expect(page).toHaveURL(/#\/findings\?cycle=2025-09&key=/);
});

test('data: a finding leads to its order in every statement; nothing found says what was looked through', async ({ open }) => {
  const { page } = await open('#/findings?cycle=2025-09', { 'data.search': () => ({ rows: [], more: false, figure: '2301.01000000' }) });
  await page.getByRole('button', { name: '在所有报表中查这个订单' }).click();
  await expect(page).toHaveURL(/#\/data\?cycle=2025-09&q=/);
  await expect(page.getByText(/没有金额恰好是 2,301\.01 的行/)).toBeVisible();
});
