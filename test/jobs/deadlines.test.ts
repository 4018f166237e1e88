import { expect, onTestFinished, test } from 'vitest';
import { closeMonth } from '../../db/closings.ts';
import { removeDeadline, setDeadline } from '../../db/deadlines.ts';
import { listFindings } from '../../db/findings.ts';
import { markFindings } from '../../db/mark-findings.ts';
import { loadRun } from '../../db/runs.ts';
import { saveSetting } from '../../db/settings.ts';
import { reconcileMonth } from '../../electron/jobs/reconcile.ts';
import { openWorkspace, type Workspace } from '../db/workspace.ts';

const cycle = '2025-09';
const typed = '2025-10-01 00:00:00';

/** A month with two incentive rows below base × rate: two disputes. */
async function opened(): Promise<Workspace> {
  const workspace = openWorkspace();
  onTestFinished(() => workspace.close());
  const files: readonly (readonly [string, readonly string[]])[] = [
    ['激励政策.csv', ['激励计划名称,产品类型,关联类型,新客标签,计算方式,门槛下限,返点比例,生效日期,失效日期', '基础,,,,逐行,,5%,2025-01-01,']],
    ['业绩明细.csv', ['业绩ID,客户ID,对账期次,订单号,产品类型,客户交易时间,业绩金额', ...[1, 2].map((n) => `P${n},c1,${cycle},T${n},ECS,2025-09-03 10:00:00,100.00`)]],
    ['激励明细.csv', ['激励数据ID,激励账单ID,对账期次,激励计划名称,业绩ID,客户ID,订单号,产品类型,业绩金额,返点比例,激励金额', ...[1, 2].map((n) => `R${n},B1,${cycle},基础,P${n},c1,T${n},ECS,100.00,5%,4.00`)]],
  ]; // prettier-ignore
  for (const [name, lines] of files) expect((await workspace.take(workspace.put(name, lines))).status).toBe('imported');
  return workspace;
}
const reconcile = ({ db }: Workspace, day: string) => reconcileMonth(cycle, { db, now: () => `${day} 09:00:00` });
const stale = ({ db }: Workspace, day: string): boolean | undefined => loadRun(db, cycle, day)?.stale;
const reasons = ({ db }: Workspace): string[] => listFindings(db, cycle, { code: 'incentive.deadline' }).map((f) => f.zh);
const check = (run: ReturnType<typeof reconcile>) => run.checks.find((c) => c.code === 'incentive.deadline');

test('the findings of the run itself are held against the dates, those marked before are not open', async () => {
  const workspace = await opened();
  const { db } = workspace;
  expect(check(reconcile(workspace, '2025-10-08'))).toMatchObject({ findings: 0, skipped: '没有填写 2025-09 的期限 / no deadline of 2025-09 was typed' });
  setDeadline(db, cycle, { subject: 'incentive-notice', date: '2025-10-10' }, typed);
  setDeadline(db, cycle, { subject: 'performance-notice', date: '2025-10-10' }, typed);
  setDeadline(db, '2025-10', { subject: 'incentive-notice', date: '2025-10-10' }, typed);
  expect(check(reconcile(workspace, '2025-10-08'))).toMatchObject({ compared: 2, findings: 1 });
  expect(reasons(workspace)).toEqual(['“激励公示期”到 2025-10-10 为止（还有 2 天），有 2 条差异没有反馈，差额合计 2.00。']);
  const [finding] = listFindings(db, cycle, { code: 'incentive.deadline' });
  expect(finding).toMatchObject({ key: `incentive.deadline|${cycle}|incentive-notice`, severity: 'review', expected: 0n, stated: 0n, difference: 0n });
  const disputes = listFindings(db, cycle, { severity: 'dispute' }).map((f) => f.key);
  expect(disputes).toHaveLength(2);
  markFindings(db, disputes.slice(0, 1), { status: 'accepted' }, typed);
  reconcile(workspace, '2025-10-08');
  expect(reasons(workspace)).toEqual([expect.stringContaining('有 1 条差异没有反馈，差额合计 1.00')]);
  markFindings(db, disputes.slice(1), { status: 'disputed' }, typed);
  reconcile(workspace, '2025-10-08');
  expect(reasons(workspace)).toEqual([]);
}); // prettier-ignore

test('a day makes a result stale only where the dates would say something else', async () => {
  const workspace = await opened();
  const { db } = workspace;
  const days = ['2025-10-02', '2025-10-03', '2025-10-04', '2025-10-10', '2025-10-11', '2026-10-11'];
  const staleOn = (): (boolean | undefined)[] => days.map((day) => stale(workspace, day));
  const far = { subject: 'incentive-notice', date: '2025-10-10' };
  reconcile(workspace, '2025-10-01');
  expect(staleOn()).toEqual([false, false, false, false, false, false]);
  setDeadline(db, cycle, far, typed);
  expect(stale(workspace, '2025-10-01')).toBe(true);
  reconcile(workspace, '2025-10-01');
  expect(staleOn()).toEqual([false, true, true, true, true, true]);
  reconcile(workspace, '2025-10-03');
  expect(staleOn()).toEqual([false, false, true, true, true, true]);
  reconcile(workspace, '2025-10-11');
  expect(staleOn().slice(4)).toEqual([false, false]);
  setDeadline(db, '2025-10', far, typed);
  expect(stale(workspace, '2025-10-11')).toBe(false);
  saveSetting(db, 'deadlineDays', '2', typed);
  expect(stale(workspace, '2025-10-11')).toBe(true);
  reconcile(workspace, '2025-10-07');
  expect([stale(workspace, '2025-10-07'), stale(workspace, '2025-10-08')]).toEqual([false, true]);
  removeDeadline(db, cycle, far.subject);
  reconcile(workspace, '2025-10-07');
  expect(staleOn()).toEqual([false, false, false, false, false, false]);
});

test('the same inputs on the same day give the same result', async () => {
  const results: string[] = [];
  for (const _ of [1, 2]) {
    const workspace = await opened();
    setDeadline(workspace.db, cycle, { subject: '市场基金', date: '2025-10-04' }, typed);
    const run = reconcile(workspace, '2025-10-04');
    results.push(JSON.stringify([run, listFindings(workspace.db, cycle)], (_k, v: unknown) => (typeof v === 'bigint' ? `${v}n` : v)));
  }
  expect(results[0]).toContain('就是今天');
  expect(results[1]).toBe(results[0]);
});

test('what is marked is followed at once, without a run, in the place where a run would list it', async () => {
  const workspace = await opened();
  const { db } = workspace;
  setDeadline(db, cycle, { subject: 'incentive-notice', date: '2025-10-10' }, typed);
  setDeadline(db, cycle, { subject: '市场费用', date: '2025-10-12' }, typed);
  const today = '2025-10-08 09:00:00';
  const said = () => listFindings(db, cycle).map((f) => `${f.key} ${f.zh}`);
  const state = () => ({ said: said(), check: check(loadRun(db, cycle)!), stands: loadRun(db, cycle)!.standsUntil });
  const follows = (keys: readonly string[], status: 'open' | 'disputed' | 'accepted', found: number): void => {
    markFindings(db, keys, { status }, today);
    const now = state();
    expect(now.check).toMatchObject({ compared: 2, findings: found });
    reconcileMonth(cycle, { db, now: () => today });
    expect(now).toEqual(state());
  };
  reconcileMonth(cycle, { db, now: () => today });
  const disputes = listFindings(db, cycle, { severity: 'dispute' }).map((f) => f.key);
  follows(disputes.slice(0, 1), 'accepted', 2);
  expect(reasons(workspace)[0]).toContain('有 1 条差异没有反馈');
  follows(disputes, 'disputed', 0);
  expect(said()).toHaveLength(2);
  follows(disputes, 'open', 2);
  const [notice] = listFindings(db, cycle, { code: 'incentive.deadline' }).map((f) => f.key);
  follows([notice!], 'accepted', 2);
  markFindings(db, disputes.slice(0, 1), { status: 'disputed' }, '2025-10-09 09:00:00');
  expect(reasons(workspace)[0]).toContain('还有 1 天');
  expect(loadRun(db, cycle, '2025-10-09')?.stale).toBe(false);
  expect(listFindings(db, cycle, { code: 'incentive.deadline', status: 'accepted' })).toHaveLength(1);
});

test('the findings of a closed month stay as they are, and a month without dates has none to follow', async () => {
  const workspace = await opened();
  const { db } = workspace;
  reconcile(workspace, '2025-10-08');
  const disputes = listFindings(db, cycle, { severity: 'dispute' }).map((f) => f.key);
  setDeadline(db, cycle, { subject: 'incentive-notice', date: '2025-10-10' }, typed);
  markFindings(db, disputes.slice(0, 1), { status: 'accepted' }, typed);
  expect(reasons(workspace)).toEqual([]);
  reconcile(workspace, '2025-10-08');
  const before = reasons(workspace);
  expect(before).toHaveLength(1);
  closeMonth(db, { cycle, at: '2025-10-09 00:00:00', preparedBy: '甲', reviewedBy: '乙' });
  markFindings(db, disputes.slice(1), { status: 'disputed' }, '2025-10-09 00:00:01');
  expect(reasons(workspace)).toEqual(before);
});
