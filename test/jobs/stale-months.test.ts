import { expect, onTestFinished, test } from 'vitest';
import { addEntry } from '../../db/request-entries.ts';
import { addInvoice, tieInvoice } from '../../db/invoices.ts';
import { listFindings } from '../../db/findings.ts';
import { saveTypedRequest } from '../../db/requests.ts';
import { loadRun, reconciledState } from '../../db/runs.ts';
import { saveSetting } from '../../db/settings.ts';
import type { Invoice } from '../../electron/core/invoice.ts';
import { yuan } from '../db/rows.ts';
import { openWorkspace, type Workspace } from '../db/workspace.ts';
import { reconcileMonth } from '../../electron/jobs/reconcile.ts';

const at = '2025-11-08 09:00:00';
const months = ['2025-07', '2025-08', '2025-09'] as const;
const invoice: Invoice = {
  number: '25312000000123456789',
  code: '',
  kind: 'special',
  date: '2025-11-01',
  net: yuan('100'),
  tax: yuan('6'),
  total: yuan('106'),
  sources: [],
};

/** Three reconciled months, each with one request of 106 yuan named after it. */
async function reconciled(): Promise<Workspace> {
  const workspace = openWorkspace();
  onTestFinished(() => workspace.close());
  const lines = months.map((month) => `SF${month},${month},JL${month},106.00`);
  expect((await workspace.take(workspace.put('SF.csv', ['申付单号,对账期次,激励账单ID,申付金额', ...lines]))).status).toBe('imported');
  for (const month of months) reconcileMonth(month, { db: workspace.db, now: () => at });
  return workspace;
}

/** The months that are stale by a day. */
const stale = ({ db }: Workspace, today = at.slice(0, 10)): string[] =>
  months.filter((month) => reconciledState(db, month, today) === 'stale');

test('an invoice concerns the month of its request, an untied one none', async () => {
  const workspace = await reconciled();
  const { db } = workspace;
  addInvoice(db, invoice, at);
  expect(stale(workspace)).toEqual([]);
  tieInvoice(db, invoice.number, '', 'SF2025-08');
  expect(stale(workspace)).toEqual(['2025-08']);
  tieInvoice(db, invoice.number, '', 'SF2025-09');
  expect(stale(workspace)).toEqual(['2025-09']);
});

test('a typed request concerns its month, and the one in which it stood before', async () => {
  const workspace = await reconciled();
  const { db } = workspace;
  saveTypedRequest(db, 'SF2025-07', '2025-07', { mailingAddress: '示例路 1 号', mailbox: 'a@example.com' }, at);
  expect(stale(workspace)).toEqual([]);
  saveTypedRequest(db, 'SF2025-07', '2025-07', { buyerName: '购方' }, at);
  expect(stale(workspace)).toEqual(['2025-07']);
  saveTypedRequest(db, 'SF2025-07', '2025-09', { billingCycle: '2025-09' }, at);
  expect(stale(workspace)).toEqual(['2025-07', '2025-09']);
  saveTypedRequest(db, 'SF2025-07', '2025-07', {}, at);
  expect(stale(workspace)).toEqual([]);
});

test('a request whose id an invoice of another month names concerns that month too', async () => {
  const workspace = await reconciled();
  const { db } = workspace;
  addInvoice(db, { ...invoice, requestId: 'SF2025-08', remark: 'SF2025-08 2025-08 与 SFX' }, at);
  reconcileMonth('2025-08', { db, now: () => at });
  expect(listFindings(db, '2025-08', { code: 'invoice.shared' })).toEqual([]);
  saveTypedRequest(db, 'SFX', '2025-09', { billingCycle: '2025-09', amount: 1n }, at);
  expect(stale(workspace)).toEqual(['2025-08', '2025-09']);
  reconcileMonth('2025-08', { db, now: () => at });
  expect(listFindings(db, '2025-08', { code: 'invoice.shared' })).toHaveLength(1);
});

test('a later file with the request takes it out of its earlier month', async () => {
  const workspace = await reconciled();
  const file = workspace.put('SF2.csv', ['申付单号,对账期次,激励账单ID,申付金额', 'SF2025-07,2025-12,JL2025-07,106.00']);
  expect((await workspace.take(file)).status).toBe('imported');
  expect(stale(workspace)).toEqual(['2025-07']);
});

test('money and receipt concern the month of the request; a mailing none', async () => {
  const workspace = await reconciled();
  const { db } = workspace;
  addEntry(db, 'SF2025-08', { kind: 'mailed', on: '2025-10-08', tracking: 'SF1' }, at);
  expect(stale(workspace)).toEqual([]);
  addEntry(db, 'SF2025-08', { kind: 'payment', on: '2025-10-09', amount: yuan('106') }, at);
  expect(stale(workspace)).toEqual(['2025-08']);
  addEntry(db, 'SF2025-07', { kind: 'received', on: '2025-11-01' }, at);
  expect(stale(workspace)).toEqual(['2025-07', '2025-08']);
});

test('a promise that passes makes its month stale, once, unless the money is there', async () => {
  const workspace = await reconciled();
  const { db } = workspace;
  for (const month of ['2025-07', '2025-08']) addEntry(db, `SF${month}`, { kind: 'received', on: '2025-11-01' }, at);
  addEntry(db, 'SF2025-08', { kind: 'payment', on: '2025-11-05', amount: yuan('106') }, at);
  for (const month of months) reconcileMonth(month, { db, now: () => at });
  expect(stale(workspace, '2025-11-16')).toEqual([]);
  expect(stale(workspace, '2025-11-17')).toEqual(['2025-07']);
  expect(loadRun(db, '2025-07')?.stale).toBe(false);
  reconcileMonth('2025-07', { db, now: () => '2025-11-17 00:00:01' });
  expect(listFindings(db, '2025-07').map(({ key }) => key)).toEqual(['payment.late|2025-07|SF2025-07']);
  expect(stale(workspace, '2025-12-31')).toEqual([]);
});

test('settings of the board and the label leave every month standing, the days of payment do not', async () => {
  const workspace = await reconciled();
  const { db } = workspace;
  saveSetting(db, 'senderAddress', '示例路 1 号', at);
  saveSetting(db, 'withdrawalDays', '10', at);
  expect(stale(workspace)).toEqual([]);
  saveSetting(db, 'paymentDays', '30', at);
  expect(stale(workspace)).toEqual([...months]);
});

test('a later month concerns only a month whose account names an order that none before it knows', async () => {
  const workspace = openWorkspace();
  onTestFinished(() => workspace.close());
  const { db } = workspace;
  const take = async (name: string, ...lines: string[]): Promise<void> => {
    expect((await workspace.take(workspace.put(name, lines))).status).toBe('imported');
  };
  const bill = (month: string, ...trades: string[]): Promise<void> => {
    const lines = trades.map((trade) => `c1,${month},${trade},100.00,75%,75.00`);
    return take(`账单${month}.csv`, '客户ID,账期,订单号,客户消费金额,伙伴结算折扣,结算金额', ...lines);
  };
  const deducted = (month: string, trade: string, balance: string): Promise<void> =>
    take(
      `充值账户收支明细${month}.csv`,
      '收支明细流水号,交易时间,交易类型,收支类型,变更金额,变更后余额,订单号',
      `F${month},${month}-10 08:00:00,消费,支出,75.00,${balance},${trade}`,
    );
  await bill('2025-07', 'CS1');
  await bill('2025-08', 'CS2');
  await deducted('2025-07', 'CS1', '500.00');
  await deducted('2025-08', 'CS9', '425.00');
  await take('消费2025-08.csv', '客户ID,账期,关联类型,订单号,产品类型,应付金额', 'c1,2025-08,代售,CS2,ECS,100.00');
  for (const month of ['2025-07', '2025-08']) reconcileMonth(month, { db, now: () => at });
  const codes = () => listFindings(db, '2025-08').map((f) => f.code);
  expect(codes()).toEqual(['account.deduction-without-bill']);
  expect([loadRun(db, '2025-07')?.looksAhead, loadRun(db, '2025-08')?.looksAhead]).toEqual([false, true]);
  const before = loadRun(db, '2025-07')!.runId;
  await bill('2025-12', 'CS9');
  expect(stale(workspace)).toEqual(['2025-08']);
  for (const month of ['2025-07', '2025-08']) reconcileMonth(month, { db, now: () => at });
  expect(codes()).toEqual([]);
  expect(loadRun(db, '2025-07')!.runId).toBe(before);
  expect(stale(workspace)).toEqual([]);
  await bill('2026-01', 'CS12');
  expect(stale(workspace)).toEqual(['2025-08']);
});

test('an association history concerns every month', async () => {
  const workspace = openWorkspace();
  onTestFinished(() => workspace.close());
  const { db } = workspace;
  const take = async (name: string, ...lines: string[]): Promise<void> => {
    expect((await workspace.take(workspace.put(name, lines))).status).toBe('imported');
  };
  const header = '客户ID,账期,订单号,产品类型,客户交易时间';
  for (const month of ['2025-08', '2025-09']) {
    const row = (customer: string, trade: string): string => `${customer},${month},${trade}${month},ECS,${month}-10 08:00:00`;
    await take(`消费${month}.csv`, `${header},关联类型,应付金额,现金支付`, ...['c1', 'c2'].map((c) => `${row(c, c)},代售,100.00,100.00`));
    await take(`业绩${month}.csv`, `${header},业绩ID,业绩金额`, `${row('c2', 'c2')},YJ${month},100.00`);
    await take(`账单${month}.csv`, `${header},客户消费金额,伙伴结算折扣,结算金额`, `${row('c2', 'c2')},100.00,75%,75.00`);
  }
  const run = (): string[][] =>
    ['2025-08', '2025-09'].map((month) => {
      reconcileMonth(month, { db, now: () => at });
      return listFindings(db, month).map(({ code }) => code).sort(); // prettier-ignore
    });
  const found = ['bill.consumption-without-line', 'performance.missing'];
  expect(run()).toEqual([found, found]);
  const history = (from: string) =>
    take(`关联历史${from}.csv`, '客户ID,关联类型,云经销商名称,生效日期,失效日期', `c1,代售,,${from},`, 'c2,代售,,2025-01-01,');
  await history('2025-09-01');
  expect(stale(workspace)).toEqual(['2025-08', '2025-09']);
  expect(run()).toEqual([[], found]);
  expect(stale(workspace)).toEqual([]);
});
