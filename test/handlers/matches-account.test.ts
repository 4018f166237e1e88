import { describe, expect, it } from 'vitest';
import { openApp, type OpenedApp } from './opened-app.ts';

const billingCycle = '2025-09';
const ledgerHead = '收支明细流水号,交易时间,交易类型,交易详细类型,收支类型,变更金额,变更后余额,订单号,客户ID,客户账号名\n';
const ledger =
  ledgerHead +
  'F1,2025-09-10 08:00:00,拨款,拨款,支出,100.00,900.00,,c1,acme\n' +
  'F2,2025-09-11 08:00:00,消费,按需扣费,支出,40.00,860.00,WRONG,,\n' +
  'F3,2025-09-12 08:00:00,消费,按需扣费,支出,7.00,853.00,T9,,\n';
const adjustments =
  '事务ID,操作类型,客户ID,客户账号名,金额,操作时间\nA1,拨款,c1,acme,60.00,2025-09-12 08:00:00\nA2,拨款,c1,acme,40.00,2025-09-13 08:00:00\n';
const bill = '账期,客户ID,客户账号名,订单号,产品类型,计费模式,账单类型,交易时间,消费金额,结算折扣率,结算金额\n2025-09,c1,acme,T1,云主机,按需,消费-使用,2025-09-11 07:00:00,40.00,1,40.00\n'; // prettier-ignore
const consumption = '账期,客户ID,客户账号名,关联类型,订单号,产品类型,计费模式,账单类型,交易时间,应付金额\n2025-09,c1,acme,代售,T1,云主机,按需,消费-使用,2025-09-11 07:00:00,40.00\n'; // prettier-ignore

async function opened(): Promise<OpenedApp> {
  const app = openApp();
  for (const [name, text] of [
    ['收支明细_充值账户_2025-09.csv', ledger],
    ['调账记录_2025-09.csv', adjustments],
    ['伙伴账单_2025-09.csv', bill],
    ['消费明细_2025-09.csv', consumption],
  ] as const)
    expect(await app.import(name, text)).toMatchObject({ status: 'imported' });
  await app.call('month.reconcile', { billingCycle });
  return app;
}
const findings = async (app: OpenedApp, code: string) =>
  (await app.call('findings.page', { billingCycle, code })).findings.filter((f) => !f.resolvedByData);

describe('entries of the accounts', () => {
  it('are joined with the adjustments by their findings: suggested, kept by number, taken back', async () => {
    const app = await opened();
    const open = await findings(app, 'account.adjustment');
    expect(open).toHaveLength(3);
    const key = open.find((f) => f.key.endsWith('|F1'))!.key;
    const suggested = await app.call('match.suggest', { key });
    expect(suggested).toMatchObject({ state: 'found', candidates: 2, findings: { length: 2 } });
    const keys = [key, ...suggested.findings.map((f) => f.key)];
    const { months } = await app.call('match.preview', { action: 'join', billingCycle, findings: keys });
    expect(months[0]).toMatchObject({ new: 0, gone: 3 });
    const { match } = await app.call('match.join', { billingCycle, findings: keys, reason: '分两次登记' });
    expect(match).toMatchObject({ pair: 'account-adjustment', keys: [{ flowId: 'A1' }, { flowId: 'A2' }, { flowId: 'F1' }] });
    await app.call('month.reconcile', { billingCycle });
    expect(await findings(app, 'account.adjustment')).toEqual([]);
    expect(await app.call('workspace.verify', {})).toMatchObject({ ok: true });
    await app.call('match.undo', { id: match.id });
    await app.call('month.reconcile', { billingCycle });
    expect(await findings(app, 'account.adjustment')).toHaveLength(3);
  });

  it('are joined with orders of the bill by their numbers, and the finding that is left shows its match', async () => {
    const app = await opened();
    expect(await findings(app, 'account.deduction-without-bill')).toHaveLength(2);
    const order = { customer: 'c1', tradeId: 'T1' };
    const said = { billingCycle, pair: 'bill-account' as const, reason: '订单号写错' };
    const { match } = await app.call('match.join', { ...said, keys: [order, { performanceId: 'F2' }] });
    expect(match.keys).toContainEqual({ flowId: 'F2' });
    await app.call('month.reconcile', { billingCycle });
    expect((await findings(app, 'account.deduction-without-bill')).map((f) => f.recordId)).toEqual(['F3']);
    await app.call('match.undo', { id: match.id });
    await app.call('match.join', { ...said, keys: [order, { flowId: 'F2' }, { flowId: 'F3' }] });
    await app.call('month.reconcile', { billingCycle });
    const [left] = await findings(app, 'account.deduction-amount');
    expect(left).toMatchObject({ expected: '40.00000000', stated: '47.00000000' });
    expect((await app.call('findings.evidence', { key: left!.key })).match).toMatchObject({ reason: '订单号写错' });
    expect((await app.refused('match.split', { ...said, keys: [{ flowId: 'F9' }] })).code).toBe('match.key-unknown');
  });
});
