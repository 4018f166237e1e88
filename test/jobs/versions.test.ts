import { expect, onTestFinished, test } from 'vitest';
import { listFindings } from '../../db/findings.ts';
import { loadRun } from '../../db/runs.ts';
import { reconcileMonth } from '../../electron/jobs/reconcile.ts';
import { openWorkspace } from '../db/workspace.ts';

const cycle = '2025-09';
const header = '业绩ID,客户ID,对账期次,订单号,产品类型,客户交易时间,业绩金额,状态';
const row = (id: string, amount: string, status: string): string => `${id},c1,${cycle},T${id},ECS,2025-09-03 10:00:00,${amount},${status}`;

/** What the newest run says of these versions, imported in this order. */
async function changedBy(versions: readonly (readonly string[])[]) {
  const workspace = openWorkspace();
  onTestFinished(() => workspace.close());
  for (const [n, rows] of versions.entries()) {
    expect((await workspace.take(workspace.put(`业绩${n}.csv`, [header, ...rows]))).status).toBe('imported');
    reconcileMonth(cycle, { db: workspace.db, now: () => '2025-10-08 09:00:00' });
  }
  const check = loadRun(workspace.db, cycle)!.checks.find((c) => c.code === 'performance.changed')!;
  const found = listFindings(workspace.db, cycle, { code: 'performance.changed' }).filter((f) => !f.resolvedByData);
  return { check, brief: found.map((f) => [f.tradeId, f.expected, f.stated]) };
}

test('draft, notice and final are compared one with the next; an estimate still grows and is no version', async () => {
  const estimate = [row('1', '10.00', '预估')];
  const draft = [row('1', '90.00', '初稿'), row('2', '50.00', '初稿')];
  const notice = [row('1', '95.00', '公示中'), row('2', '50.00', '公示中')];
  const final = [row('1', '95.00', '终稿'), row('2', '40.00', '终稿')];
  expect((await changedBy([estimate, draft])).check).toMatchObject({ compared: 0, skipped: expect.stringContaining('只有一个版本') });
  expect((await changedBy([estimate, draft, notice])).brief).toEqual([['T1', 9_000_000_000n, 9_500_000_000n]]);
  for (const order of [
    [estimate, draft, notice, final],
    [final, notice, draft, estimate],
  ]) {
    const { check, brief } = await changedBy(order);
    expect([check.compared, brief]).toEqual([2, [['T2', 5_000_000_000n, 4_000_000_000n]]]);
  }
});

test('a row that appears or vanishes has changed, be its amount 0', async () => {
  const draft = [row('1', '90.00', '初稿'), row('2', '0.00', '初稿')];
  const final = [row('1', '90.00', '终稿'), row('3', '0.00', '终稿')];
  expect((await changedBy([draft, final])).brief).toEqual([
    ['T2', 0n, 0n],
    ['T3', 0n, 0n],
  ]);
});
