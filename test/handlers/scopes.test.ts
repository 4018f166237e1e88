import { describe, expect, it } from 'vitest';
import { openApp, type OpenedApp } from './opened-app.ts';

const billingCycle = '2025-09';
const billHead = '账期,客户ID,客户账号名,客户经理,订单号/交易号,产品类型,计费模式,交易类型,客户交易时间,客户消费金额,结算金额,应还金额\n';
const billed = (customer: string, manager: string, trade: string, amount: string): string =>
  `${billingCycle},${customer},acme-${customer},${manager},${trade},云主机,按需,消费,2025-09-10 08:00:00,${amount},${amount},${amount}\n`;
const usedHead = '账期,客户ID,客户账号名,客户经理,关联类型,订单号/交易号,产品类型,计费模式,交易类型,客户交易时间,应付金额,现金支付\n';
const used = (customer: string, manager: string, trade: string, amount: string): string =>
  `${billingCycle},${customer},acme-${customer},${manager},代售,${trade},云主机,按需,消费,2025-09-10 08:00:00,${amount},${amount}\n`;
const bill = billHead + billed('c1', '甲', 'A', '60.00') + billed('c2', '乙', 'B', '40.00') + billed('c3', '', 'C', '7.00');
const consumption = usedHead + used('c1', '甲', 'A', '60.00');

async function opened(): Promise<OpenedApp & { readonly importId: string }> {
  const app = openApp();
  await app.import('账单.csv', bill);
  const { importId } = await app.import('消费.csv', consumption);
  await app.call('month.reconcile', { billingCycle });
  return { ...app, importId: importId! };
}
const trades = async (app: OpenedApp) => (await app.call('findings.page', { billingCycle })).findings.map((f) => f.tradeId);
const bridge = async (app: OpenedApp) => (await app.call('month.bridges', { billingCycle, pair: 'bill-consumption' })).bridges[0]!;

describe('what a file covers', () => {
  it('is suggested where a customer is wholly missing, previewed, kept, and leaves what nobody knows as a finding', async () => {
    const app = await opened();
    const { findings } = await app.call('findings.page', { billingCycle });
    expect(findings.map((f) => f.candidates.some((c) => c.code === 'partial-export' && c.zh.includes('甲')))).toEqual([true, true]);
    const said = { importId: app.importId, managers: [' 甲 ', '甲'] };
    const { months } = await app.call('scopes.preview', said);
    expect(months[0]).toMatchObject({ billingCycle, new: 0, gone: 1 });
    expect((await app.call('scopes.list', {})).marks).toEqual([]);
    const { mark } = await app.call('scopes.mark', { ...said, by: '王芳' });
    expect(mark).toMatchObject({
      kind: 'consumption',
      billingCycles: [billingCycle],
      managers: ['甲'],
      customers: [],
      state: 'active',
      by: '王芳',
    });
    expect((await app.call('months.list', {})).months[0]).toMatchObject({ reconciled: 'stale' });
    await app.call('month.reconcile', { billingCycle });
    // Of c3 nothing says whose customer it is: never guessed.
    expect(await trades(app)).toEqual(['C']);
    expect(await bridge(app)).toMatchObject({ steps: expect.arrayContaining([{ step: 'scope', amount: '-40.00000000', rows: 1 }]) });
    const { statements } = await app.call('month.status', { billingCycle });
    expect(statements.find((s) => s.kind === 'consumption')!.note!.zh).toContain('客户经理 甲');
  });

  it('can be looked into like any other step', async () => {
    const app = await opened();
    await app.call('scopes.mark', { importId: app.importId, managers: ['甲'], customers: ['c3'] });
    await app.call('month.reconcile', { billingCycle });
    const found = { billingCycle, pair: 'bill-consumption', step: 'scope' } as const;
    const { groups } = await app.call('bridge.groups', found);
    expect(groups).toMatchObject([{ customerId: 'c2', tradeId: 'B', amount: '-40.00000000' }]);
  });

  it('is replaced by what is said next, taken back, and kept as a record', async () => {
    const app = await opened();
    await app.call('scopes.mark', { importId: app.importId, managers: ['甲'] });
    const { mark } = await app.call('scopes.mark', { importId: app.importId, customers: ['c1', 'acme-c3'] });
    await app.call('month.reconcile', { billingCycle });
    expect(await trades(app)).toEqual(['C']);
    const undone = await app.call('scopes.undo', { id: mark.id, by: '李娜' });
    expect(undone.mark).toMatchObject({ state: 'undone', undoneBy: '李娜' });
    await app.call('month.reconcile', { billingCycle });
    expect(new Set(await trades(app))).toEqual(new Set(['B', 'C']));
    expect((await app.call('scopes.list', {})).marks.map((m) => m.state)).toEqual(['undone', 'undone']);
    expect((await app.refused('scopes.undo', { id: mark.id })).code).toBe('scope.undone');
    expect(await app.call('workspace.verify', {})).toMatchObject({ ok: true });
  });

  it('holds when the same file is imported again, and is idle while it is not there', async () => {
    const app = await opened();
    await app.call('scopes.mark', { importId: app.importId, managers: ['甲'] });
    await app.call('imports.undo', { importId: app.importId });
    expect((await app.call('scopes.list', {})).marks).toMatchObject([{ state: 'idle' }]);
    await app.import('消费.csv', consumption);
    expect((await app.call('scopes.list', {})).marks).toMatchObject([{ state: 'active' }]);
    await app.call('month.reconcile', { billingCycle });
    expect(await trades(app)).toEqual(['C']);
  });

  it('counts only where every file in force of the statement is marked', async () => {
    const app = await opened();
    await app.call('scopes.mark', { importId: app.importId, managers: ['甲'] });
    await app.import('消费2.csv', usedHead + used('c4', '丙', 'D', '1.00'));
    await app.call('month.reconcile', { billingCycle });
    expect(new Set(await trades(app))).toEqual(new Set(['B', 'C', 'D']));
    expect((await app.call('scopes.list', {})).marks).toMatchObject([{ state: 'idle' }]);
  });

  it('is refused for a manager who is nowhere, or of whom the file has nothing, for all rows would stand outside', async () => {
    const app = await opened();
    const refusal = async (managers: string[], more = {}) => app.refused('scopes.mark', { importId: app.importId, managers, ...more });
    expect(await refusal(['甲甲'])).toMatchObject({
      code: 'scope.manager',
      message: { zh: expect.stringContaining('没有客户经理甲甲。') },
    });
    expect((await refusal(['甲', '丁'])).message.zh).toContain('没有客户经理丁。');
    // 乙 is in the bill: of him the consumption has nothing, which is no mistake beside others.
    expect((await refusal(['乙'])).message.zh).toContain('文件里有：甲');
    for (const said of [{ managers: ['甲', '乙'] }, { managers: ['乙'], customers: ['c1'] }, { managers: ['*'] }])
      expect(await app.call('scopes.mark', { importId: app.importId, ...said })).toMatchObject({ mark: { state: 'active' } });
    await app.import('归属.csv', '客户ID,客户经理姓名,生效日期,失效日期\nc3,丁,2025-01-01,\n');
    expect(await app.call('scopes.mark', { importId: app.importId, managers: ['甲', '丁'] })).toMatchObject({ mark: { state: 'active' } });
  });

  it('is refused without names, of a file that is not there or holds nothing of the kind, and in a closed month', async () => {
    const app = await opened();
    const codeOf = async (change: object) =>
      (await app.refused('scopes.mark', { importId: app.importId, managers: ['甲'], ...change })).code;
    expect(await codeOf({ managers: [' '] })).toBe('scope.empty');
    expect(await codeOf({ importId: 'nothing' })).toBe('import.unknown');
    expect(await codeOf({ kind: 'partner-bill' })).toBe('scope.kind');
    const table = await app.import('归属.csv', '客户ID,客户经理姓名,生效日期,失效日期\nc3,乙,2025-01-01,\n');
    expect(await codeOf({ importId: table.importId })).toBe('scope.kind');
    await app.call('month.reconcile', { billingCycle });
    await app.call('month.close', { billingCycle, preparedBy: '王芳', reviewedBy: '李娜' });
    expect(await codeOf({})).toBe('month.closed');
  });
});

it('the user’s table says whose a customer is where the files do not', async () => {
  const app = await opened();
  await app.import('归属.csv', '客户ID,客户经理姓名,生效日期,失效日期\nc3,乙,2025-01-01,\n');
  await app.call('scopes.mark', { importId: app.importId, managers: ['甲'] });
  await app.call('month.reconcile', { billingCycle });
  expect(await trades(app)).toEqual([]);
});
