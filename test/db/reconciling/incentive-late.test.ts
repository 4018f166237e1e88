import { expect, test } from 'vitest';
import type { WriteDb } from '../../../db/open.ts';
import { addScopeMark } from '../../../db/scope-marks.ts';
import { performanceIncentive } from '../../../db/reconciling/performance-incentive.ts';
import { insert, openTestDb, runContext, yuan, type Values } from '../rows.ts';
import { runTold } from './run-told.ts';

const [before, M] = ['2025-08', '2025-09'];
const customer = { customer_id: 'c1', product_type: '云主机' };
const state = (db: WriteDb, id: string, cycle: string, more: Values = {}) =>
  insert(db, 'performance', { cycle, ...customer, performance_id: id, trade_id: `t-${id}`, amount: yuan('100'), ...more });
const pay = (db: WriteDb, id: string, base: string, percent: bigint, amount: string) =>
  insert(db, 'incentive', { cycle: M, ...customer, incentive_row_id: `r-${id}`, plan_name: 'A', performance_id: id, trade_id: `t-${id}`, base_amount: yuan(base), rate: percent * 1_000_000n, amount: yuan(amount) }); // prettier-ignore
const policy = (db: WriteDb, percent: bigint, from: string | null, to: string | null) =>
  insert(db, 'policy', { plan_name: 'A', method: 'perRow', rate: percent * 1_000_000n, valid_from: from, valid_to: to });
const product = (db: WriteDb, of: bigint, from: string | null, to: string | null) =>
  insert(db, 'product-policy', { product_type: '云主机', policy: of, monthly_settled: 0n, valid_from: from, valid_to: to });
const brief = (db: WriteDb) =>
  runTold(performanceIncentive, runContext(db, M)).findings.map((f) => [f.code, f.businessKey.join('|'), f.expected, f.stated]);

test('late performance is paid by what its product was in its own month, not in the month that pays it', () => {
  const earned = openTestDb();
  policy(earned, 5n, null, null);
  product(earned, 13n, M, null);
  state(earned, 'p', before);
  state(earned, 'own', M, { product_type: '盘' });
  pay(earned, 'p', '100', 5n, '5');
  pay(earned, 'own', '100', 5n, '5');
  expect(brief(earned)).toEqual([]);

  const earnedNothing = openTestDb();
  policy(earnedNothing, 5n, null, null);
  product(earnedNothing, 13n, null, before);
  state(earnedNothing, 'p', before);
  state(earnedNothing, 'own', M);
  pay(earnedNothing, 'p', '100', 5n, '5');
  pay(earnedNothing, 'own', '100', 5n, '5');
  expect(brief(earnedNothing)).toEqual([['incentive.rate', 'r-p', 0n, yuan('5')]]);
});

test('late performance without a time has the rate of its own month', () => {
  const db = openTestDb();
  policy(db, 5n, null, '2025-08-31');
  policy(db, 6n, '2025-09-01', null);
  state(db, 'p', before);
  state(db, 'own', M);
  pay(db, 'p', '100', 5n, '5');
  pay(db, 'own', '100', 6n, '6');
  expect(brief(db)).toEqual([]);
});

test('a row of 0 for what earns nothing is agreed, with a policy table and without it; of what should earn it is a fault', () => {
  for (const withPolicy of [true, false]) {
    const db = openTestDb();
    if (withPolicy) policy(db, 5n, null, null);
    product(db, 13n, null, null);
    state(db, 'p', M);
    pay(db, 'p', '100', 0n, '0');
    // A product without rebate may print the rate of its plan all the same.
    state(db, 'nominal', M);
    pay(db, 'nominal', '100', 5n, '0');
    // One without performance that is stated all the same is owed nothing, with a row of 0 as without a row.
    insert(db, 'product-policy', { product_type: '盘', policy: 2n, monthly_settled: 0n });
    state(db, 'refused', M, { product_type: '盘' });
    pay(db, 'refused', '100', 5n, '0');
    pay(db, 'unknown', '0', 5n, '0');
    expect(brief(db)).toEqual([]);
  }
  const db = openTestDb();
  policy(db, 5n, null, null);
  state(db, 'p', M);
  pay(db, 'p', '100', 5n, '0');
  insert(db, 'product-policy', { product_type: '盘', policy: 13n, monthly_settled: 0n });
  state(db, 'q', M, { product_type: '盘' });
  pay(db, 'q', '100', 5n, '0.01');
  expect(brief(db)).toEqual([
    ['incentive.amount', 'r-p', yuan('5'), 0n],
    ['incentive.rate', 'r-q', 0n, yuan('0.01')],
  ]);
});

test('a negative that nothing explains is a dispute only where the month before is here to tell', () => {
  const db = openTestDb();
  policy(db, 5n, null, null);
  state(db, 'own', M);
  pay(db, 'own', '100', 5n, '5');
  pay(db, 'gone', '-60', 5n, '-3');
  const found = () => runTold(performanceIncentive, runContext(db, M)).findings.map((f) => [f.code, f.severity, f.candidates[0]?.zh]);
  const maybe = (names: string): string => `${before} 的${names}没有导入：可能是那个月业绩的退款，或它的负激励结转`;
  expect(found()).toEqual([['incentive.negative', 'review', maybe('业绩明细和激励明细')]]);
  state(db, 'old', before);
  expect(found()).toEqual([['incentive.negative', 'review', maybe('激励明细')]]);
  insert(db, 'incentive', {
    cycle: before,
    ...customer,
    incentive_row_id: 'r-old',
    plan_name: 'A',
    performance_id: 'old',
    amount: yuan('5'),
  });
  expect(found()).toEqual([['incentive.negative', undefined, undefined]]);
  addScopeMark(db, { importId: `performance-${before}.csv`, kind: 'performance', managers: ['甲'], customers: [], by: '', at: '2025-10-08 09:00:00' }); // prettier-ignore
  const outside = `${before} 的业绩明细按你的标注只覆盖一部分：可能是范围之外业绩的退款`;
  expect(found()).toEqual([['incentive.negative', 'review', outside]]);
});
