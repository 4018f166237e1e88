import { expect, onTestFinished, test } from 'vitest';
import { pageFindings } from '../../db/finding-pages.ts';
import { listFindings, openByCode, reopenedFrom } from '../../db/findings.ts';
import { markFindings } from '../../db/mark-findings.ts';
import { saveFindings } from '../../db/save-findings.ts';
import { findingSorts } from '../../electron/core/dispute.ts';
import { settleFindings, type FindingDraft } from '../../electron/core/finding.ts';
import { openWorkspace } from './workspace.ts';

const cycle = '2025-09';
const at = '2025-10-08 09:00:00';
const draft: FindingDraft = {
  code: 'bill.total',
  businessKey: [],
  expected: 1n,
  stated: 2n,
  reason: { zh: '多', en: 'more' },
  candidates: [],
  left: [],
  right: [],
};

test('a finding that the data has resolved takes a note, but only a run opens it again', () => {
  const { db, close } = openWorkspace();
  onTestFinished(close);
  const key = `bill.total|${cycle}`;
  const run = (drafts: readonly FindingDraft[]): void => saveFindings(db, cycle, settleFindings(drafts, cycle), at);
  run([draft]);
  expect(markFindings(db, [key], { status: 'disputed' }, at)).toBe(1);
  run([]);
  expect(markFindings(db, [key], { status: 'open' }, at)).toBe(0);
  expect(markFindings(db, [key], { status: 'open', note: '已电话确认' }, at)).toBe(1);
  expect(listFindings(db, cycle, { status: 'resolved' })).toMatchObject([{ key, resolvedByData: true, note: '已电话确认' }]);
  expect(openByCode(db, cycle).size).toBe(0);
  run([draft]);
  expect(listFindings(db, cycle)).toMatchObject([{ key, status: 'open', resolvedByData: false }]);
});

test('what a person accepted is open again where more is at stake than they accepted', () => {
  const { db, close } = openWorkspace();
  onTestFinished(close);
  const key = `bill.total|${cycle}`;
  const run = (stated: bigint): string => {
    saveFindings(db, cycle, settleFindings([{ ...draft, stated }], cycle), at);
    return listFindings(db, cycle)[0]!.status;
  };
  run(500n);
  for (const status of ['accepted', 'resolved', 'disputed'] as const) {
    markFindings(db, [key], { status, note: '以后抵' }, at);
    expect([status, run(400n), run(400n)]).toEqual([status, status, status]);
    expect([status, run(401n)]).toEqual([status, status === 'disputed' ? status : 'open']);
  }
  expect(reopenedFrom(db, key)).toBeUndefined();
  markFindings(db, [key], { status: 'accepted' }, at);
  const before = listFindings(db, cycle)[0]!.difference;
  expect(run(-100n)).toBe('open');
  expect(run(-100n)).toBe('open');
  expect(reopenedFrom(db, key)).toEqual({ status: 'accepted', difference: before });
  markFindings(db, [key], { status: 'accepted' }, at);
  expect(reopenedFrom(db, key)).toBeUndefined();
  expect(listFindings(db, cycle)).toMatchObject([{ note: '以后抵' }]);
});

test('findings are found by the full name and the manager of their customer, and by who follows them up', async () => {
  const workspace = openWorkspace();
  const { db } = workspace;
  onTestFinished(workspace.close);
  const header =
    '账期,客户ID,客户账号名,客户名称,客户经理,关联类型,订单号/交易号,产品类型,计费模式,账单类型,客户交易时间,应付金额,现金支付';
  const row = (id: string, name: string, manager: string) =>
    `2025-09,${id},acc-${id},${name},${manager},代售,CS${id},云硬盘,按需,消费,2025-09-03 10:00:00,9.50,9.50`;
  await workspace.take(workspace.put('消费.csv', [header, row('c1', '东方医疗', '李若溪'), row('c2', '西部_院', '王岚')]));
  await workspace.take(
    workspace.put('客户名册.csv', ['客户ID,客户账号名,客户名称,新客标签,标签生效日期,标签失效日期', 'c3,acc-c3,南海全名公司,N,,']),
  );
  await workspace.take(workspace.put('客户经理归属.csv', ['客户ID,客户经理姓名,生效日期,失效日期', 'c3,赵一鸣,2025-01-01,']));
  const of = (customerId: string): FindingDraft => ({
    ...draft,
    code: 'bill.amount',
    businessKey: [customerId, `CS${customerId}`],
    customerId,
  });
  saveFindings(db, cycle, settleFindings([of('c1'), of('c2'), of('c3'), draft], cycle), at);
  const found = (search: string, month = cycle, carried = false) => listFindings(db, month, { search, carried }).map((f) => f.customerId);
  expect(found('东方')).toEqual(['c1']);
  expect(found('若溪')).toEqual(['c1']);
  expect(found('西部_')).toEqual(['c2']);
  expect(found('全名')).toEqual(['c3']);
  expect(found('赵一鸣')).toEqual(['c3']);
  expect(found('王岚', '2025-10', true)).toEqual(['c2']);
  expect(found('王岚', '2025-10')).toEqual([]);
  const key = listFindings(db, cycle, { search: '王岚' })[0]!.key;
  expect(markFindings(db, [key], { owner: '钱多' }, at)).toBe(1);
  expect(listFindings(db, cycle, { search: '钱多' })).toMatchObject([{ key, owner: '钱多', status: 'open' }]);
  saveFindings(db, cycle, settleFindings([of('c2')], cycle), at);
  expect(listFindings(db, cycle)).toMatchObject([{ key, owner: '钱多' }]);
  expect(markFindings(db, [key], { owner: '' }, at)).toBe(1);
  expect(found('钱多')).toEqual([]);
  await workspace.take(workspace.put('消费又.csv', [header, row('c4', '北方重工', '孙立')]));
  saveFindings(db, cycle, settleFindings([of('c4')], cycle), at);
  expect(found('重工')).toEqual(['c4']);
});

test('a page says where the finding that is looked for stands in the whole list, in either order and of what is filtered only', () => {
  const { db, close } = openWorkspace();
  onTestFinished(close);
  const drafts = Array.from({ length: 5 }, (_, i): FindingDraft => ({
    ...draft,
    businessKey: [`k${i}`],
    stated: BigInt(10 - i),
    tradeId: `T${i}`,
  }));
  saveFindings(db, cycle, settleFindings(drafts, cycle), at);
  const listed = listFindings(db, cycle).map(({ key }) => key);
  const asked = { offset: 0, descending: false, today: '2025-10-08' };
  for (const sort of findingSorts) {
    const all = pageFindings(db, cycle, {}, { ...asked, limit: 5, sort }).findings.map(({ key }) => key);
    for (const [index, find] of all.entries()) expect(pageFindings(db, cycle, {}, { ...asked, limit: 2, sort, find }).at).toBe(index);
  }
  const page = { ...asked, limit: 2, sort: 'order' } as const;
  expect(pageFindings(db, cycle, { search: 'T3' }, { ...page, find: listed.find((key) => key.includes('k3')) }).at).toBe(0);
  expect(pageFindings(db, cycle, { search: 'T3' }, { ...page, find: listed.find((key) => key.includes('k1')) })).not.toHaveProperty('at');
  expect(pageFindings(db, cycle, {}, page)).not.toHaveProperty('at');
});
