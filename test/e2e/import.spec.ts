import type { Page } from '@playwright/test';
import type { Output } from '../../electron/contract.ts';
import { expect, test } from './opened-page.ts';

type Earlier = NonNullable<Output<'imports.preview'>['files'][number]['differs']>[number];

test('import: dropped files are previewed, not written; refused ones say why; commit and undo', async ({ open }) => {
  const { page, served } = await open('#/month?cycle=2025-09');
  const drop = await page.evaluateHandle(`(() => {
    const data = new DataTransfer();
    data.items.add(new File(['a'], '账户明细(1).csv'));
    return data;
  })()`);
  await page.dispatchEvent('body', 'dragenter', { dataTransfer: drop });
  await expect(page.getByText('松开鼠标即可导入')).toBeVisible();
  await page.dispatchEvent('body', 'drop', { dataTransfer: drop });
  const table = page.getByRole('grid', { name: '文件' });
  await expect(table.getByRole('row', { name: /伙伴账单明细_2025-09.xlsx/ })).toContainText('可导入');
  await expect(page.getByText(/^2 个可导入 · 1 个需要您确认 · 1 个拒绝/)).toBeVisible();
  await expect(page.getByText('“12,3x”不是金额')).toBeVisible();
  await expect(page.getByRole('listitem').getByText('→ 伙伴结算折扣')).toBeVisible();
  await expect(page.getByRole('columnheader', { name: '→ 伙伴结算折扣' })).toBeVisible();
  expect(served.calls.map((c) => c.method)).not.toContain('imports.commit');
  await table.focus();
  for (let i = 0; i < 4; i++) await page.keyboard.press('ArrowDown');
  await expect(page.getByText('这个工作簿有密码，无法读取')).toBeVisible();
  await page.keyboard.press('ArrowUp');
  await page.getByLabel('账户', { exact: true }).click();
  await page.getByText('信用账户', { exact: true }).last().click();
  await page.getByRole('button', { name: '按此识别' }).click();
  await expect
    .poll(() => served.calls.filter((c) => c.method === 'imports.preview').at(-1)?.input)
    .toMatchObject({ answers: { account: 'credit' } });
  await page.getByRole('button', { name: '导入 2 个文件' }).click();
  await expect(page.getByRole('region', { name: '导入结果' })).toBeVisible();
  await page.getByRole('region', { name: '导入历史' }).getByRole('button', { name: '撤销' }).first().click();
  await page.getByRole('dialog').getByRole('button', { name: '撤销' }).click();
  await expect(page.getByText('已撤销，移除 4,118 行')).toBeVisible();
});

test('import: renamed columns are mapped by hand, the preview follows, and what is remembered can be forgotten', async ({ open }) => {
  const columns = [
    { header: '账期', field: 'billingCycle' },
    { header: '应付费用', suggestions: [{ field: 'amountDue', by: 'header' as const }] },
    { header: '备注' },
  ];
  const sheet = { name: 'a.csv', billingCycles: [], rows: 0, accepted: 0, problems: [], controlTotals: [], signature: 'sig', columns };
  const file = { path: 'a.csv', token: 'file-1', sha256: 'f00', notes: [] };
  const asked = { ...file, status: 'needs-mapping' as const, sheets: [{ ...sheet, likelyKind: 'consumption' as const, preview: [['2025-09', '1.50', 'x']] }] }; // prettier-ignore
  const read = { ...file, status: 'previewed' as const, sheets: [{ ...sheet, kind: 'consumption' as const, rows: 7, accepted: 7 }] };
  let kept = true;
  const { page, served } = await open('#/import', {
    'imports.preview': ({ answers }) => ({ files: [answers.mappings ? read : asked] }),
    'mappings.list': () => ({
      mappings: kept
        ? [{ signature: 'old', version: 1, kind: 'consumption', header: ['费'], columns: { 费: 'amountDue' }, at: '2025-10-01 10:00:00', applied: true }] // prettier-ignore
        : [],
    }),
    'mappings.remove': () => ((kept = false), { removed: 1 }),
  });
  const lastPreview = () => served.calls.filter((c) => c.method === 'imports.preview').at(-1)?.input;
  await drop(page, 'a.csv');
  await expect(page.getByRole('cell', { name: '1.50' }).first()).toBeVisible();
  await page.getByLabel('“备注”读作').click();
  await page.getByTitle('不读取', { exact: true }).click();
  await expect.poll(lastPreview).toMatchObject({
    tokens: ['file-1'],
    answers: { mappings: [{ kind: 'consumption', signature: 'sig', columns: { 备注: null } }] },
  });
  await expect(page.getByRole('grid', { name: '文件' }).getByRole('row', { name: /a\.csv/ })).toContainText('可导入');
  await page.getByRole('button', { name: '采用 1 条建议' }).click();
  await expect.poll(lastPreview).toMatchObject({ answers: { mappings: [{ columns: { 备注: null, 应付费用: 'amountDue' } }] } });
  await page.getByRole('region', { name: '记住的列对应' }).getByRole('button', { name: '忘掉' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '忘掉' }).click();
  await expect(page.getByRole('region', { name: '记住的列对应' })).toHaveCount(0);
});

test('import: what is new in the watched folder is offered, and read only when asked for', async ({ open }) => {
  const { page, served } = await open('#/import', { 'watch.get': () => ({ folder: '下载' }) });
  await expect(page.getByText('正在监视“下载”')).toBeVisible();
  served.emit('found', { files: [{ token: 'new-1', name: '消费明细_202509.csv' }] });
  await expect(page.getByText('有 1 个新下载的文件：消费明细_202509.csv')).toBeVisible();
  expect(served.calls.map((c) => c.method)).not.toContain('imports.preview');
  await page.getByRole('button', { name: '预览', exact: true }).click();
  await expect.poll(() => served.calls.find((c) => c.method === 'imports.preview')?.input).toMatchObject({ tokens: ['new-1'] });
  await expect(page.getByText('正在监视“下载”')).toBeVisible();
});

test('import: a column is dragged onto a field', async ({ open }) => {
  const columns = [{ header: '账期', field: 'billingCycle' }, { header: '应付费用' }, { header: '备注' }];
  const sheet = { name: 'a.csv', billingCycles: [], rows: 0, accepted: 0, problems: [], controlTotals: [], signature: 'sig', columns };
  const asked = {
    path: 'a.csv', token: 'file-1', sha256: 'f00', notes: [], status: 'needs-mapping' as const,
    sheets: [{ ...sheet, likelyKind: 'consumption' as const, preview: [['2025-09', '1.50', 'x']] }],
  }; // prettier-ignore
  const field = (id: string, zh: string, required: boolean) => ({ field: id, name: { zh, en: id }, required });
  const fieldsOfKind = [field('billingCycle', '账期', true), field('region', '区域', false), field('amountDue', '应付金额', true)];
  const { page, served } = await open('#/import', {
    'imports.preview': () => ({ files: [asked] }),
    'imports.fields': () => ({ kinds: [{ kind: 'consumption', fields: fieldsOfKind }] }),
  });
  await drop(page, 'a.csv');
  const fields = page.getByRole('list', { name: '字段' });
  // What must be there and is not stands first.
  await expect(fields.getByRole('listitem')).toHaveText(['应付金额 *', '区域', '账期 * ← 账期']);
  await page.getByRole('cell', { name: '应付费用' }).dragTo(fields.getByText('应付金额 *', { exact: true }));
  await expect
    .poll(() => served.calls.filter((c) => c.method === 'imports.preview').at(-1)?.input)
    .toMatchObject({ answers: { mappings: [{ kind: 'consumption', signature: 'sig', columns: { 应付费用: 'amountDue' } }] } });
  await expect(fields.getByText('应付金额 * ← 应付费用')).toBeVisible();
});

test('import: files dropped while one is read wait in their order, and one of them can be taken out', async ({ open }) => {
  const fileOf = (token: string) => ({ path: `${token}.csv`, token, sha256: token, notes: [], sheets: [], status: 'previewed' as const });
  const held: (() => void)[] = [];
  const { page, served } = await open('#/import', {
    'imports.preview': async ({ tokens }) => {
      await new Promise<void>((resolve) => held.push(resolve));
      return { files: tokens.map(fileOf) };
    },
    'imports.commit': async ({ tokens }) => {
      await new Promise<void>((resolve) => held.push(resolve));
      return { files: tokens.map((token) => ({ ...fileOf(token), status: 'imported' as const })) };
    },
  });
  const previews = () =>
    served.calls.filter((c) => c.method === 'imports.preview').map((c) => (c.input as { tokens: string[] }).tokens.length);
  await drop(page, '一.csv');
  await expect.poll(previews).toEqual([1]);
  held.shift()!();
  await page.getByRole('button', { name: '导入 1 个文件' }).click();
  await expect.poll(() => held.length).toBe(1);
  // A large file takes longer to be handed over than the one that is dropped after it.
  const [overtaken, overtake] = [new Promise<void>((resolve) => held.push(resolve)), held.pop()!];
  await page.route('**/files', async (route) => {
    const name = decodeURIComponent(route.request().headers()['x-file-name'] ?? '');
    if (name === '三.csv') await overtaken;
    await route.fulfill({ response: await route.fetch() });
    if (name === '四.csv') overtake();
  });
  for (const name of ['二.csv', '三.csv', '四.csv']) await drop(page, name);
  const queue = page.getByRole('region', { name: '排队等待' });
  await expect(queue.getByRole('listitem')).toContainText(['二.csv', '三.csv', '四.csv']);
  await queue.getByRole('button', { name: '移出 三.csv' }).click();
  await expect(queue.getByRole('listitem')).toContainText(['二.csv', '四.csv']);
  expect(previews()).toEqual([1]);
  held.shift()!();
  await expect.poll(previews).toEqual([1, 2]);
  await expect(queue).toHaveCount(0);
  held.shift()!();
  const rows = page.getByRole('grid', { name: '文件' }).getByRole('row');
  await expect(rows.filter({ hasText: '已导入' })).toHaveCount(1);
  await expect(rows.filter({ hasText: '可导入' })).toHaveCount(2);
});

/** A file that has twelve rows of an earlier one. */
function beside(how: Partial<Earlier>) {
  const differs = [{ importId: 'i1', path: '/下载/消费明细_旧.csv', at: '2025-10-05 09:00:00', rows: 12, ...how }];
  const file = { path: '消费明细_新.csv', token: 'file-1', sha256: 'f00', notes: [], sheets: [], differs };
  return {
    'imports.preview': () => ({ files: [{ ...file, status: 'previewed' as const }] }),
    'imports.commit': () => ({ files: [{ ...file, status: 'imported' as const }] }),
  };
}

test('import: a file that differs from an earlier one is imported only when it is said which replaces which', async ({ open }) => {
  const { page, served } = await open('#/import', beside({}));
  await drop(page, '消费明细_新.csv');
  await page.getByRole('button', { name: '先回答 1 个文件' }).click();
  await expect(page.getByText('与 2025-10-05 09:00:00 导入的“消费明细_旧.csv”有 12 行同号不同值')).toBeVisible();
  expect(served.calls.filter((c) => c.method === 'imports.commit')).toEqual([]);
  await page.getByRole('radio', { name: '更正后的，取代那一份' }).check();
  await page.getByRole('button', { name: '导入 1 个文件' }).click();
  await expect
    .poll(() => served.calls.find((c) => c.method === 'imports.commit')?.input)
    .toMatchObject({ tokens: ['file-1'], answers: { as: 'replacement' } });
});

test('import: a file that has the rows of another in another look is asked about, with the reason', async ({ open }) => {
  const side = { rows: 12, total: '30.00000000' };
  const reason = { zh: '12 行中有 12 行除「客户ID」（这份没有）外完全相同', en: 'alike' };
  const same = { amount: '30.00000000', here: side, there: side, differences: [], reason };
  const { page, served } = await open('#/import', beside({ same }));
  await drop(page, '消费明细_新.csv');
  await page.getByRole('button', { name: '先回答 1 个文件' }).click();
  await expect(page.getByText('看起来是同一份的两种写法：12 行中有 12 行除「客户ID」（这份没有）外完全相同')).toBeVisible();
  await page.getByRole('radio', { name: '是另外的业务，两份都计入' }).check();
  await page.getByRole('button', { name: '导入 1 个文件' }).click();
  await expect.poll(() => served.calls.find((c) => c.method === 'imports.commit')?.input).toMatchObject({ answers: { as: 'part' } });
});

async function drop(page: Page, name: string): Promise<void> {
  const data = await page.evaluateHandle(`(() => {
    const data = new DataTransfer();
    data.items.add(new File(['a'], ${JSON.stringify(name)}));
    return data;
  })()`);
  await page.dispatchEvent('body', 'drop', { dataTransfer: data });
}
