import fs from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { importCleanly, openWorkspace, type MonthResult } from './harness.ts';

const headers = {
  consumption: '账期,客户ID,关联类型,订单号/交易号,原订单号,产品类型,计费模式,客户交易时间,账单类型,应付金额,现金支付',
  bill: '账期,客户ID,订单号/交易号,产品类型,计费模式,客户交易时间,账单类型,客户消费金额,伙伴结算折扣,结算金额,应还金额',
  performance: '业绩ID,业绩单ID,对账期次,客户ID,订单号,产品类型,交易时间,业绩金额',
  account: '收支明细流水号,交易时间,交易类型,收支类型,变更金额,变更后余额,订单号,客户ID',
} as const;
type Statement = keyof typeof headers;
/** A month's statements, each as its rows. */
type Files = Readonly<Record<string, readonly [Statement, ...string[]]>>;

/** Imports the files as they would come, and says what the month of July finds. */
async function july(files: Files): Promise<MonthResult> {
  const workspace = openWorkspace();
  onTestFinished(() => workspace.remove());
  const paths = Object.entries(files).map(([name, [statement, ...rows]]) => {
    const file = path.join(workspace.folder, `${name}.csv`);
    fs.writeFileSync(file, [headers[statement], ...rows, ''].join('\n'));
    return file;
  });
  await importCleanly(workspace, paths);
  return workspace.reconcile('2025-07');
}
const brief = ({ findings }: MonthResult, codes: RegExp) =>
  findings.filter((f) => codes.test(f.code)).map((f) => [f.severity, f.code, f.customerId, f.tradeId, f.expected, f.stated, f.difference]);

interface Row {
  readonly month?: string;
  readonly customer?: string;
  readonly at?: string;
  readonly type?: string;
  readonly of?: string;
}
const use = (trade: string, amount: string, { month = '07', customer = 'c1', at, type = '消费-使用', of = '' }: Row = {}) =>
  `2025-${month},${customer},代售,${trade},${of},云主机,按需,${at ?? `2025-${month}-10 08:00:00`},${type},${amount},${amount}`;
const charge = (trade: string, amount: string, settled: string, { month = '07', customer = 'c1', type = '消费-使用' }: Row = {}) =>
  `2025-${month},${customer},${trade},云主机,按需,2025-${month}-10 08:00:00,${type},${amount},75%,${settled},${settled}`;
const earn = (id: string, trade: string, amount: string, { month = '07', customer = 'c1' }: Row = {}) =>
  `${id},S${month},2025-${month},${customer},${trade},云主机,2025-${month}-10 08:00:00,${amount}`;

/** An order of May at 100.00 that July refunds with 130.00 under a number of its own, beside an order of July. */
const refunded = (without?: 'entry' | 'performance'): Files => {
  const refund = { type: '退款-退订', of: 't1' };
  const entry = 'F3,2025-07-12 09:00:00,退款,收入,97.50,1015.00,r1,';
  return {
    消费05: ['consumption', use('t1', '100.00', { month: '05' })],
    账单05: ['bill', charge('t1', '100.00', '75.00', { month: '05' })],
    业绩05: ['performance', earn('P1', 't1', '100.00', { month: '05' })],
    充值账户05: ['account', 'F1,2025-05-10 09:00:00,消费,支出,75.00,925.00,t1,'],
    消费07: ['consumption', use('t2', '10.00'), use('r1', '-130.00', refund)],
    账单07: ['bill', charge('t2', '10.00', '7.50'), charge('r1', '-130.00', '-97.50', refund)],
    业绩07: ['performance', earn('P2', 't2', '10.00'), ...(without === 'performance' ? [] : [earn('P3', 'r1', '-130.00')])],
    充值账户07: ['account', 'F2,2025-07-10 09:00:00,消费,支出,7.50,917.50,t2,', ...(without === 'entry' ? [] : [entry])],
  };
};
const judged = /^(bill|account|performance)\./;

test('a refund two months after its order, and of more than that cost: sound in the bill, the account and the performance', async () => {
  const result = await july(refunded());
  expect(brief(result, judged)).toEqual([]);
});

test.each([
  ['entry', ['dispute', 'account.refund-not-returned', 'c1', 'r1', '-97.50000000', '0.00000000', '97.50000000']],
  ['performance', ['review', 'performance.refund-not-reversed', 'c1', 'r1', '-130.00000000', '0.00000000', '130.00000000']],
] as const)('such a refund without its %s is one finding, in the words of that statement', async (without, finding) => {
  expect(brief(await july(refunded(without)), judged)).toEqual([finding]);
});

test('one trade id on two customers with their amounts exchanged: two findings in each pair, though the sums agree', async () => {
  const result = await july({
    消费: ['consumption', use('t1', '100.00'), use('t1', '40.00', { customer: 'c2' })],
    账单: ['bill', charge('t1', '40.00', '30.00'), charge('t1', '100.00', '75.00', { customer: 'c2' })],
    业绩: ['performance', earn('P1', 't1', '40.00'), earn('P2', 't1', '100.00', { customer: 'c2' })],
  });
  expect(brief(result, judged)).toEqual([
    ['dispute', 'bill.amount', 'c2', 't1', '40.00000000', '100.00000000', '60.00000000'],
    ['dispute', 'performance.too-low', 'c1', 't1', '100.00000000', '40.00000000', '-60.00000000'],
    ['review', 'bill.amount', 'c1', 't1', '100.00000000', '40.00000000', '-60.00000000'],
    ['review', 'performance.too-high', 'c2', 't1', '40.00000000', '100.00000000', '60.00000000'],
  ]);
});

test('the last 24 hours of a month are those of Beijing, also where the file writes UTC', async () => {
  const result = await july({
    消费: [
      'consumption',
      use('day', '1.00'),
      use('before', '10.00', { at: '2025-07-30T15:59:59Z' }),
      use('edge', '100.00', { at: '2025-07-30T16:00:00Z' }),
    ],
    账单: ['bill', charge('day', '1.00', '0.75')],
  });
  expect(brief(result, judged).map(([, code, , trade]) => [code, trade])).toEqual([['bill.consumption-without-line', 'before']]);
});
