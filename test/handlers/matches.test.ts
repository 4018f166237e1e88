import path from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { openApp, type OpenedApp } from './opened-app.ts';

const billingCycle = '2025-09';
const pair = 'consumption-performance' as const;
const by = '王芳';
const consumptionHead = '账期,客户ID,客户账号名,关联类型,订单号/交易号,产品类型,计费模式,交易类型,客户交易时间,应付金额,现金支付\n';
const consumed = (trade: string, amount: string, customer = 'c1'): string =>
  `${billingCycle},${customer},acme-${customer},代售,${trade},云主机,按需,消费,2025-09-10 08:00:00,${amount},${amount}\n`;
const performanceHead = '业绩ID,客户ID,客户账号名,对账期次,订单号,产品类型,客户交易时间,业绩金额\n';
const performed = (trade: string, amount: string, customer = 'c1'): string =>
  `P${trade}${customer},${customer},acme-${customer},${billingCycle},${trade},云主机,2025-09-10 08:00:00,${amount}\n`;

const consumption = consumptionHead + consumed('A', '60.00') + consumed('B', '40.00') + consumed('C', '7.00') + consumed('X', '5.00', 'c2');
const performance = performanceHead + performed('P', '100.00') + performed('X', '5.00', 'c2');

async function opened(parts: readonly string[] = [consumption, performance]): Promise<OpenedApp> {
  const app = openApp();
  for (const [i, text] of parts.entries()) expect(await app.import(`f${i}.csv`, text)).toMatchObject({ status: 'imported' });
  await app.call('month.reconcile', { billingCycle });
  return app;
}
const open = async (app: OpenedApp) => (await app.call('findings.page', { billingCycle })).findings.map((f) => [f.code, f.tradeId]);
const keyOf = async (app: OpenedApp, trade: string): Promise<string> =>
  (await app.call('findings.page', { billingCycle })).findings.find((f) => f.tradeId === trade)!.key;
const keysOf = (...trades: string[]) => trades.map((tradeId) => ({ customer: 'c1', tradeId }));
const join = { billingCycle, pair, keys: keysOf('P', 'A', 'B'), reason: '组合订单', by };
const journal = ({ workspace }: OpenedApp): string[] => {
  const db = new Database(path.join(workspace, 'hezhang.db'), { readonly: true });
  const lines = db.prepare("SELECT action || ' ' || detail FROM journal WHERE action LIKE 'match.%' ORDER BY id").pluck().all() as string[];
  db.close();
  return lines;
};

describe('a join', () => {
  it('is previewed without a trace, kept with its reason, and makes the month stale until it is run again', async () => {
    const app = await opened();
    expect(await open(app)).toHaveLength(4);
    const { months } = await app.call('match.preview', { ...join, action: 'join' });
    expect(months[0]).toMatchObject({ new: 0, gone: 3, changed: 0 });
    expect((await app.call('match.list', { billingCycle })).matches).toEqual([]);
    const { match } = await app.call('match.join', join);
    expect(match).toMatchObject({ pair, action: 'join', state: 'active', reason: '组合订单', by, missing: [] });
    expect((await app.call('months.list', {})).months[0]).toMatchObject({ reconciled: 'stale' });
    await app.call('month.reconcile', { billingCycle });
    expect(await open(app)).toEqual([['performance.missing', 'C']]);
    expect(journal(app)).toEqual([expect.stringMatching(/^match\.join .*组合订单.*王芳/)]);
    expect(await app.call('workspace.verify', {})).toMatchObject({ ok: true });
  });

  it('of findings takes their keys, and shows in the finding that it leaves', async () => {
    const app = await opened();
    const findings = [await keyOf(app, 'P'), await keyOf(app, 'A')];
    const { match } = await app.call('match.join', { billingCycle, findings, reason: '同一订单' });
    expect(match.keys).toEqual([
      { customer: 'c1', tradeId: 'A' },
      { customer: 'c1', tradeId: 'P' },
    ]);
    await app.call('month.reconcile', { billingCycle });
    const key = await keyOf(app, 'P');
    expect(key).toContain('performance.too-high');
    const { match: shown, finding } = await app.call('findings.evidence', { key });
    expect(shown).toEqual(match);
    expect(finding).toMatchObject({ difference: '40.00000000' });
    expect((await app.call('findings.evidence', { key: await keyOf(app, 'C') })).match).toBeUndefined();
  });

  it('survives re-imports; what is gone from the data makes it idle, not wrong', async () => {
    const app = await opened();
    await app.call('match.join', join);
    const { imports } = await app.call('imports.list', {});
    for (const { importId } of imports) await app.call('imports.undo', { importId });
    expect((await app.call('match.list', {})).matches).toMatchObject([{ state: 'idle', missing: { length: 3 } }]);
    for (const [name, text] of [['p.csv', performance], ['c.csv', consumption]] as const) await app.import(name, `${text}\n`); // prettier-ignore
    await app.call('month.reconcile', { billingCycle });
    expect(await open(app)).toEqual([['performance.missing', 'C']]);
    expect((await app.call('match.list', {})).matches).toMatchObject([{ state: 'active', missing: [] }]);
  });

  it('gives the same run whatever order it was said in, and another one than none', async () => {
    const [one, two, none] = [await opened(), await opened(), await opened()];
    const other = { ...join, keys: [{ customer: 'c2', tradeId: 'X' }], reason: '单独核对' };
    await one.call('match.join', join);
    await one.call('match.split', other);
    await two.call('match.split', { ...other, reason: '别的理由' });
    await two.call('match.join', { ...join, keys: join.keys.toReversed() });
    const ids = await Promise.all([one, two, none].map(async (app) => (await app.call('month.reconcile', { billingCycle })).runId));
    expect(ids[0]).toBe(ids[1]);
    expect(ids[0]).not.toBe(ids[2]);
  });

  it('is taken back as a whole, previewed too, and stays listed as undone', async () => {
    const app = await opened();
    const { match } = await app.call('match.join', join);
    await app.call('month.reconcile', { billingCycle });
    expect((await app.call('match.preview', { undo: match.id })).months[0]).toMatchObject({ new: 3, gone: 0 });
    const undone = await app.call('match.undo', { id: match.id, by: '李娜' });
    expect(undone.match).toMatchObject({ state: 'undone', undoneBy: '李娜' });
    await app.call('month.reconcile', { billingCycle });
    expect(await open(app)).toHaveLength(4);
    expect((await app.call('match.list', { billingCycle })).matches).toMatchObject([{ id: match.id, state: 'undone' }]);
    expect((await app.refused('match.undo', { id: match.id })).code).toBe('match.undone');
    expect(journal(app).map((line) => line.split(' ')[0])).toEqual(['match.join', 'match.undo']);
  });
});

describe('what is refused', () => {
  it('no reason, too few keys, keys that are not there, a pair that is not said', async () => {
    const app = await opened();
    const codeOf = async (change: object) => (await app.refused('match.join', { ...join, ...change })).code;
    expect(await codeOf({ reason: ' ' })).toBe('match.reason');
    expect(await codeOf({ keys: keysOf('P', 'P') })).toBe('match.keys');
    expect(await codeOf({ keys: keysOf('P', 'NONE') })).toBe('match.key-unknown');
    expect(await codeOf({ pair: undefined })).toBe('match.pair');
    expect(await codeOf({ findings: ['nothing|2025-09|x'] })).toBe('finding.unknown');
    expect(await codeOf({ billingCycle: '2001-01' })).toBe('month.empty');
    expect((await app.refused('match.undo', { id: 77 })).code).toBe('match.unknown');
    expect(journal(app)).toEqual([]);
  });

  it('a key that another match holds, naming it', async () => {
    const app = await opened();
    const { match } = await app.call('match.join', join);
    const refused = await app.refused('match.split', { ...join, keys: keysOf('A') });
    expect(refused).toMatchObject({ code: 'match.taken', details: { id: match.id } });
    expect(refused.message.zh).toContain(`#${match.id}`);
    expect(refused.message.zh).toContain('组合订单');
    await app.call('match.undo', { id: match.id });
    await app.call('match.split', { ...join, keys: keysOf('A') });
  });

  it('anything in a closed month', async () => {
    const app = await opened();
    const { match } = await app.call('match.join', join);
    await app.call('month.reconcile', { billingCycle });
    await app.call('month.close', { billingCycle, preparedBy: '王芳', reviewedBy: '李娜' });
    for (const [method, input] of [
      ['match.split', { ...join, keys: [{ customer: 'c1', tradeId: 'C' }] }],
      ['match.undo', { id: match.id }],
      ['match.preview', { undo: match.id }],
    ] as const) {
      expect((await app.refused(method, input)).code).toBe('month.closed');
    }
  });
});

describe('a suggestion', () => {
  it('names the findings of the other side that come to exactly the amount', async () => {
    const app = await opened();
    const suggested = await app.call('match.suggest', { key: await keyOf(app, 'P') });
    expect(suggested).toMatchObject({ state: 'found', candidates: 3, most: 24 });
    expect(new Set(suggested.findings.map((f) => f.tradeId))).toEqual(new Set(['A', 'B']));
    expect((await app.call('match.suggest', { key: await keyOf(app, 'C') })).state).toBe('none');
  });

  it('is silent where two sets fit, and where no side is missing', async () => {
    const app = await opened([consumption + consumed('D', '40.00') + consumed('E', '9.00'), performance + performed('E', '8.00')]);
    expect(await app.call('match.suggest', { key: await keyOf(app, 'P') })).toMatchObject({ state: 'ambiguous', findings: [] });
    expect((await app.call('match.suggest', { key: await keyOf(app, 'E') })).state).toBe('not-one-sided');
  });
});

describe('performance and incentive', () => {
  const incentiveHead = '激励数据ID,激励账单ID,激励计划名称,业绩ID,客户ID,客户账号名,对账期次,产品类型,激励金额,基数值\n';
  const paid = (row: string, id: string, base: string, amount: string): string =>
    `${row},JL1,基础,${id},c1,acme-c1,${billingCycle},云主机,${amount},${base}\n`;
  const policy = '激励计划名称,计算方式,返点比例\n基础,逐行,5%\n';
  const parts = [
    policy,
    performanceHead + performed('P', '100.00') + performed('Q', '50.00') + performed('R', '7.00'),
    incentiveHead + paid('r1', 'OTHER', '100.00', '5.00') + paid('r2', 'LOST', '50.00', '2.50') + paid('r3', 'PRc1', '7.00', '0.35'),
  ];
  const found = async (app: OpenedApp, recordId: string) =>
    (await app.call('findings.page', { billingCycle })).findings.find((f) => f.performanceId === recordId)!.key;

  it('are joined by their findings: suggested, kept by 业绩ID, shown in what is left of it, and taken back', async () => {
    const app = await opened(parts);
    expect((await app.call('findings.page', { billingCycle })).findings).toHaveLength(4);
    const key = await found(app, 'PPc1');
    const suggested = await app.call('match.suggest', { key });
    expect(suggested).toMatchObject({ state: 'found', candidates: 2, findings: [{ code: 'incentive.base', difference: '5.00000000' }] });
    expect((await app.call('match.suggest', { key: suggested.findings[0]!.key })).findings.map((f) => f.key)).toEqual([key]);
    const findings = [key, suggested.findings[0]!.key];
    const { months } = await app.call('match.preview', { action: 'join', billingCycle, findings });
    expect(months[0]).toMatchObject({ new: 0, gone: 2 });
    const { match } = await app.call('match.join', { billingCycle, findings, reason: '业绩ID写错' });
    expect(match).toMatchObject({ pair: 'performance-incentive', keys: [{ performanceId: 'OTHER' }, { performanceId: 'PPc1' }] });
    await app.call('month.reconcile', { billingCycle });
    const left = (await app.call('findings.page', { billingCycle })).findings.map((f) => f.performanceId);
    expect(new Set(left)).toEqual(new Set(['LOST', 'PQc1']));
    await app.call('match.undo', { id: match.id });
    await app.call('month.reconcile', { billingCycle });
    expect((await app.call('findings.page', { billingCycle })).findings).toHaveLength(4);
  });

  it('know no products, and a 业绩ID belongs to no other pair', async () => {
    const app = await opened(parts);
    const codeOf = async (change: object) =>
      (await app.refused('match.join', { billingCycle, reason: 'x', pair: 'performance-incentive', ...change })).code;
    const order = { customer: 'c1', tradeId: 'P' };
    expect(await codeOf({ keys: [order, { customer: 'c1', product: '云主机', mode: '', class: '' }] })).toBe('match.key-unknown');
    expect(await codeOf({ keys: [order, { performanceId: 'PQc1' }], pair })).toBe('match.key-unknown');
    await app.call('match.join', { billingCycle, reason: 'x', pair: 'performance-incentive', keys: [order, { performanceId: 'LOST' }] });
  });
});
