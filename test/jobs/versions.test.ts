import { expect, onTestFinished, test } from 'vitest';
import { listFindings } from '../../db/findings.ts';
import { loadRun } from '../../db/runs.ts';
import { addScopeMark } from '../../db/scope-marks.ts';
import { reconcileMonth } from '../../electron/jobs/reconcile.ts';
import { openWorkspace } from '../db/workspace.ts';

const cycle = '2025-09';
const header = '业绩ID,客户ID,对账期次,订单号,产品类型,客户交易时间,业绩金额,状态';
const row = (id: string, amount: string, status: string, customer = 'c1'): string =>
  `${id},${customer},${cycle},T${id},ECS,2025-09-03 10:00:00,${amount},${status}`;

interface Version {
  readonly rows: readonly string[];
  /** When it was exported, in October. */
  readonly day?: string;
  /** What its name says of its state. */
  readonly state?: string;
  readonly as?: 'replacement';
  /** The customers that it was marked to cover. */
  readonly only?: string[];
}

/** What the newest run says of these versions, imported in this order. */
async function changedBy(versions: readonly (Version | readonly string[])[]) {
  const workspace = openWorkspace();
  onTestFinished(() => workspace.close());
  for (const [n, version] of versions.entries()) {
    const { rows, day, state = '', as, only }: Version = 'rows' in version ? version : { rows: version };
    const title = day === undefined ? [] : [`导出时间：2025-10-${day} 12:00:00`];
    const taken = await workspace.take(workspace.put(`业绩${n}${state}.csv`, [...title, header, ...rows]), as ? { as } : {});
    expect(taken.status).toBe('imported');
    const at = '2025-10-08 09:00:00';
    if (only) {
      addScopeMark(workspace.db, { importId: taken.importId!, kind: 'performance', managers: [], customers: only, by: '王芳', at });
    }
    reconcileMonth(cycle, { db: workspace.db, now: () => at });
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

test('a version in several files is what these hold together, every row once', async () => {
  const [p1, p2, p3] = [row('1', '10.00', '初稿'), row('2', '20.00', '初稿'), row('3', '30.00', '初稿')];
  const final = [p1, p2, p3].map((one) => one.replace('初稿', '终稿'));
  const parts = [
    { rows: [p1, p2], day: '05' },
    { rows: [p2, p3], day: '06' },
  ];
  expect((await changedBy([...parts, final])).brief).toEqual([]);
  expect((await changedBy([...parts.map(({ rows }) => rows), final])).brief).toEqual([]);
  expect((await changedBy([[p1, p2, p3], final.slice(0, 2), final.slice(1)])).brief).toEqual([]);
  const corrected = { rows: [p1, row('2', '25.00', '初稿')], as: 'replacement' } as const;
  expect((await changedBy([[p1, p2], corrected, final.slice(0, 2)])).brief).toEqual([['T2', 2_500_000_000n, 2_000_000_000n]]);
});

test('parts that each came again are each compared with what they were', async () => {
  const part = (id: string, amount: string, day: string): Version => ({ rows: [row(id, amount, '', `c${id}`)], day });
  const versions = [part('1', '10.00', '05'), part('2', '20.00', '06'), part('1', '11.00', '07'), part('2', '22.00', '08')];
  const brief = [
    ['T1', 1_000_000_000n, 1_100_000_000n],
    ['T2', 2_000_000_000n, 2_200_000_000n],
  ];
  for (const order of [versions, versions.toReversed()]) expect((await changedBy(order)).brief).toEqual(brief);
});

test('what the final changed stays told when the final is exported again', async () => {
  const final = [row('1', '90.00', '终稿')];
  const found = await changedBy([[row('1', '100.00', '初稿')], { rows: final, day: '15' }, { rows: final, day: '16' }]);
  expect(found.brief).toEqual([['T1', 10_000_000_000n, 9_000_000_000n]]);
});

test('rows outside what a version covers, as marked, neither appeared nor vanished', async () => {
  const [draft, final] = ['初稿', '终稿'].map((status) => [row('1', '10.00', status), row('2', '20.00', status, 'c2')]) as [
    string[],
    string[],
  ];
  const more = row('3', '5.00', '终稿');
  expect((await changedBy([{ rows: draft.slice(0, 1), only: ['c1'] }, [...final, more]])).brief).toEqual([['T3', 0n, 500_000_000n]]);
  expect((await changedBy([draft, { rows: final.slice(0, 1), only: ['c1'] }])).brief).toEqual([]);
});

test('the state that a name says; a file without any is the newer one where it was exported later', async () => {
  const stated = (amount: string, state: string, day?: string): Version => ({ rows: [row('1', amount, '')], state, ...(day && { day }) });
  const draft = stated('100.00', '初稿', '05');
  const changed = [['T1', 10_000_000_000n, 9_000_000_000n]];
  expect((await changedBy([stated('100.00', '初稿'), stated('90.00', '公示')])).brief).toEqual(changed);
  for (const order of [
    [draft, stated('90.00', '', '08')],
    [stated('90.00', '', '08'), draft],
  ])
    expect((await changedBy(order)).brief).toEqual(changed);
  expect((await changedBy([stated('100.00', '', '08'), stated('90.00', '终稿', '05')])).brief).toEqual(changed);
});

test('a row of a final that is there in part only differs from the draft, and is no conflict of files', async () => {
  const conflicts = async (state: string): Promise<string[]> => {
    const workspace = openWorkspace();
    onTestFinished(() => workspace.close());
    await workspace.take(workspace.put('1.csv', [header, row('1', '100.00', state), row('2', '20.00', state, 'c2')]));
    await workspace.take(workspace.put('2.csv', [header, row('1', '90.00', '终稿')]));
    expect(workspace.rows('SELECT count(*) FROM performance WHERE in_force = 1')).toEqual(['2']);
    return workspace.rows('SELECT business_key FROM overlap_conflict');
  };
  expect([await conflicts('初稿'), await conflicts('预估'), await conflicts('终稿')]).toEqual([[], [], ['1']]);
});
