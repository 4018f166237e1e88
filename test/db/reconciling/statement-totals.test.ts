import { expect, test } from 'vitest';
import { incentiveSummary } from '../../../db/reconciling/incentive-summary.ts';
import { performanceSummary } from '../../../db/reconciling/performance-summary.ts';
import type { Bridge } from '../../../electron/core/bridge.ts';
import { insert, openTestDb, runContext, yuan } from '../rows.ts';
import { runTold } from './run-told.ts';

const cycle = '2025-09';
const customer = { cycle, customer_id: 'c1' };

test('a statement total that differs, and statements on one side only', () => {
  const db = openTestDb();
  const left = insert(db, 'performance-summary', { cycle, statement_id: 's1', total_amount: yuan('100') });
  insert(db, 'performance-summary', { cycle, statement_id: 's2', total_amount: yuan('20') });
  insert(db, 'performance-summary', { cycle, statement_id: 's3', total_amount: yuan('7') });
  const right = ['60', '30'].map((amount) => insert(db, 'performance', { ...customer, statement_id: 's1', amount: yuan(amount) }));
  insert(db, 'performance', { ...customer, statement_id: 's2', amount: yuan('20') });
  insert(db, 'performance', { ...customer, statement_id: 's4', amount: yuan('5') });
  const { bridge, findings, checks } = runTold(performanceSummary, runContext(db, cycle));
  expect(bridge).toMatchObject({ left: { total: yuan('127') }, right: { total: yuan('115') }, unexplained: yuan('-10') });
  expect((bridge as Bridge).steps.map((s) => s.amount)).toEqual([yuan('-7'), yuan('5'), 0n]);
  expect(findings).toMatchObject([
    {
      code: 'performance.summary',
      severity: 'review',
      businessKey: ['s1'],
      recordId: 's1',
      expected: yuan('90'),
      stated: yuan('100'),
      left: [left],
      right,
    },
  ]);
  expect(checks[0]).toEqual({ code: 'performance.summary', compared: 2 });
});

test('rows without a statement id stand alone, beside one statement as beside two', () => {
  const db = openTestDb();
  insert(db, 'performance-summary', { cycle, statement_id: 's1', total_amount: yuan('50') });
  insert(db, 'performance', { ...customer, statement_id: 's1', amount: yuan('50') });
  insert(db, 'performance', { ...customer, amount: yuan('100') });
  const found = (): readonly unknown[] => {
    const { bridge, findings } = runTold(performanceSummary, runContext(db, cycle));
    return [findings.map((f) => [f.recordId, f.expected, f.stated]), (bridge as Bridge).steps.map((s) => s.amount)];
  };
  expect(found()).toEqual([[], [0n, yuan('100'), 0n]]);
  insert(db, 'performance-summary', { cycle, statement_id: 's2', total_amount: yuan('7') });
  expect(found()).toEqual([[], [yuan('-7'), yuan('100'), 0n]]);
});

test('rows without a statement id belong to the only statement where no row names it, whatever they come to', () => {
  const db = openTestDb();
  insert(db, 'performance-summary', { cycle, statement_id: 's1', total_amount: yuan('50') });
  insert(db, 'performance', { ...customer, amount: yuan('51') });
  const { findings } = runTold(performanceSummary, runContext(db, cycle));
  expect(findings).toMatchObject([{ recordId: 's1', expected: yuan('51'), stated: yuan('50') }]);
});

test('rows without a statement id belong to the only statement of the month where only with them it adds up', () => {
  const db = openTestDb();
  insert(db, 'incentive-summary', { cycle, incentive_bill_id: 'b1', amount: yuan('9') });
  insert(db, 'incentive', { ...customer, amount: yuan('4') });
  insert(db, 'incentive', { ...customer, incentive_bill_id: 'b1', amount: yuan('5') });
  expect(runTold(incentiveSummary, runContext(db, cycle))).toMatchObject({ findings: [], bridge: { unexplained: 0n } });
});

test('of the rows of a large statement the first thousand are listed, and the others counted', () => {
  const db = openTestDb();
  insert(db, 'performance-summary', { cycle, statement_id: 's1', total_amount: yuan('1202') });
  const rows = Array.from({ length: 1203 }, () => insert(db, 'performance', { ...customer, statement_id: 's1', amount: yuan('1') }));
  const [finding] = runTold(performanceSummary, runContext(db, cycle)).findings;
  expect(finding).toMatchObject({ expected: yuan('1203'), right: rows.slice(0, 1000), omitted: 203 });
  expect(finding!.reason.zh).toContain('1,203 行');
});

test('a total below its rows is a dispute', () => {
  const db = openTestDb();
  insert(db, 'incentive-summary', { cycle, incentive_bill_id: 'b1', amount: yuan('9') });
  insert(db, 'incentive', { ...customer, incentive_bill_id: 'b1', amount: yuan('10') });
  const [finding] = runTold(incentiveSummary, runContext(db, cycle)).findings;
  expect([finding?.code, finding?.severity, finding?.bridge]).toEqual([
    'incentive.summary',
    undefined,
    { pair: 'incentive-summary', amount: yuan('1') },
  ]);
});

test.each([
  ['performance', 'draft', 'final', 'review'],
  ['performance', 'final', 'final', undefined],
  ['incentive', 'estimated', 'issued', 'review'],
  ['incentive', 'awaitingConfirmation', 'issued', undefined],
] as const)('%s totals in the state %s below rows in the state %s: %s', (kind, totals, rows, severity) => {
  const db = openTestDb();
  const [id, amount] = kind === 'performance' ? ['statement_id', 'total_amount'] : ['incentive_bill_id', 'amount'];
  insert(db, `${kind}-summary`, { cycle, [id]: 'b1', [amount]: yuan('9') });
  insert(db, kind, { ...customer, [id]: 'b1', amount: yuan('10') });
  const state = db.prepare('UPDATE sheet_cycle SET status = ? WHERE sheet IN (SELECT id FROM sheet WHERE kind = ?)');
  state.run(totals, `${kind}-summary`);
  state.run(rows, kind);
  const { findings } = runTold(kind === 'performance' ? performanceSummary : incentiveSummary, runContext(db, cycle));
  expect(findings.map((f) => [f.severity, f.candidates.some((c) => c.code === 'another-state')])).toEqual([
    [severity, severity === 'review'],
  ]);
});

test('rows of a draft beside those of the final are more than the final total: for review', () => {
  const db = openTestDb();
  insert(db, 'performance-summary', { cycle, statement_id: 'b1', total_amount: yuan('9') });
  insert(db, 'performance', { ...customer, statement_id: 'b1', amount: yuan('9') });
  db.exec("UPDATE sheet_cycle SET status = 'final'; UPDATE sheet SET kind = 'stored' WHERE kind = 'performance'");
  db.exec("UPDATE import SET import_id = 'final', sha256 = 'final' WHERE name LIKE 'performance-2%'");
  insert(db, 'performance', { ...customer, statement_id: 'b1', amount: yuan('1') });
  db.exec("UPDATE sheet_cycle SET status = 'draft' WHERE status IS NULL; UPDATE sheet SET kind = 'performance' WHERE kind = 'stored'");
  const [finding] = runTold(performanceSummary, runContext(db, cycle)).findings;
  expect(finding).toMatchObject({ severity: 'review', expected: yuan('10'), stated: yuan('9') });
  expect(finding!.candidates[0]!.zh).toContain('汇总是“终稿”时导出的，明细是“初稿”、“终稿”时导出的');
});

test('without one side the check is skipped', () => {
  const db = openTestDb();
  insert(db, 'incentive', { ...customer, amount: yuan('4') });
  const outcome = runTold(incentiveSummary, runContext(db, cycle));
  expect(outcome.bridge).toEqual({ pair: 'incentive-summary', missing: ['incentive-summary'] });
  expect(outcome.checks[0]?.skipped).toContain('2025-09 激励汇总');
});
