import fs from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { setDeadline } from '../../db/deadlines.ts';
import { KeptList, pageDisputes, pageFindings, type AskedPage, type FindingSums } from '../../db/finding-pages.ts';
import { openForReading } from '../../db/open.ts';
import { markFindings } from '../../db/mark-findings.ts';
import { saveFindings } from '../../db/save-findings.ts';
import { concerns } from '../../electron/core/deadline.ts';
import { settleFindings, type FindingDraft } from '../../electron/core/finding.ts';
import { openWorkspace, type Workspace } from './workspace.ts';

const cycle = '2025-09';
const page: AskedPage = { offset: 0, limit: 50, sort: 'order', descending: false, today: '2025-10-08' };
const draft = (code: FindingDraft['code'], id: string, difference: bigint, more: Partial<FindingDraft> = {}): FindingDraft => ({
  code,
  businessKey: [id],
  customerId: id,
  expected: 0n,
  stated: difference,
  reason: { zh: '因', en: 'why' },
  candidates: [],
  left: [],
  right: [],
  ...more,
});
function opened(): Workspace {
  const workspace = openWorkspace();
  onTestFinished(workspace.close);
  return workspace;
}
const save = ({ db }: Workspace, drafts: readonly FindingDraft[], at: string, month = cycle): void =>
  saveFindings(db, month, settleFindings(drafts, month), at);
const consumption = '账期,客户ID,客户账号名,客户经理,关联类型,订单号/交易号,产品类型,计费模式,账单类型,客户交易时间,应付金额,现金支付';
const row = (id: string, manager: string) => `2025-09,${id},acc,${manager},代售,CS${id},云硬盘,按需,消费,2025-09-03 10:00:00,9.50,9.50`;

test('a finding knows the manager of its customer: the own table at the end of the month, else what the statements say', async () => {
  const workspace = opened();
  await workspace.take(workspace.put('消费.csv', [consumption, row('c1', '李若溪'), row('c2', '王岚'), row('c3', '')]));
  const table = ['客户ID,客户经理姓名,生效日期,失效日期', 'c2,周一,2025-01-01,2025-09-10', 'c2,吴二,2025-09-11,', 'c3,郑三,2025-10-01,'];
  await workspace.take(workspace.put('客户经理归属.csv', table));
  save(workspace, ['c1', 'c2', 'c3'].map((id) => draft('bill.amount', id, 5n)), '2025-10-01 09:00:00'); // prettier-ignore
  const listed = (descending = false) =>
    pageFindings(workspace.db, cycle, {}, { ...page, sort: 'manager', descending }).findings.map((f) => [f.customerId, f.manager]);
  expect(listed()).toEqual([['c2', '吴二'], ['c1', '李若溪'], ['c3', '']]); // prettier-ignore
  expect(listed(true)).toEqual([['c1', '李若溪'], ['c2', '吴二'], ['c3', '']]); // prettier-ignore
});

test('the migration gives findings of earlier runs the manager that a run would give them', async () => {
  const workspace = opened();
  await workspace.take(workspace.put('消费.csv', [consumption, row('c1', '李若溪'), row('c2', '王岚')]));
  await workspace.take(
    workspace.put('客户经理归属.csv', ['客户ID,客户经理姓名,生效日期,失效日期', 'c2,周一,2025-01-01,2025-09-10', 'c2,吴二,2025-09-11,']),
  );
  save(workspace, ['c1', 'c2', 'c9'].map((id) => draft('bill.amount', id, 5n)), '2025-10-01 09:00:00'); // prettier-ignore
  const before = workspace.rows('SELECT customer_id, manager FROM finding ORDER BY customer_id');
  const statements = fs.readFileSync(path.resolve('db/migrations/0010_disputes.sql'), 'utf8');
  workspace.db.exec(`UPDATE finding SET manager = ''; ${statements.slice(statements.indexOf('WITH history'))}`);
  expect(workspace.rows('SELECT customer_id, manager FROM finding ORDER BY customer_id')).toEqual(before);
  expect(before).toEqual(['c1 李若溪', 'c2 吴二', 'c9 ']);
});

test('findings are sorted by age, by the date they stand under and by amount; what has none comes last', () => {
  const workspace = opened();
  const { db } = workspace;
  const [old, young, review] = [
    draft('performance.missing', 'a', -9n),
    draft('bill.amount', 'b', 5n),
    draft('performance.too-high', 'c', 7n),
  ];
  save(workspace, [old], '2025-10-01 09:00:00');
  save(workspace, [old, young, review], '2025-10-05 09:00:00');
  setDeadline(db, cycle, { subject: 'performance-notice', date: '2025-10-20' }, '2025-10-05 09:00:00');
  setDeadline(db, cycle, { subject: '年度考核', date: '2025-10-02' }, '2025-10-05 09:00:00');
  const sorted = (sort: AskedPage['sort'], descending = false) =>
    pageFindings(db, cycle, {}, { ...page, sort, descending }).findings.map((f) => f.customerId);
  expect(sorted('age')).toEqual(['b', 'c', 'a']);
  expect(sorted('age', true)).toEqual(['a', 'b', 'c']);
  expect(sorted('amount', true)).toEqual(['a', 'c', 'b']);
  expect(sorted('due')).toEqual(['b', 'a', 'c']);
  expect(sorted('due', true)).toEqual(['a', 'b', 'c']);
  const due = pageFindings(db, cycle, {}, page).findings.map((f) => [f.customerId, f.due, f.firstSeen]);
  expect(due).toEqual([
    ['b', '2025-10-02', '2025-10-05'],
    ['a', '2025-10-20', '2025-10-01'],
    ['c', null, '2025-10-05'],
  ]);
});

test('the date of a finding is one that concerns its code, as the deadlines of the month count it', () => {
  const workspace = opened();
  const codes = ['performance.missing', 'incentive.rate', 'bill.amount'] as const;
  save(workspace, codes.map((code) => draft(code, 'x', 1n)), '2025-10-05 09:00:00'); // prettier-ignore
  for (const subject of ['performance-notice', 'incentive-notice', '自定']) {
    workspace.db.exec('DELETE FROM deadline');
    setDeadline(workspace.db, cycle, { subject, date: '2025-10-20' }, '2025-10-05 09:00:00');
    for (const f of pageFindings(workspace.db, cycle, {}, page).findings)
      expect(f.due !== null, `${subject} ${f.code}`).toBe(concerns(subject, f.code));
  }
});

test('disputes of all months by what is to be done; what was sent stays a dispute when the data resolves it', () => {
  const workspace = opened();
  const { db } = workspace;
  const at = '2025-10-05 09:00:00';
  save(
    workspace,
    [draft('bill.amount', 'a', 5n), draft('bill.amount', 'b', -7n), draft('bill.amount', 'c', 2n), draft('bill.amount', 'd', 3n)],
    at,
  );
  save(workspace, [draft('bill.amount', 'e', 4n), draft('performance.too-high', 'r', 4n)], at, '2025-08');
  setDeadline(db, '2025-08', { subject: '年度考核', date: '2025-10-07' }, at);
  const key = (id: string, month = cycle) => `bill.amount|${month}|${id}`;
  markFindings(db, [key('b')], { status: 'disputed' }, at);
  markFindings(db, [key('c')], { status: 'answered', sentOn: '2025-10-01', sentBy: '王芳', answer: '已补', recovered: 2n }, at);
  markFindings(db, [key('d')], { status: 'disputed' }, at);
  save(workspace, [draft('bill.amount', 'a', 5n), draft('bill.amount', 'b', -7n), draft('bill.amount', 'c', 2n)], at);
  const all = pageDisputes(db, {}, page);
  expect(all.findings.map((f) => f.customerId ?? '').toSorted((a, b) => (a < b ? -1 : 1))).toEqual(['a', 'b', 'c', 'd', 'e']);
  expect([all.total, all.amount, all.recovered]).toEqual([5, 21n, 2n]);
  expect(all.views).toEqual([
    { view: 'toSend', count: 2, amount: 9n, recovered: 0n },
    { view: 'waiting', count: 1, amount: 7n, recovered: 0n },
    { view: 'overdue', count: 1, amount: 4n, recovered: 0n },
    { view: 'answered', count: 1, amount: 2n, recovered: 2n },
    { view: 'settled', count: 1, amount: 3n, recovered: 0n },
  ]);
  for (const { view, count } of all.views)
    expect(pageDisputes(db, { view }, page)).toMatchObject({ total: count, findings: { length: count } });
  expect(pageDisputes(db, { cycle }, page).total).toBe(4);
  expect(pageDisputes(db, { search: '王芳' }, page).findings).toMatchObject([
    { customerId: 'c', answer: '已补', answeredOn: '2025-10-05' },
  ]);
});

test('a marked status writes down the day, keeps one that was typed, and takes back only what nobody typed', () => {
  const workspace = opened();
  const { db } = workspace;
  save(workspace, [draft('bill.amount', 'a', 5n), draft('bill.amount', 'b', 5n)], '2025-10-01 09:00:00');
  const key = (id: string) => `bill.amount|${cycle}|${id}`;
  const record = (id: string) => workspace.rows(`SELECT status, sent_on, sent_by, answered_on FROM finding WHERE customer_id = '${id}'`)[0];
  markFindings(db, [key('a'), key('b')], { status: 'disputed' }, '2025-10-05 09:00:00');
  markFindings(db, [key('b')], { sentOn: '2025-10-03', sentBy: '王芳', status: 'disputed' }, '2025-10-06 09:00:00');
  markFindings(db, [key('a'), key('b')], { status: 'answered' }, '2025-10-08 09:00:00');
  expect([record('a'), record('b')]).toEqual(['answered 2025-10-05  2025-10-08', 'answered 2025-10-03 王芳 2025-10-08']);
  markFindings(db, [key('a'), key('b')], { status: 'disputed' }, '2025-10-08 09:00:00');
  expect([record('a'), record('b')]).toEqual(['disputed 2025-10-05  null', 'disputed 2025-10-03 王芳 null']);
  markFindings(db, [key('a'), key('b')], { status: 'open' }, '2025-10-08 09:00:00');
  expect([record('a'), record('b')]).toEqual(['open null  null', 'open 2025-10-03 王芳 null']);
});

test('no list reads the wide rows to sort them', () => {
  const { db } = opened();
  const plan = db.prepare(
    `EXPLAIN QUERY PLAN SELECT key FROM finding WHERE cycle = ? AND resolved_by_data = 0 ORDER BY manager, position LIMIT 1`,
  );
  expect(JSON.stringify(plan.all(cycle), (_, v: unknown) => (typeof v === 'bigint' ? Number(v) : v))).toContain(
    'COVERING INDEX finding_cycle',
  );
});

test('a kept list is read anew once another connection has written', () => {
  const workspace = opened();
  save(workspace, [draft('bill.amount', 'a', 5n), draft('bill.amount', 'b', 7n)], '2025-10-01 09:00:00');
  const reader = openForReading(path.join(workspace.folder, 'hezhang.db'));
  onTestFinished(() => void reader.close());
  const kept = new KeptList<FindingSums>();
  const listed = (asked: Partial<AskedPage> = {}) => pageFindings(reader, cycle, {}, { ...page, sort: 'amount', ...asked }, kept);
  expect(listed().findings.map((f) => f.customerId)).toEqual(['a', 'b']);
  expect(listed({ descending: true }).findings.map((f) => f.customerId)).toEqual(['b', 'a']);
  expect(listed({ offset: 1, limit: 1, descending: true }).findings.map((f) => f.customerId)).toEqual(['a']);
  save(workspace, [draft('bill.amount', 'a', 9n), draft('bill.amount', 'c', 1n)], '2025-10-02 09:00:00');
  expect(listed({ descending: true })).toMatchObject({
    total: 2,
    totalDifference: 10n,
    findings: [{ customerId: 'a' }, { customerId: 'c' }],
  });
});
