import { AppError, NotReconciled } from '../../electron/errors.ts';
import type { Input } from '../../electron/contract.ts';
import { golden } from '../renderer/golden-dispatch.ts';
import { expect, test } from './opened-page.ts';

test('incentives: plans with base, rate, rounding, computed and stated; a plan chooses its customers; headings sort', async ({ open }) => {
  const { page, served } = await open('#/incentives?cycle=2025-09');
  const asked = () => served.calls.filter((c) => c.method === 'incentives.customers').at(-1)!.input as Input<'incentives.customers'>;
  const plans = page.getByRole('table', { name: '激励计划：应为与实为' });
  await expect(plans.getByRole('row', { name: /数据库专项激励（示例）/ })).toContainText('-83.54');
  await expect(plans.getByRole('row', { name: /数据库阶梯激励（示例）/ })).toContainText('相符');
  await expect(plans.getByRole('row', { name: /本月激励合计/ })).toContainText('-84.10');
  const grid = page.getByRole('grid', { name: '各客户的激励' });
  await expect(grid).toHaveAttribute('aria-rowcount', String(golden('incentives.customers').total + 1));
  await expect(grid.locator('[aria-rowindex="2"]')).toContainText('-83.54');
  await plans.getByRole('button', { name: '数据库专项激励（示例）' }).click();
  await expect.poll(asked).toMatchObject({ plan: '数据库专项激励（示例）' });
  await expect(page.getByText('“数据库专项激励（示例）”的客户')).toBeVisible();
  await page.getByRole('checkbox', { name: '只看有差额的' }).check();
  await expect.poll(asked).toMatchObject({ plan: '数据库专项激励（示例）', differing: true });
  await grid.getByRole('columnheader', { name: '基数' }).getByRole('button').click();
  await expect.poll(asked).toMatchObject({ plan: '数据库专项激励（示例）', differing: true, sort: 'base', descending: true });
  await expect(grid.getByRole('columnheader', { name: '基数' })).toHaveAttribute('aria-sort', 'descending');
  await plans.getByRole('button', { name: '数据库专项激励（示例）' }).click();
  await expect.poll(() => asked().plan).toBeUndefined();
});

test('incentives: the months of a tier plan, what is frozen and why, the tax step of each request', async ({ open }) => {
  const { page } = await open('#/incentives?cycle=2025-09');
  const plan = page.getByRole('table', { name: '数据库阶梯激励（示例）' });
  await expect(plan.getByRole('row', { name: /2025-07/ })).toContainText('未导入');
  await expect(plan.getByRole('row', { name: /合计/ })).toContainText('443,855.56');
  await expect(page.getByRole('table', { name: '冻结的激励' })).toContainText('账户仍有欠费');
  await expect(page.getByRole('region', { name: '申付金额的税率换算' })).toContainText('÷ (1 +');
  await page.getByRole('button', { name: '看差额桥' }).click();
  await expect(page).toHaveURL(/#\/reconcile\?cycle=2025-09&pair=performance-incentive/);
});

test('incentives: reached with the keys; nothing, not reconciled and a failure say so', async ({ open }) => {
  let refuse: AppError | undefined = new NotReconciled('2025-09', 'never');
  const { page, served } = await open('#/month?cycle=2025-09', {
    'incentives.plans': () => {
      if (refuse) throw refuse;
      return { ...golden('incentives.plans'), shares: [], plans: [], frozen: [] };
    },
  });
  await expect(page.getByRole('group', { name: '四个问题' })).toBeVisible();
  await page.keyboard.press('Alt+6');
  // The month's page has such a button too.
  await expect.poll(() => served.calls.map((c) => c.method)).toContain('incentives.plans');
  await expect(page.getByRole('main').getByRole('button', { name: /对账/ })).toBeVisible();
  refuse = new AppError('drill.other-settings', { zh: '设置有变化', en: 'settings changed' });
  await page.keyboard.press('Alt+1');
  await expect(page.getByRole('group', { name: '四个问题' })).toBeVisible();
  await page.keyboard.press('Alt+6');
  await expect(page.getByText('设置有变化')).toBeVisible();
  refuse = undefined;
  await page.getByRole('button', { name: '重试' }).click();
  await expect(page.getByText('这个月没有可以核对的激励')).toBeVisible();
});

test('incentives: Enter in the grid looks the customer up in every statement', async ({ open }) => {
  const { page, served } = await open('#/incentives?cycle=2025-09');
  const grid = page.getByRole('grid', { name: '各客户的激励' });
  await expect(grid.locator('[aria-rowindex="2"]')).toContainText('-83.54');
  await grid.focus();
  await page.keyboard.press('/');
  await expect(page.getByRole('textbox', { name: '搜索客户、计划…' })).toBeFocused();
  await grid.focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#\/data/);
  const text = golden('incentives.customers').shares[0]!.customerId;
  await expect.poll(() => served.calls.filter((c) => c.method === 'data.search').at(-1)?.input).toMatchObject({ text });
});

test('incentives: a look that takes long says how far it is and can be stopped; asked again, the month comes', async ({ open }) => {
  const stopped = Promise.withResolvers<never>();
  let asked = 0;
  const { page, served } = await open('#/incentives?cycle=2025-09', {
    'incentives.plans': () => (asked++ === 0 ? stopped.promise : golden('incentives.plans')),
    'jobs.cancel': () => {
      stopped.reject(new AppError('cancelled', { zh: '已取消，数据没有改动。', en: 'Cancelled; nothing was changed.' }));
      return { cancelled: true };
    },
  });
  const looking = page.getByRole('status', { name: '正在按计划和客户汇总激励…' });
  await expect(looking.getByRole('button', { name: '停止' })).toBeVisible();
  // The page may not listen yet.
  await expect(async () => {
    served.emit('progress', { job: 'drill', stage: 'shares', done: 42_000 });
    await expect(looking).toContainText('已找到 42,000 组', { timeout: 1000 });
  }).toPass();
  await looking.getByRole('button', { name: '停止' }).click();
  await expect(page.getByText('已取消，数据没有改动。')).toBeVisible();
  await page.getByRole('button', { name: '重试' }).click();
  await expect(page.getByRole('table', { name: '激励计划：应为与实为' })).toBeVisible();
});
