import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseMoney } from '../../electron/core/money.ts';
import { openApp, type OpenedApp } from './opened-app.ts';

const billingCycle = '2025-09';
let app: OpenedApp;
beforeAll(async () => {
  app = openApp(afterAll);
  await app.call('sample.import', {});
  await app.call('month.reconcile', { billingCycle });
});

const sum = (amounts: readonly string[]): bigint => amounts.reduce((n, a) => n + parseMoney(a)!, 0n);

it('what is stated plan by plan is all of the month’s incentive; what differs is what the bridge leaves unexplained', async () => {
  const { bridges } = await app.call('month.bridges', { billingCycle, pair: 'performance-incentive' });
  const [bridge] = bridges.filter((b) => 'left' in b);
  const { shares } = await app.call('incentives.plans', { billingCycle });
  expect(sum(shares.map((s) => s.stated))).toBe(parseMoney(bridge!.right.total));
  expect(sum(shares.map((s) => s.difference))).toBe(parseMoney(bridge!.unexplained));
  const step = (name: string) => parseMoney(bridge!.steps.find((s) => s.step === name)!.amount)!;
  const ofWay = (way: string, key: 'computed' | 'stated') => sum(shares.filter((s) => s.way === way).map((s) => s[key]));
  expect(ofWay('next-month', 'computed')).toBe(-step('next-month'));
  expect(ofWay('previous-month', 'computed')).toBe(step('previous-month'));
  expect(ofWay('carried', 'computed')).toBe(step('netting'));
  const stepped = shares.filter((s) => s.exact !== undefined);
  expect(stepped.length).toBeGreaterThan(0);
  for (const s of stepped) expect(sum([s.exact!, s.rounding!])).toBe(parseMoney(s.computed));
  expect(shares.some((s) => s.method === 'tier')).toBe(true);
});

it('a tier plan tells its period month by month, the tiers that are reached and what is missing to the next', async () => {
  const { plans, shares } = await app.call('incentives.plans', { billingCycle });
  expect(plans.length).toBeGreaterThan(0);
  for (const plan of plans) {
    expect(plan.months.map((m) => m.billingCycle)).toContain(billingCycle);
    expect(sum(plan.months.map((m) => m.amount ?? '0'))).toBe(parseMoney(plan.counted));
    const reached = plan.tiers.filter((t) => t.reached);
    const paid = shares.filter((s) => s.plan === plan.plan && s.way === 'month');
    for (const share of paid) expect(share.rate).toBe(reached.at(-1)?.rate);
    const next = plan.tiers.find((t) => !t.reached);
    const missing = next && parseMoney(next.threshold)! - parseMoney(plan.given ?? plan.counted)!;
    expect(plan.missing === undefined ? undefined : parseMoney(plan.missing)).toBe(missing);
  }
});

it('of a plan whose tiers are reached only beyond their thresholds that is said', async () => {
  const { plans } = await app.call('incentives.plans', { billingCycle });
  expect(plans.map((p) => p.beyond)).toEqual(plans.map(() => undefined));
  const one = plans[0]!.plan;
  await app.call('settings.set', { key: 'tierBoundaryByPlan', value: `${one}=moreThan` });
  await app.call('month.reconcile', { billingCycle });
  const said = (await app.call('incentives.plans', { billingCycle })).plans;
  await app.call('settings.set', { key: 'tierBoundaryByPlan', value: '' });
  await app.call('month.reconcile', { billingCycle });
  expect(said.map((p) => p.beyond)).toEqual(plans.map((p) => (p.plan === one ? true : undefined)));
});

it('customers add up to their plans; they are sorted, searched, paged, and those that differ come alone', async () => {
  const { shares } = await app.call('incentives.plans', { billingCycle });
  const all = await app.call('incentives.customers', { billingCycle, limit: 500 });
  for (const key of ['base', 'computed', 'stated'] as const) {
    expect(parseMoney(all[key]), key).toBe(sum(shares.map((s) => s[key])));
    expect(sum(all.shares.map((s) => s[key])), key).toBe(parseMoney(all[key]));
  }
  const differing = await app.call('incentives.customers', { billingCycle, differing: true });
  expect(sum(differing.shares.map((s) => s.difference))).toBe(sum(shares.map((s) => s.difference)));
  expect(differing.shares.every((s) => parseMoney(s.difference) !== 0n)).toBe(true);
  expect(differing.total).toBe(2);
  const byBase = await app.call('incentives.customers', { billingCycle, sort: 'base', descending: true, offset: 1, limit: 3 });
  const bases = all.shares.map((s) => parseMoney(s.base)!).sort((a, b) => (a > b ? -1 : 1));
  expect(byBase.shares.map((s) => parseMoney(s.base))).toEqual(bases.slice(1, 4));
  const { customerName } = differing.shares[0]!;
  const found = await app.call('incentives.customers', { billingCycle, search: customerName });
  expect(found.total).toBeGreaterThan(0);
  expect(found.shares.every((s) => s.customerName === customerName)).toBe(true);
  const { plan } = differing.shares[0]!;
  expect((await app.call('incentives.customers', { billingCycle, plan, limit: 500 })).shares.every((s) => s.plan === plan)).toBe(true);
});

it('a month that is not reconciled is refused', async () => {
  expect((await app.refused('incentives.plans', { billingCycle: '2025-08' })).code).toBe('not-reconciled');
});

it('what the vendor holds back is listed with its reason', async () => {
  const text = `激励账单ID,对账期次,激励名称,激励金额,状态,待申付金额,冻结原因\nJLX,2025-11,测试激励,100.00,待确认,40.00,客户欠费\nJLY,2025-11,另一激励,50.00,待确认,50.00,\n`;
  await app.import('激励汇总_2025-11.csv', text);
  await app.call('month.reconcile', { billingCycle: '2025-11' });
  const { frozen, shares } = await app.call('incentives.plans', { billingCycle: '2025-11' });
  expect(frozen).toEqual([{ billId: 'JLX', name: '测试激励', amount: '100.00000000', pending: '40.00000000', reason: '客户欠费' }]);
  expect(shares).toEqual([]);
});
