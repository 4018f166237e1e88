import fs from 'node:fs';
import { expect, it } from 'vitest';
import { openApp, type OpenedApp } from './opened-app.ts';

const billingCycle = '2025-09';
const bill = `账期,客户ID,客户账号名,关联类型,订单号/交易号,产品类型,计费模式,账单类型,客户交易时间,客户消费金额,结算折扣率,结算金额,应还金额
2025-09,c1,acc1,代售,CS1,云硬盘,按需,消费-使用,2025-09-03 10:00:00,10.00,80%,8.00,8.00
2025-09,c1,acc1,代售,CS2,云硬盘,按需,消费-使用,2025-09-04 10:00:00,20.00,80%,16.00,16.00
2025-09,c2,acc2,代售,CS3,弹性公网IP,按需,消费-使用,2025-08-31 20:00:00,30.00,80%,24.00,24.00
`;
const consumption = `账期,客户ID,客户账号名,关联类型,订单号/交易号,产品类型,计费模式,账单类型,客户交易时间,应付金额,现金支付
2025-09,c1,acc1,代售,CS1,云硬盘,按需,消费,2025-09-03 10:00:00,10.00,10.00
2025-09,c1,acc1,代售,CS2,云硬盘,按需,消费,2025-09-04 10:00:00,19.00,19.00
2025-09,c3,acc3,顾问销售,CS4,云硬盘,按需,消费,2025-09-04 10:00:00,7.00,7.00
`;

async function reconciled(): Promise<OpenedApp> {
  const app = openApp();
  await app.import('账单.csv', bill);
  await app.import('消费.csv', consumption);
  await app.call('month.reconcile', { billingCycle });
  return app;
}
const asked = { billingCycle, pair: 'bill-consumption' } as const;

it('a step’s groups add up to the step, and carry customer, order and both sides', async () => {
  const app = await reconciled();
  const { bridges } = await app.call('month.bridges', { billingCycle, pair: 'bill-consumption' });
  const steps = 'steps' in bridges[0]! ? bridges[0].steps : [];
  const discount = await app.call('bridge.groups', { ...asked, step: 'settlement-discount' });
  const { amount, rows } = steps.find((s) => s.step === 'settlement-discount')!;
  expect(discount).toMatchObject({ total: 3, amount, rows });
  expect([amount, rows]).toEqual(['12.00000000', 3]);
  const agreed = await app.call('bridge.groups', { ...asked, step: 'agreed' });
  expect(agreed.groups).toEqual([
    {
      id: expect.any(Number) as number,
      step: 'agreed',
      place: 'agreed',
      customerId: 'c1',
      customerName: 'acc1',
      tradeId: 'CS1',
      productType: '云硬盘',
      key: [],
      level: 'trade',
      left: '10.00000000',
      right: '10.00000000',
      amount: '0.00000000',
      rows: 2,
      leftRows: 1,
      rightRows: 1,
    },
  ]);
  const all = await app.call('bridge.groups', asked);
  expect(all.places).toEqual({ agreed: 1, different: 1, left: 1, right: 1 });
  expect(all.groups.map((g) => [g.step, g.place, g.tradeId, g.amount])).toEqual([
    ['agreed', 'agreed', 'CS1', '0.00000000'],
    ['unexplained', 'different', 'CS2', '-1.00000000'],
    ['month-edge', 'left', 'CS3', '-30.00000000'],
    ['referral', 'right', 'CS4', '7.00000000'],
  ]);
  const { findings } = await app.call('findings.page', { billingCycle });
  expect(findings.map((f) => f.key)).toContain(all.groups[1]!.finding);
});

it('filters by place and by any part of customer, order or product; sorts; pages', async () => {
  const app = await reconciled();
  const trades = async (query: object) => (await app.call('bridge.groups', { ...asked, ...query })).groups.map((g) => g.tradeId);
  expect(await trades({ place: 'left' })).toEqual(['CS3']);
  expect(await trades({ search: 'ACC1' })).toEqual(['CS1', 'CS2']);
  expect(await trades({ search: '公网' })).toEqual(['CS3']);
  expect(await trades({ search: "'%" })).toEqual([]);
  expect(await trades({ sort: 'amount', descending: true })).toEqual(['CS3', 'CS4', 'CS2', 'CS1']);
  expect(await trades({ sort: 'amount', offset: 1, limit: 2 })).toEqual(['CS2', 'CS4']);
});

it('a group’s rows are those of the files, with their columns', async () => {
  const app = await reconciled();
  const { groups } = await app.call('bridge.groups', { ...asked, step: 'unexplained', search: 'CS2' });
  const { group, sides } = await app.call('bridge.rows', { ...asked, group: groups[0]!.id });
  expect(group).toEqual(groups[0]);
  const [left, right] = sides.map((s) => s.tables[0]!);
  expect(left).toMatchObject({ kind: 'partner-bill', file: '账单.csv', rows: [{ row: 3 }] });
  expect(right).toMatchObject({ kind: 'consumption', file: '消费.csv', rows: [{ row: 3 }] });
  const at = right!.header.indexOf('应付金额');
  expect([right!.rows[0]!.cells[at], right!.columns[at]]).toEqual(['19.00', 10]);
  expect(await app.refused('bridge.rows', { ...asked, group: 999 })).toMatchObject({ code: 'bridge.unknown-group' });
});

it('looking leaves the database as it was, and a changed month is refused as findings are', async () => {
  const app = openApp();
  expect(await app.refused('bridge.groups', asked)).toMatchObject({ code: 'not-reconciled' });
  await app.import('账单.csv', bill);
  await app.import('消费.csv', consumption);
  await app.call('month.reconcile', { billingCycle });
  const before = await app.call('findings.list', { billingCycle });
  await app.call('bridge.groups', asked);
  expect(await app.call('findings.list', { billingCycle })).toEqual(before);
  await app.import('账单2.csv', bill.replaceAll('c1,acc1', 'c9,acc9').replaceAll('CS', 'CX'));
  expect(await app.refused('bridge.groups', asked)).toMatchObject({ code: 'not-reconciled' });
});

it('a closed month is looked into as it was run, whatever was imported since', async () => {
  const app = await reconciled();
  await app.call('month.close', { billingCycle, preparedBy: '张三', reviewedBy: '李四' });
  // That CS3 is not in the consumption of August makes it a finding in a run of today.
  await app.import('消费8月.csv', consumption.replaceAll('2025-09', '2025-08').replaceAll('CS', 'CX'));
  const { groups } = await app.call('bridge.groups', { ...asked, place: 'left' });
  expect(groups).toMatchObject([{ step: 'month-edge', tradeId: 'CS3', amount: '-30.00000000' }]);
  const { sides } = await app.call('bridge.rows', { ...asked, group: groups[0]!.id });
  expect(sides.map((s) => s.tables.map((t) => [t.file, t.rows.length]))).toEqual([[['账单.csv', 1]], []]);
  expect((await app.call('imports.list', {})).imports.filter((i) => i.undone)).toEqual([]);
});

it('what was collected is thrown away with the session', async () => {
  let close = async (): Promise<void> => undefined;
  const app = openApp((clean) => (close = clean));
  await app.import('账单.csv', bill);
  await app.import('消费.csv', consumption);
  await app.call('month.reconcile', { billingCycle });
  await app.call('bridge.groups', asked);
  await close();
  expect(fs.existsSync(app.folder)).toBe(false);
});

it('lists the first of a bridge’s findings where no more are asked for, and says how many there are', async () => {
  const app = await reconciled();
  const [header = ''] = bill.split('\n');
  const lines = ['CS7', 'CS8'].map((id) => `2025-09,c1,acc1,代售,${id},云硬盘,按需,消费-使用,2025-09-05 10:00:00,10.00,80%,8.00,8.00`);
  await app.import('账单又.csv', `${[header, ...lines].join('\n')}\n`);
  await app.call('month.reconcile', { billingCycle });
  const all = (await app.call('month.bridges', { billingCycle })).bridges.flatMap((b) => ('left' in b ? [b] : []));
  const one = (await app.call('month.bridges', { billingCycle, most: 1 })).bridges.flatMap((b) => ('left' in b ? [b] : []));
  expect(one.map((b) => b.unexplainedFindings)).toEqual(all.map((b) => b.unexplainedFindings.slice(0, 1)));
  expect(one.map((b) => b.found)).toEqual(
    all.map(({ unexplainedFindings: found }) => ({ all: found.length, moving: found.filter((f) => !/^-?[0.]+$/.test(f.amount)).length })),
  );
  expect(Math.max(...all.map((b) => b.found.all))).toBeGreaterThan(1);
});
