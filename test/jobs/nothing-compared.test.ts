import { expect, onTestFinished, test } from 'vitest';
import { loadRun } from '../../db/runs.ts';
import { reconcileMonth } from '../../electron/jobs/reconcile.ts';
import { openWorkspace } from '../db/workspace.ts';

const cycle = '2025-09';

/** What each check of the month says: how much it compared, or the Chinese half of why it did not. */
async function said(files: Readonly<Record<string, readonly string[]>>): Promise<(code: string) => number | string | undefined> {
  const workspace = openWorkspace();
  onTestFinished(() => workspace.close());
  for (const [name, lines] of Object.entries(files)) expect((await workspace.take(workspace.put(name, lines))).status).toBe('imported');
  reconcileMonth(cycle, { db: workspace.db, now: () => '2025-10-08 09:00:00' });
  const { checks } = loadRun(workspace.db, cycle)!;
  return (code) => {
    const check = checks.find((c) => c.code === code)!;
    return check.skipped?.split(' / ')[0] ?? check.compared;
  };
}

const consumption = [
  '账期,客户ID,订单号,产品类型,消费时间,应付金额,现金支付,关联类型',
  `${cycle},c1,T1,ECS,2025-09-03 10:00:00,100.00,100.00,代售`,
];

test('a bill without rates: bill.settlement has nothing to look at, with the consumption and without it', async () => {
  const bill = [
    '账期,客户ID,订单号,产品类型,客户交易时间,客户消费金额,结算金额,应还金额',
    `${cycle},c1,T1,ECS,2025-09-03 10:00:00,100.00,75.00,75.00`,
  ];
  const why = '2025-09 的账单没有同时列出客户消费金额、结算折扣和结算金额的行';
  const both = await said({ '账单.csv': bill, '消费.csv': consumption });
  expect([both('bill.settlement'), both('bill.amount')]).toEqual([why, 1]);
  expect((await said({ '账单.csv': bill }))('bill.settlement')).toBe(why);
});

test('consumption without a stored-value card column, and no product set as one: its check has nothing to look at', async () => {
  const performance = ['业绩ID,客户ID,对账期次,订单号,产品类型,客户交易时间,业绩金额', `P1,c1,${cycle},T1,ECS,2025-09-03 10:00:00,100.00`];
  const card = [`${consumption[0]},储值卡抵扣`, `${consumption[1]},0.00`];
  const check = 'performance.stored-value-card';
  expect((await said({ '消费.csv': consumption, '业绩.csv': performance }))(check)).toBe(
    '2025-09 的消费明细没有储值卡抵扣一列，也没有设置储值卡产品',
  );
  expect((await said({ '消费.csv': card, '业绩.csv': performance }))(check)).toBe(1);
});

test('a ledger without order numbers: what is told by order has nothing to look at', async () => {
  const bill = [
    '账期,客户ID,订单号,产品类型,客户交易时间,客户消费金额,伙伴结算折扣,结算金额',
    `${cycle},c1,T1,ECS,2025-09-03 10:00:00,100.00,75%,75.00`,
  ];
  const ledger = ['收支明细流水号,交易时间,交易类型,收支类型,变更金额', 'F1,2025-09-03 10:00:00,消费,支出,75.00'];
  const check = await said({ '账单.csv': bill, '收支明细_充值账户.csv': ledger });
  const why = '2025-09 的收支明细没有带订单号的扣款或退款';
  expect(['deducted-twice', 'deduction-amount', 'deduction-without-bill'].map((code) => check(`account.${code}`))).toEqual([why, why, 1]);
});

test('totals of two statements, and details that name none: no total was compared', async () => {
  const total = ['业绩单ID,对账期次,业绩总金额,状态', `S1,${cycle},100.00,终稿`, `S2,${cycle},50.00,终稿`];
  const performance = ['业绩ID,客户ID,对账期次,订单号,产品类型,客户交易时间,业绩金额', `P1,c1,${cycle},T1,ECS,2025-09-03 10:00:00,150.00`];
  const check = await said({ '业绩汇总.csv': total, '业绩.csv': performance });
  expect(check('performance.summary')).toBe('2025-09 没有一个业绩单同时有汇总和明细');
});

test('a month of referral customers: nothing is billed, so no amount was compared', async () => {
  const bill = [
    '账期,客户ID,订单号,产品类型,客户交易时间,客户消费金额,伙伴结算折扣,结算金额',
    `${cycle},c1,T1,ECS,2025-09-03 10:00:00,100.00,75%,75.00`,
  ];
  const referral = [consumption[0]!, `${cycle},c2,T2,ECS,2025-09-03 10:00:00,100.00,100.00,顾问销售`];
  const check = await said({ '账单.csv': bill, '消费.csv': referral });
  expect([check('bill.amount'), check('bill.line-without-consumption')]).toEqual(['2025-09 没有这项核对能比对的行', 1]);
});
