import type { Page } from '@playwright/test';
import { AppError, NotReconciled } from '../../electron/errors.ts';
import { golden, manyFindings, pageOf } from '../renderer/golden-dispatch.ts';
import { expect, test } from './opened-page.ts';

const fitsWidth = (page: Page) =>
  page.locator('main').evaluate((main: { scrollWidth: number; clientWidth: number }) => main.scrollWidth === main.clientWidth);

test('month home: four answers, checklist, bridges, what did not run, and the next step', async ({ open }) => {
  const { page } = await open('#/month?cycle=2025-09');
  await expect(page.getByRole('group', { name: '四个问题' }).getByRole('button')).toHaveCount(4);
  await expect(page.getByRole('button', { name: /账单对吗/ })).toContainText('1,283,456.12');
  const files = page.getByRole('region', { name: '文件清单' });
  await expect(files.getByRole('row', { name: /业绩明细/ })).toContainText('过时');
  await expect(files.getByRole('row', { name: /激励政策/ })).toContainText('缺');
  const bridges = page.getByRole('region', { name: '差额桥' });
  await expect(bridges.getByRole('button', { name: /^账单明细 → 客户消费/ })).toContainText('未解释 -3,310.04599822');
  await expect(bridges.getByText('缺 调账记录，未比较')).toBeVisible();
  await expect(bridges.locator('svg').first()).toBeVisible();
  await expect(page.getByRole('region', { name: '未运行的检查' })).toContainText('缺少：客户名册');
  await expect.poll(() => fitsWidth(page)).toBe(true);
  await page.getByRole('button', { name: '查看 23 条待处理差异' }).click();
  await expect(page.getByRole('grid', { name: '差异列表' })).toBeVisible();
});

test('the month moves with the arrows, and a new one is typed', async ({ open }) => {
  const { page } = await open('#/month?cycle=2025-09');
  await expect(page.getByRole('group', { name: '四个问题' })).toBeVisible();
  await page.keyboard.press('ArrowLeft');
  await expect(page).toHaveURL(/cycle=2025-08/);
  await page.keyboard.press('ArrowRight');
  await expect(page).toHaveURL(/cycle=2025-09/);
  // Two keys before anything of the first is drawn.
  const presses =
    "for (const key of ['ArrowLeft', 'ArrowLeft']) document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))";
  await page.evaluate(presses);
  await expect(page).toHaveURL(/cycle=2025-07/);
  await page.getByRole('combobox', { name: '账期' }).fill('202512');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/cycle=2025-12/);
});

test('first start says what to do and offers the sample', async ({ open }) => {
  let loaded = false;
  const { page, served } = await open('', {
    'months.list': () => ({ months: loaded ? [{ billingCycle: '2025-09', reconciled: 'no', open: 0 }] : [] }),
  });
  await expect(page.getByText('从一个月的导出文件开始')).toBeVisible();
  loaded = true;
  await page.getByRole('button', { name: '载入示例月份' }).click();
  await expect(page).toHaveURL(/cycle=2025-09/);
  await expect.poll(() => served.calls.map((c) => c.method)).toContain('sample.import');
});

test('a month that was not reconciled offers it; F5 reconciles, with progress and a way to stop', async ({ open }) => {
  const never = () => {
    throw new NotReconciled('2025-10', 'never');
  };
  let finish = (): void => undefined;
  const { page, served } = await open('#/month?cycle=2025-10', {
    'month.bridges': never,
    'month.checks': never,
    'month.reconcile': () =>
      new Promise((_, reject) => {
        finish = () => reject(new AppError('job.cancelled', { zh: '已停止，数据没有改动。', en: 'Stopped; nothing changed.' }));
      }),
  });
  await expect(page.getByText('这个账期还没有对账')).toBeVisible();
  await page.keyboard.press('F5');
  const bar = page.getByRole('status').filter({ hasText: '正在对账' });
  await expect(bar).toBeVisible();
  await expect.poll(() => served.calls.map((c) => c.method)).toContain('month.reconcile');
  served.emit('progress', { job: 'reconcile', stage: '核对账单', done: 3, total: 4 });
  await expect(bar).toContainText('核对账单');
  await expect(bar).toContainText('75%');
  await bar.getByRole('button', { name: '停止' }).click();
  await expect.poll(() => served.calls.map((c) => c.method)).toContain('jobs.cancel');
  finish();
  await expect(page.getByText('已停止，数据没有改动。')).toBeVisible();
  await expect(bar).toHaveCount(0);
});

test('findings: keys move and mark, both rows stand side by side, what differs is marked', async ({ open }) => {
  const { page, served } = await open('#/findings?cycle=2025-09');
  const grid = page.getByRole('grid', { name: '差异列表' });
  await expect(grid).toHaveAttribute('aria-rowcount', '24');
  const detail = page.locator('#finding-detail');
  await expect(detail).toContainText('伙伴账单明细_2025-09.xlsx · 明细');
  await expect(detail.getByRole('columnheader', { name: '第 1288 行' })).toBeVisible();
  await expect(detail.locator('tr.differs')).toHaveText([
    /^客户消费金额\(元\) \/ 应付金额\(元\).*3200\.00/,
    /^账期 两边不同2025-092025-10$/,
  ]);
  await grid.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await expect(grid.locator('[aria-selected=true]')).toHaveCount(2);
  await page.keyboard.press('2');
  await expect
    .poll(() => served.calls.find((c) => c.method === 'findings.mark')?.input)
    .toEqual({ status: 'disputed', keys: [expect.any(String), expect.any(String)] });
  await page.keyboard.press('Enter');
  await expect(detail).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(grid).toBeFocused();
  await page.keyboard.press('/');
  await page.keyboard.type('tianjin');
  await expect.poll(() => served.calls.filter((c) => c.method === 'findings.page').at(-1)?.input).toMatchObject({ search: 'tianjin' });
  await expect.poll(() => fitsWidth(page)).toBe(true);
});

test('findings: of 20,000 rows only those in view exist; End reads the last chunk', async ({ open }) => {
  const all = manyFindings(20_000);
  const { page, served } = await open('#/findings?cycle=2025-09', { 'findings.page': (input) => pageOf(all, input) });
  const grid = page.getByRole('grid', { name: '差异列表' });
  await expect(grid).toHaveAttribute('aria-rowcount', '20001');
  await grid.focus();
  await page.keyboard.press('End');
  await expect(grid.locator('[aria-rowindex="20001"]')).toContainText('CS25000000019999YB');
  expect(await grid.getByRole('row').count()).toBeLessThan(80);
  const asked = served.calls.filter((c) => c.method === 'findings.page').map((c) => (c.input as { offset: number }).offset);
  expect(new Set(asked).size).toBe(asked.length);
  expect(asked.length).toBeLessThan(6);
});

test('no findings, and none that fit the filter, say so', async ({ open }) => {
  const none = { today: '2025-10-08', carried: 0, total: 0, totalDifference: '0.00000000', findings: [], counts: [] };
  const { page } = await open('#/findings?cycle=2025-09', { 'findings.page': () => none });
  await expect(page.getByText('对账完成，所有金额都已解释。')).toBeVisible();
  await page.getByPlaceholder('搜索客户').fill('x');
  await expect(page.getByText('没有符合条件的差异')).toBeVisible();
});

test('reconcile: every step with 8 decimals, a missing side named, findings lead on', async ({ open }) => {
  const { page } = await open('#/reconcile?cycle=2025-09&pair=bill-consumption');
  await expect(page.getByRole('row', { name: /抹零 1,288/ })).toContainText('0.04633011');
  await expect(page.getByRole('row', { name: /^未解释/ })).toContainText('-3,310.04599822');
  await page.getByRole('button', { name: /收支明细 → 调账记录/ }).click();
  await expect(page.getByText('缺少：调账记录。导入后重新对账。')).toBeVisible();
  await page.getByRole('button', { name: /客户消费 → 业绩/ }).click();
  const unexplained = page.getByRole('grid', { name: '未解释的差异' });
  await unexplained.focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#\/findings.*key=performance\.missing/);
});

test('invoices: a wrong number is refused as one types, a list that does not tie says why', async ({ open }) => {
  const text = { zh: '申付单 SF202510001 不能打印：差额 -707.55，应为 0.00。', en: 'Cannot be printed.' };
  const { page, served } = await open('#/invoices?cycle=2025-09', {
    'invoices.print': () => {
      throw new AppError('invoice-list.difference', text);
    },
  });
  await page.getByRole('button', { name: '登记发票' }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel('发票号码').fill('2.53E+19');
  await form.getByLabel('不含税金额').fill('1000');
  await expect(form.getByText('科学计数')).toBeVisible();
  await expect(form.getByLabel('税额')).toHaveValue('60.00');
  await expect(form.getByRole('button', { name: '保存' })).toBeDisabled();
  await form.getByLabel('发票号码').fill('25312000000358032546');
  await form.getByLabel('开票日期').fill('2025-10-20');
  await form.getByRole('button', { name: '保存' }).click();
  await expect(form).toHaveCount(0);
  expect(served.calls.find((c) => c.method === 'invoices.add')?.input).toMatchObject({ requestId: 'SF202510001', tax: '60.00' });
  await page.getByRole('button', { name: '预览清单' }).click();
  await expect(page.getByText(text.zh)).toBeVisible();
});

test('settings: the language changes every word at once', async ({ open }) => {
  const { page, served } = await open('#/settings?cycle=2025-09');
  await expect(page.getByText('中国站按交易逐笔扣费')).toBeVisible();
  await page.getByText('EN', { exact: true }).click();
  await expect(page.getByRole('button', { name: 'Findings' })).toBeVisible();
  await expect(page.getByText('China site: charged per trade id')).toBeVisible();
  await expect.poll(() => served.calls.find((c) => c.method === 'settings.set')?.input).toEqual({ key: 'language', value: 'en' });
});

test('a failure is a sentence with a way on, never an empty page', async ({ open }) => {
  let broken = true;
  const zh = '磁盘已满，无法读取这个账期。请腾出空间后重试。';
  const { page } = await open('#/month?cycle=2025-09', {
    ...(broken && {
      'month.status': (input) => {
        if (broken) throw new AppError('disk.full', { zh, en: 'The disk is full.' });
        return { billingCycle: input.billingCycle, statements: [] };
      },
    }),
  });
  await expect(page.getByText(zh)).toBeVisible();
  broken = false;
  await page.getByRole('button', { name: '重试' }).click();
  await expect(page.getByText('文件清单')).toBeVisible();
});

test('findings: open ones of earlier months are a way away, and never mixed with the month', async ({ open }) => {
  const { page, served } = await open('#/findings?cycle=2025-09');
  await expect(page.getByText('以前月份还有 2 条差异没有了结')).toBeVisible();
  await page.getByRole('button', { name: '查看', exact: true }).click();
  await expect(page.getByText('以前月份没有了结的差异')).toBeVisible();
  const asked = () => served.calls.filter((c) => c.method === 'findings.page').map((c) => (c.input as { carried: boolean }).carried);
  expect(asked().at(0)).toBe(false);
  await expect.poll(() => asked().at(-1)).toBe(true);
  await page.getByRole('button', { name: '回到本月' }).click();
  await expect(page.getByText('以前月份还有 2 条差异没有了结')).toBeVisible();
});

test('month home: what the newest run found otherwise, one by one', async ({ open }) => {
  const { page } = await open('#/month?cycle=2025-09');
  const since = page.getByRole('region', { name: '与上次对账相比' });
  await expect(since).toContainText('差异新增 1 条、消失 1 条、变化 1 条');
  await since.getByRole('button', { name: '查看' }).click();
  await expect(since.getByRole('row')).toHaveCount(3);
  await expect.poll(() => fitsWidth(page)).toBe(true);
});

test('reconcile: what was matched by hand, idle and undone ones too', async ({ open }) => {
  const { page } = await open('#/reconcile?cycle=2025-09');
  await page.getByText('人工核对', { exact: true }).click();
  await expect(page.getByRole('row', { name: /生效 合并/ })).toContainText('组合订单');
  await expect(page.getByRole('row', { name: /未生效/ })).toContainText('（数据中没有）');
  await expect(page.getByRole('row', { name: /已撤销/ }).getByRole('button')).toHaveCount(0);
  await expect.poll(() => fitsWidth(page)).toBe(true);
});

test('requests: of 600 only those in view exist; Shift and the space bar tick several, Ctrl+A all', async ({ open }) => {
  const [one] = golden('requests.list').requests;
  const requests = Array.from({ length: 600 }, (_, i) => ({ ...one!, requestId: `SF${String(i).padStart(4, '0')}` }));
  const { page } = await open('#/invoices?cycle=2025-09', { 'requests.list': () => ({ requests }) });
  const grid = page.getByRole('grid', { name: '申付单' });
  await expect(grid).toHaveAttribute('aria-rowcount', '601');
  await grid.focus();
  await page.keyboard.press('End');
  await expect(grid.locator('.grid-row.cursor')).toContainText('SF0599');
  expect(await grid.getByRole('row').count()).toBeLessThan(60);
  await page.keyboard.press('Shift+ArrowUp');
  await page.keyboard.press('Shift+ArrowUp');
  await page.keyboard.press(' ');
  await expect(page.getByRole('button', { name: '打印 (3)' })).toBeVisible();
  await expect(grid.getByRole('checkbox', { name: 'SF0598' })).toBeChecked();
  await page.keyboard.press(' ');
  await expect(page.getByRole('button', { name: '打印', exact: true })).toBeVisible();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.press(' ');
  await expect(page.getByRole('button', { name: '打印 (600)' })).toBeVisible();
});
