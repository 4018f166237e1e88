import path from 'node:path';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { listFindings } from '../../db/findings.ts';
import { addInvoice, removeInvoice } from '../../db/invoices.ts';
import { saveTypedRequest } from '../../db/requests.ts';
import { loadRun } from '../../db/runs.ts';
import { saveSetting } from '../../db/settings.ts';
import type { Invoice } from '../../electron/core/invoice.ts';
import type { SettingKey } from '../../electron/core/settings.ts';
import { reconcileMonth } from '../../electron/jobs/reconcile.ts';
import { openWorkspace, type Workspace } from '../db/workspace.ts';

const cycle = '2025-09';
const at = '2025-10-08 09:00:00';

async function opened(): Promise<Workspace> {
  const workspace = openWorkspace();
  onTestFinished(() => workspace.close());
  const file = workspace.put('业绩明细.csv', [
    '业绩ID,客户ID,对账期次,订单号,产品类型,客户交易时间,业绩金额',
    `P1,c1,${cycle},T1,ECS,2025-09-03 10:00:00,100.00`,
  ]);
  expect((await workspace.take(file)).status).toBe('imported');
  return workspace;
}

const reconcile = ({ db }: Workspace, onStage: () => void = () => undefined) => reconcileMonth(cycle, { db, now: () => at, onStage });
const stale = ({ db }: Workspace): boolean | undefined => loadRun(db, cycle)?.stale;

test('nobody else writes while a month is reconciled: its result is of one state of the data', async () => {
  const workspace = await opened();
  const other = new Database(path.join(workspace.folder, 'hezhang.db'), { timeout: 0 });
  const tries: unknown[] = [];
  reconcile(workspace, () => {
    try {
      other.exec('BEGIN IMMEDIATE; ROLLBACK');
    } catch (error) {
      tries.push((error as { code?: unknown }).code);
    }
  });
  expect(() => other.exec('BEGIN IMMEDIATE; ROLLBACK')).not.toThrow();
  other.close();
  expect(tries.length).toBeGreaterThan(10);
  expect(new Set(tries)).toEqual(new Set(['SQLITE_BUSY']));
  expect(stale(workspace)).toBe(false);
});

test('a reconciliation that is stopped leaves the one before', async () => {
  const workspace = await opened();
  const { runId } = reconcile(workspace);
  let stages = 0;
  const stop = (): void => {
    if (++stages === 5) throw new Error('stopped');
  };
  expect(() => reconcile(workspace, stop)).toThrow('stopped');
  expect(workspace.db.inTransaction).toBe(false);
  expect(loadRun(workspace.db, cycle)?.runId).toBe(runId);
  expect(workspace.rows("SELECT count(*) FROM journal WHERE action = 'reconcile'")).toEqual(['1']);
});

test('a result stands until something changes that a check reads', async () => {
  const workspace = await opened();
  reconcile(workspace);
  const set = (key: SettingKey, value: string): void => saveSetting(workspace.db, key, value, at);
  set('language', 'en');
  set('financePhone', '010-1');
  expect(stale(workspace)).toBe(false);
  set('regime', 'exact');
  expect(stale(workspace)).toBe(true);
});

test('what stands on an invoice belongs to the inputs, when it was entered does not', async () => {
  const workspace = await opened();
  const invoice = {
    number: '25312000000123456789',
    code: '',
    kind: 'special',
    net: 100n,
    tax: 6n,
    total: 106n,
    requestId: 'SF1',
    sources: [],
  } as const satisfies Invoice;
  saveTypedRequest(workspace.db, 'SF1', cycle, { billingCycle: cycle, amount: 106n }, at);
  addInvoice(workspace.db, { ...invoice, buyer: '甲公司' }, at);
  reconcile(workspace);
  removeInvoice(workspace.db, invoice.number, '', at);
  expect(stale(workspace)).toBe(true);
  addInvoice(workspace.db, { ...invoice, buyer: '乙公司' }, at);
  expect(stale(workspace)).toBe(true);
  removeInvoice(workspace.db, invoice.number, '', at);
  addInvoice(workspace.db, { ...invoice, buyer: '甲公司' }, '2025-11-01 00:00:00');
  expect(stale(workspace)).toBe(false);
});

test('what changed between two versions is named after the newer one, whichever was imported first', async () => {
  const header = '业绩ID,客户ID,客户账号名,对账期次,订单号,产品类型,客户交易时间,业绩金额,状态';
  const row = (account: string, amount: string, status: string): string =>
    `P1,c1,${account},${cycle},T1,ECS,2025-09-03 10:00:00,${amount},${status}`;
  const versions: readonly (readonly [string, readonly string[]])[] = [
    ['初稿.csv', [header, row('old_name', '100.00', '初稿')]],
    ['终稿.csv', [header, row('new_name', '90.00', '终稿')]],
  ];
  for (const order of [versions, versions.toReversed()]) {
    const workspace = openWorkspace();
    onTestFinished(() => workspace.close());
    for (const [name, lines] of order) expect((await workspace.take(workspace.put(name, lines))).status).toBe('imported');
    reconcile(workspace);
    const changed = listFindings(workspace.db, cycle, { code: 'performance.changed' });
    expect(changed).toMatchObject([{ accountName: 'new_name', expected: 10_000_000_000n, stated: 9_000_000_000n }]);
  }
});

test('of two incentives for one performance, in two files, the same one is too many whichever file came first', async () => {
  const header = '激励数据ID,激励账单ID,对账期次,激励计划名称,业绩ID,客户ID,订单号,产品类型,业绩金额,返点比例,激励金额';
  const row = (id: string): string => `${id},B1,${cycle},基础,P1,c1,T1,ECS,100.00,5%,5.00`;
  const policy = ['激励计划名称,产品类型,关联类型,新客标签,计算方式,门槛下限,返点比例,生效日期,失效日期', '基础,,,,逐行,,5%,2025-01-01,'];
  const parts: readonly (readonly [string, readonly string[]])[] = [
    ['激励明细1.csv', [header, row('R1')]],
    ['激励明细2.csv', [header, row('R2')]],
  ];
  const found: string[][] = [];
  for (const order of [parts, parts.toReversed()]) {
    const workspace = await opened();
    for (const [name, lines] of [['激励政策.csv', policy] as const, ...order]) {
      expect((await workspace.take(workspace.put(name, lines))).status).toBe('imported');
    }
    reconcile(workspace);
    found.push(listFindings(workspace.db, cycle).map((f) => f.key));
  }
  expect(found[0]).toHaveLength(1);
  expect(found[1]).toEqual(found[0]);
});
