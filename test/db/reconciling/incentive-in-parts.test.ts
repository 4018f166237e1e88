import { expect, test } from 'vitest';
import type { WriteDb } from '../../../db/open.ts';
import { performanceIncentive } from '../../../db/reconciling/performance-incentive.ts';
import { insert, openTestDb, runContext, yuan, type Values } from '../rows.ts';
import { closed, stepsOf } from './closed.ts';
import { runTold } from './run-told.ts';

const M = '2025-09';
const shared = { customer_id: 'c1', product_type: '云主机', traded_at: '2025-09-10 08:00:00' };
const policy = (db: WriteDb) => insert(db, 'policy', { plan_name: 'A', method: 'perRow', rate: yuan('0.05') });
const state = (db: WriteDb, id: string, amount: string, cycle = M) =>
  insert(db, 'performance', { cycle, ...shared, performance_id: id, trade_id: `t-${id}`, amount: yuan(amount) });
/** An incentive row of plan A at 5 %. */
const pay = (db: WriteDb, row: string, id: string, base: string, amount: string, more: Values = {}) =>
  insert(db, 'incentive', { cycle: M, ...shared, incentive_row_id: row, plan_name: 'A', performance_id: id, trade_id: `t-${id}`, base_amount: yuan(base), rate: yuan('0.05'), amount: yuan(amount), ...more }); // prettier-ignore
function run(db: WriteDb) {
  const outcome = runTold(performanceIncentive, runContext(db, M));
  const step = stepsOf(closed(outcome));
  return { step, brief: outcome.findings.map((f) => [f.code, f.businessKey.join('|'), f.expected, f.stated]) };
}

test.each([true, false])('rows whose bases add up to their performance pay it in parts, with a policy table (%s)', (withPolicy) => {
  const db = openTestDb();
  if (withPolicy) policy(db);
  state(db, 'p', '100');
  pay(db, 'r1', 'p', '60', '3');
  pay(db, 'r2', 'p', '40', '2');
  state(db, 'corrected', '100');
  pay(db, 'c1', 'corrected', '100', '5');
  pay(db, 'c2', 'corrected', '-100', '-5');
  pay(db, 'c3', 'corrected', '100', '5');
  // Each part is rounded for itself.
  state(db, 'cents', '100.1');
  for (const [row, base, amount] of [['s1', '33.31', '1.67'], ['s2', '33.31', '1.67'], ['s3', '33.48', '1.67']] as const) pay(db, row, 'cents', base, amount); // prettier-ignore
  const { brief, step } = run(db);
  expect([brief, step('rate')! + step('rounding')!]).toEqual([[], yuan('15.01') - yuan('300.1')]);
});

test('late performance is paid in parts as well', () => {
  const db = openTestDb();
  policy(db);
  state(db, 'p', '100', '2025-08');
  state(db, 'own', '20');
  pay(db, 'own', 'own', '20', '1');
  pay(db, 'r1', 'p', '60', '3');
  pay(db, 'r2', 'p', '40', '2');
  const { brief, step } = run(db);
  expect([brief, step('previous-month')]).toEqual([[], yuan('5')]);
});

test('a base that is repeated, a part that is missing or paid at another rate stays a fault', () => {
  const db = openTestDb();
  policy(db);
  state(db, 'twice', '100');
  pay(db, 'r1', 'twice', '100', '5');
  pay(db, 'r2', 'twice', '100', '5');
  expect(run(db).brief).toEqual([['incentive.base', 'r2', 0n, yuan('5')]]);
  state(db, 'part', '100');
  const row = pay(db, 'r3', 'part', '60', '3');
  expect(run(db).brief).toContainEqual(['incentive.base', 'r3', yuan('5'), yuan('3')]);
  pay(db, 'r4', 'part', '40', '1.6', { rate: yuan('0.04') });
  expect(run(db).brief.map(([, key]) => key)).toContain('r4');
  db.prepare('UPDATE incentive SET amount = 290000000 WHERE id = ?').run(row);
  expect(run(db).brief.map(([, key]) => key)).toContain('r3');
});
