import { expect, test } from 'vitest';
import type { WriteDb } from '../../../db/open.ts';
import { consumptionSummary } from '../../../db/reconciling/consumption-summary.ts';
import { insert, openTestDb, runContext, yuan, type Values } from '../rows.ts';
import { closed } from './closed.ts';
import { runTold } from './run-told.ts';

const cycle = '2025-09';
const grain = { cycle, customer_id: 'c1', product_type: '云主机', billing_mode: 'payPerUse', bill_class: 'consumption' };
const detail = (db: WriteDb, due: string, more: Values = {}) => insert(db, 'consumption', { ...grain, amount_due: yuan(due), ...more });
const summary = (db: WriteDb, due: string, more: Values = {}) =>
  insert(db, 'consumption-summary', { ...grain, amount_due: yuan(due), ...more });
function run(db: WriteDb) {
  const outcome = runTold(consumptionSummary, runContext(db, cycle));
  const bridge = closed(outcome);
  const steps = Object.fromEntries(bridge.steps.filter((s) => s.rows > 0).map((s) => [s.step, s.amount]));
  return { ...outcome, steps, brief: outcome.findings.map((f) => [f.businessKey.join('|'), f.expected, f.stated]) };
}

test('a grain that differs, one that only one side has, and one that agrees', () => {
  const db = openTestDb();
  const rows = [detail(db, '10'), detail(db, '5')];
  const stated = summary(db, '16');
  summary(db, '3', { product_type: '云硬盘' });
  detail(db, '4', { bill_class: 'refund' });
  detail(db, '7', { customer_id: 'c2' });
  summary(db, '7', { customer_id: 'c2' });
  const { brief, findings, steps, checks } = run(db);
  expect(brief).toEqual([
    ['c1|云主机|payPerUse|consumption', yuan('15'), yuan('16')],
    ['c1|云主机|payPerUse|refund', yuan('4'), 0n],
    ['c1|云硬盘|payPerUse|consumption', 0n, yuan('3')],
  ]);
  expect(findings[0]).toMatchObject({ left: [stated], right: rows, productType: '云主机', customerId: 'c1' });
  expect(steps).toEqual({ agreed: 0n });
  expect(checks).toEqual([{ code: 'consumption.summary', compared: 4 }]);
});

test('cents of a detail with 8 decimals, but never more than its fractions can make', () => {
  const db = openTestDb();
  detail(db, '1.00499999');
  detail(db, '2');
  summary(db, '3');
  expect(run(db).steps).toEqual({ precision: yuan('0.00499999') });
  detail(db, '0.01', { customer_id: 'c2' });
  summary(db, '0.02', { customer_id: 'c2' });
  expect(run(db).brief).toEqual([['c2|云主机|payPerUse|consumption', yuan('0.01'), yuan('0.02')]]);
});

test('a summary with 8 decimals of a detail in cents', () => {
  const db = openTestDb();
  detail(db, '1');
  detail(db, '2');
  summary(db, '3.00499999');
  expect(run(db)).toMatchObject({ brief: [], steps: { precision: yuan('-0.00499999') } });
});

test('a written-off debt, and detail newer than the summary', () => {
  const db = openTestDb();
  summary(db, '-8', { bill_class: 'writeOff' });
  detail(db, '10', { traded_at: '2025-09-10 10:00:00' });
  detail(db, '4', { traded_at: '2025-09-20 10:00:00' });
  summary(db, '10');
  expect(run(db).brief).toHaveLength(1);
  db.prepare("UPDATE import SET exported_at = '2025-09-20 08:00:00'").run();
  expect(run(db)).toMatchObject({ brief: [], steps: { 'write-off': yuan('8'), freshness: yuan('4') } });
});

test('newer detail beside the cents of a detail with 8 decimals, each in its own step', () => {
  const db = openTestDb();
  detail(db, '1.00499999', { traded_at: '2025-09-10 10:00:00' });
  detail(db, '2', { traded_at: '2025-09-10 11:00:00' });
  detail(db, '4.25', { traded_at: '2025-09-30 10:00:00' });
  const stated = summary(db, '3');
  db.prepare("UPDATE import SET exported_at = '2025-10-01 08:00:00'").run();
  expect(run(db)).toMatchObject({ brief: [], steps: { freshness: yuan('4.25'), precision: yuan('0.00499999') } });
  db.prepare('UPDATE consumption_summary SET amount_due = ? WHERE id = ?').run(yuan('3.02'), stated);
  expect(run(db).brief).toEqual([['c1|云主机|payPerUse|consumption', yuan('7.25499999'), yuan('3.02')]]);
});

test('a column that one side lacks is left out of the grain', () => {
  const db = openTestDb();
  detail(db, '1', { resource_type: 'a' });
  detail(db, '2', { resource_type: 'b' });
  summary(db, '3', { billing_mode: null });
  expect(run(db).brief).toEqual([]);
});

test('skipped without the summary', () => {
  const db = openTestDb();
  detail(db, '1');
  const outcome = runTold(consumptionSummary, runContext(db, cycle));
  expect(outcome.bridge).toEqual({ pair: 'consumption-summary', missing: ['consumption-summary'] });
  expect(outcome.checks[0]?.skipped).toContain('消费汇总');
});
