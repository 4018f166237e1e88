import { golden } from '../renderer/golden-dispatch.ts';
import { expect, test } from './opened-page.ts';

test('the form of a request, and its buttons, stand in a low window; what refuses a field is seen there too', async ({ open }) => {
  const { page } = await open('#/invoices?cycle=2025-09');
  await page.getByRole('button', { name: '新建申付单' }).click();
  const dialog = page.getByRole('dialog', { name: '新建申付单' });
  const save = dialog.getByRole('button', { name: '保存' });
  await expect(save).toBeInViewport({ ratio: 1 });
  await expect(dialog.getByLabel('币种')).toBeInViewport({ ratio: 1 });
  await save.click();
  await expect(dialog.getByText('必填。')).toBeInViewport();
  await expect(save).toBeInViewport({ ratio: 1 });
});

test('many invoices without a request scroll in themselves: the request in view stays in view', async ({ open }) => {
  const { invoices } = golden('invoices.list');
  const { requestId: _tied, ...invoice } = invoices[0]!;
  const untied = Array.from({ length: 120 }, (_, i) => ({ ...invoice, number: `25312000${String(i).padStart(12, '0')}` }));
  const { page } = await open('#/invoices?cycle=2025-09', { 'invoices.list': () => ({ invoices: [...invoices, ...untied] }) });
  const list = page.getByRole('list', { name: '还没有关联申付单的发票' });
  await expect(list.getByRole('listitem')).toHaveCount(120);
  await expect(page.getByText('120 张')).toBeVisible();
  await expect(page.getByRole('button', { name: '登记发票' })).toBeInViewport({ ratio: 1 });
  await list.getByRole('combobox').last().focus();
  await expect(list.getByRole('listitem').last()).toBeInViewport();
});
