import { describe, expect, it } from 'vitest';
import { openApp, type OpenedApp } from './opened-app.ts';

const head = '业绩ID,客户ID,客户账号名,对账期次,订单号,产品类型,客户交易时间,业绩金额\n';
const performed = (trade: string, amount: string, cycle = '2025-09'): string =>
  `P${trade},c1,acme,${cycle},${trade},云主机,${cycle}-10 08:00:00,${amount}\n`;
const consumption = (cycle: string): string =>
  `账期,客户ID,客户账号名,关联类型,订单号/交易号,产品类型,计费模式,交易类型,客户交易时间,应付金额,现金支付\n${cycle},c1,acme,代售,A,云主机,按需,消费,${cycle}-10 08:00:00,60.00,60.00\n`;
const at = { billingCycle: '2025-09' };

async function opened(): Promise<OpenedApp> {
  const app = openApp();
  await app.import('c8.csv', consumption('2025-08'));
  await app.import('p8.csv', head + performed('Z', '1.00', '2025-08'));
  await app.import('c9.csv', consumption('2025-09'));
  await app.import('p9.csv', head + performed('B', '5.00'));
  return app;
}

describe('what changed since the last run', () => {
  it('is nothing to tell of the first', async () => {
    const app = await opened();
    await app.call('month.reconcile', at);
    expect(await app.call('month.changes', at)).toEqual(at);
  });

  it('is told after more data, and stays when the same is run again', async () => {
    const app = await opened();
    await app.call('month.reconcile', at);
    const first = (await app.call('month.answers', at)).at;
    await app.import('more.csv', head + performed('A', '60.00') + performed('C', '7.00'));
    await app.call('month.reconcile', at);
    const told = await app.call('month.changes', at);
    expect(told.since).toBe(first);
    expect(told.changes).toMatchObject({ new: 1, gone: 1, changed: 0 });
    expect(told.changes?.findings.map((f) => [f.change, f.code, f.difference])).toEqual([
      ['gone', 'performance.missing', '-60.00000000'],
      ['new', 'performance.without-consumption', '7.00000000'],
    ]);
    await app.call('month.reconcile', at);
    expect(await app.call('month.changes', at)).toEqual(told);
  });
});

describe('open findings of earlier months', () => {
  it('are carried: counted and listed apart, in no bridge of this month', async () => {
    const app = await opened();
    await app.call('month.reconcile', { billingCycle: '2025-08' });
    await app.call('month.reconcile', at);
    const own = await app.call('findings.page', at);
    const bridges = await app.call('month.bridges', at);
    expect(own.carried).toBe(2);
    expect(own.findings.every((f) => f.billingCycle === '2025-09')).toBe(true);
    const carried = await app.call('findings.page', { ...at, carried: true });
    expect(carried.findings.map((f) => [f.billingCycle, f.tradeId])).toEqual(expect.arrayContaining([['2025-08', 'A'], ['2025-08', 'Z']])); // prettier-ignore
    expect(carried).toMatchObject({ carried: 2, total: 2 });
    const keys = new Set(carried.findings.map((f) => f.key));
    const placed = bridges.bridges.flatMap((b) => ('left' in b ? b.unexplainedFindings.map((f) => f.key) : []));
    expect(placed.filter((key) => keys.has(key))).toEqual([]);
    await app.call('findings.mark', { keys: [carried.findings[0]!.key], status: 'accepted' });
    expect(await app.call('findings.page', { ...at, carried: true, severity: carried.findings[1]!.severity })).toMatchObject({
      carried: 1,
      total: 1,
    });
    expect((await app.call('findings.page', { billingCycle: '2025-08' })).carried).toBe(0);
  });
});
