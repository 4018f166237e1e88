import { expect, test } from 'vitest';
import { openApp } from './opened-app.ts';

const billingCycle = '2025-09';
const header = '收支明细流水号,交易时间,交易类型,交易详细类型,收支类型,变更金额,变更后余额,订单号';

test('the person says which entries repay which month, and takes it back', async () => {
  const app = openApp();
  await app.import(
    '收支明细_信用账户_2025-10.csv',
    `${header}\nX1,2025-10-09 10:00:00,转账,还款,收入,300.00,900.00,\nX2,2025-10-10 10:00:00,消费,订单支付,支出,1.00,899.00,CS1\n`,
  );
  await app.import(
    '收支明细_充值账户_2025-10.csv',
    `${header}\nC1,2025-10-09 10:00:00,转账,还款,支出,300.00,100.00,\nC2,2025-10-11 10:00:00,充值,在线充值,收入,5.00,105.00,\n`,
  );
  const offered = await app.call('repayments.list', { billingCycle });
  expect(offered.due).toBeUndefined();
  expect(offered.repayments.map((r) => [r.account, r.flow, r.amount, r.allotted])).toEqual([
    ['credit', 'X1', '300.00000000', false],
    ['recharge', 'C1', '300.00000000', false],
  ]);
  await app.call('settings.set', { key: 'billDueDate', value: '31' });
  const after = await app.call('repayments.allot', { billingCycle, account: 'credit', flow: 'X1', allotted: true });
  expect(after).toMatchObject({
    due: '2025-10-31',
    repayments: [
      { flow: 'X1', allotted: true },
      { flow: 'C1', allotted: false },
    ],
  });
  const other = await app.call('repayments.list', { billingCycle: '2025-08' });
  expect(other.repayments.map((r) => r.flow)).toEqual(['C1']);
  const refused = await app.refused('repayments.allot', { billingCycle: '2025-08', account: 'credit', flow: 'X1', allotted: true });
  expect(refused.code).toBe('repayment.unknown');
  expect((await app.refused('repayments.allot', { billingCycle, account: 'recharge', flow: 'C2', allotted: true })).code).toBe(
    'repayment.unknown',
  );
  await app.call('repayments.allot', { billingCycle, account: 'credit', flow: 'X1', allotted: false });
  expect((await app.call('repayments.list', { billingCycle: '2025-08' })).repayments.map((r) => r.flow)).toEqual(['X1', 'C1']);
});
