import path from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { openApp, type OpenedApp } from './opened-app.ts';

const billingCycle = '2025-09';
const consumption = (cycle: string): string =>
  '账期,客户ID,客户账号名,关联类型,订单号/交易号,产品类型,计费模式,交易类型,客户交易时间,应付金额,现金支付,信用额度支付\n' +
  `${cycle},c1,acme,代售,T1,云主机,按需,消费,${cycle}-10 08:00:00,100.00,60.00,40.00\n`;
const performance = (cycle: string): string =>
  `业绩ID,客户ID,客户账号名,对账期次,订单号,产品类型,客户交易时间,业绩金额\nP${cycle},c1,acme,${cycle},T1,云主机,${cycle}-10 08:00:00,100.00\n`;

async function opened(): Promise<OpenedApp> {
  const app = openApp();
  for (const cycle of ['2025-08', billingCycle]) {
    expect(await app.import(`消费明细${cycle}.csv`, consumption(cycle))).toMatchObject({ status: 'imported' });
    expect(await app.import(`业绩明细${cycle}.csv`, performance(cycle))).toMatchObject({ status: 'imported' });
  }
  await app.call('month.reconcile', { billingCycle });
  return app;
}
/** Every row of every table, as text. */
function everything({ workspace }: OpenedApp): string {
  const db = new Database(path.join(workspace, 'hezhang.db'), { readonly: true });
  try {
    const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").pluck().all() as string[];
    return JSON.stringify(tables.map((name) => [name, db.prepare(`SELECT * FROM "${name}"`).raw().all()]));
  } finally {
    db.close();
  }
}
const change = { changes: [{ key: 'creditCounts', value: 'false' }], billingCycles: [billingCycle] };

describe('the preview of a setting', () => {
  it('says what would change, and writes nothing', async () => {
    const app = await opened();
    const before = everything(app);
    const { months, changes, closed, note } = await app.call('settings.preview', change);
    expect(everything(app)).toBe(before);
    expect(changes).toEqual([{ key: 'creditCounts', before: 'true', value: 'false' }]);
    expect(closed).toEqual([]);
    expect(note).toBeUndefined();
    expect(months).toHaveLength(1);
    expect(months[0]).toMatchObject({ billingCycle, new: 1, gone: 0, changed: 0, counts: [{ code: 'performance.too-high', new: 1 }] });
    expect(months[0]!.findings).toMatchObject([{ change: 'new', code: 'performance.too-high', difference: '40.00000000' }]);
    expect(months[0]!.bridges).toEqual([
      { pair: 'consumption-performance', step: 'credit', before: '0.00000000', after: '-40.00000000' },
      { pair: 'consumption-performance', step: 'unexplained', before: '0.00000000', after: '40.00000000' },
    ]);
    expect((await app.call('settings.get', {})).settings.find((s) => s.key === 'creditCounts')?.value).toBe('true');
  });

  it('tells exactly what the run then finds', async () => {
    const app = await opened();
    const { months } = await app.call('settings.preview', change);
    await app.call('settings.set', change.changes[0]!);
    const { findings } = await app.call('month.reconcile', { billingCycle });
    expect(findings.map((f) => f.key)).toEqual(months[0]!.findings.map((f) => f.key));
  });

  it('compares with the data as they are where the last run is stale or there was none', async () => {
    const app = await opened();
    await app.import('业绩明细2.csv', performance(billingCycle).replace('T1', 'T2').replace('P2025-09', 'P2'));
    const before = everything(app);
    const { months } = await app.call('settings.preview', { ...change, billingCycles: ['2025-08', billingCycle] });
    expect(everything(app)).toBe(before);
    expect(months.map((m) => [m.billingCycle, m.new, m.gone, m.changed])).toEqual([
      ['2025-08', 1, 0, 0],
      [billingCycle, 1, 0, 0],
    ]);
  });

  it('leaves closed months alone, and says so', async () => {
    const app = await opened();
    await app.call('month.close', { billingCycle, preparedBy: '王芳', reviewedBy: '李娜' });
    const { months, closed, note } = await app.call('settings.preview', { ...change, billingCycles: ['2025-08', billingCycle] });
    expect(months.map((m) => m.billingCycle)).toEqual(['2025-08']);
    expect(closed).toEqual([billingCycle]);
    expect(note?.zh).toContain(billingCycle);
  });

  it('refuses what the setting itself would refuse, and a month without files', async () => {
    const app = await opened();
    const of = (key: string, value: string) => ({ ...change, changes: [{ key, value }] });
    expect((await app.refused('settings.preview', of('nonsense', '1'))).code).toBe('setting.unknown');
    expect((await app.refused('settings.preview', of('creditCounts', 'perhaps'))).code).toBe('setting.refused');
    expect((await app.refused('settings.preview', { ...change, billingCycles: ['2001-01'] })).code).toBe('month.empty');
  });

  it('can be stopped, tells how far it is, and leaves everything as it was', async () => {
    const app = await opened();
    const before = everything(app);
    const running = app.refused('settings.preview', change);
    // The job starts a moment after it was asked for.
    while (!(await app.call('jobs.cancel', {})).cancelled);
    expect((await running).code).toBe('cancelled');
    expect(everything(app)).toBe(before);
    await app.call('settings.preview', change);
    const told = app.events.filter(({ event }) => event === 'progress').map(({ payload }) => (payload as { job: string }).job);
    expect(told).toContain('preview');
  });
});
